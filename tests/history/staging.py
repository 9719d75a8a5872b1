"""Small histories written by hand or drawn at random, put into the staging tables and built."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from infield.history.ask import connect
from infield.history.log import build_log

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UTC = ZoneInfo("UTC")
SECOND = 1_000_000

TABLES = """
CREATE TABLE found_events ("case" INTEGER, ordinal BIGINT, at_us BIGINT, "precision" VARCHAR, kind VARCHAR,
    stage VARCHAR, "owner" VARCHAR);
CREATE TABLE found_cases ("case" INTEGER, uuid VARCHAR, outcome VARCHAR, closed_us BIGINT, "owner" VARCHAR,
    organization VARCHAR, source VARCHAR, segment VARCHAR, product VARCHAR, amount_minor BIGINT,
    currency VARCHAR);
"""


@dataclass(frozen=True, slots=True)
class Event:
    at_s: int
    stage: str | None
    kind: str = "stage_entered"
    owner: str | None = None
    precision: str = "time"


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal with its events as its file gives them, which need not be the order of time."""

    events: list[Event] = field(default_factory=list)
    outcome: str | None = None
    closed_s: int | None = None
    owner: str | None = None

    def ordered(self) -> list[Event]:
        return sorted(self.events, key=lambda event: event.at_s)

    def staged(self) -> list[Event]:
        return [event for event in self.ordered() if event.stage is not None]

    def path(self) -> tuple[str, ...]:
        return tuple(event.stage for event in self.staged() if event.stage is not None)

    def last_s(self) -> int:
        return max(event.at_s for event in self.events)


def walk(*stages: str, outcome: str | None = None, start_s: int = 0, every_s: int = 10) -> Deal:
    """A deal that takes a step every ten seconds; it closes with its last one."""
    events = [Event(start_s + place * every_s, stage) for place, stage in enumerate(stages)]
    return Deal(events, outcome, events[-1].at_s if outcome else None)


def staged(deals: list[Deal]) -> "DuckDBPyConnection":
    connection = connect(threads=1)
    connection.execute(TABLES)
    found = [(case, event) for case, deal in enumerate(deals) for event in deal.events]
    events = [
        (case, ordinal, e.at_s * SECOND, e.precision, e.kind, e.stage, e.owner)
        for ordinal, (case, e) in enumerate(found)
    ]
    cases = [
        (n, f"deal {n}", d.outcome, None if d.closed_s is None else d.closed_s * SECOND, d.owner)
        for n, d in enumerate(deals)
    ]
    if events:
        connection.executemany("INSERT INTO found_events VALUES (?, ?, ?, ?, ?, ?, ?)", events)
    if cases:
        connection.executemany(
            "INSERT INTO found_cases VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL)", cases
        )
    return connection


def built(
    deals: list[Deal], zone: ZoneInfo = UTC, *, events_at_once: int = 1_000_000
) -> "DuckDBPyConnection":
    connection = staged(deals)
    build_log(connection, zone, events_at_once=events_at_once)
    return connection


def quantile(values: list[float], share: float) -> float:
    """Linear between the neighbours of place share · (n - 1), counted from 0."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@st.composite
def events(draw: st.DrawFn) -> Event:
    stage = draw(st.sampled_from(["A", "B", "C", "D", None]))
    kind = "stage_entered" if stage else draw(st.sampled_from(["created", "owner_changed"]))
    return Event(draw(st.integers(0, 12)), stage, kind, draw(st.sampled_from([None, "Ida", "Jun"])))


@st.composite
def deal(draw: st.DrawFn) -> Deal:
    found = draw(st.lists(events(), min_size=1, max_size=8))
    outcome = draw(st.sampled_from(["won", "lost", None]))
    closed = max(event.at_s for event in found) + draw(st.integers(0, 5))
    return Deal(found, outcome, closed if outcome else None, draw(st.sampled_from([None, "Kim"])))


histories = st.lists(deal(), max_size=7)
