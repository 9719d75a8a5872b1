"""Every act on a deal, each as it would be done to a deal that is ready for it."""

from collections.abc import Callable
from typing import Any

from tests.deals.world import CALL, FRIDAY, World

from infield.accounts.models import User
from infield.deals.models import Deal, Done
from infield.web.money import Money

type Act = Callable[[Deal, User], Done]


def words(done: Done) -> dict[str, str]:
    assert done.event
    return dict(done.event.words.values_list("name", "text"))


def said(done: Done) -> tuple[str, dict[str, Any], dict[str, str]]:
    assert done.event
    return done.event.kind, done.event.data, words(done)


ACTS: dict[str, Act] = {
    "move_to": lambda deal, by: deal.move_to("pilot", by, forced_because="Now"),
    "set_next_step": lambda deal, by: deal.set_next_step(CALL, by),
    "finish_next_step": lambda deal, by: deal.finish_next_step(by),
    "win": lambda deal, by: deal.win(by, forced_because="Now"),
    "lose": lambda deal, by: deal.lose("price", by),
    "change_amount": lambda deal, by: deal.change_amount(Money(1, "EUR"), by),
    "change_owner": lambda deal, by: deal.change_owner(_somebody_else(deal), by),
    "change_close_date": lambda deal, by: deal.change_close_date(FRIDAY, by),
    "rename": lambda deal, by: deal.rename("Bergs Bryggeri", "Line 4", by),
    "meet": lambda deal, by: deal.meet("priced", by, "Seen"),
    "withdraw": lambda deal, by: deal.withdraw("sponsor", by),
    "undo": lambda deal, by: deal.undo(deal.told()[-1].id, by),
}
FREE_OF_THE_LOCK = {"meet", "withdraw", "undo"}


def _somebody_else(deal: Deal) -> User:
    return User.objects.get(name="Bo Ek" if deal.owner.name != "Bo Ek" else "Dan Wood")


def ready(world: World) -> Deal:
    deal = world.deal()
    deal.set_next_step(CALL, world.people.dan)
    world.met(deal, "sponsor")
    return deal
