"""Fields of one's own that come with deals: known by their labels, checked, written with their events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from infield.accounts.models import User
from infield.deals.models import Deal, told_of
from infield.deals.own.models import keep_own
from infield.fields.filled import Filled
from infield.fields.models import Field, Value, columns
from infield.history.models import Event
from infield.imports.arrivals import own_found
from infield.imports.formats import plain
from infield.imports.own.forms import OwnCells, UnfitCell
from infield.imports.reading import Finding

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def own_columns(found: Sequence[str]) -> dict[str, str]:
    """Give the columns that are called like a field of deals: key to column."""
    named = {plain(column): column for column in reversed(found)}
    labels = Field.objects.of("deal").values_list("key", "label")
    return {key: named[plain(label)] for key, label in labels if plain(label) in named}


def unfit_own(connection: "DuckDBPyConnection", by: User) -> Iterator[Finding]:
    """Give what the files say of own fields and what does not fit them: one finding a field and reason."""
    cells = OwnCells("deal", by)
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for one in own_found(connection):
        try:
            cells.read(one.key, one.text)
        except UnfitCell as unfit:
            n, value = found.get((unfit.label, unfit.why), (0, one.text[:60]))
            found[(unfit.label, unfit.why)] = (n + one.deals, value)
    for (label, why), (n, value) in found.items():
        yield Finding("own_unfit", label, n, {"field": label, "why": why, "value": value})


def own_of(cells: OwnCells | None, told: Iterable[tuple[str, str]]) -> dict[Field, Filled]:
    """Give what the cells of a deal say; what does not fit was told in the dry run and is left out."""
    found: dict[Field, Filled] = {}
    for key, text in told if cells else ():
        assert cells is not None  # noqa: S101  nothing is told without it
        if key not in cells.fields:
            continue
        try:
            filled = cells.read(key, text)
        except UnfitCell:
            continue
        if filled:
            found[cells.fields[key]] = filled
    return found


def write_own(values: Mapping[UUID, Mapping[Field, Filled]], new: set[UUID]) -> None:
    """Fill the own fields of these deals; those of `new` have nothing in them yet."""
    Value.objects.bulk_create(
        (
            Value(field=field, object_id=deal, **columns(filled))
            for deal, own in values.items() if deal in new
            for field, filled in own.items()
        ),
        batch_size=500,
    )  # fmt: skip
    for deal, own in values.items():
        for field, filled in own.items() if deal not in new else ():
            Value.objects.put(deal, field, filled)


def own_back(deals: Iterable[Deal]) -> None:
    """Give own fields of deals what the events that still count tell."""
    keys = dict(Field.objects.filter(object_kind="deal").values_list("pk", "key"))
    for deal in deals:
        for field in list(Value.objects.filter(object_id=deal.pk).values_list("field", flat=True)):
            told = Event.objects.filter(
                case=deal.case, kind="field_changed", data__field=keys[field]
            ).counting()
            last = told.order_by("at", "position").last()
            keep_own(deal.pk, keys[field], told_of(last) if last else None)
