"""A filtered list of deals as frozen rows: page by page, with a count and one sum for each currency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from infield.deals.models import Deal, DealQuerySet
from infield.desk.deals.columns.queries import BUILT_IN as COLUMNS
from infield.desk.deals.columns.queries import DEFAULT, Cell, Column, columns, names_of
from infield.desk.deals.fields.queries import BUILT_IN, Around, Field, fields, narrowed
from infield.desk.deals.fields.queries import names_of as chosen_names
from infield.desk.deals.wording import SHAPES, chip_words
from infield.desk.wording import deals_at
from infield.fields.models import PREFIX, values_of
from infield.finding.filters import BACKWARDS, BETWEEN, Filter
from infield.web.ids import to_text
from infield.web.money import Money

AT_ONCE = 50
ALWAYS = ("id", "outcome", "lock")
SORT = "step_on"
ADDRESSES = {
    "board": "desk:board",
    "table": "desk:deals",
    "timeline": "desk:deals_timeline",
    "calendar": "desk:deals_calendar",
    "map": "desk:deals_map",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A deal in a table."""

    key: str
    name: str
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `sorted`: ascending, descending or nothing; `query` sorts by it, or the other way."""

    key: str
    label: str
    kind: str
    sorted: str
    query: str


@dataclass(frozen=True, slots=True)
class Table:
    """A page of a table; `after` is the id that the next one begins after, None at the end."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    count: int
    totals: tuple[Money, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in words, with the query of the list without it."""

    text: str
    without: str


def told(values: Any, around: Around) -> Filter:
    """Read a filter from an address; whose=mine is how addresses said owner=me."""
    given = _joined(values)
    if given.get("whose") == "mine":
        given.setdefault("owner", "me")
    # the company's own fields are only read where the address names one
    is_own = any(PREFIX in text for pair in given.items() for text in pair)
    known, shown = (fields(around), columns(around)) if is_own else (BUILT_IN, COLUMNS)
    return Filter.told(given, tuple(known), tuple(shown))


def _joined(values: Any) -> dict[str, str]:
    """Give an address's values, each under its name once: a form sends a name for each box, and both ends apart."""
    lists = values.lists() if hasattr(values, "lists") else ((key, [value]) for key, value in values.items())
    given = {key: ",".join(filter(None, some)) for key, some in lists}
    for key in {name.rpartition(".")[0] for name in given if name.endswith((".least", ".most"))}:
        least, most = given.get(f"{key}.least", ""), given.get(f"{key}.most", "")
        if least or most:
            given[key] = f"{least}{BETWEEN}{most}"
    return given


def found(wish: Filter, around: Around) -> DealQuerySet:
    """Give the deals that a filter asks for, of those this user may see."""
    return narrowed(Deal.objects.visible_to(around.user), wish, around)


def table(wish: Filter, around: Around, after: UUID | None = None) -> Table:
    """Give a page of the table. Four queries, and one more for each of: fields of one's own, people in them."""
    deals, shown = found(wish, around), columns_of(wish, around)
    page = list(_rows(_page(deals, wish, around, after, AT_ONCE + 1), shown))
    more, page = len(page) > AT_ONCE, page[:AT_ONCE]
    count, totals = sums(deals)
    return Table(
        heads=tuple(_head(one, wish) for one in shown),
        rows=tuple(_row(row, shown, around) for row in _with_own(page, around)),
        count=count,
        totals=totals,
        after=to_text(page[-1]["id"]) if more else None,
    )


def written(wish: Filter, around: Around, size: int) -> Iterator[tuple[Cell, ...]]:
    """Give the cells of every row, some at a time, for a file that is written while it is read."""
    deals, shown, after = found(wish, around), columns_of(wish, around), None
    while True:
        page = list(_rows(_page(deals, wish, around, after, size), shown))
        for row in _with_own(page, around):
            yield tuple(one.cell(row, around) for one in shown)
        if len(page) < size:
            return
        after = page[-1]["id"]


def columns_of(wish: Filter, around: Around) -> tuple[Column, ...]:
    known = columns(around)
    return tuple(known[key] for key in wish.columns or DEFAULT)


def sums(deals: DealQuerySet) -> tuple[int, tuple[Money, ...]]:
    """Give how many deals there are and one sum for each currency. One query."""
    rows = list(deals.order_by().values_list("currency").annotate(n=Count("id"), sum=Sum("amount_minor")))
    totals = tuple(Money(int(total or 0), currency) for currency, _, total in sorted(rows) if currency)
    return sum(count for _, count, _ in rows), totals


def chips(wish: Filter, around: Around) -> tuple[Chip, ...]:
    """Give what is asked for in words."""
    known = fields(around)
    some = [
        Chip(_said(known[one.field], one, around), wish.without(one.field).address())
        for one in wish.conditions
    ]
    return tuple(some)


def switcher(shape: str, wish: Filter) -> tuple[tuple[str, str, str, bool], ...]:
    """Give the views of the same deals: key, label, address, whether it is this one."""
    from django.urls import reverse

    return tuple(
        (key, str(label), reverse(ADDRESSES[key]) + wish.address(), key == shape)
        for key, label in SHAPES.items()
    )


def _said(field: Field, asked: Any, around: Around) -> str:
    names = chosen_names(field, asked, around)
    return chip_words(str(field.label), field.kind, asked, names, around.language)


def _head(column: Column, wish: Filter) -> Head:
    now = wish.sort or SORT
    is_this, is_down = now.removeprefix(BACKWARDS) == column.key, now.startswith(BACKWARDS)
    other = column.key if not is_this or is_down else BACKWARDS + column.key
    state = ("descending" if is_down else "ascending") if is_this else ""
    return Head(column.key, str(column.label), column.kind, state, wish.address(sort=other))


def _page(deals: DealQuerySet, wish: Filter, around: Around, after: UUID | None, size: int) -> DealQuerySet:
    """Give the first `size` in the order asked for, without a value first; from the one after `after` on."""
    key = wish.sort or SORT
    down = key.startswith(BACKWARDS)
    expression = columns(around)[key.removeprefix(BACKWARDS)].sort(around)
    deals = deals.annotate(sorted_by=expression)
    if after is not None:
        last = (
            Deal.objects.filter(pk=after)
            .annotate(sorted_by=expression)
            .values_list("sorted_by", flat=True)
            .first()
        )
        deals = deals.filter(_beyond(last, after, down=down))
    by = F("sorted_by").desc(nulls_last=True) if down else F("sorted_by").asc(nulls_first=True)
    order = (by, F("id").desc() if down else F("id").asc())
    # all that a row shows is read of those on the page alone, not sorted with every deal
    shown = deals.order_by(*order).values("id")[:size]
    return Deal.objects.filter(pk__in=shown).annotate(sorted_by=expression).order_by(*order)


def _beyond(last: Any, after: UUID, *, down: bool) -> Q:
    tie = Q(id__lt=after) if down else Q(id__gt=after)
    if last is None:
        same = Q(sorted_by__isnull=True) & tie
        return same if down else same | Q(sorted_by__isnull=False)
    same = Q(sorted_by=last) & tie
    return Q(sorted_by__lt=last) | same | Q(sorted_by__isnull=True) if down else Q(sorted_by__gt=last) | same


def _rows(deals: DealQuerySet, shown: Sequence[Column]) -> Iterator[dict[str, Any]]:
    wanted = dict.fromkeys(
        [*ALWAYS, "organization__name", "title", *(name for one in shown for name in one.reads)]
    )
    return iter(deals.values(*wanted))


def _with_own(page: list[dict[str, Any]], around: Around) -> list[dict[str, Any]]:
    own = values_of(row["id"] for row in page) if around.own and page else {}
    for row in page:
        row["own"] = own.get(row["id"], {})
    names = names_of(page)
    for row in page:
        row["people"] = names
    return page


def _row(row: dict[str, Any], shown: Sequence[Column], around: Around) -> Row:
    key = to_text(row["id"])
    name = f"{row['organization__name']} · {row['title']}"
    return Row(key, name, deals_at() + key, tuple(one.cell(row, around) for one in shown))
