"""The log of the app: what is written is read at once, from the database or from the parts."""

from datetime import date
from uuid import UUID

import pytest
from tests.history.live import (
    CASES,
    IDA,
    JUN,
    STEPS,
    asked,
    at,
    case,
    created,
    entered,
    new,
    ways,
    whole_log,
)

from infield.history.actions import alias_stages, record_many, undo_source, void
from infield.history.models import Touched
from infield.history.queries import log_source
from infield.history.upkeep import refresh, rewrite_base
from infield.web.models import Company

pytestmark = pytest.mark.django_db

HOUR = 3_600_000_000  # microseconds
MAP, ORGANIZATION, VERSION = UUID(int=70), UUID(int=80), UUID(int=90)


def us(hours: float) -> int:
    return int(at(hours).timestamp() * 1_000_000)


def test_no_event_gives_an_empty_log() -> None:
    assert whole_log() == ([], [])


def test_a_case_is_told_whole() -> None:
    record_many(
        [
            created(0, IDA, organization=str(ORGANIZATION), source="fair", segment="small", map=str(MAP)),
            entered("lead", hours=1, map_version=VERSION),
            new("amount_changed", hours=2, data={"amount_minor": 900, "currency": "JPY"}),
            entered("offer", hours=4),
            new("owner_changed", hours=5, data={"owner": str(JUN)}),
            new("quote_presented", hours=5.5, data={"quote": "q", "amount_minor": 1, "currency": "EUR"}),
            new("won", hours=6),
        ]
    )
    assert asked(CASES) == [
        (
            str(case(0)), str(MAP), str(VERSION), us(0), us(6), "won", ":won", str(JUN), str(ORGANIZATION),
            "fair", "small", None, 900, "JPY", 1, ["lead", "offer", ":won"],
        )
    ]  # fmt: skip
    assert [row[1:] for row in asked(STEPS)][1] == (
        2, us(1), date(2026, 3, 2), "stage_entered", "lead", "offer", 3 * HOUR, "amount_changed", HOUR,
        str(IDA), str(MAP), True,
    )  # fmt: skip


def test_the_latest_event_about_a_fact_decides_whatever_was_written_last() -> None:
    record_many([created(0, JUN, hours=3), new("owner_changed", hours=9, data={"owner": str(IDA)})])
    record_many([new("owner_changed", hours=5, data={"owner": str(JUN)})])
    assert asked("SELECT name FROM cases JOIN names ON what = 'owner' AND code = \"owner\"") == [(str(IDA),)]


def test_a_fact_that_is_null_is_no_more() -> None:
    record_many([created(segment="small"), new("field_changed", hours=1, data={"segment": None})])
    assert asked("SELECT segment FROM cases") == [(None,)]


def test_a_reopened_deal_is_open() -> None:
    record_many([created(), new("lost", hours=1), new("reopened", hours=2)])
    assert asked("SELECT outcome, closed_us FROM cases") == [(None, None)]


def test_a_loss_closes_the_path_until_it_is_open_again_and_a_sale_stands_where_it_was_made() -> None:
    record_many([created(), entered("lead", 0, 1), new("lost", hours=2)])
    assert ways() == {case(0): ["lead", ":lost"]}
    assert asked("SELECT stay_us FROM visits ORDER BY entered_us") == [(HOUR,), (None,)]
    refresh(log_source())
    record_many([new("reopened", hours=3)])
    assert ways() == {case(0): ["lead"]}
    refresh(log_source())
    record_many([new("won", hours=4)])
    assert ways() == {case(0): ["lead", ":won"]}
    refresh(log_source())
    record_many([entered("onboarding", 0, 5)])
    assert ways() == {case(0): ["lead", ":won", "onboarding"]}
    assert asked("SELECT outcome FROM cases") == [("won",)]
    assert asked("SELECT stay_us FROM visits ORDER BY entered_us") == [(3 * HOUR,), (HOUR,), (None,)]
    refresh(log_source())
    record_many([new("reopened", hours=6), entered("lead", 0, 7), new("lost", hours=8)])
    assert ways() == {case(0): ["lead", "onboarding", "lead", ":lost"]}


def test_of_two_sales_the_one_that_holds_is_a_step() -> None:
    record_many(
        [
            created(),
            entered("lead", 0, 1),
            new("won", hours=2),
            new("reopened", hours=3),
            entered("offer", 0, 4),
            new("won", hours=5),
            entered("live", 0, 6),
        ]
    )
    assert ways() == {case(0): ["lead", "offer", ":won", "live"]}
    refresh(log_source())
    assert ways() == {case(0): ["lead", "offer", ":won", "live"]}


