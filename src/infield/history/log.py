"""The columnar log: built once from what readers found, saved, and opened again.

Tables `steps`, `cases`, `paths` and `names` are described in tables.sql, the view `visits` in visits.sql.
"""

from collections.abc import Iterator
from dataclasses import astuple
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from infield.history.ask import question
from infield.history.events import KINDS
from infield.history.zones import offsets

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = ("steps", "cases", "paths", "names")

# Version 2 packs integers by their differences: a sixth less time to read them than version 1, at equal size.
AS_PARQUET = "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"

# A window over everything at once would hold everything at once: this many events cost about 200 MB.
EVENTS_AT_ONCE = 1_000_000


class BrokenStaging(ValueError):  # noqa: N818  (the word says it)
    """A reader broke the contract of the staging tables; says which part of it."""


def build_log(
    connection: "DuckDBPyConnection", zone: ZoneInfo, *, events_at_once: int = EVENTS_AT_ONCE
) -> None:
    """Makes the log's tables from `found_events` and `found_cases`, which only get the columns they lack.

    A reader of foreign files knows no `map` (of an event) and no `version` (of a case); the app's log does.

    `zone` decides which day an event belongs to. Within a case events are ordered by time, equal times by
    `ordinal`; a date alone was given local noon by its reader, so it comes after timed events of earlier
    days. Whole cases are built in slices of about `events_at_once` events. No events give empty tables.
    BrokenStaging: an unknown kind or outcome, a null time, or events and cases that do not belong together.
    """
    _refuse_broken(connection)
    _run(connection, "completed")
    _run(connection, "tables")
    know_kinds(connection)
    fill_tables(connection, zone, events_at_once)


def know_kinds(connection: "DuckDBPyConnection") -> None:
    """Puts the kinds of events into `names`."""
    connection.executemany(
        "INSERT INTO names VALUES ('kind', ?, ?)", [(kind.code, kind.name) for kind in KINDS]
    )


def fill_tables(
    connection: "DuckDBPyConnection", zone: ZoneInfo, events_at_once: int = EVENTS_AT_ONCE
) -> None:
    """Fills the log's tables; what `names` and `known_paths` hold already keeps its codes."""
    _run(connection, "names")
    _tell_offsets(connection, zone)
    for first, last in _slices(connection, events_at_once):
        connection.execute(question(__package__, "steps"), {"first": first, "last": last})
    connection.execute("DROP TABLE zone_offsets")
    for name in ("paths", "cases", "visits"):
        _run(connection, name)


def save_log(connection: "DuckDBPyConnection", folder: Path) -> None:
    """Writes each table of the log to a Parquet file in `folder`, in its order (steps: by case and seq).

    FileExistsError: `folder` has been there before, so files of two logs are never mixed.
    """
    folder.mkdir(parents=True)
    for table in TABLES:
        connection.execute(f"COPY {table} TO $file {AS_PARQUET}", {"file": str(folder / f"{table}.parquet")})


def open_log(connection: "DuckDBPyConnection", folder: Path) -> None:
    """Makes the log saved in `folder` readable through `connection`; nothing is loaded until it is asked."""
    for table in TABLES:
        connection.read_parquet(literal(folder / f"{table}.parquet")).create_view(table)
    _run(connection, "visits")


def literal(file: Path) -> str:
    """The name of a file for the engine, which would take `*`, `?` and `[` in it for patterns."""
    return escape(str(file))


def _run(connection: "DuckDBPyConnection", name: str) -> None:
    connection.execute(question(__package__, name))


def _refuse_broken(connection: "DuckDBPyConnection") -> None:
    known = [kind.name for kind in KINDS]
    for what, parameters in (("kinds", {"known": known}), ("outcomes", {}), ("times", {}), ("strangers", {})):
        broken = connection.execute(question(__package__, f"broken_{what}"), parameters or None).fetchall()
        if broken:
            raise BrokenStaging(what, *(value for (value,) in broken))


def _tell_offsets(connection: "DuckDBPyConnection", zone: ZoneInfo) -> None:
    days = connection.execute(
        "SELECT DISTINCT CAST(make_timestamp(at_us) AS DATE) - DATE '1970-01-01' FROM found_events"
    ).fetchall()
    connection.execute("CREATE TEMP TABLE zone_offsets (since_us BIGINT, until_us BIGINT, offset_us BIGINT)")
    rows = [astuple(offset) for offset in offsets((day for (day,) in days), zone)]
    connection.executemany("INSERT INTO zone_offsets VALUES (?, ?, ?)", rows)


def _slices(connection: "DuckDBPyConnection", events_at_once: int) -> Iterator[tuple[int, int]]:
    """Ranges of case codes. Codes have no gaps, so equal ranges hold about equally many events."""
    first, last, events = connection.execute(
        'SELECT coalesce(min("case"), 0), coalesce(max("case"), -1), count(*) FROM found_events'
    ).fetchall()[0]
    width = max(1, (last - first + 1) * events_at_once // max(events, 1))
    for start in range(first, last + 1, width):
        yield start, min(start + width - 1, last)
