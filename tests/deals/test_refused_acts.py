"""What is refused, with which reason, and that nothing is written then."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.deals.acts import ACTS, FREE_OF_THE_LOCK, Act, ready
from tests.deals.world import CALL, TODAY, World, day, everything

from infield.accounts.models import User
from infield.deals.models import Deal, NextStep
from infield.deals.refusals import Refusal, Stale
from infield.web.money import Money


@pytest.mark.parametrize("name", ACTS)
def test_imported_history_is_left_as_it_is(world: World, name: str) -> None:
    deal = ready(world)
    Deal.objects.update(history_only=True)
    before = everything()
    with pytest.raises(Refusal, match="history_only"):
        ACTS[name](deal, world.people.dan)
    assert everything() == before


@pytest.mark.parametrize("name", [name for name in ACTS if name not in FREE_OF_THE_LOCK])
def test_who_saw_an_older_deal_is_refused_with_both_values(world: World, name: str) -> None:
    deal = ready(world)
    seen = Deal.objects.get()
    deal.change_amount(Money(5_000_000, "EUR"), world.people.cleo)
    before = everything()
    with pytest.raises(Stale) as refused:
        ACTS[name](seen, world.people.dan)
    assert everything() == before
    if name == "change_amount":
        assert (refused.value.theirs, refused.value.yours) == (Money(5_000_000, "EUR"), Money(1, "EUR"))
    if name == "move_to":
        assert (refused.value.theirs, refused.value.yours) == ("need", "pilot")


def test_ticks_of_two_people_do_not_get_in_each_others_way(world: World) -> None:
    deal, seen = world.deal(), Deal.objects.get()
    deal.meet("priced", world.people.dan, "In the report")
    deal.set_next_step(CALL, world.people.dan)
    seen.meet("sponsor", world.people.cleo, "On the phone")
    assert deal.met_keys() == {"priced", "sponsor"}


REFUSED: list[tuple[str, str, Act]] = [
    ("move to no stage", "unknown_stage", lambda deal, by: deal.move_to("nowhere", by)),
    ("meet nothing", "unknown_criterion", lambda deal, by: deal.meet("nothing", by, "Seen")),
    ("meet without evidence", "evidence_missing", lambda deal, by: deal.meet("priced", by, " ")),
    ("withdraw nothing", "unknown_criterion", lambda deal, by: deal.withdraw("nothing", by)),
    ("empty step", "next_step_missing", lambda deal, by: deal.set_next_step(NextStep(" ", TODAY), by)),
    ("long step", "too_long", lambda deal, by: deal.set_next_step(NextStep("x" * 501, TODAY), by)),
    ("step long past", "past_day", lambda deal, by: deal.set_next_step(NextStep("Call", day(-2)), by)),
    ("finish nothing", "no_next_step", lambda deal, by: deal.finish_next_step(by)),
    ("lose for no reason", "unknown_reason", lambda deal, by: deal.lose("", by)),
    ("lose for another reason unsaid", "notes_missing", lambda deal, by: deal.lose("other", by)),
    ("reopen an open one", "not_closed", lambda deal, by: deal.reopen(by)),
    ("below zero", "negative_amount", lambda deal, by: deal.change_amount(Money(-1, "EUR"), by)),
    ("a reader as owner", "owner_cannot_work", lambda deal, by: deal.change_owner(_reader(), by)),
    ("undo another deal's", "not_of_this_deal", lambda deal, by: deal.undo(deal.pk, by)),
    ("undo the beginning", "cannot_undo", lambda deal, by: deal.undo(deal.told()[0].id, by)),
    ("undo the first stage", "cannot_undo", lambda deal, by: deal.undo(deal.told()[1].id, by)),
]


def _reader() -> User:
    return User.objects.get(role="reader")


@pytest.mark.parametrize(("code", "act"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_refusal_names_its_reason_and_changes_nothing(world: World, code: str, act: Act) -> None:
    deal, before = world.deal(), everything()
    with pytest.raises(Refusal) as refused:
        act(deal, world.people.dan)
    assert refused.value.code == code
    assert everything() == before


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"change_owner", "rename", "undo"}))
def test_a_lost_deal_has_to_be_reopened_first(world: World, name: str) -> None:
    deal = ready(world)
    deal.lose("price", world.people.dan)
    before = everything()
    with pytest.raises(Refusal) as refused:
        ACTS[name](deal, world.people.dan)
    assert refused.value.code in {"lost", "closed"}
    assert everything() == before


def test_a_finished_step_is_not_finished_when_the_one_after_it_is_refused(world: World) -> None:
    deal = ready(world)
    before = everything()
    with pytest.raises(Refusal, match="past_day"):
        deal.finish_next_step(world.people.dan, then=NextStep("Call", day(-2)))
    assert everything() == before
    assert deal.next_step == CALL.what


BROKEN: list[dict[str, Any]] = [
    {"title": ""},
    {"stage": ""},
    {"currency": ""},
    {"amount_minor": None},
    {"amount_minor": -1},
    {"outcome": "won"},
    {"outcome": "gone", "closed_at": "2026-01-01T00:00Z"},
    {"outcome": "lost", "closed_at": "2026-01-01T00:00Z"},
    {"outcome": "won", "closed_at": "2026-01-01T00:00Z", "lost_reason": "price"},
    {"lost_reason": "price"},
    {"closed_at": "2026-01-01T00:00Z"},
    {"next_step": "Call"},
    {"next_step_on": date(2026, 1, 1)},
]


@pytest.mark.parametrize("values", BROKEN, ids=str)
def test_the_database_keeps_no_deal_that_contradicts_itself(world: World, values: dict[str, Any]) -> None:
    world.deal()
    with pytest.raises(IntegrityError), transaction.atomic():
        Deal.objects.update(**values)
