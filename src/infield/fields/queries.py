"""What stands in the fields of one's own of a record, in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.fields.filled import Filled, from_told
from infield.fields.models import PREFIX, Field, values_of
from infield.web import dates, figures
from infield.web.compiled import compiled


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A field with what stands in it, in the viewer's words; nothing for nothing."""

    field: UUID
    label: str
    text: str
    is_required: bool


def own_rows(kind: str, pk: UUID) -> tuple[OwnRow, ...]:
    """Give the fields of this kind of record in their order. At most three queries, one where there are no fields."""
    fields = _fields(kind)
    if not fields:
        return ()
    filled = values_of([pk]).get(pk, {})
    names = names_of(filled.values())
    return tuple(
        OwnRow(one.pk, one.label, text_of(one, filled.get(one.pk), names), one.required) for one in fields
    )


@compiled
def _fields(kind: str) -> QuerySet[Field]:
    return Field.objects.of(kind)


def names_of(values: Iterable[Filled]) -> dict[UUID, str]:
    """Give the names of the people who stand in these values. One query, none where nobody does."""
    people = {one.person for one in values if one.person}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}


def text_of(field: Field, filled: Filled | None, names: Mapping[UUID, str]) -> str:
    """Give what stands in a field as it is read; "" for nothing. `names`: those of `names_of`."""
    language = get_language() or "en"
    if filled is None:
        return ""
    if filled.money:
        return filled.money.plain(language)
    if filled.number is not None:
        return figures.count(filled.number, language)
    if filled.day:
        return dates.day(filled.day, language)
    if filled.person:
        return names.get(filled.person, "")
    labels = {one.key: one.label for one in field.all_choices}
    return filled.text or labels.get(filled.choice, filled.choice)


@dataclass(frozen=True, slots=True)
class Told:
    """The fields that changes of records speak of, by kind and key, also those that were put away."""

    fields: Mapping[tuple[str, str], Field]

    def label(self, kind: str, key: str) -> str:
        """Give what the field is called now; its key where it is none."""
        field = self.fields.get((kind, key))
        return field.label if field else key.removeprefix(PREFIX)

    def text(self, kind: str, key: str, noted: str | None, names: Mapping[str, str]) -> str:
        """Give a noted value as it is read. `names`: of users, by the text of their ids."""
        field = self.fields.get((kind, key))
        filled = from_told(field.type, noted, noted or "") if field else None
        if field is None or filled is None:
            return noted or ""
        if filled.person:
            return names.get(str(filled.person), "")
        return text_of(field, filled, {})


def told_fields(keys: Iterable[tuple[str, str]]) -> Told:
    """Give the fields of these kinds and keys. One query, none where no key is of a field of one's own."""
    wanted = {(kind, key) for kind, key in keys if key.startswith(PREFIX)}
    if not wanted:
        return Told({})
    found = Field.objects.filter(key__in={key for _, key in wanted})
    return Told({(one.object_kind, one.key): one for one in found})
