"""Filling the fields that a company added to organizations, contacts and leads, and taking that back."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from infield.accounts.models import User
from infield.fields.filled import Filled, from_told
from infield.fields.models import PREFIX, Field, Value, values_of
from infield.history.actions import note_changes
from infield.history.models import Change
from infield.people.records.models import UNCHANGED, Done, Record
from infield.people.refusals import Refusal


def fill(record: Record, by: User, values: Mapping[Field, Filled | None]) -> Done:
    """Say what stands in fields, in one act; None: nothing. Needs no fresh lock: it changes those fields alone.

    Refusal: unknown_field (of other records, or put away).
    """
    with transaction.atomic():
        record.take(by)
        if any(field.object_kind != _kind(record) or field.archived_at for field in values):
            raise Refusal("unknown_field")
        return Done("changed", act) if (act := _put(record, by, values)) else UNCHANGED


def is_filling(fields: set[str]) -> bool:
    """Tell whether an act that changed these fields filled those of one's own."""
    return any(field.startswith(PREFIX) for field in fields)


def take_back_filling(record: Record, act: UUID, by: User) -> Done:
    """Put back what stood in the fields before. Refusal: cannot_undo, not_latest (one was filled again since)."""
    with transaction.atomic():
        record.take(by)
        if Change.objects.filter(undoes=act).exists():
            return UNCHANGED
        changes = list(Change.objects.filter(act=act, object_id=record.pk))
        fields = {one.key: one for one in Field.objects.filter(object_kind=_kind(record))}
        if not changes or any(one.field not in fields for one in changes):
            raise Refusal("cannot_undo")
        there = values_of([record.pk]).get(record.pk, {})
        if any(_noted(there.get(fields[one.field].pk)) != one.after for one in changes):
            raise Refusal("not_latest")
        before = {
            fields[one.field]: from_told(fields[one.field].type, one.before, one.before or "")
            for one in changes
        }
        _put(record, by, before, undoes=act)
        return Done("undone")


def carried(pk: UUID, kind: str) -> dict[Field, Filled]:
    """Give what stands in fields of a record that records of another kind have too: one key, one type.

    A choice that is not offered there stays behind. Two queries, one where nothing stands in any.
    """
    there = {one.field.key: one for one in Value.objects.filter(object_id=pk).select_related("field")}
    alike = Field.objects.of(kind).filter(key__in=there) if there else ()
    return {
        field: there[field.key].filled
        for field in alike
        if field.type == there[field.key].field.type and _is_offered(field, there[field.key].filled)
    }


def _put(
    record: Record, by: User, values: Mapping[Field, Filled | None], undoes: UUID | None = None
) -> UUID | None:
    told = {}
    for field, filled in values.items():
        before = Value.objects.put(record.pk, field, filled)
        if before != filled:
            told[field.key] = (_noted(before), _noted(filled))
    return note_changes(record, by, told, undoes=undoes) if told else None


def _noted(filled: Filled | None) -> str | None:
    return filled.noted() if filled else None


def _is_offered(field: Field, filled: Filled) -> bool:
    return not filled.choice or any(one.key == filled.choice for one in field.offered)


def _kind(record: Record) -> str:
    return record._meta.model_name or ""
