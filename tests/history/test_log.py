from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from tests.history.staging import SECOND, Deal, Event, built, histories, staged, walk

from infield.history.ask import connect
from infield.history.events import KINDS
from infield.history.log import BrokenStaging, build_log, open_log, save_log

NAMED_STEPS = """
SELECT
    s."case", s.seq, s.at_us, k.name, a.name, b.name, s.stage_gap_us, l.name, s.gap_us, o.name,
    s.first_of_edge
FROM steps AS s
LEFT JOIN names AS k ON k.what = 'kind' AND k.code = s.kind
LEFT JOIN names AS l ON l.what = 'kind' AND l.code = s.next_kind
LEFT JOIN names AS a ON a.what = 'stage' AND a.code = s.stage
LEFT JOIN names AS b ON b.what = 'stage' AND b.code = s.next_stage
LEFT JOIN names AS o ON o.what = 'owner' AND o.code = s."owner"
"""


def rows(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    return list(connection.execute(sql).fetchall())


def expected_steps(deals: list[Deal]) -> list[tuple[Any, ...]]:
    """The steps by plain loops over each deal."""
    result: list[tuple[Any, ...]] = []
    for case, deal in enumerate(deals):
        ordered, seen = deal.ordered(), set()
        for place, event in enumerate(ordered):
            after = ordered[place + 1] if place + 1 < len(ordered) else None
            later = [other for other in ordered[place + 1 :] if other.stage is not None]
            to = later[0] if event.stage is not None and later else None
            edge = (event.stage, to.stage) if to else None
            result.append(
                (
                    case,
                    place + 1,
                    event.at_s * SECOND,
                    event.kind,
                    event.stage,
                    to and to.stage,
                    to and (to.at_s - event.at_s) * SECOND,
                    after and after.kind,
                    after and (after.at_s - event.at_s) * SECOND,
                    event.owner,
                    edge is not None and edge not in seen,
                )
            )
            seen.add(edge)
    return result


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(histories)
def test_steps_equal_plain_loops_over_each_deal(deals: list[Deal]) -> None:
    whole, sliced = built(deals), built(deals, events_at_once=3)
    assert rows(whole, NAMED_STEPS + 'ORDER BY s."case", s.seq') == expected_steps(deals)
    assert rows(whole, "FROM steps") == rows(sliced, "FROM steps")


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(histories)
def test_paths_are_the_distinct_sequences_of_stages_and_number_the_deals(deals: list[Deal]) -> None:
    log = built(deals)
    names = dict(rows(log, "SELECT code, name FROM names WHERE what = 'stage'"))
    paths = [
        (tuple(names[code] for code in path), deals)
        for path, deals in rows(log, "SELECT path, deals FROM paths ORDER BY variant_id")
    ]
    counted = Counter(deal.path() for deal in deals if deal.path())
    assert paths == sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    of_case = rows(log, 'SELECT variant_id FROM cases ORDER BY "case"')
    assert [None if v is None else paths[v][0] for (v,) in of_case] == [d.path() or None for d in deals]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(histories)
def test_visits_end_when_another_stage_is_entered(deals: list[Deal]) -> None:
    expected = []
    for case, deal in enumerate(deals):
        steps = deal.staged()
        entered = [
            step for place, step in enumerate(steps) if place == 0 or steps[place - 1].stage != step.stage
        ]
        for place, step in enumerate(entered):
            stay = (entered[place + 1].at_s - step.at_s) * SECOND if place + 1 < len(entered) else -1
            expected.append((case, step.stage, step.at_s * SECOND, stay))
    found = rows(
        built(deals),
        """SELECT v."case", n.name, v.entered_us, coalesce(v.stay_us, -1) FROM visits AS v
        JOIN names AS n ON n.what = 'stage' AND n.code = v.stage""",
    )
    assert sorted(found) == sorted(expected)


def test_equal_times_keep_the_order_of_the_file() -> None:
    log = built([Deal([Event(5, "B"), Event(5, "A"), Event(1, "C")])])
    assert [row[4] for row in rows(log, NAMED_STEPS + "ORDER BY s.seq")] == ["C", "B", "A"]


def test_a_date_alone_comes_after_timed_events_of_earlier_days() -> None:
    noon = 12 * 3600
    dated = Event(86_400 + noon, "Dated", precision="day")
    log = built([Deal([dated, Event(86_399, "Evening before"), Event(86_400 + noon + 1, "Afternoon")])])
    named = [row[4] for row in rows(log, NAMED_STEPS + "ORDER BY s.seq")]
    assert named == ["Evening before", "Dated", "Afternoon"]


def test_an_edge_is_first_once_a_deal() -> None:
    log = built([walk("A", "B", "A", "B", "B", "B"), walk("A", "B")])
    firsts = [row[10] for row in rows(log, NAMED_STEPS + 'ORDER BY s."case", s.seq')]
    assert firsts == [True, True, False, True, False, False, True, False]


def test_an_event_without_a_stage_does_not_stand_between_two_steps() -> None:
    deal = Deal([Event(0, "A"), Event(3, None, "owner_changed"), Event(10, "B")])
    first, between, last = rows(built([deal]), NAMED_STEPS + "ORDER BY s.seq")
    assert first[5:9] == ("B", 10 * SECOND, "owner_changed", 3 * SECOND)
    assert between[4:9] == (None, None, None, "stage_entered", 7 * SECOND)
    assert last[5:9] == (None, None, None, None)


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("UTC", "2026-03-01T23:59:59.999999", "2026-03-01"),
        ("Asia/Bangkok", "2026-03-01T17:00:00", "2026-03-02"),
        ("Asia/Bangkok", "2026-03-01T16:59:59", "2026-03-01"),
        ("America/New_York", "2026-03-08T04:59:59", "2026-03-07"),  # the clocks go forward two hours later
        ("America/New_York", "2026-03-09T03:59:59", "2026-03-08"),
        ("America/New_York", "2026-03-09T04:00:00", "2026-03-09"),
        ("America/New_York", "1969-12-31T04:59:59", "1969-12-30"),
    ],
)
def test_the_day_is_the_one_of_the_zone(zone: str, at: str, day: str) -> None:
    deal = Deal([Event(0, "A")])
    connection = staged([deal])
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    at_us = int(moment.timestamp()) * SECOND + moment.microsecond
    connection.execute("UPDATE found_events SET at_us = ?", [at_us])
    build_log(connection, ZoneInfo(zone))
    assert rows(connection, "SELECT day FROM steps") == [(date.fromisoformat(day),)]


