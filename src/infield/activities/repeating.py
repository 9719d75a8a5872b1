"""Tasks that come again, by the rules of iCalendar (RFC 5545)."""

from datetime import date, datetime, time

from dateutil.rrule import rrulestr

RULES = {
    "daily": "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "yearly": "FREQ=YEARLY",
}
"""What one can choose, by key."""


class UnknownRuleError(ValueError):
    """A rule that nobody can choose here."""


def next_day(rule: str, last: date, today: date) -> date:
    """Give the first day after `last` that the rule, begun at `last`, names and that is not before `today`.

    `rule`: a key of RULES; UnknownRuleError. So what was done late does not come again for every day it was missed.
    A day that a month does not have is its last one.

    >>> next_day("monthly", date(2026, 1, 31), date(2026, 2, 1))
    datetime.date(2026, 2, 28)
    >>> next_day("daily", date(2026, 11, 20), date(2026, 11, 20))
    datetime.date(2026, 11, 23)
    """
    if rule not in RULES:
        raise UnknownRuleError(rule)
    text = RULES[rule] + _ends_of_months(rule, last)
    begins = datetime.combine(last, time())
    since = datetime.combine(max(last, today), time())
    found = rrulestr(text, dtstart=begins).after(since, inc=today > last)
    return found.date() if found else last


def _ends_of_months(rule: str, day: date) -> str:
    # the 29th, 30th and 31st: the latest of these days that the month has
    if "MONTHLY" not in RULES[rule] or day.day <= 28:
        return ""
    return f";BYMONTHDAY={','.join(str(one) for one in range(28, day.day + 1))};BYSETPOS=-1"
