"""Dates and times of day, in the words of a language. Thai counts the years of the Buddhist era."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

BUDDHIST_YEARS_AHEAD = 543
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(us: int) -> datetime:
    """Give the moment so many microseconds after 1970 began in UTC."""
    return EPOCH + timedelta(microseconds=us)


@lru_cache(maxsize=4096)
def day(of: date, language: str = "en") -> str:
    """Give a day.

    >>> day(date(2026, 11, 21)), day(date(2026, 11, 21), "th")
    ('Nov 21, 2026', '21 พ.ย. 2569')
    """
    from babel.dates import format_date

    if language == "th":
        # Not the year of the date itself: 29 February has no twin 543 years on.
        return f"{format_date(of, 'd MMM', locale='th')} {of.year + BUDDHIST_YEARS_AHEAD}"
    return format_date(of, "medium", locale=language)


@lru_cache(maxsize=4096)
def day_short(of: date, language: str = "en") -> str:
    """Give a day without its year.

    >>> day_short(date(2026, 11, 3)), day_short(date(2026, 11, 3), "fi")
    ('Nov 3', '3.11.')
    """
    from babel.dates import format_skeleton

    return format_skeleton("MMMd" if language in {"en", "th"} else "Md", of, locale=language)


@lru_cache(maxsize=512)
def month(of: date, language: str = "en") -> str:
    """Give the month of a day, with its year.

    >>> month(date(2026, 11, 3)), month(date(2026, 11, 3), "ja"), month(date(2026, 11, 3), "th")
    ('Nov 2026', '2026年11月', 'พ.ย. 2569')
    """
    from babel.dates import format_date, format_skeleton

    if language == "th":
        return f"{format_date(of, 'LLL', locale='th')} {of.year + BUDDHIST_YEARS_AHEAD}"
    return format_skeleton("yMMM", of, locale=language)


def moment(us: int, zone: ZoneInfo, language: str = "en") -> str:
    """Give a day and the time of day to the minute, as clocks in `zone` show it.

    >>> moment(0, ZoneInfo("Asia/Tokyo"), "fi")
    '1.1.1970 9.00'
    """
    return moment_of(instant(us), zone, language)


def moment_of(at: datetime, zone: tzinfo, language: str = "en") -> str:
    """Give an aware point in time as `moment` does.

    >>> moment_of(EPOCH, ZoneInfo("Asia/Tokyo"), "ja")
    '1970/01/01 9:00'
    """
    from babel.dates import format_time

    local = at.astimezone(zone)
    return f"{day(local.date(), language)} {format_time(local, 'short', locale=language)}"