def test_days_follow_the_clocks_through_a_year() -> None:
    zone = ZoneInfo("Europe/Berlin")
    start = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    moments = [start + hour * 3600 for hour in range(0, 24 * 365, 5)]
    log = built([Deal([Event(moment, "A") for moment in moments])], zone)
    expected = [datetime.fromtimestamp(moment, zone).date() for moment in moments]
    assert [day for (day,) in rows(log, "SELECT day FROM steps ORDER BY seq")] == expected


def test_a_case_knows_its_first_event_its_last_stage_and_its_owner_of_now() -> None:
    events = [Event(9, "B", owner="Jun"), Event(2, None, "created", owner="Ida"), Event(4, "A")]
    log = built([Deal(events, "won", 20), Deal(events, owner="Kim")])
    found = rows(
        log,
        """SELECT c.uuid, c.created_us, c.closed_us, c.outcome, s.name, o.name FROM cases AS c
        JOIN names AS s ON s.what = 'stage' AND s.code = c.stage
        JOIN names AS o ON o.what = 'owner' AND o.code = c."owner" ORDER BY c."case" """,
    )
    assert found == [
        ("deal 0", 2 * SECOND, 20 * SECOND, "won", "B", "Jun"),
        ("deal 1", 2 * SECOND, None, None, "B", "Kim"),
    ]


def test_an_empty_history_gives_empty_tables() -> None:
    log = built([])
    assert [log.table(table).fetchall() for table in ("steps", "cases", "paths", "visits")] == [[]] * 4
    assert rows(log, "SELECT name FROM names ORDER BY code") == [(kind.name,) for kind in KINDS]


def test_the_columns_are_those_that_questions_and_generations_rely_on() -> None:
    log = built([])
    assert " ".join(log.table("steps").columns) == (
        "case seq at_us day kind map stage next_stage stage_gap_us next_kind gap_us owner first_of_edge"
    )
    assert " ".join(log.table("cases").columns) == (
        "case uuid map version created_us closed_us outcome stage owner organization source segment product "
        "amount_minor currency variant_id"
    )


def test_a_saved_log_opens_again_as_it_was_and_in_its_order(tmp_path: Path) -> None:
    log = built([walk("A", "B", "B"), walk("C", outcome="lost"), walk("A", "B", "B", start_s=7)])
    save_log(log, tmp_path / "log")
    opened = connect()
    open_log(opened, tmp_path / "log")
    for table in ("steps", "cases", "paths", "names"):
        assert rows(opened, f"FROM {table}") == rows(log, f"FROM {table}")
    assert sorted(map(repr, rows(opened, "FROM visits"))) == sorted(map(repr, rows(log, "FROM visits")))


@pytest.mark.parametrize("name", ["log[1]", "lo*", "lo?1"])
def test_a_folder_is_taken_by_its_name_and_not_as_a_pattern(tmp_path: Path, name: str) -> None:
    save_log(built([walk("A")]), tmp_path / name)
    save_log(built([walk("B")]), tmp_path / "log1")
    opened = connect()
    open_log(opened, tmp_path / name)
    assert rows(opened, "SELECT name FROM names WHERE what = 'stage'") == [("A",)]


def test_a_log_is_not_saved_over_another(tmp_path: Path) -> None:
    save_log(built([walk("A")]), tmp_path / "log")
    before = {path: path.read_bytes() for path in (tmp_path / "log").iterdir()}
    with pytest.raises(FileExistsError):
        save_log(built([walk("B")]), tmp_path / "log")
    assert {path: path.read_bytes() for path in (tmp_path / "log").iterdir()} == before


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE found_events SET kind = 'sold'", ("kinds", "sold")),
        ("UPDATE found_events SET kind = NULL", ("kinds", "null")),
        ("UPDATE found_cases SET outcome = 'maybe'", ("outcomes", "maybe")),
        ("UPDATE found_events SET at_us = NULL", ("times", 0)),
        ("DELETE FROM found_cases", ("strangers", 0)),
        ("DELETE FROM found_events", ("strangers", 0)),
        ("INSERT INTO found_cases FROM found_cases", ("strangers", 0)),
    ],
)
def test_broken_staging_is_refused_before_anything_is_made(damage: str, said: tuple[object, ...]) -> None:
    connection = staged([walk("A")])
    connection.execute(damage)
    with pytest.raises(BrokenStaging) as refusal:
        build_log(connection, ZoneInfo("UTC"))
    assert refusal.value.args == said
    assert {name for (name,) in rows(connection, "SHOW TABLES")} == {"found_events", "found_cases"}


def test_codes_of_kinds_never_change() -> None:
    assert [kind.code for kind in KINDS] == list(range(len(KINDS)))
    assert [
        (kind.code, kind.name) for kind in KINDS if kind.name in {"created", "won", "lost", "voided"}
    ] == [
        (0, "created"),
        (19, "won"),
        (20, "lost"),
        (27, "voided"),
    ]
