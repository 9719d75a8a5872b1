"""Which deals deserve time first: those that must be decided soon, and that are far along already."""

from datetime import date, timedelta
from decimal import Decimal

HALF_AFTER_DAYS = 30
"""With so many days to spare a deal is half as urgent as one with none."""


def spare_days(goal_on: date, days_needed: int, today: date) -> int:
    """Give how many days are left before the plan must begin; negative: it is too late to be in time.

    >>> spare_days(date(2026, 12, 31), 20, date(2026, 12, 1))
    10
    """
    return (goal_on - timedelta(days=days_needed) - today).days


def urgency(goal_on: date | None, days_needed: int | None, today: date) -> float:
    """Give how urgent a deal is, 0 to 1: h / (h + s), with s the days to spare (0 at least) and h = 30.

    0 where nobody knows by when the buyer must have reached the goal. Where nobody knows how long the plan takes,
    it is taken to need no time. With thirty days to spare a deal is half as urgent as with none:

    >>> urgency(date(2026, 12, 31), 0, date(2026, 12, 1))
    0.5
    >>> urgency(date(2026, 12, 31), 60, date(2026, 12, 1)), urgency(None, None, date(2026, 12, 1))
    (1.0, 0.0)
    """
    if goal_on is None:
        return 0.0
    spare = max(0, spare_days(goal_on, days_needed or 0, today))
    return HALF_AFTER_DAYS / (HALF_AFTER_DAYS + spare)


def rank(goal_on: date | None, days_needed: int | None, progress: Decimal, today: date) -> float:
    """Give the rank of a deal, 0 to 1, the first highest: its urgency times the share of a sale's weights it has met.

    `progress` in percent. A deal that is 60 % along, with thirty days to spare, ranks 0.5 × 0.6:

    >>> rank(date(2026, 12, 31), 0, Decimal(60), date(2026, 12, 1))
    0.3
    """
    return urgency(goal_on, days_needed, today) * float(progress) / 100
