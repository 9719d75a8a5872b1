"""What each act on a deal changes, writes and refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.deals.world import CALL, FRIDAY, PRICE, TODAY, World, day, everything, kinds

from infield.accounts.models import User
from infield.deals.models import Deal, Done, NextStep
from infield.deals.refusals import GateClosed, Refusal, Stale
from infield.history.models import Event
from infield.people.names import folded
from infield.web.money import Money

type Act = Callable[[Deal, User], Done]


def words(done: Done) -> dict[str, str]:
    assert done.event
    return dict(done.event.words.values_list("name", "text"))


def said(done: Done) -> tuple[str, dict[str, Any], dict[str, str]]:
    assert done.event
    return done.event.kind, done.event.data, words(done)


def test_a_deal_begins_in_the_first_stage_about_deals_and_says_so(world: World) -> None:
    deal = world.deal(expected_close=FRIDAY)
    assert (deal.stage, deal.outcome, deal.owner, deal.money) == ("need", None, world.people.dan, PRICE)
    assert kinds(deal) == ["created", "stage_entered", "field_changed"]
    created = Event.objects.get(case=deal.case, kind="created")
    assert created.data == {
        "owner": str(world.people.dan.pk),
        "organization": str(deal.organization_id),
        "map": str(world.version.process_id),
        "amount_minor": 4_200_000,
        "currency": "EUR",
    }
    assert created.map_version == world.version.pk
    assert list(created.words.values_list("text", flat=True)) == ["Line 3"]


def test_two_deals_with_one_buyer_share_the_organization(world: World) -> None:
    one, other = world.deal(), world.deal(organization="  ＡＡＬＴＯ foods ")
    assert one.organization == other.organization
    assert other.organization.name == "Aalto Foods"
    assert other.organization.folded_name == folded("aalto FOODS")


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"title": "x" * 301}, "too_long"),
        ({"organization": " "}, "organization_missing"),
        ({"organization": "x" * 301}, "too_long"),
        ({"stage": "nowhere"}, "unknown_stage"),
        ({"stage": "running"}, "after_sale"),
        ({"amount": Money(-1, "EUR")}, "negative_amount"),
    ],
)
def test_a_deal_that_cannot_begin_leaves_nothing_behind(
    world: World, others: dict[str, Any], code: str
) -> None:
    before = everything()
    with pytest.raises(Refusal) as refused:
        world.deal(**others)
    assert refused.value.code == code
    assert everything() == before


def test_an_open_gate_lets_the_deal_pass(world: World) -> None:
    deal = world.deal()
    world.met(deal, "priced", "sponsor")
    since = deal.stage_entered_at
    done = deal.move_to("pilot", world.people.dan)
    deal.refresh_from_db()
    assert (deal.stage, deal.lock) == ("pilot", 1)
    assert deal.stage_entered_at > since
    assert said(done) == ("stage_entered", {"from": "need"}, {})
    assert done.event
    assert (done.event.stage, done.event.at) == ("pilot", deal.stage_entered_at)


def test_a_closed_gate_says_what_is_open_and_changes_nothing(world: World) -> None:
    deal = world.deal()
    world.met(deal, "priced")
    before = everything()
    with pytest.raises(GateClosed) as refused:
        deal.move_to("offer", world.people.dan)
    assert [one.key for one in refused.value.gate.open] == ["sponsor", "ran"]
    assert everything() == before


def test_a_reason_forces_a_closed_gate_and_is_kept_in_words(world: World) -> None:
    deal = world.deal()
    done = deal.move_to("pilot", world.people.dan, forced_because=" Their plant stands still ")
    assert said(done) == (
        "stage_entered",
        {"from": "need", "forced": True},
        {"reason": "Their plant stands still"},
    )


def test_a_reason_does_not_make_an_open_gate_a_forced_one(world: World) -> None:
    deal = world.deal()
    world.met(deal, "priced", "sponsor")
    done = deal.move_to("pilot", world.people.dan, forced_because="In a hurry")
    assert said(done) == ("stage_entered", {"from": "need"}, {})


def test_a_move_back_needs_a_reason_and_no_criteria(world: World) -> None:
    deal = world.deal(stage="offer")
    before = everything()
    with pytest.raises(Refusal, match="reason_missing"):
        deal.move_to("need", world.people.dan, forced_because="no reason for going back")
    assert everything() == before
    done = deal.move_to("need", world.people.dan, back_because="The board wants two lines")
    assert said(done) == ("stage_entered", {"from": "offer"}, {"reason": "The board wants two lines"})


def test_only_a_won_deal_goes_past_the_sale(world: World) -> None:
    deal = world.deal(stage="signed")
    with pytest.raises(Refusal, match="win_first"):
        deal.move_to("running", world.people.dan, forced_because="They use it already")
    world.met(deal, "contract")
    deal.win(world.people.dan)
    with pytest.raises(Refusal, match="before_sale"):
        deal.move_to("offer", world.people.dan, back_because="Terms again")
    deal.move_to("running", world.people.dan)
    assert Deal.objects.get().stage == "running"
    with pytest.raises(Refusal, match="client_already"):
        deal.reopen(world.people.dan)


def test_a_tick_keeps_who_when_and_the_evidence(world: World) -> None:
    deal = world.deal()
    done = deal.meet("sponsor", world.people.cleo, " Ms Aalto named Mr Niemi ")
    assert said(done) == (
        "criterion_met",
        {"criterion": "sponsor", "proof": {"tick": True}},
        {"evidence": "Ms Aalto named Mr Niemi"},
    )
    assert done.event
    assert done.event.by == world.people.cleo.pk
    assert deal.met_keys() == {"sponsor"}
    assert Deal.objects.get().lock == 0


def test_a_withdrawn_tick_is_open_again(world: World) -> None:
    deal = world.deal()
    world.met(deal, "sponsor", "priced")
    done = deal.withdraw("sponsor", world.people.dan, "She has left the company")
    assert said(done) == (
        "criterion_withdrawn",
        {"criterion": "sponsor"},
        {"reason": "She has left the company"},
    )
    assert deal.met_keys() == {"priced"}


def test_a_next_step_is_set_replaced_and_finished_with_the_next_one(world: World) -> None:
    deal = world.deal()
    done = deal.set_next_step(CALL, world.people.dan)
    assert said(done) == (
        "next_step_set",
        {"activity": "call", "due": FRIDAY.isoformat()},
        {"next_step": "Call the plant manager"},
    )
    deal.set_next_step(NextStep("Visit the line", TODAY), world.people.dan)
    assert (deal.next_step, deal.next_step_on) == ("Visit the line", TODAY)
    done = deal.finish_next_step(world.people.dan, "Saw two stops", CALL)
    assert words(done) == {"activity": "Visit the line", "notes": "Saw two stops"}
    assert [event.kind for event in done.events] == ["activity_done", "next_step_set"]
    deal.finish_next_step(world.people.dan)
    deal.refresh_from_db()
    assert (deal.next_step, deal.next_step_on, deal.lock) == ("", None, 4)


def test_a_deal_is_won_through_the_gate_of_the_sale(world: World) -> None:
    deal = world.deal(stage="signed")
    with pytest.raises(GateClosed) as refused:
        deal.win(world.people.dan)
    assert [one.key for one in refused.value.gate.open] == ["contract"]
    world.met(deal, "contract")
    done = deal.win(world.people.dan)
    assert said(done) == ("won", {"amount_minor": 4_200_000, "currency": "EUR"}, {})
    deal.refresh_from_db()
    assert (deal.outcome, deal.stage, deal.closed_at) == ("won", "signed", done.events[0].at)


def test_a_win_before_its_time_says_that_it_was_forced(world: World) -> None:
    done = world.deal(amount=None).win(world.people.dan, forced_because="Ordered by phone")
    assert said(done) == ("won", {"forced": True}, {"reason": "Ordered by phone"})


def test_a_lost_deal_keeps_its_reason_and_can_be_reopened(world: World) -> None:
    deal = world.deal()
    assert deal.reasons()[:3] == ("lost", "no_need", "no_money")
    done = deal.lose("price", world.people.dan, "A third cheaper")
    assert said(done) == ("lost", {"reason": "price"}, {"notes": "A third cheaper"})
    assert Deal.objects.values_list("outcome", "lost_reason").get() == ("lost", "price")
    done = deal.reopen(world.people.dan, "Their machine broke")
    assert said(done) == ("reopened", {}, {"reason": "Their machine broke"})
    assert Deal.objects.values_list("outcome", "lost_reason", "closed_at").get() == (None, "", None)


def test_amount_owner_and_close_date_change_with_their_events(world: World) -> None:
    deal = world.deal()
    done = deal.change_amount(Money(900, "JPY"), world.people.dan)
    assert said(done) == ("amount_changed", {"amount_minor": 900, "currency": "JPY"}, {})
    assert said(deal.change_amount(None, world.people.dan)) == ("amount_changed", {"amount_minor": None}, {})
    done = deal.change_close_date(FRIDAY, world.people.dan)
    assert said(done) == ("field_changed", {"field": "expected_close", "value": FRIDAY.isoformat()}, {})
    done = deal.change_owner(world.people.bo, world.people.dan)
    assert said(done) == ("owner_changed", {"owner": str(world.people.bo.pk)}, {})
    deal.refresh_from_db()
    assert (deal.money, deal.expected_close, deal.owner) == (None, FRIDAY, world.people.bo)


UNCHANGING: list[tuple[str, Act]] = [
    ("move", lambda deal, by: deal.move_to("need", by)),
    ("meet", lambda deal, by: deal.meet("priced", by, "Again")),
    ("withdraw", lambda deal, by: deal.withdraw("sponsor", by)),
    ("amount", lambda deal, by: deal.change_amount(PRICE, by)),
    ("owner", lambda deal, by: deal.change_owner(by, by)),
    ("close date", lambda deal, by: deal.change_close_date(None, by)),
]


@pytest.mark.parametrize("act", [act for _, act in UNCHANGING], ids=[name for name, _ in UNCHANGING])
def test_an_act_that_asks_for_what_is_there_already_writes_nothing(world: World, act: Act) -> None:
    deal = world.deal()
    world.met(deal, "priced")
    before = everything()
    done = act(deal, world.people.dan)
    assert (done.what, done.event) == ("unchanged", None)
    assert everything() == before


ACTS: dict[str, Act] = {
    "move_to": lambda deal, by: deal.move_to("pilot", by, forced_because="Now"),
    "set_next_step": lambda deal, by: deal.set_next_step(CALL, by),
    "finish_next_step": lambda deal, by: deal.finish_next_step(by),
    "win": lambda deal, by: deal.win(by, forced_because="Now"),
    "lose": lambda deal, by: deal.lose("price", by),
    "change_amount": lambda deal, by: deal.change_amount(Money(1, "EUR"), by),
    "change_owner": lambda deal, by: deal.change_owner(_somebody_else(deal), by),
    "change_close_date": lambda deal, by: deal.change_close_date(FRIDAY, by),
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


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(
    ("who", "may"),
    [("dan", True), ("cleo", True), ("anna", True), ("bo", False), ("emil", False), ("rut", False)],
)
def test_the_owner_and_who_leads_them_act_and_nobody_else(
    world: World, name: str, who: str, may: bool
) -> None:
    deal, by = ready(world), getattr(world.people, who)
    before = everything()
    if may:
        assert ACTS[name](deal, by).event
        return
    with pytest.raises(PermissionDenied):
        ACTS[name](deal, by)
    assert everything() == before


def test_somebody_who_left_acts_no_more(world: World) -> None:
    deal = ready(world)
    User.objects.filter(pk=world.people.dan.pk).update(active=False)
    with pytest.raises(PermissionDenied):
        deal.lose("price", User.objects.get(pk=world.people.dan.pk))


def test_a_reader_begins_no_deal(world: World) -> None:
    before = everything()
    with pytest.raises(PermissionDenied):
        world.deal(world.people.rut)
    assert everything() == before


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


@pytest.mark.parametrize("name", [name for name in ACTS if name not in ("change_owner", "undo")])
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


def test_the_lists_are_of_open_deals_only(world: World) -> None:
    people = world.people
    plain, late, lost, old = (world.deal(title=title) for title in ("plain", "late", "lost", "old"))
    late.set_next_step(CALL, people.dan)
    Deal.objects.filter(pk=late.pk).update(next_step_on=day(-1))
    lost.lose("price", people.dan)
    Deal.objects.filter(pk=old.pk).update(history_only=True)
    assert set(Deal.objects.open()) == {plain, late}
    assert set(Deal.objects.without_next_step()) == {plain}
    assert set(Deal.objects.late(TODAY)) == {late}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("anna", {"Bo", "Dan"}),
        ("bo", {"Bo"}),
        ("cleo", {"Dan"}),
        ("dan", {"Dan"}),
        ("emil", set()),
        ("rut", {"Bo", "Dan"}),
    ],
)
def test_a_deal_is_seen_by_its_owner_by_who_leads_them_and_by_readers(
    world: World, who: str, seen: set[str]
) -> None:
    world.deal(world.people.bo, title="Bo")
    world.deal(world.people.dan, title="Dan")
    found = Deal.objects.visible_to(getattr(world.people, who))
    assert {deal.title for deal in found} == seen


def test_a_deal_handed_over_is_seen_by_its_new_owner_only(world: World) -> None:
    deal = world.deal()
    deal.change_owner(world.people.bo, world.people.dan)
    assert list(Deal.objects.visible_to(world.people.dan)) == []
    assert list(Deal.objects.visible_to(world.people.bo)) == [deal]
