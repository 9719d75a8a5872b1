"""The rows of a dry run whose record is here already, each beside it, some a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.fields.models import Field
from infield.imports.models import Double, Import
from infield.imports.people.doubles.actions import MOST
from infield.imports.people.doubles.queries import in_words
from infield.imports.people.queries import MODELS
from infield.imports.people.wording import DOUBLES_ALONE, WHY_KNOWN, role_name

A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Compared:
    """A field: what the row says, and what stands here."""

    label: str
    told: str
    here: str


@dataclass(frozen=True, slots=True)
class DoubleRow:
    """A row beside the record that it is taken for; `name` "": one that the viewer may not open, or an earlier row.

    `fields`: of which the two say something else; `same`: the names of the others.
    """

    id: UUID
    file: str
    row: int
    earlier: int | None
    name: str
    address: str
    why: str
    choice: str
    fields: tuple[Compared, ...]
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubles:
    """A page of doubles; `alone`: for how many something is chosen of their own; `beyond`: how many are not listed."""

    rows: tuple[DoubleRow, ...]
    page: Page  # type: ignore[type-arg]  # not generic when it runs
    alone: int
    beyond: int
    choices: tuple[tuple[str, str], ...]


def doubles_page(imported: Import, user: User, number: int) -> Doubles:
    """Give a page; a number beyond the last gives the last. Nine queries at most."""
    found = imported.doubles.order_by("row", "file", "id")
    page = Paginator(found, A_PAGE).get_page(number)
    some = list(page.object_list)
    own = {one.key: one for one in Field.objects.of(imported.kind)} if some else {}
    here = _records(imported.kind, some, user)
    words = in_words(list(here.values()), own, get_language() or "en")
    labels = {key: field.label for key, field in own.items()}
    counted = imported.totals.get("known", 0) + imported.totals.get("twice", 0)
    return Doubles(
        rows=tuple(_row(one, here, words, labels, imported.kind) for one in some),
        page=page,
        alone=found.exclude(choice="").count(),
        beyond=max(0, counted - MOST),
        choices=tuple((key, str(name)) for key, name in DOUBLES_ALONE.items()),
    )


def _records(kind: str, doubles: Sequence[Double], user: User) -> dict[UUID, Any]:
    ids = [one.record for one in doubles if one.record]
    with_owner = ("owner", "organization") if kind == "contact" else ("owner",)
    some = MODELS[kind].objects.visible_to(user).filter(pk__in=ids).select_related(*with_owner)
    return {one.pk: one for one in some}


def _row(
    one: Double,
    here: Mapping[UUID, Any],
    words: Mapping[UUID, Mapping[str, str]],
    labels: Mapping[str, str],
    kind: str,
) -> DoubleRow:
    record = here.get(one.record) if one.record else None
    there = words.get(record.pk, {}) if record else {}
    same = {role for role, told in one.cells.items() if _is_same(told, there.get(role, ""))}
    return DoubleRow(
        id=one.pk,
        file=one.file,
        row=one.row,
        earlier=one.earlier,
        name=str(record or ""),
        address=reverse(f"people:{kind}", args=[record.pk]) if record else "",
        why=str(WHY_KNOWN[one.why]),
        choice=one.choice,
        fields=tuple(
            Compared(role_name(role, labels), told, there.get(role, ""))
            for role, told in one.cells.items()
            if role not in same
        ),
        same=tuple(role_name(role, labels) for role in one.cells if role in same),
    )


def _is_same(told: str, here: str) -> bool:
    """Tell whether two texts are one but for capitals and blanks."""
    return told.casefold().split() == here.casefold().split()
