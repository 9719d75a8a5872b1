"""Dates and times of day, in the words of a language.

Years are counted as the reader counts them: in the Buddhist era where their calendar says so, in the common
era otherwise; who chose none gets what their language does, and Thai counts Buddhist years.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

type Calendar = Literal["auto", "gregorian", "buddhist"]

BUDDHIST_YEARS_AHEAD = 543
FIRST_BUDDHIST_YEAR = 2400
"""A year from here on that somebody types is one of the Buddhist era."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# beside the active language, which Django keeps the same way: who reads, not what is written
_calendar: ContextVar[Calendar] = ContextVar("calendar", default="auto")


@contextmanager
def counting_years(calendar: Calendar) -> Iterator[None]:
    """Count years by this calendar inside."""
    before = _calendar.set(calendar)
    try:
        yield
    finally:
        _calendar.reset(before)


def instant(us: int) -> datetime:
    """Give the moment so many microseconds after 1970 began in UTC."""
    return EPOCH + timedelta(microseconds=us)


def day(of: date, language: str = "en") -> str:
    """Give a day.

    >>> day(date(2026, 11, 21)), day(date(2026, 11, 21), "th")
    ('Nov 21, 2026', '21 พ.ย. 2569')
    >>> with counting_years("gregorian"):
    ...     day(date(2026, 11, 21), "th")
    '21 พ.ย. 2026'
    """
    return _day(of, year_of(of, language), language)


def year_of(of: date, language: str = "en") -> int:
    """Give the year of a day as it is counted for whoever reads it.

    >>> year_of(date(2026, 11, 21)), year_of(date(2026, 11, 21), "th")
    (2026, 2569)
    """
    calendar = _calendar.get()
    is_buddhist = calendar == "buddhist" or (calendar == "auto" and language == "th")
    return of.year + (BUDDHIST_YEARS_AHEAD if is_buddhist else 0)


@lru_cache(maxsize=4096)
def _day(of: date, year: int, language: str) -> str:
    from babel import Locale

    pattern: str = Locale.parse(language).date_formats["medium"].pattern
    return _in_pattern(of, year, pattern, language)


def _in_pattern(of: date, year: int, pattern: str, language: str) -> str:
    from babel.dates import format_date

    # The year is put into the pattern, not into the date: 29 February has no twin 543 years on.
    return format_date(of, re.sub(r"y+", f"'{year}'", pattern), locale=language)


@lru_cache(maxsize=4096)
def day_short(of: date, language: str = "en") -> str:
    """Give a day without its year.

    >>> day_short(date(2026, 11, 3)), day_short(date(2026, 11, 3), "fi")
    ('Nov 3', '3.11.')
    """
    from babel.dates import format_skeleton

    return format_skeleton("MMMd" if language in {"en", "th"} else "Md", of, locale=language)


def quarter(of: str, language: str = "en") -> str:
    """Give a quarter of a year.

    >>> quarter("2026 Q3"), quarter("2026 Q3", "ja")
    ('Q3 2026', '2026年第3四半期')
    """
    year, _, number = of.partition(" Q")
    first = date(int(year), 3 * int(number) - 2, 1)
    patterns = {"ja": "yyyy年第Q四半期", "fi": "Q/yyyy", "th": "'ไตรมาส' Q yyyy"}
    return _in_pattern(first, year_of(first, language), patterns.get(language, "'Q'Q yyyy"), language)


@lru_cache(maxsize=4096)
def weekday_day(of: date, language: str = "en") -> str:
    """Give a day with its weekday, without the year.

    >>> weekday_day(date(2026, 11, 23)), weekday_day(date(2026, 11, 23), "fi")
    ('Mon, Nov 23', 'ma 23.11.')
    """
    from babel.dates import format_skeleton

    return format_skeleton("MMMEd" if language in {"en", "th"} else "MEd", of, locale=language)


def weekday(number: int, language: str = "en") -> str:
    """Give the name of a weekday, 0 for Monday.

    >>> weekday(0), weekday(6, "fi")
    ('Monday', 'sunnuntai')
    """
    from babel import Locale

    return str(Locale(language).days["stand-alone"]["wide"][number])


def weekdays_short(language: str = "en") -> list[str]:
    """Give the short names of the days from Monday on.

    >>> weekdays_short()[0], weekdays_short("ja")[6], weekdays_short("th")[0]
    ('Mon', '日', 'จ.')
    """
    from babel.dates import get_day_names

    names = get_day_names("abbreviated", context="stand-alone", locale=language)
    return [names[number] for number in range(7)]


def month(of: date, language: str = "en") -> str:
    """Give the month of a day.

    >>> month(date(2026, 11, 23)), month(date(2026, 11, 23), "th")
    ('November 2026', 'พฤศจิกายน 2569')
    """
    from babel import Locale

    # the library's Thai pattern names an era as well
    pattern = "LLLL y" if language == "th" else Locale.parse(language).datetime_skeletons["yMMMM"].pattern
    return _in_pattern(of, year_of(of, language), pattern, language)


@lru_cache(maxsize=4096)
def clock(hour: int, minute: int, language: str = "en") -> str:
    """Give a time of day to the minute.

    >>> clock(9, 30), clock(9, 30, "fi")
    ('9:30\u202fAM', '9.30')
    """
    from babel.dates import format_time

    return format_time(time(hour, minute), "short", locale=language)


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
