"""What each act on a deal changes, writes and refuses."""

from typing import Any

import pytest
from tests.deals.acts import Act, said, words
from tests.deals.world import CALL, FRIDAY, PRICE, TODAY, World, everything, kinds

from infield.deals.models import Deal, NextStep
from infield.deals.refusals import GateClosed, Refusal
from infield.history.models import Event
from infield.people.names import folded
from infield.web.money import Money


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
