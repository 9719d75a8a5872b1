"""Time that counts: the hours in which a company works, without its holidays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = 7
MIDNIGHT = 24 * 60

type Hours = tuple[int, int] | None
"""From and to, in minutes after midnight; None on a day without work."""

OFFICE_HOURS: tuple[Hours, ...] = (*((9 * 60, 17 * 60),) * 5, None, None)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Hours by weekday, Monday first, as clocks in `zone` show them, and the days on which nobody works."""

    zone: ZoneInfo
    week: tuple[Hours, ...] = OFFICE_HOURS
    holidays: Mapping[date, str] = field(default_factory=dict)

    def works_on(self, day: date) -> bool:
        return self.week[day.weekday()] is not None and day not in self.holidays

    def seconds(self, since: datetime, until: datetime) -> float:
        """Give the seconds of work between two aware moments; 0 where the second is not later.

        Friday 16:00 to Monday 10:00, with hours from 9 to 17: two hours.

        >>> two = WorkingTime(ZoneInfo("UTC"))
        >>> two.seconds(datetime(2026, 11, 20, 16, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC))
        7200.0
        """
        # two moments of one zone are compared by the clock, also on the night when it is put back
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        spans = (self._span(day) for day in self._days(since, until))
        shares = (min(until, span[1]) - max(since, span[0]) for span in spans if span)
        return sum((share.total_seconds() for share in shares if share > timedelta(0)), 0.0)

    def next_day(self, day: date) -> date:
        """Give `day`, or the first day after it on which somebody works; `day` itself where nobody ever does."""
        later = (day + timedelta(days=ahead) for ahead in range(366))
        return next((one for one in later if self.works_on(one)), day)

    def _days(self, since: datetime, until: datetime) -> Iterator[date]:
        day, last = since.astimezone(self.zone).date(), until.astimezone(self.zone).date()
        while day <= last:
            if self.works_on(day):
                yield day
            day += timedelta(days=1)

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        hours = self.week[day.weekday()]
        return (self._moment(day, hours[0]), self._moment(day, hours[1])) if hours else None

    def _moment(self, day: date, minutes: int) -> datetime:
        if minutes == MIDNIGHT:
            return self._moment(day + timedelta(days=1), 0)
        at = datetime.combine(day, time(minutes // 60, minutes % 60), self.zone)
        return at.astimezone(
            UTC
        )  # two moments of one zone are compared by the clock, also where it is put back


@lru_cache(maxsize=64)
def holidays_of(country: str, year: int, language: str = "en") -> Mapping[date, str]:
    """Give the public holidays of a country in a year by day.

    They are named in `language`, else in English, else as they are called there. Empty for no country and
    for one that nobody has written down.
    """
    if not country:
        return {}
    import holidays

    try:
        found = holidays.country_holidays(country, years=year, language=_spoken(country, language))
    except NotImplementedError:  # how it says that it does not have the country
        return {}
    return dict(found)


def _spoken(country: str, language: str) -> str | None:
    import holidays

    known = holidays.country_holidays(country).supported_languages
    return next((one for wish in (language, "en") for one in known if one.split("_")[0] == wish), None)


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """Give the two-letter codes of the countries whose holidays are known, in order."""
    import holidays

    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))
