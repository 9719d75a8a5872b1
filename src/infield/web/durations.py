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
    return format_unit(amount, unit, length=length, format="#,##0.#", locale=language)


def _rounded(seconds: float, unit_s: float) -> float:
    amount = seconds / unit_s
    return round(amount) if amount >= WHOLE_FROM else round(amount, 1)
