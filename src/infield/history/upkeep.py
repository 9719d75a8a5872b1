"""Keeping the parts of the log beside a database that goes on: what is pending, new deltas, a new base."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from infield.history import generations, parts
from infield.history.ask import connect
from infield.history.generations import Generation

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

MEMORY = "1GB"
THREADS = 2
DELTAS = 12
"""With more of them than this the base is written anew."""
CONTINUED_MOST = 50_000
"""More new events than this are read case by case: beside a whole import the parts save nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a database is: its last position, and the last event up to there."""

    position: int
    event: str


@dataclass(frozen=True, slots=True)
class Source:
    """The database's log, as far as the parts need it."""

    folder: Path
    """Where the parts are."""
    zone: ZoneInfo
    """Of the company's days."""
    mark: Callable[[int | None], Mark]
    """How far it is (None), or what it had at a position."""
    touched: Callable[[int, int], "Iterator[pa.Table]"]
    """Cases touched after one position up to another, as tables with a column `uuid`; one may come twice."""
    marked: Callable[[int, int], "Iterator[pa.Table]"]
    """Those of them that were touched although no event of theirs says so."""
    news: Callable[[int, int], "pa.Table"]
    """Events after one position up to another, in the columns `parts.NEWS`; voids among them, undone ones not."""
    read: Callable[[dict[str, int], int], "pa.Table"]
    """Of these cases (id → code) all events that count up to a position, in the columns `parts.LOGGED`."""


@contextmanager
def engine(folder: Path) -> "Iterator[DuckDBPyConnection]":
    """An empty DuckDB that holds at most 1 GB in memory and spills beside the parts."""
    log = connect(memory_limit=MEMORY, threads=THREADS, spill=folder / "spill")
    try:
        yield log
    finally:
        log.close()


def valid(source: Source, generation: Generation | None) -> Generation | None:
    """The generation, or None where it has the days of another zone or is not of this database: build anew."""
    if generation is None or generation.zone != source.zone.key:
        return None
    return generation if source.mark(generation.position).event == generation.event else None


def pending(source: Source, generation: Generation | None) -> int:
    """How many positions the parts do not have yet."""
    known = valid(source, generation)
    return source.mark(None).position - (known.position if known else 0)


def overlaid(
    log: "DuckDBPyConnection", source: Source, generation: Generation | None, until: Mark | None = None
) -> None:
    """Opens the parts, and builds from the database the cases touched after them (up to `until`, None: now)."""
    known, until = valid(source, generation), until or source.mark(None)
    parts.attach(log, source.folder, known)
    since = known.position if known else 0
    if until.position <= since:
        return
    span, read = (since, until.position), partial(_read_until, source, until.position)
    if known and until.position - since <= CONTINUED_MOST:
        parts.continued_cases(log, source.zone, source.news(*span), source.marked(*span), read)
    else:
        parts.whole_cases(log, source.zone, source.touched(*span), read)


def refresh(source: Source, *, wait: bool = True) -> bool:
    """Writes the cases touched since the last part as a delta; False where another process builds already.

    Without a valid generation this writes the base.
    """
    with generations.building(source.folder, wait=wait) as alone:
        if not alone:
            return False
        known, mark = valid(source, generations.current(source.folder)), source.mark(None)
        if mark.position > (known.position if known else 0):
            _add_part(source, known, mark)
        generations.clean(source.folder)
    return True


def rewrite_base(source: Source, *, deltas: int = DELTAS) -> bool:
    """Makes one base of the base and its deltas where there are more than `deltas`; False where there are not."""
    with generations.building(source.folder):
        known = valid(source, generations.current(source.folder))
        if known is None or len(known.parts) - 1 <= deltas:
            return False
        with engine(source.folder) as log, _part(source.folder) as (number, files):
            parts.attach(log, source.folder, known)
            parts.show(log)
            parts.write_merged(log, files, number)
        generations.publish(source.folder, replace(known, parts=(generations.part_name(number),)))
        generations.clean(source.folder)
    return True


def _read_until(source: Source, position: int, cases: dict[str, int]) -> "pa.Table":
    # an event after the position comes with the next part, which would have it twice
    return source.read(cases, position)


def _add_part(source: Source, known: Generation | None, mark: Mark) -> None:
    with engine(source.folder) as log, _part(source.folder) as (number, files):
        overlaid(log, source, known, mark)
        parts.write_fresh(log, files, number)
    before = known.parts if known else ()
    published = Generation(
        zone=source.zone.key,
        position=mark.position,
        event=mark.event,
        parts=(*before, generations.part_name(number)),
    )
    generations.publish(source.folder, published)


@contextmanager
def _part(folder: Path) -> Iterator[tuple[int, Path]]:
    number = generations.next_part(folder)
    with generations.new_part(folder, number) as files:
        yield number, files
