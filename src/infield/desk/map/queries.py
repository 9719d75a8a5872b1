"""What the map and the funnel show: the maps in use, and what happened on one, as far as the viewer may see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from infield.accounts.models import User
from infield.desk.report.gather import Report, tell
from infield.history.narrow import narrow
from infield.history.queries import last_mark, open_log
from infield.imports.reading import Reading
from infield.process.models import Process, ProcessVersion, maps_of
from infield.web.company import the_company

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PERIODS = {"quarter": 91, "year": 365, "all": None}
"""Which deals count, by the days since they began at most."""
FROM_THE_APP = Reading(files=(), format="app", rows_read=0, rows_kept=0, rows_rejected=0)
KEPT = 16


def maps_in_use() -> list[ProcessVersion]:
    """Give the version of each process that new deals run on, the oldest process first."""
    processes = Process.objects.order_by("created_at").prefetch_related("versions")
    return [
        max(process.versions.all(), key=lambda version: version.number)
        for process in processes
        if process.versions.all()
    ]


def happened_on(version: ProcessVersion, user: User, period: str) -> Report:
    """Tell what happened to the deals of a map that this user may open; those of the period alone."""
    company, mark = the_company(), last_mark()
    owners, days = user.sees(), PERIODS[period]
    return _told(
        _Asked(
            log=(mark.position, mark.event),
            owners=owners,
            version=version.pk,
            of_map=version.process_id,
            since_us=days_ago_us(days) if days else None,
            zone=company.zone if company else "UTC",
        )
    )


@contextmanager
def narrowed_log(version: ProcessVersion, user: User, period: str) -> "Iterator[DuckDBPyConnection]":
    """The log of the deals that `happened_on` counts."""
    days = PERIODS[period]
    with open_log(user.sees()) as log:
        narrow(log, of_map=version.process_id, since_us=days_ago_us(days) if days else None)
        yield log


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question; the same one with the same log has the same answer, so it is asked once."""

    log: tuple[int, str]
    owners: frozenset[UUID] | None
    version: UUID
    of_map: UUID
    since_us: int | None
    zone: str


@lru_cache(KEPT)
def _told(asked: _Asked) -> Report:
    process = maps_of([asked.version])[asked.version]
    with open_log(asked.owners) as log:
        narrow(log, of_map=asked.of_map, since_us=asked.since_us)
        return tell(log, FROM_THE_APP, ZoneInfo(asked.zone), process)


def days_ago_us(days: int) -> int:
    """Give the midnight (UTC) so many days ago, in microseconds."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((today - timedelta(days=days)).timestamp()) * 1_000_000
