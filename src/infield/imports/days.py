"""Days as people write them in a cell: one cell at a time, so that what could be two days is none."""

import re
from datetime import date

YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})")
BUDDHIST = 543
BUDDHIST_FROM = 2400
MONTHS = 12


class NoDay(ValueError):  # noqa: N818  (the word says it)
    """A text is no day; `code`: no_day, or two_days where it may mean two."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def day_of(text: str) -> date:
    """Give the day that a cell says; years past 2400 are Buddhist. NoDay.

    Day and month stand in this order between points, and in a Buddhist year; between strokes one of them must show
    by its size which it is.

    >>> day_of("2026-02-01"), day_of("1.2.2026"), day_of("2026年2月1日"), day_of("1/2/2569"), day_of("2/13/2026")
    ... # doctest: +NORMALIZE_WHITESPACE
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 1), datetime.date(2026, 2, 1), datetime.date(2026, 2, 1),
     datetime.date(2026, 2, 13))
    >>> day_of("1/2/2026")
    Traceback (most recent call last):
    infield.imports.days.NoDay: two_days
    """
    text = text.strip()
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := YEAR_LAST.fullmatch(text):
        day, mark, month, year = int(found[1]), found[2], int(found[3]), int(found[4])
        day, month = _in_order(day, month, is_day_first=mark == "." or year >= BUDDHIST_FROM)
    else:
        raise NoDay("no_day")
    try:
        return date(year - BUDDHIST if year >= BUDDHIST_FROM else year, month, day)
    except ValueError:
        raise NoDay("no_day") from None


def _in_order(first: int, second: int, *, is_day_first: bool) -> tuple[int, int]:
    """Give day and month."""
    if is_day_first or first > MONTHS or first == second:
        return first, second
    if second > MONTHS:
        return second, first
    raise NoDay("two_days")
