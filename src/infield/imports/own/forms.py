"""Understands what a file says of fields of one's own, by the rules by which people fill them."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from infield.accounts.models import User
from infield.fields.filled import Filled, Unfit, read
from infield.fields.models import Field
from infield.fields.wording import unfit
from infield.people.records.forms import workers
from infield.web.company import the_company

ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
AMOUNT = re.compile(r"([A-Z]{3})? *(.*?) *([A-Z]{3})?", re.DOTALL)


class UnfitCell(ValueError):  # noqa: N818  (the word says it)
    """A cell does not fit its field: `label` and `why` in the language that is spoken."""

    def __init__(self, label: str, why: str) -> None:
        super().__init__(why)
        self.label, self.why = label, why


class OwnCells:
    """Reads the own fields of one kind for whoever imports them; asks the database once, when it is made."""

    def __init__(self, kind: str, by: User) -> None:
        self.fields = {one.key: one for one in Field.objects.of(kind)}
        self.people = _colleagues()
        self.language = by.language
        company = the_company()
        self.currency = company.currency if company else "EUR"

    def read(self, key: str, text: str) -> Filled | None:
        """Give what a cell says, None for nothing. UnfitCell: it does not fit the field."""
        own = self.fields[key]
        try:
            return _READERS.get(own.type, _plainly)(own, text, self)
        except Unfit as problem:
            raise UnfitCell(own.label, unfit(problem.code)) from None


def _plainly(own: Field, text: str, _cells: "OwnCells") -> Filled | None:
    return read(own.type, text)


def _number(own: Field, text: str, cells: "OwnCells") -> Filled | None:
    return read(own.type, _as_spoken(text, cells.language), language=cells.language)


def _money(own: Field, text: str, cells: "OwnCells") -> Filled | None:
    found = AMOUNT.fullmatch(text)
    before, amount, after = found.groups() if found else (None, text, None)
    language = cells.language
    return read(
        own.type, _as_spoken(amount, language), language=language, currency=before or after or cells.currency
    )


def _day(own: Field, text: str, _cells: "OwnCells") -> Filled | None:
    found = ISO_DAY.fullmatch(text)
    if not found:
        raise Unfit("no_day")
    try:
        return read(own.type, date(*map(int, found.groups())).isoformat())
    except ValueError:
        raise Unfit("no_day") from None


def _choice(own: Field, text: str, _cells: "OwnCells") -> Filled | None:
    keys = {name.casefold(): one.key for one in own.offered for name in (one.key, one.label)}
    return read(own.type, keys.get(text.casefold(), text), may=set(keys.values()))


def _person(own: Field, text: str, cells: "OwnCells") -> Filled | None:
    found = cells.people.get(text.casefold())
    return read(own.type, str(found.pk) if found else text, may={str(found.pk)} if found else ())


_READERS: Mapping[str, Callable[[Field, str, OwnCells], Filled | None]] = {
    "number": _number,
    "money": _money,
    "date": _day,
    "choice": _choice,
    "person": _person,
}


def _as_spoken(text: str, language: str) -> str:
    """Give a number as machines write it, such as 12400.5, in the way of a language; others as they are."""
    from babel.numbers import format_decimal

    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    return str(format_decimal(number, locale=language, decimal_quantization=False))


def _colleagues() -> dict[str, User]:
    found: dict[str, User] = {}
    for one in workers():
        found |= {one.email.casefold(): one, one.name.casefold(): one}
    return found
