"""Undo: what was done counts no more, and the deal is as it was."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from tests.deals.world import CALL, FRIDAY, TODAY, World, everything, facts
from tests.process.clean_map import CLEAN

from infield.deals.facts.exchange import Trade
from infield.deals.facts.kinds import Value
from infield.deals.models import Deal, Done, NextStep, Product
from infield.deals.products.lines import Line
from infield.deals.refusals import Refusal
from infield.deals.state import state_of
from infield.history.models import Event
from infield.people.models import Contact
from infield.process.models import ProcessVersion
from infield.process.yaml_file import read
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
    lambda world, deal, dice: deal.note(
        *dice.choice(
            (
                ("budget", Value(money=Money(90_000, "EUR"))),
                ("budget", Value()),
                ("need", Value(text="Fewer stops")),
                ("goal_date", Value(day=FRIDAY)),
                ("days_needed", Value(days=14)),
            )
        ),
        world.people.anna,
    ),
    lambda world, deal, dice: deal.trade(
        dice.choice(((), (Trade("product", "service"), Trade("service", "cash_or_kind", "Half now")))),
        world.people.anna,
    ),
    lambda world, deal, dice: deal.answer(
        dice.choice(("bant:means", "need:cost")), dice.choice(("yes", "no", "unknown")), world.people.anna
    ),
    lambda world, deal, dice: deal.set_stakeholder(
        buyer(dice.choice(("Aino", "Kai"))), dice.choice(("champion", "approver", "")), world.people.anna
    ),
    lambda world, deal, _: deal.add_document(
        "contract", "The contract", world.people.anna, link="https://files.example/1"
    ),
    lambda world, deal, dice: deal.set_items(
        dice.choice(((), (Line(product().pk, Decimal(2), Decimal("10.5"), "EUR"),))),
        world.people.anna,
        is_amount=dice.random() < 0.5,
    ),
    lambda world, deal, dice: deal.postpone(
        NextStep("Ask again", FRIDAY), "No money", world.people.anna, way_out=dice.choice(("", "later"))
    ),
    lambda world, deal, _: deal.end_contact("They asked us to stop", world.people.anna),
    lambda world, deal, _: deal.archive(world.people.anna),
    lambda world, deal, _: deal.restore(world.people.anna),
    lambda world, deal, _: deal.restore(world.people.anna),
    lambda world, deal, dice: deal.change_version(
        dice.choice((world.version, another(world))), dice.choice(STAGES), world.people.anna
    ),
)


def _event(rows: Any) -> Any:
    found = rows.first()
    return found and found.event_id


def buyer(given: str) -> Contact:
    found = Contact.objects.filter(given=given).first()
    return found or Contact.objects.create(given=given, family="Aalto")


def product() -> Product:
    return Product.objects.get_or_create(name="Palletiser")[0]


def another(world: World) -> ProcessVersion:
    """A version on which the need proves itself by a person who decides."""
    proof = (
        "    criteria:\n      - {key: decides, text: Who decides is known, proof: {stakeholder: champion}}\n"
    )
    text = CLEAN.replace("    criteria:\n      - {key: priced", f"{proof}      - {{key: priced")
    return world.version.process.publish(read(text).process, world.people.anna)


def assert_row_is_what_the_events_tell(deal: Deal) -> None:
    row, state = Deal.objects.get(pk=deal.pk), state_of(deal.told())
    for fact in (
        "stage", "stage_entered_at", "owner_id", "amount_minor", "currency", "expected_close", "outcome",
        "closed_at", "lost_reason", "lost_to", "next_step", "next_step_on", "next_activity", "parked_until",
        "no_contact_at", "archived_at", "version_id",
    ):  # fmt: skip
        assert getattr(row, fact) == getattr(state, fact), fact
    assert dict(deal.met.values_list("criterion", "event")) == dict(state.met)
    told = {subject: event.id for subject, event in state.kept.items()}
    assert rows(deal) == told


def rows(deal: Deal) -> dict[tuple[str, str], UUID]:
    """The rows of a deal that one event tells each, with that event."""
    found = {("field", one.key): one.event_id for one in deal.facts.all()}
    found |= dict.fromkeys((("field", "exchange") for _ in deal.exchanges.all()), _event(deal.exchanges))
    found |= dict.fromkeys((("field", "items") for _ in deal.items.all()), _event(deal.items))
    found |= {("person", str(one.contact_id)): one.event_id for one in deal.stakeholders.all()}
    found |= {("answer", one.question): one.event_id for one in deal.answers.all()}
    return found | {("document", str(one.event_id)): one.event_id for one in deal.documents.all()}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_the_row_is_what_the_events_tell_and_undo_brings_it_back(
    world: World, seed: int
) -> None:
    dice = Random(seed)  # noqa: S311 - a walk for a test, no secret
    deal, undone = world.deal(expected_close=FRIDAY), 0
    for _ in range(30):
        before, rows_before, all_before = facts(deal), rows(deal), everything()
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
            assert rows(deal) == rows_before
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
