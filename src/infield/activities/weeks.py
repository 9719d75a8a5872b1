"""The days that a calendar shows."""

from datetime import date, timedelta

WEEK = 7


def week_of(day: date) -> tuple[date, ...]:
    """Give the seven days of the week of a day, Monday first.

    >>> week_of(date(2026, 11, 22))[0], len(week_of(date(2026, 11, 22)))
    (datetime.date(2026, 11, 16), 7)
    """
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=place) for place in range(WEEK))


def month_of(day: date) -> tuple[tuple[date, ...], ...]:
    """Give the whole weeks that the month of a day touches.

    >>> [week[0].day for week in month_of(date(2026, 11, 22))]
    [26, 2, 9, 16, 23, 30]
    """
    first = day.replace(day=1)
    last = next_month(day) - timedelta(days=1)
    mondays = range(0, (week_of(last)[0] - week_of(first)[0]).days + 1, WEEK)
    return tuple(week_of(week_of(first)[0] + timedelta(days=ahead)) for ahead in mondays)


def next_month(day: date) -> date:
    """Give the first day of the month after."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(day: date) -> date:
    """Give the first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