def test_a_loss_that_a_stage_follows_is_no_step() -> None:
    record_many([created(), entered("lead", 0, 1), new("lost", hours=2), entered("nurture", 0, 3)])
    assert ways() == {case(0): ["lead", "nurture"]}


def test_a_name_that_an_import_found_means_what_was_said_last() -> None:
    record_many([entered("", 0, 1, stage_found="New!", source="import-1"), entered("lead", 0, 2)])
    record_many([entered("", 1, 1, stage_found="New!", source="import-2")])
    refresh(log_source())
    assert alias_stages("import-1", {"New!": "inquiry", "Old": ""}) == {"New!", "Old"}
    assert ways() == {case(0): ["inquiry", "lead"], case(1): ["New!"]}
    refresh(log_source())
    assert alias_stages("import-1", {"New!": ""}) == {"New!"}
    assert ways()[case(0)] == ["New!", "lead"]
    before = Touched.objects.count()
    assert alias_stages("import-1", {"New!": ""}) == set()
    assert Touched.objects.count() == before


def test_a_stage_found_by_an_import_is_a_step_and_a_stage_told_for_context_is_none() -> None:
    record_many(
        [
            new("won", hours=2, stage_found="Closed won", source="import-1"),
            new("activity_done", hours=1, stage="lead"),
            new("stage_entered", hours=0, stage="lead", stage_found="New!", source="import-1"),
        ]
    )
    assert ways() == {case(0): ["lead", ":won"]}


def test_microseconds_and_a_time_without_any_are_kept() -> None:
    record_many([new("created", hours=0), new("lost", hours=123 / HOUR)])
    assert asked("SELECT at_us FROM steps ORDER BY seq") == [(us(0),), (us(0) + 123,)]


def test_a_day_begins_where_the_company_is() -> None:
    record_many([new("created", hours=14), new("lost", hours=16)])
    refresh(log_source())
    Company.objects.create(name="Kaito", zone="Asia/Tokyo", currency="JPY")
    assert asked("SELECT day FROM steps ORDER BY seq") == [(date(2026, 3, 3),), (date(2026, 3, 3),)]


def test_parts_and_database_together_are_the_log() -> None:
    record_many([created(0), entered("lead", 0, 1), created(1, JUN), entered("lead", 1, 1)])
    refresh(log_source())
    record_many([entered("offer", 0, 2), created(2, JUN), entered("aside", 2, 3)])
    overlaid = whole_log()
    refresh(log_source())
    assert whole_log() == overlaid
    rewrite_base(log_source(), deltas=0)
    assert whole_log() == overlaid
    assert ways() == {case(0): ["lead", "offer"], case(1): ["lead"], case(2): ["aside"]}


def test_a_voided_event_counts_nowhere() -> None:
    written = record_many([created(0), entered("lead", 0, 1), entered("offer", 0, 2), created(1)])
    refresh(log_source())
    void(written[2], None)
    void(written[3], None)
    assert ways() == {case(0): ["lead"]}
    assert asked("SELECT count(*) FROM cases") == [(1,)]
    refresh(log_source())
    rewrite_base(log_source(), deltas=0)
    assert ways() == {case(0): ["lead"]}


def test_an_undone_import_counts_nowhere_and_what_people_did_since_stays() -> None:
    record_many([new("created", source="import-1"), entered("lead", 0, 1)])
    record_many(
        [
            entered("offer", 0, 2, source="import-1"),
            entered("old", 1, 0, source="import-1"),
            entered("lead", 2),
        ]
    )
    refresh(log_source())
    assert undo_source("import-1", None) == 2
    assert ways() == {case(0): ["lead"], case(2): ["lead"]}
    refresh(log_source())
    assert ways() == {case(0): ["lead"], case(2): ["lead"]}


def test_only_cases_whose_present_owner_is_asked_for_are_seen() -> None:
    record_many([created(0, IDA), entered("lead", 0, 1), created(1, JUN), entered("lead", 1, 1), created(2)])
    refresh(log_source())
    record_many([new("owner_changed", 2, 1, data={"owner": str(JUN)})])
    seen = (
        'SELECT uuid, (SELECT count(*) FROM steps WHERE steps."case" = cases."case") FROM cases ORDER BY uuid'
    )
    assert asked(seen, [IDA]) == [(str(case(0)), 2)]
    assert asked(seen, [JUN]) == [(str(case(1)), 2), (str(case(2)), 2)]
    assert asked(seen, []) == []
    assert asked("SELECT sum(deals) FROM paths", [JUN]) == [(1,)]
    assert asked("SELECT count(*) FROM visits", [IDA]) == [(1,)]
