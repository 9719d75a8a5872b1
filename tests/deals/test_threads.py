"""Several people press at once: each on a connection of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from tests.deals.world import World, begin, everything

from infield.deals.models import Deal, Done
from infield.deals.refusals import Refusal
from infield.history.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: Sequence[Callable[[], Done]]) -> list[str]:
    """What became of each: what was done, or why it was refused."""
    gate = Barrier(len(acts))

    def press(act: Callable[[], Done]) -> str:
        try:
            gate.wait()
            return act().what
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(press, acts))


@pytest.fixture
def crowded(transactional_db: None) -> World:
    return begin()


def test_of_six_who_move_one_deal_exactly_one_wins(crowded: World) -> None:
    crowded.deal()
    seen = [Deal.objects.get() for _ in range(6)]
    by = crowded.people.dan
    stages = ("noticed", "pilot", "visit", "offer", "signed", "waiting")
    results = at_once(
        [
            partial(deal.move_to, stage, by, forced_because="Now", back_because="Now")
            for deal, stage in zip(seen, stages, strict=True)
        ]
    )
    assert results == ["stage_entered", *["stale"] * 5]
    deal = Deal.objects.get()
    moves = Event.objects.filter(case=deal.case, kind="stage_entered").order_by("position")
    assert [move.stage for move in moves] == ["need", deal.stage]
    assert deal.lock == 1


def test_six_who_tick_the_same_tick_it_once(crowded: World) -> None:
    crowded.deal()
    seen = [Deal.objects.get() for _ in range(6)]
    results = at_once([partial(deal.meet, "priced", crowded.people.dan, "Seen") for deal in seen])
    assert results == ["criterion_met", *["unchanged"] * 5]
    assert Event.objects.filter(kind="criterion_met").count() == 1


def test_six_who_undo_the_same_undo_it_once(crowded: World) -> None:
    event = crowded.deal().move_to("pilot", crowded.people.dan, forced_because="Now").event
    assert event
    seen = [Deal.objects.get() for _ in range(6)]
    results = at_once([partial(deal.undo, event.pk, crowded.people.dan) for deal in seen])
    assert results == [*["unchanged"] * 5, "undone"]
    assert Deal.objects.get().stage == "need"


def test_a_gate_that_closes_meanwhile_lets_nobody_through(crowded: World) -> None:
    deal = crowded.deal()
    crowded.met(deal, "priced", "sponsor")
    seen = Deal.objects.get()
    deal.withdraw("sponsor", crowded.people.cleo)
    before = everything()
    with pytest.raises(Refusal, match="gate_closed"):
        seen.move_to("pilot", crowded.people.dan)
    assert everything() == before


def test_six_who_begin_deals_with_one_new_buyer_share_the_organization(crowded: World) -> None:
    def begin_one() -> Done:
        crowded.deal(organization="Aalto Foods")
        return Done("begun")

    assert at_once([begin_one] * 6) == ["begun"] * 6
    assert Deal.objects.values("organization").distinct().count() == 1
    assert Deal.objects.count() == 6
