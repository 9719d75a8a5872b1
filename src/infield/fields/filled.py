"""What stands in a field of one's own: a value of one of six types, as it is kept, told in the log, and read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from infield.web.money import Money, TooLargeError, TooPreciseError, UnreadableError

TYPES = ("text", "number", "money", "date", "choice", "person")
KINDS = ("organization", "contact", "lead", "deal")
"""What can have fields of one's own; each is the name of a model."""
LONGEST = 500
DIGITS, DECIMALS = 20, 6


class Unfit(ValueError):  # noqa: N818  (the word says it)
    """What was given does not fit the field: a code of wording.UNFIT."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Filled:
    """A value: exactly one of these is set, by the type of its field. `choice` is a key."""

    text: str = ""
    number: Decimal | None = None
    money: Money | None = None
    day: date | None = None
    choice: str = ""
    person: UUID | None = None

    def told(self) -> tuple[str | bool, dict[str, str]]:
        """Give the value as an event tells it, and its words: what people typed stands in those alone.

        >>> Filled(number=Decimal("2.50")).told(), Filled(text="by rail").told()
        (('2.5', {}), (True, {'value': 'by rail'}))
        """
        if self.text:
            return True, {"value": self.text}
        if self.money:
            return f"{self.money.amount_minor} {self.money.currency}", {}
        if self.number is not None:
            return plain(self.number), {}
        return str(self.day or self.choice or self.person), {}

    def noted(self) -> str:
        """Give the value as the change of a record keeps it; `from_told` reads it back.

        >>> Filled(text="by rail").noted(), Filled(number=Decimal("2.50")).noted()
        ('by rail', '2.5')
        """
        value, words = self.told()
        return words.get("value") or str(value)


def from_told(kind: str, value: Any, said: str) -> Filled | None:
    """Read what `told` gave, by the type of the field; None for nothing.

    >>> from_told("money", "1250 EUR", "")
    Filled(text='', number=None, money=Money(amount_minor=1250, currency='EUR'), day=None, choice='', person=None)
    """
    if value in (None, ""):
        return None
    if kind == "text":
        return Filled(text=said) if said else None
    if kind == "money":
        amount, currency = str(value).split(" ")
        return Filled(money=Money(int(amount), currency))
    return _TOLD[kind](str(value))


def read(
    kind: str, typed: str, *, language: str = "en", currency: str = "", may: Collection[str] = ()
) -> Filled | None:
    """Read what somebody typed or chose; None for nothing. `may`: the keys, or ids of people, to choose from.

    Unfit: too_long, no_number, too_precise, too_large, no_day, no_choice.
    """
    typed = typed.strip()
    if not typed:
        return None
    if kind == "money":
        return Filled(money=_money(typed, currency, language))
    if kind in {"choice", "person"} and typed not in may:
        raise Unfit("no_choice")
    if kind == "number":
        return Filled(number=_number(typed, language))
    if kind == "text" and len(typed) > LONGEST:
        raise Unfit("too_long")
    try:
        return _TOLD[kind](typed)
    except ValueError:
        raise Unfit("no_day") from None


def plain(number: Decimal) -> str:
    """Write a number without what says nothing.

    >>> plain(Decimal("100.000000")), plain(Decimal("2.50"))
    ('100', '2.5')
    """
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


_TOLD = {
    "text": lambda value: Filled(text=value),
    "number": lambda value: Filled(number=Decimal(value)),
    "date": lambda value: Filled(day=date.fromisoformat(value)),
    "choice": lambda value: Filled(choice=value),
    "person": lambda value: Filled(person=UUID(value)),
}


def _money(typed: str, currency: str, language: str) -> Money:
    try:
        return Money.read(typed, currency, language)
    except TooPreciseError:
        raise Unfit("too_precise") from None
    except TooLargeError:
        raise Unfit("too_large") from None
    except UnreadableError:
        raise Unfit("no_number") from None


def _number(typed: str, language: str) -> Decimal:
    from babel.numbers import NumberFormatError, parse_decimal

    typed = "".join(typed.split())
    try:
        number: Decimal = parse_decimal(typed, locale=language, strict=True)
    except (NumberFormatError, InvalidOperation):
        raise Unfit("no_number") from None
    if not number.is_finite() or any(map(str.isalpha, typed)):
        raise Unfit("no_number")
    if number != round(number, DECIMALS):
        raise Unfit("too_precise")
    if abs(number) >= Decimal(10) ** (DIGITS - DECIMALS):
        raise Unfit("too_large")
    return number
