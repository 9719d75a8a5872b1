"""A deal's page: its facts, its way with proofs, and what happened, in words."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from tests.deals.world import CALL, CLEAN_MAP, FRIDAY, World

from infield.deals import wording
from infield.deals.models import Deal, NextStep
from infield.deals.page.queries import DealPage, deal_page, met_of
from infield.deals.reasons import LOST_REASONS
from infield.deals.refusals import GateClosed, Refusal
from infield.deals.state import Told
from infield.deals.timeline.queries import timeline
from infield.deals.timeline.wording import HAPPENED, happened
from infield.history.events import KINDS
from infield.history.models import Words
from infield.web.dates import day as written_day
from infield.web.ids import new_id
from infield.web.money import Money

NOW = datetime.now(UTC)


def found(deal: Deal) -> Deal:
    return Deal.objects.select_related("organization", "owner", "version__process").get(pk=deal.pk)


def page_of(deal: Deal) -> DealPage:
    return deal_page(deal, met_of(deal), "en", NOW)


def test_the_page_has_the_facts_and_the_way_by_weights(world: World) -> None:
    deal = world.deal(expected_close=FRIDAY)
    world.met(deal, "asked", "priced", "ran")
    deal.set_next_step(CALL, world.people.dan)
    Deal.objects.update(stage_entered_at=NOW - timedelta(days=3, hours=23))
    page = page_of(found(deal))
    assert (page.organization, page.title, page.money) == ("Aalto Foods", "Line 3", Money(4_200_000, "EUR"))
    assert (page.process, page.version, page.stage_name) == (CLEAN_MAP.name, 1, "Need understood")
    assert (page.owner, page.next_step, page.expected_close) == ("Dan Wood", CALL.what, FRIDAY)
    assert (page.days_in_stage, page.progress, page.is_late) == (3, Decimal("42.5"), False)
    way = [(one.key, one.weight, one.met_weight, one.is_before, one.is_current) for one in page.path]
    assert way == [
        ("noticed", Decimal(10), Decimal(10), True, False),
        ("need", Decimal(30), Decimal("12.5"), False, True),
        ("pilot", Decimal(20), Decimal(20), False, False),
        ("visit", Decimal(20), Decimal(0), False, False),
        ("offer", Decimal(15), Decimal(0), False, False),
        ("signed", Decimal(25), Decimal(0), False, False),
    ]


def test_the_checklist_shows_who_met_what_when_and_how_it_is_known(world: World) -> None:
    deal = world.deal()
    done = deal.meet("priced", world.people.cleo, "In their report of May")
    assert done.event
    priced, sponsor = page_of(found(deal)).checklist
    assert (priced.is_met, priced.evidence, priced.by) == (True, "In their report of May", "Cleo Marsh")
    assert (priced.at, priced.event, priced.proof) == (done.event.at, done.event.pk, "answer")
    assert (sponsor.is_met, sponsor.evidence, sponsor.by, sponsor.event) == (False, "", "", None)
    assert (sponsor.text, sponsor.weight) == ("The plant manager has named who decides", Decimal("17.5"))


def test_the_page_costs_the_same_however_much_happened(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deal = world.deal()
    world.met(deal, "priced")
    for _ in range(2):
        row = found(deal)
        with django_assert_num_queries(3):
            page_of(row)
        with django_assert_num_queries(3):
            timeline(row, "en")
        world.met(deal, "asked", "sponsor", "ran", "seen", "figures", "contract")


def test_the_timeline_tells_everything_in_sentences_the_newest_first(world: World) -> None:
    people, deal = world.people, world.deal(expected_close=FRIDAY)
    deal.meet("priced", people.dan, "In their report")
    deal.set_next_step(CALL, people.dan)
    deal.finish_next_step(people.dan, "They like it")
    deal.move_to("pilot", people.dan, forced_because="Plant stands still")
    deal.move_to("offer", people.cleo, forced_because="Skipped the trial")
    deal.move_to("need", people.dan, back_because="Two lines now")
    deal.withdraw("priced", people.dan, "Wrong line")
    deal.change_amount(Money(5_000_000, "EUR"), people.dan)
    deal.change_amount(None, people.dan)
    deal.change_close_date(None, people.dan)
    deal.lose("no_answer", people.dan, "Four calls")
    deal.reopen(people.dan)
    deal.change_owner(people.bo, people.anna)
    deal.win(people.anna, forced_because="Signed at the fair")
    friday = written_day(FRIDAY, "en")
    lines = timeline(deal, "en").lines
    assert [(line.by.split()[0], line.sentence, line.quote) for line in reversed(lines)] == [
        ("Dan", "Deal created", ""),
        ("Dan", "Began in Need understood", ""),
        ("Dan", f"Expected to close on {friday}", ""),
        ("Dan", "Met: The cost of an hour is named", "In their report"),
        ("Dan", f"Next step: Call the plant manager, {friday}", ""),
        ("Dan", "Done: Call the plant manager", "They like it"),
        ("Dan", "Moved from Need understood to Machine on trial with criteria open", "Plant stands still"),
        (
            "Cleo",
            "Moved from Machine on trial to Proposal under review with criteria open",
            "Skipped the trial",
        ),
        ("Dan", "Moved from Proposal under review to Need understood", "Two lines now"),
        ("Dan", "No longer met: The cost of an hour is named", "Wrong line"),
        ("Dan", "Now worth €50,000", ""),
        ("Dan", "Amount taken away", ""),
        ("Dan", "Expected close taken away", ""),
        ("Dan", "Lost: No answer any more", "Four calls"),
        ("Dan", "Opened again", ""),
        ("Anna", "Handed over to Bo Ek", ""),
        ("Anna", "Won with criteria open", "Signed at the fair"),
    ]


def test_what_was_undone_is_not_told(world: World) -> None:
    deal = world.deal()
    done = deal.move_to("pilot", world.people.dan, forced_because="Now")
    assert done.event
    deal.undo(done.event.pk, world.people.dan)
    assert [line.kind for line in timeline(deal, "en").lines] == ["stage_entered", "created"]


def test_the_timeline_comes_in_pages_that_meet(world: World) -> None:
    deal = world.deal()
    world.met(deal, "asked", "priced", "sponsor", "ran", "seen")
    whole, before, pages = timeline(deal, "en").lines, None, []
    while True:
        page = timeline(deal, "en", before, size=3)
        pages.append(page.lines)
        before = page.before
        if before is None:
            break
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [line.event for page in pages for line in page] == [line.event for line in whole]


def test_a_line_stands_when_its_words_were_erased(world: World) -> None:
    deal = world.deal()
    deal.set_next_step(NextStep("Call Ms Aalto", FRIDAY, "call"), world.people.dan)
    deal.meet("priced", world.people.dan, "Said Ms Aalto")
    Words.objects.all().delete()
    lines = timeline(deal, "en").lines
    assert [(line.sentence, line.quote) for line in lines[:2]] == [
        ("Met: The cost of an hour is named", ""),
        (f"Next step: a call, {written_day(FRIDAY, 'en')}", ""),
    ]


def test_every_kind_of_event_has_its_line() -> None:
    assert {kind.name for kind in KINDS} - set(HAPPENED) == {"voided"}
    assert set(wording.REASONS) == set(LOST_REASONS)


def test_every_refusal_that_the_code_raises_has_its_sentence() -> None:
    import re
    from pathlib import Path

    room = Path(wording.__file__).parent
    text = "".join(path.read_text("utf-8") for path in sorted(room.rglob("*.py")))
    codes = set(re.findall(r'Refusal\("(\w+)"', text)) | set(re.findall(r'needed\([^)]*, "(\w+)"', text))
    assert codes | {"stale"} == set(wording.REFUSALS)


def test_a_closed_gate_says_how_many_criteria_are_open(world: World) -> None:
    deal = world.deal()
    with translation.override("en"), pytest.raises(GateClosed) as refused:
        deal.move_to("pilot", world.people.dan)
    assert wording.refusal(refused.value).startswith("2 criteria are still open.")
    world.met(deal, "priced")
    with pytest.raises(GateClosed) as refused:
        deal.move_to("pilot", world.people.dan)
    assert wording.refusal(refused.value).startswith("1 criterion is still open.")
    assert wording.refusal(Refusal("too_long", most=300)) == "That is too long: 300 letters at most."
    assert wording.refusal(Refusal("past_day")) == "That day is over. Choose today or a later one."


def test_the_map_names_its_own_reasons_for_losing(world: World) -> None:
    assert wording.lost_reason("lost", CLEAN_MAP, "en") == "Not for us"
    assert wording.lost_reason("price", CLEAN_MAP, "en") == "Price"


def test_the_message_after_an_act_names_what_was_done(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    moved = deal.move_to("pilot", dan, forced_because="Now")
    met = deal.meet("ran", dan, "Seen")
    handed = deal.change_owner(world.people.bo, world.people.anna)
    said = [wording.deed(done, CLEAN_MAP, "en", owner="Bo Ek") for done in (moved, met, handed)]
    assert said == ["Moved to Machine on trial.", "Met: The trial week is finished", "Handed over to Bo Ek."]


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("created", {"source": "web"}, "リードを獲得しました"),
        ("profiled", {"profile": "qualified"}, "リードを確認しました:有望見込み客"),
        ("activity_done", {"activity": "call"}, "完了：電話"),
    ],
)
def test_what_happened_to_the_lead_is_told_in_the_language_of_the_reader(
    kind: str, data: dict[str, str], sentence: str
) -> None:
    told = Told(id=new_id(), kind=kind, at=datetime(2026, 5, 4, tzinfo=UTC), stage="", data=data, said={})
    with translation.override("ja"):
        assert happened(told, CLEAN_MAP, {}, "ja") == sentence
