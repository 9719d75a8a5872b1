"""How long something took, in the words of a language."""

from functools import lru_cache
from typing import Literal

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
YEAR_S = 365.25 * DAY_S

# From so many seconds on, the unit is used. Days go far: a sale is compared in days, not in months.
UNITS: tuple[tuple[float, float, str], ...] = (
    (2 * YEAR_S, YEAR_S, "duration-year"),
    (DAY_S, DAY_S, "duration-day"),
    (HOUR_S, HOUR_S, "duration-hour"),
    (MINUTE_S, MINUTE_S, "duration-minute"),
    (0, 1, "duration-second"),
)
WHOLE_FROM = 10
NEARLY = 0.995
"""What rounds to a whole unit takes that unit: a second less than a day is a day, not 24 hours."""


@lru_cache(maxsize=4096)
def duration(
    seconds: float, language: str = "en", *, length: Literal["long", "short", "narrow"] = "short"
) -> str:
    """Give seconds in their largest fitting unit, with one decimal below ten of it.

    >>> duration(86_400 * 23.4), duration(5_400), duration(-86_400)
    ('23 days', '1.5 hr', '-1 day')
    """
    from babel.units import format_unit

    size = abs(seconds)
    _, unit_s, unit = next(row for row in UNITS if size >= row[0] * NEARLY)
    amount = _rounded(size, unit_s) * (-1 if seconds < 0 else 1)
    # the library has no long form for the days of Japanese and Thai; theirs are the same as the short ones
    fitting = "short" if language == "ja" or (language == "th" and length == "long") else length
    written: str = format_unit(amount, unit, length=fitting, format="#,##0.#", locale=language)
    return written.replace(" ", "") if language == "ja" else written


@lru_cache(maxsize=4096)
def days(count: int, language: str = "en") -> str:
    """Give a number of whole days in few letters, for a card.

    >>> days(5), days(5, "ja"), days(5, "fi")
    ('5 d', '5日', '5 pv')
    """
    from babel.units import format_unit

    if language == "en":
        # the locale's own forms are "5 days" and "5d"
        return f"{count} d"
    written = format_unit(count, "duration-day", length="short", locale=language).replace("\xa0", " ")
    return written.replace(" ", "") if language == "ja" else written


def _rounded(seconds: float, unit_s: float) -> float:
    amount = seconds / unit_s
    return round(amount) if amount >= WHOLE_FROM else round(amount, 1)
