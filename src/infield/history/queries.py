"""Reading the log: the parts in the folder, and over them what the database has had since."""

from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection as database
from django.db import models

from infield.history import parts, upkeep
from infield.history.ask import question
from infield.history.generations import current, held
from infield.history.models import Event, Touched
from infield.history.upkeep import Mark, Source
from infield.web.company import the_company

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

OVERLAID_MOST = 10_000
"""With more events pending than this the reader writes the delta itself, so that it is built once for all."""
POSITIONS_AT_ONCE = 500_000


@contextmanager
def open_log(owners: frozenset[UUID] | None) -> Iterator["DuckDBPyConnection"]:
    """The log as of now: `steps`, `cases`, `paths`, `names`, `visits` in a DuckDB of the reader's own.

    Only cases whose present owner is among `owners` are in it; None: all. Owners and maps are ids in `names`.
    What the parts do not have yet is built from the database first.
    """
    source = log_source()
    behind = upkeep.pending(source, current(source.folder))
    if behind > OVERLAID_MOST:
        # beside another builder a little is sooner overlaid than waited for; a whole history is not
        upkeep.refresh(source, wait=behind > 10 * OVERLAID_MOST)
    with held(source.folder) as generation, upkeep.engine(source.folder) as log:
        upkeep.overlaid(log, source, generation)
        parts.show(log, None if owners is None else [str(owner) for owner in owners])
        yield log


def log_source() -> Source:
    """The log of this installation's database, with the folder its parts are in."""
    company = the_company()
    return Source(
        folder=Path(settings.HOME) / "generations",
        zone=company.tzinfo if company else ZoneInfo("UTC"),
        mark=last_mark,
        touched=touched_cases,
        marked=marked_cases,
        news=news,
        read=read_cases,
    )


def last_mark(until: int | None = None) -> Mark:
    """How far the database is, or was at the position `until`."""
    events = Event.objects.all() if until is None else Event.objects.filter(position__lte=until)
    position, event = events.order_by("-position").values_list("position", "id").first() or (0, "")
    touched = Touched.objects.aggregate(last=models.Max("position"))["last"] or 0
    return Mark(max(position, touched) if until is None else until, str(event))


def touched_cases(since: int, until: int) -> Iterator["pa.Table"]:
    """The cases touched after the position `since` up to `until`, as tables with a column `uuid`."""
    return _cases("touched", since, until)


def marked_cases(since: int, until: int) -> Iterator["pa.Table"]:
    """The cases of `touched_cases` of which no event says so."""
    return _cases("marked", since, until)


def news(since: int, until: int) -> "pa.Table":
    """The events after the position `since` up to `until`, in the columns of `news` in fresh.sql."""
    return _table(parts.NEWS, _rows("news", {"since": since, "until": until}))


def read_cases(cases: dict[str, int], until: int) -> "pa.Table":
    """All events up to a position that count of these cases (id → code), in the columns of `logged` in fresh.sql."""
    written = {case.replace("-", ""): code for case, code in cases.items()}
    return _table(parts.LOGGED, _rows("logged", {"cases": dumps(written), "until": until}))


def _cases(name: str, since: int, until: int) -> Iterator["pa.Table"]:
    for first in range(since, until, POSITIONS_AT_ONCE):
        rows = _rows(name, {"since": first, "until": min(first + POSITIONS_AT_ONCE, until)})
        yield _table(("uuid",), rows)


def _table(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> "pa.Table":
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, parts.types_of(names), strict=True)]
    return pa.table(arrays, names=list(names))


def _rows(name: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    # past the ORM, which makes an object of each id and time
    with database.cursor() as cursor:
        cursor.execute(question(__package__, f"{name}_{database.vendor}"), parameters)
        return list(cursor.fetchall())
