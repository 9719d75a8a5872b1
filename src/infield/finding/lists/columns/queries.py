"""What a list can show: columns, with what each reads, how it sorts and how a cell is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Expression, F, IntegerField, OuterRef, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy

from infield.fields.filled import Filled
from infield.fields.models import Field as OwnField
from infield.fields.models import Value
from infield.fields.queries import text_of
from infield.finding.collation import sort_key
from infield.finding.lists.around.queries import Around
from infield.web import dates, figures

type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its text; `kind` says how it looks; `value` is what an export writes.

    `note`: small words below; `lang`: whose letters they are; `address`: where it leads; `pill`: the look of a label
    that it is, "" for none; `initials`: what stands in the circle of a person; `label`: what a bare number is of,
    where no head says so.
    """

    text: str
    kind: str = ""
    value: Any = None
    currency: str = ""
    note: str = ""
    lang: str = ""
    address: str = ""
    pill: str = ""
    initials: str = ""
    label: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether there is nothing but its text: most are, and a list has hundreds."""
        return not (self.note or self.pill or self.address or self.kind == "is-missing")


@dataclass(frozen=True, slots=True)
class Part:
    """A column of a file, which stands there once by its `key`; `value` is what a row has in it."""

    key: str
    label: object
    value: Callable[[Row, Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `reads`: what it needs of a record; `sort`: by what it sorts, None where it cannot.

    `gather`: what it needs of other records, by the ids of those on a page, one query; the cell finds it in
    row["gathered"][key]. `is_certain`: what it sorts by is never empty, so that an index gives the order.
    `has_currency`: an export writes the currency beside it. `parts`: what an export writes in its place, so that
    nothing that an import understands is lost.
    """

    key: str
    label: object
    reads: tuple[str, ...]
    sort: Callable[[Any], Any] | None
    cell: Callable[[Row, Any], Cell]
    kind: str = ""
    gather: Callable[[Sequence[UUID], Any], Mapping[UUID, Any]] | None = None
    is_certain: bool = False
    has_currency: bool = False
    parts: tuple[Part, ...] = ()


SORTED = {
    "text": "text",
    "number": "number",
    "money": "amount_minor",
    "date": "day",
    "choice": "choice",
    "person": "person__name",
}


def own_column(field: OwnField) -> Column:
    """Give the column that a field of one's own is."""

    def sort(_around: Around) -> Any:
        found = Value.objects.filter(field=field, object_id=OuterRef("pk")).values(SORTED[field.type])
        return Subquery(found[:1])

    def cell(row: Row, _around: Around) -> Cell:
        return own_cell(field, row["own"].get(field.pk), row["people"])

    kind = "number" if field.type in {"number", "money"} else ""
    return Column(field.key, field.label, (), sort, cell, kind, has_currency=field.type == "money")


def own_cell(field: OwnField, filled: Filled | None, names: Mapping[UUID, str]) -> Cell:
    """Give what stands in a field of one's own, as the viewer reads it. `names`: of people in such fields."""
    text = text_of(field, filled, names)
    if filled is None or not (filled.money or filled.number is not None or filled.day):
        return Cell(text)
    if filled.money:
        return Cell(text, "is-number", filled.money.amount, filled.money.currency)
    return Cell(text, "is-day", filled.day) if filled.day else Cell(text, "is-number", filled.number)


def by(column: str) -> Callable[[Around], Any]:
    """Sort by a column as it stands."""
    return lambda _around: F(column)


def by_owner(around: Around) -> Expression:
    """Sort by the owner's name, as names sort."""
    return by_order("owner", [one.pk for one in around.everybody])


def by_label(column: str, labels: Callable[[Any], Sequence[tuple[str, str]]]) -> Callable[[Any], Expression]:
    """Sort by the words that the viewer reads, not by the keys that are kept."""

    def sort(around: Around) -> Expression:
        keys = [key for key, _label in sorted(labels(around), key=lambda pair: sort_key(pair[1]))]
        return by_order(column, keys)

    return sort


def by_order(column: str, keys: Sequence[Any]) -> Expression:
    """Sort by the place that a value has among these, others last."""
    places = [When(**{column: key}, then=place) for place, key in enumerate(keys)]
    return Case(*places, default=len(keys), output_field=IntegerField())


def text(name: str, kind: str = "") -> Callable[[Row, Around], Cell]:
    return lambda row, _around: Cell(row[name] or "", kind)


def day(name: str) -> Callable[[Row, Around], Cell]:
    """Show a day, or the day of a moment on the viewer's clock."""

    def cell(row: Row, around: Around) -> Cell:
        return day_cell(row[name], around)

    return cell


def day_cell(value: date | datetime | None, around: Around) -> Cell:
    if value is None:
        return Cell("", "is-day")
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return Cell(dates.day(local, around.language), "is-day", local)


def number_cell(value: int | None, around: Around) -> Cell:
    return Cell("" if value is None else figures.count(value, around.language), "is-number", value)


def parts_of(shown: Sequence[Column]) -> tuple[Part, ...]:
    """Give the columns of a file for these of a list, each once; amount and currency apart, for a sheet to add."""
    found: dict[str, Part] = {}
    for one in shown:
        for part in one.parts or (Part(one.key, one.label, _value(one)),):
            found.setdefault(part.key, part)
        if one.has_currency:
            found.setdefault(f"{one.key}.currency", Part("", gettext_lazy("Currency"), _currency(one)))
    return tuple(found.values())


def _value(column: Column) -> Callable[[Row, Any], Any]:
    def value(row: Row, around: Around) -> Any:
        cell = column.cell(row, around)
        return cell.text if cell.value is None else cell.value

    return value


def _currency(column: Column) -> Callable[[Row, Any], str]:
    return lambda row, around: column.cell(row, around).currency


def label(name: str, labels: Mapping[str, object]) -> Callable[[Row, Around], Cell]:
    """Show the words that a key has; the key itself where it has none any more."""
    return lambda row, _around: Cell(str(labels.get(row[name], row[name] or "")))
