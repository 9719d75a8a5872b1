"""Conformance read from the columnar log."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from infield.history.ask import connect
from infield.history.log import build_log
from infield.history.sample_log import sample_log
from infield.history.sample_truth import TWELVE_STAGES
from infield.mining.conformance import conformance
from infield.mining.log_conformance import conformance_of_log
from infield.mining.model import Outcome
from infield.process.values import ProcessMap, Stage, Transition, WayOut

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

type Step = tuple[str, str | None]
"""Kind and name."""

LINE = ProcessMap(
    name="Line",
    stages=tuple(Stage(key=key, name=name) for key, name in (("a", "Ask"), ("b", "Bid"), ("c", "Close"))),
    ways_out=(WayOut(key="no", name="No", kind="no"),),
)

STAGING = """
CREATE TABLE found_events AS
SELECT "case"::INTEGER AS "case", ordinal, at_us, 'time' AS "precision", kind, stage, NULL::VARCHAR AS "owner"
FROM events;
CREATE TABLE found_cases AS
SELECT
    "case"::INTEGER AS "case", 'deal' AS uuid, outcome, NULL::BIGINT AS closed_us, NULL::VARCHAR AS "owner",
    NULL::VARCHAR AS organization, NULL::VARCHAR AS source, NULL::VARCHAR AS segment,
    NULL::VARCHAR AS product, NULL::BIGINT AS amount_minor, NULL::VARCHAR AS currency
FROM deals
"""


def log_of(deals: list[list[Step]]) -> "DuckDBPyConnection":
    """Build the log of deals that take a step every second."""
    events = [
        {"case": case, "ordinal": at, "at_us": at * 1_000_000, "kind": kind, "stage": name}
        for case, steps in enumerate(deals)
        for at, (kind, name) in enumerate(steps)
    ]
    cases = [{"case": case, "outcome": outcome_of(steps)} for case, steps in enumerate(deals)]
    connection = connect(threads=1)
    connection.register("events", pa.Table.from_pylist(events))
    connection.register(
        "deals",
        pa.Table.from_pylist(cases, schema=pa.schema([("case", pa.int64()), ("outcome", pa.string())])),
    )
    connection.execute(STAGING)
    build_log(connection, ZoneInfo("UTC"))
    return connection


def outcome_of(steps: list[Step]) -> Outcome:
    kinds = {kind for kind, _ in steps}
    return "won" if "won" in kinds else "lost" if "lost" in kinds else None


def entered(*names: str) -> list[Step]:
    return [("stage_entered", name) for name in names]


def test_outcomes_and_activities_are_no_entries() -> None:
    found = conformance_of_log(
        log_of(
            [
                [
                    *entered("Ask"),
                    ("activity_done", "Call"),
                    *entered("Ask", "Bid", "Close"),
                    ("won", "Signed"),
                ],
                [*entered("Ask", "Signed", "Bid"), ("lost", "Gone")],
                entered("Ask", "Legal"),
            ]
        ),
        LINE,
    )
    assert (found.deals, found.fitting, found.unmatched) == (3, 2, ("Legal",))
    assert [(deviation.kind, deviation.stage) for deviation in found.deviations] == [("insert", "Legal")]


def test_an_outcome_that_the_map_has_as_a_stage_is_an_entry() -> None:
    found = conformance_of_log(log_of([[*entered("Ask", "Bid"), ("won", "Close")]]), LINE)
    assert (found.fitting, found.never_entered) == (1, ())


def test_a_deal_without_a_step_counts_with_an_empty_path() -> None:
    found = conformance_of_log(log_of([[("created", None)], [*entered("Ask"), ("lost", None)]]), LINE)
    assert (found.deals, found.fitting) == (2, 2)


def test_outcomes_reach_the_shares() -> None:
    jumped = entered("Ask", "Close")
    found = conformance_of_log(log_of([[*jumped, ("won", None)], [*jumped, ("lost", None)], jumped]), LINE)
    (jump,) = found.deviations
    assert (jump.kind, jump.stage, jump.target) == ("jump", "a", "c")
    assert (jump.deals, jump.closed, jump.won) == (3, 2, 1)


@pytest.fixture(scope="module")
def played() -> list[list[Step]]:
    """The deals of a sample log, with repeats, ways back, holds, activities and outcomes."""
    batches = pa.Table.from_batches(sample_log(1_500, seed=3, until=datetime(2026, 7, 1, tzinfo=UTC)))
    rows = batches.select(["case_id", "kind", "activity"]).to_pylist()
    return [
        [(row["kind"], row["activity"]) for row in steps]
        for _, steps in groupby(rows, key=lambda row: row["case_id"])
    ]


def test_the_log_and_plain_paths_agree_on_the_map_of_the_sample(played: list[list[Step]]) -> None:
    process = ProcessMap(
        name="Sample",
        stages=tuple(
            Stage(key=stage.key, name=stage.name, sale=stage.key == TWELVE_STAGES.stages[-1].key)
            for stage in TWELVE_STAGES.entered
        ),
        transitions=tuple(Transition(source=a, target=b) for a, b in TWELVE_STAGES.moves),
        ways_out=(WayOut(key="no", name="No", kind="no"),),
    )
    paths = Counter(
        (
            tuple(str(name) for kind, name in steps if kind == "stage_entered"),
            outcome_of(steps),
        )
        for steps in played
    )
    plain = conformance(process, [(path, outcome, deals) for (path, outcome), deals in paths.items()])
    found = conformance_of_log(log_of(played), process)
    assert found == replace(plain, unmatched=found.unmatched)
    assert found.unmatched == ()
    assert (found.deals, {told.kind for told in found.deviations}) == (1_500, {"jump", "back", "insert"})
