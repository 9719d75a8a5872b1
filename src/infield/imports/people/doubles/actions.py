"""Rows of a dry run whose record is here already: kept for a choice of their own."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from infield.imports.models import Double, Import
from infield.imports.people.queries import Known
from infield.imports.people.table import Line
from infield.imports.state.actions import Refused

MOST = 10_000
"""Rows that may be chosen one by one; what is beyond them goes as all do."""

type Place = tuple[str, int]
"""A file and the number of a row in it."""


def double_of(imported: Import, line: Line, known: Known | Place, why: str) -> Double:
    """Give the row of a double, not saved: of a record that is here, or of an earlier row."""
    cells = {role: text for role, text in line.cells.items() if text}
    there = {"record": known.id} if isinstance(known, Known) else {"earlier": known[1]}
    return Double(imported=imported, file=line.file, row=line.row, why=why, cells=cells, **there)


def choices_made(imported: Import, places: Iterable[Place] | None = None) -> dict[Place, str]:
    """Give what was chosen for rows of their own, of these places or of all. One query."""
    chosen = imported.doubles.exclude(choice="")
    if places is not None:
        chosen = chosen.filter(row__in={row for _file, row in places})
    return {(file, row): choice for file, row, choice in chosen.values_list("file", "row", "choice")}


def choose_rows(imported: Import, choices: Mapping[UUID, str]) -> int:
    """Say what becomes of rows of their own, "" for what becomes of all; gives how many are chosen so.

    Refused: not_now.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if held.state != "read":
            raise Refused("not_now")
        known = list(held.doubles.filter(pk__in=choices))
        changed = [one for one in known if one.choice != choices[one.pk]]
        for one in changed:
            one.choice = choices[one.pk]
        Double.objects.bulk_update(changed, ["choice"], batch_size=500)
        return held.doubles.exclude(choice="").count()


def forget_doubles(imported: Import) -> None:
    """Remove what stood in the rows: it is in the address book by now, or nobody wants it."""
    imported.doubles.all().delete()


def keep_doubles(doubles: Iterable[Double], chosen: Mapping[Place, str]) -> None:
    """Save doubles, each with what was chosen for its row at an earlier reading."""
    for one in doubles:
        one.choice = chosen.get((one.file, one.row), "")
    Double.objects.bulk_create(doubles)
