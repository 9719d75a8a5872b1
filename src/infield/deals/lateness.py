"""How long something is, and whether its day is over."""

from datetime import date, datetime


def is_late(day: date | None, today: date) -> bool:
    """Tell whether a day is over; no day never is."""
    return day is not None and day < today


def days_between(since: datetime, until: datetime) -> int:
    """Give the whole days from one moment to another, 0 where the second comes first."""
    return max((until - since).days, 0)
