"""A filtered list as frozen rows, page by page: whatever it is a list of.

A Listing describes one: of which records, by what they can be looked for, what it shows. The address holds the
filter, the order and the columns: it is the view.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.fields.models import PREFIX, values_of
from infield.fields.queries import names_of
from infield.finding.filters import BACKWARDS, BETWEEN, Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import Cell, Column, Row, own_column
from infield.finding.lists.fields.queries import Field, own_field
from infield.finding.lists.groups import Group
from infield.finding.lists.wording import chip_words
from infield.finding.models import Searched
from infield.web.ids import to_text
from infield.web.money import Money

AT_ONCE = 50
COUNTED = 1_000
"""Lists without sums are counted so far and no further."""

type Things = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of list.

    `kind`: the key of its own fields and kept views; `address`: the name of its address, which those of its dialogs
    begin with. `things`: the records that a user may see; `usual`: those of them that a filter shows. `groups`: every
    field that a form asks for stands in one of them. `reads` and `name`: what a row is called. `shapes`: the names of
    the addresses of its views, by shape. `around`: gives Around. `sums`: counts and adds all that is found; without
    it, rows are counted up to COUNTED.
    """

    kind: str
    act: str
    address: str
    things: Callable[[User], Things]
    usual: Callable[[Any, Filter], Any]
    fields: Mapping[str, Field]
    groups: tuple[Group, ...]
    columns: Mapping[str, Column]
    default: tuple[str, ...]
    sort: str
    reads: tuple[str, ...]
    name: Callable[[Row], str]
    around: type[Around] = Around
    shapes: Mapping[str, str] | None = None
    sums: Callable[[Any], tuple[int, tuple[Money, ...]]] | None = None

    def looked_at_by(self, user: User) -> Around:
        """Give what is around a list that this user looks at."""
        return self.around(user, timezone.localtime(), get_language() or "en", self.kind, self.act)

    def address_of(self, shape: str) -> str:
        """Give the address of a view of this list; of the table, for a shape that it does not have."""
        return reverse((self.shapes or {}).get(shape, self.address))

    def fields_for(self, around: Around) -> Mapping[str, Field]:
        """Give every field to look by, the company's own ones last."""
        return {**self.fields, **{one.key: own_field(one) for one in around.own}}

    def columns_for(self, around: Around) -> Mapping[str, Column]:
        """Give every column there is, the company's own fields last."""
        return {**self.columns, **{one.key: own_column(one) for one in around.own}}


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a table; `head` is its first cell, which leads to it."""

    key: str
    name: str
    address: str
    head: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `sorted`: ascending, descending or nothing; `query` sorts by it, or the other way, ""
    where nothing does."""

    key: str
    label: str
    kind: str
    sorted: str
    query: str


