"""The funnel of a year ago, to hold this one against."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from infield.accounts.models import User
from infield.desk.map.queries import KEPT, PERIODS, days_ago_us
from infield.desk.report.gather import funnel_along
from infield.funnel.conversion import StageConversion
from infield.history.narrow import narrow
from infield.history.queries import last_mark, open_log
from infield.mining.graph import activities
from infield.process.models import ProcessVersion, maps_of

YEAR_DAYS = 365


def year_before(version: ProcessVersion, user: User, period: str) -> Mapping[str, StageConversion]:
    """Give each stage's conversion of the deals that began in the same period a year before; none for all times."""
    days, mark = PERIODS[period], last_mark()
    if days is None:
        return {}
    since_us, until_us = days_ago_us(YEAR_DAYS + days), days_ago_us(YEAR_DAYS)
    log = (mark.position, mark.event)
    return {
        one.stage: one for one in _told(log, user.sees(), version.pk, version.process_id, since_us, until_us)
    }


@lru_cache(KEPT)
def _told(
    _log: tuple[int, str],
    owners: frozenset[UUID] | None,
    version: UUID,
    of_map: UUID,
    since_us: int,
    until_us: int,
) -> tuple[StageConversion, ...]:
    process = maps_of([version])[version]
    with open_log(owners) as log:
        narrow(log, of_map=of_map, since_us=since_us, until_us=until_us)
        return funnel_along(log, process, [one.name for one in activities(log)])
