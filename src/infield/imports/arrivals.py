"""What a reading found, in the shape in which it is written into records: whole deals, some at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CASES_AT_ONCE = 500
NAMES_KEPT = 200
"""How many names of stages or owners are shown to be matched."""


@dataclass(frozen=True, slots=True)
class Step:
    """One event; `nth` counts those of its deal that are alike in kind, stage and time, from 1."""

    case: int
    at_us: int
    precision: str
    kind: str
    stage: str | None
    owner: str | None
    nth: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A deal of a foreign system with its events in the order of time; at least one."""

    case: int
    foreign_id: str
    outcome: str | None
    closed_us: int | None
    owner: str | None
    organization: str | None
    source: str | None
    segment: str | None
    product: str | None
    amount_minor: int | None
    currency: str | None
    steps: tuple[Step, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    """Key of an own field and what the files say of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name with the number of deals it occurs in."""

    name: str
    deals: int


@dataclass(frozen=True, slots=True)
class Totals:
    deals: int
    events: int
    won: int
    lost: int


def totals(connection: "DuckDBPyConnection") -> Totals:
    """Count what a reading found."""
    (row,) = connection.execute(
        "select count(*), (select count(*) from found_events), count(*) filter (outcome = 'won'), "
        "count(*) filter (outcome = 'lost') from found_cases"
    ).fetchall()
    return Totals(*row)


def stages_found(connection: "DuckDBPyConnection") -> tuple[Found, ...]:
    """Give the names of stages that deals entered, in the usual order of their first entry."""
    rows = connection.execute(
        """with first as (
             select "case", stage, row_number() over (partition by "case" order by min(at_us), min(ordinal)) as place
             from found_events where stage is not null and kind = 'stage_entered' group by "case", stage)
           select stage, count(*) from first group by stage order by avg(place), stage limit ?""",
        [NAMES_KEPT],
    ).fetchall()
    return tuple(Found(*row) for row in rows)


def owners_found(connection: "DuckDBPyConnection") -> tuple[Found, ...]:
    """Give the names or addresses of owners, those of the most deals first; all of them."""
    rows = connection.execute(
        """select owner, count(distinct "case") from (
             select "case", owner from found_events union all select "case", owner from found_cases)
           where owner is not null group by owner order by 2 desc, 1"""
    ).fetchall()
    return tuple(Found(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class OwnFound:
    """What the files say of an own field, with the number of deals of which they say it."""

    key: str
    text: str
    deals: int


def own_found(connection: "DuckDBPyConnection") -> Iterator[OwnFound]:
    """Give each thing that the files say of own fields once."""
    asked = connection.execute(
        "select key, text, count(*) from found_own group by key, text order by key, text"
    )
    while some := asked.fetchmany(1_000):
        yield from (OwnFound(*row) for row in some)


def arrivals(connection: "DuckDBPyConnection", at_once: int = CASES_AT_ONCE) -> Iterator[list[Arrival]]:
    """Give the deals with their events, `at_once` at a time, in the order of the file."""
    (last,) = connection.execute('select coalesce(max("case"), -1) from found_cases').fetchall()[0]
    for first in range(0, last + 1, at_once):
        yield _some(connection, first, first + at_once - 1)


def _some(connection: "DuckDBPyConnection", first: int, last: int) -> list[Arrival]:
    between = {"first": first, "last": last}
    rows = connection.execute(
        """select "case", at_us, "precision", kind, stage, owner,
                  row_number() over (partition by "case", kind, stage, at_us order by ordinal)
           from found_events where "case" between $first and $last order by "case", at_us, ordinal""",
        between,
    ).fetchall()
    steps = {case: tuple(its) for case, its in groupby((Step(*row) for row in rows), key=attrgetter("case"))}
    cases = connection.execute(
        """select "case", uuid, outcome, closed_us, owner, organization, source, segment, product, amount_minor,
                  currency
           from found_cases where "case" between $first and $last order by "case" """,
        between,
    ).fetchall()
    told = connection.execute(
        'select "case", key, text from found_own where "case" between $first and $last order by "case", key',
        between,
    ).fetchall()
    own = {case: tuple(its) for case, its in groupby((row for row in told), key=itemgetter(0))}
    return [
        replace(
            Arrival(*row), steps=steps[row[0]], own=tuple((key, text) for _, key, text in own.get(row[0], ()))
        )
        for row in cases
        if row[0] in steps
    ]