@dataclass(frozen=True, slots=True)
class Table:
    """A page of a table; `after` is the id that the next one begins after, None at the end; `is_more`: there are more
    than `count`."""

    heads: tuple[Head, ...]
    rows: tuple[Line, ...]
    count: int
    is_more: bool
    totals: tuple[Money, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in words, with the query of the list without it."""

    text: str
    without: str


def told(listing: Listing, values: Any, around: Around) -> Filter:
    """Read a filter from an address. The company's own fields are only read where the address names one."""
    given = _joined(values)
    if any(PREFIX in text for pair in given.items() for text in pair):
        return Filter.told(given, tuple(listing.fields_for(around)), tuple(listing.columns_for(around)))
    return Filter.told(given, tuple(listing.fields), tuple(listing.columns))


def found(listing: Listing, wish: Filter, around: Around) -> Any:
    """Give the records that a filter asks for, of those this user may see, as a query."""
    things = listing.things(around.user)
    for condition in wish.conditions:
        field = listing.fields.get(condition.field) or listing.fields_for(around)[condition.field]
        things = field.narrow(things, condition, around)
    things = listing.usual(things, wish)
    return Searched.objects.matching(things, wish.words) if wish.words else things


def table(listing: Listing, wish: Filter, around: Around, after: UUID | None = None) -> Table:
    """Give a page of the table.

    Three queries or four, and one more for each of: own fields, what stands in them, people in them, and each column
    that gathers.
    """
    things, shown = found(listing, wish, around), columns_of(listing, wish, around)
    page = list(_rows(listing, _page(listing, things, wish, around, after, AT_ONCE + 1), shown))
    more, page = len(page) > AT_ONCE, page[:AT_ONCE]
    count, totals = listing.sums(things) if listing.sums else (_counted(things), ())
    before = reverse(listing.address) + "/"
    return Table(
        heads=tuple(_head(listing, one, wish) for one in shown),
        rows=tuple(_line(listing, row, shown, around, before) for row in _with_others(page, shown, around)),
        count=count if listing.sums else min(count, COUNTED),
        is_more=not listing.sums and count > COUNTED,
        totals=totals,
        after=to_text(page[-1]["id"]) if more else None,
    )


def row_of(listing: Listing, wish: Filter, around: Around, key: UUID) -> Table:
    """Give a table of one record with the columns of a view, whatever its filter finds; no row for a stranger."""
    shown = columns_of(listing, wish, around)
    page = list(_rows(listing, listing.things(around.user).filter(pk=key), shown))
    before = reverse(listing.address) + "/"
    rows = tuple(_line(listing, row, shown, around, before) for row in _with_others(page, shown, around))
    return Table((), rows, len(rows), is_more=False, totals=(), after=None)


def written(listing: Listing, wish: Filter, around: Around, size: int) -> Iterator[Row]:
    """Give every row with what its columns need, some at a time, for a file that is written while it is read."""
    things, shown, after = found(listing, wish, around), columns_of(listing, wish, around), None
    while True:
        page = list(_rows(listing, _page(listing, things, wish, around, after, size), shown))
        yield from _with_others(page, shown, around)
        if len(page) < size:
            return
        after = page[-1]["id"]


def columns_of(listing: Listing, wish: Filter, around: Around) -> tuple[Column, ...]:
    """Give the columns that are shown."""
    keys = wish.columns or listing.default
    known = listing.columns if all(key in listing.columns for key in keys) else listing.columns_for(around)
    return tuple(known[key] for key in keys)


def chips(listing: Listing, wish: Filter, around: Around) -> tuple[Chip, ...]:
    """Give what is asked for in words."""
    if not wish.conditions:
        return ()
    known = listing.fields_for(around)
    return tuple(
        Chip(
            chip_words(
                str(known[one.field].label),
                known[one.field].kind,
                one,
                known[one.field].named(one, around),
                around.language,
            ),
            wish.without(one.field).address(),
        )
        for one in wish.conditions
    )


def _joined(values: Any) -> dict[str, str]:
    """Give an address's values, each under its name once: a form sends a name for each box, and both ends apart."""
    lists = values.lists() if hasattr(values, "lists") else ((key, [value]) for key, value in values.items())
    given = {key: ",".join(filter(None, some)) for key, some in lists}
    for key in {name.rpartition(".")[0] for name in given if name.endswith((".least", ".most"))}:
        least, most = given.get(f"{key}.least", ""), given.get(f"{key}.most", "")
        if least or most:
            given[key] = f"{least}{BETWEEN}{most}"
    return given


def _counted(things: Things) -> int:
    return things.order_by()[: COUNTED + 1].count()


def _head(listing: Listing, column: Column, wish: Filter) -> Head:
    now = wish.sort or listing.sort
    is_this, is_down = now.removeprefix(BACKWARDS) == column.key, now.startswith(BACKWARDS)
    other = column.key if not is_this or is_down else BACKWARDS + column.key
    state = ("descending" if is_down else "ascending") if is_this else ""
    query = wish.address(sort=other) if column.sort else ""
    return Head(column.key, str(column.label), column.kind, state, query)


def _sorted_by(listing: Listing, wish: Filter, around: Around) -> tuple[Column, bool]:
    """Give the column that decides the order, and whether it goes down."""
    for key in filter(None, (wish.sort, listing.sort)):
        bare = key.removeprefix(BACKWARDS)
        known = listing.columns if bare in listing.columns else listing.columns_for(around)
        if known[bare].sort:
            return known[bare], key.startswith(BACKWARDS)
    raise LookupError(listing.sort)


def _page(
    listing: Listing, things: Things, wish: Filter, around: Around, after: UUID | None, size: int
) -> Things:
    """Give the first `size` in the order asked for, without a value first; from the one after `after` on."""
    column, down = _sorted_by(listing, wish, around)
    expression = column.sort(around)  # type: ignore[misc]  # one that sorts was asked for
    things = things.annotate(sorted_by=expression)
    if after is not None:
        last = (
            things.model._default_manager.filter(pk=after)
            .annotate(sorted_by=expression)
            .values_list("sorted_by", flat=True)
            .first()
        )
        things = things.filter(_beyond(last, after, down=down))
    by = F("sorted_by").desc() if down else F("sorted_by").asc()
    if not column.is_certain:
        by = F("sorted_by").desc(nulls_last=True) if down else F("sorted_by").asc(nulls_first=True)
    order = (by, F("id").desc() if down else F("id").asc())
    # all that a row shows is read of those on the page alone, not sorted with every record
    ids = things.order_by(*order).values("id")[:size]
    shown: Things = things.model._default_manager.filter(pk__in=ids).annotate(sorted_by=expression)
    return shown.order_by(*order)


def _beyond(last: Any, after: UUID, *, down: bool) -> Q:
    tie = Q(id__lt=after) if down else Q(id__gt=after)
    if last is None:
        same = Q(sorted_by__isnull=True) & tie
        return same if down else same | Q(sorted_by__isnull=False)
    same = Q(sorted_by=last) & tie
    if down:
        return Q(sorted_by__lt=last) | same | Q(sorted_by__isnull=True)
    # said twice, so that an index is entered where the page begins
    return Q(sorted_by__gte=last) & (Q(sorted_by__gt=last) | same)


def _rows(listing: Listing, things: Things, shown: Sequence[Column]) -> Iterator[dict[str, Any]]:
    wanted = dict.fromkeys(["id", *listing.reads, *(name for one in shown for name in one.reads)])
    return iter(things.values(*wanted))


def _with_others(page: list[dict[str, Any]], shown: Sequence[Column], around: Around) -> list[dict[str, Any]]:
    """Give the rows with what stands in other tables."""
    ids = [row["id"] for row in page]
    own = values_of(ids) if ids and any(one.key.startswith(PREFIX) for one in shown) else {}
    # two columns may read the same: it is asked for once
    read = {gather: gather(ids, around) for gather in {one.gather for one in shown} if gather and ids}
    gathered = {one.key: read.get(one.gather, {}) for one in shown if one.gather}
    for row in page:
        row["own"] = own.get(row["id"], {})
        row["gathered"] = {key: some.get(row["id"]) for key, some in gathered.items()}
    names = names_of(filled for row in page for filled in row["own"].values())
    for row in page:
        row["people"] = names
    return page


def _line(listing: Listing, row: Row, shown: Sequence[Column], around: Around, before: str) -> Line:
    key = to_text(row["id"])
    head, *cells = (_labelled(one, one.cell(row, around)) for one in shown)
    return Line(key, listing.name(row), before + key, head, tuple(cells))


def _labelled(column: Column, cell: Cell) -> Cell:
    """Give a number with what it is of: on a phone no head stands above it, and money speaks for itself."""
    is_bare = column.kind == "number" and cell.text and not column.has_currency
    return replace(cell, label=str(column.label)) if is_bare else cell
