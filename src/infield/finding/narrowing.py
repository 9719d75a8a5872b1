"""Reading the ends of a range as people write them into an address."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache

from infield.web.money import exponent

LARGEST = Decimal(10) ** 15
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
"""Days beyond are taken for these: at the ends of what a date can say, a zone has no midnight."""


def number(text: str) -> Decimal | None:
    """Give a number, or None for what is none.

    >>> number("1500.50"), number("many"), number("1e99")
    (Decimal('1500.50'), None, None)
    """
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < LARGEST else None


def day(text: str, today: date) -> date | None:
    """Give a day: one of the calendar, or so many days from today; None for what is none.

    >>> day("2026-11-30", date(2026, 11, 22)), day("+7d", date(2026, 11, 22)), day("soon", date(2026, 11, 22))
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 29), None)
    """
    if (
        text[:1] in "+-"
        and text[-1:] == "d"
        and text[1:-1].isascii()
        and text[1:-1].isdigit()
        and len(text) < 7
    ):
        return today + timedelta(days=int(text[:-1]))
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return min(max(found, EARLIEST), LATEST)


@cache
def currencies_by_decimals() -> dict[int, frozenset[str]]:
    """Give the currencies that do not have two decimals, by how many they have: yen none, dinars three."""
    from babel.numbers import list_currencies

    found: dict[int, set[str]] = {}
    for currency in list_currencies():
        if exponent(currency) != 2:
            found.setdefault(exponent(currency), set()).add(currency)
    return {decimals: frozenset(some) for decimals, some in found.items()}
