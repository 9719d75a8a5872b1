"""Undo: what was done counts no more, and the deal is as it was."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from tests.deals.world import CALL, FRIDAY, TODAY, World, everything, facts

from infield.deals.models import Deal, Done, NextStep
from infield.deals.refusals import Refusal
from infield.deals.state import state_of
from infield.history.models import Event
from infield.web.money import Money

type Play = Callable[[World, Deal, Random], Done]

CRITERIA = ("asked", "priced", "sponsor", "ran", "figures", "contract")
STAGES = ("noticed", "need", "pilot", "visit", "offer", "signed", "waiting")
WHY = {"forced_because": "Now", "back_because": "Again"}

PLAYS: tuple[Play, ...] = (
    lambda world, deal, dice: deal.move_to(dice.choice(STAGES), world.people.anna, **WHY),
    lambda world, deal, dice: deal.meet(dice.choice(CRITERIA), world.people.cleo, "Seen"),
    lambda world, deal, dice: deal.withdraw(dice.choice(CRITERIA), world.people.anna),
    lambda world, deal, dice: deal.set_next_step(
        dice.choice((CALL, NextStep("Visit", TODAY))), world.people.anna
    ),
    lambda world, deal, dice: deal.finish_next_step(world.people.anna, then=dice.choice((None, CALL))),
    lambda world, deal, _: deal.win(world.people.anna, forced_because="Now"),
    lambda world, deal, dice: deal.lose(dice.choice(("price", "lost")), world.people.anna),
    # reopened more often than closed: a closed deal refuses nearly everything
    lambda world, deal, _: deal.reopen(world.people.anna),
    lambda world, deal, _: deal.reopen(world.people.anna),
    lambda world, deal, _: deal.reopen(world.people.anna),
    lambda world, deal, dice: deal.change_amount(
        dice.choice((None, Money(0, "EUR"), Money(7, "BHD"))), world.people.anna
    ),
    lambda world, deal, dice: deal.change_owner(
        dice.choice((world.people.dan, world.people.cleo)), world.people.anna
    ),
    lambda world, deal, dice: deal.change_close_date(
        dice.choice((None, FRIDAY, date(2030, 1, 1))), world.people.anna
    ),
)


def assert_row_is_what_the_events_tell(deal: Deal) -> None:
    row, state = Deal.objects.get(pk=deal.pk), state_of(deal.told())
    for fact in (
        "stage", "stage_entered_at", "owner_id", "amount_minor", "currency", "expected_close", "outcome",
        "closed_at", "lost_reason", "next_step", "next_step_on",
    ):  # fmt: skip
        assert getattr(row, fact) == getattr(state, fact), fact
    assert dict(deal.met.values_list("criterion", "event")) == dict(state.met)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_the_row_is_what_the_events_tell_and_undo_brings_it_back(
    world: World, seed: int
) -> None:
    dice = Random(seed)  # noqa: S311 - a walk for a test, no secret
    deal, undone = world.deal(expected_close=FRIDAY), 0
    for _ in range(25):
        before, all_before = facts(deal), everything()
        try:
            done = dice.choice(PLAYS)(world, deal, dice)
        except (Refusal, PermissionDenied):
            assert everything() == all_before
            deal.refresh_from_db()
            continue
        assert_row_is_what_the_events_tell(deal)
        if done.event and dice.random() < 0.5:
            assert deal.undo(done.event.pk, world.people.anna).what == "undone"
            assert facts(deal) == before
            undone += 1
            assert_row_is_what_the_events_tell(deal)
    assert undone


def test_undoing_twice_undoes_once(world: World) -> None:
    deal = world.deal()
    done = deal.move_to("pilot", world.people.dan, forced_because="Now")
    assert done.event
    deal.undo(done.event.pk, world.people.dan)
    before = everything()
    again = deal.undo(done.event.pk, world.people.dan)
    assert (again.what, again.event) == ("unchanged", None)
    assert everything() == before


def test_an_undone_act_stays_in_the_log_and_counts_no_more(world: World) -> None:
    deal = world.deal()
    done = deal.move_to("pilot", world.people.dan, forced_because="Now")
    assert done.event
    deal.undo(done.event.pk, world.people.cleo)
    void = Event.objects.get(kind="voided")
    assert (void.voids, void.by) == (done.event, world.people.cleo.pk)
    assert done.event.pk not in {told.id for told in deal.told()}


def test_only_the_latest_of_its_kind_is_undone(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    first = deal.move_to("pilot", dan, forced_because="Now")
    deal.change_amount(None, dan)
    deal.move_to("offer", dan, forced_because="Now")
    before = everything()
    assert first.event
    with pytest.raises(Refusal, match="not_latest"):
        deal.undo(first.event.pk, dan)
    assert everything() == before


def test_another_kind_of_act_in_between_is_left_alone(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    moved = deal.move_to("pilot", dan, forced_because="Now")
    deal.change_amount(None, dan)
    deal.set_next_step(CALL, dan)
    assert moved.event
    deal.undo(moved.event.pk, dan)
    deal.refresh_from_db()
    assert (deal.stage, deal.amount_minor, deal.next_step) == ("need", None, CALL.what)


def test_a_move_before_the_sale_is_not_undone_after_it(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    moved = deal.move_to("signed", dan, forced_because="Now")
    won = deal.win(dan, forced_because="Now")
    assert moved.event
    assert won.event
    with pytest.raises(Refusal, match="not_latest"):
        deal.undo(moved.event.pk, dan)
    deal.undo(won.event.pk, dan)
    deal.undo(moved.event.pk, dan)
    assert Deal.objects.values_list("stage", "outcome").get() == ("need", None)


def test_ticks_are_undone_each_for_itself(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    first = deal.meet("priced", dan, "In the report")
    deal.meet("sponsor", dan, "On the phone")
    assert first.event
    deal.undo(first.event.pk, dan)
    assert deal.met_keys() == {"sponsor"}


def test_a_withdrawn_tick_comes_back_with_its_evidence(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    met = deal.meet("priced", dan, "In the report")
    withdrawn = deal.withdraw("priced", dan)
    assert withdrawn.event
    deal.undo(withdrawn.event.pk, dan)
    assert deal.met.get().event == met.event


def test_finishing_a_step_is_undone_together_with_the_one_that_followed(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    deal.set_next_step(CALL, dan)
    before = facts(deal)
    done = deal.finish_next_step(dan, then=NextStep("Visit", TODAY))
    assert done.event
    assert len(deal.undo(done.event.pk, dan).events) == 2
    assert facts(deal) == before


def test_a_colleague_who_may_not_open_the_deal_undoes_nothing(world: World) -> None:
    deal = world.deal()
    done = deal.set_next_step(CALL, world.people.dan)
    before = everything()
    assert done.event
    with pytest.raises(PermissionDenied):
        deal.undo(done.event.pk, world.people.bo)
    assert everything() == before
