"""Changing what the playbook says, each change noted and undone by its act."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from infield.accounts.models import User
from infield.deals.refusals import Refusal
from infield.history.actions import note_changes
from infield.history.models import Change
from infield.playbook.models import Material, Objection, Piece, PreparedAnswer, Written

type Row = Written | Material
ROWS: Mapping[str, type[Piece | Material | Objection | PreparedAnswer]] = {
    model._meta.model_name or "": model for model in (Piece, Material, Objection, PreparedAnswer)
}
CREATED = "created"


def may_change(by: User) -> None:
    """PermissionDenied for who does not write the playbook."""
    if not by.may("playbook"):
        raise PermissionDenied


def change(row: Row, by: User, **values: Any) -> UUID:
    """Save what is new on a row and note it; gives the act to undo by. Call it in a transaction."""
    changed = {
        name: (_plain(getattr(row, name)), _plain(value))
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name, value in values.items():
        setattr(row, name, value)
    if row._state.adding:
        row.save(force_insert=True)
        if isinstance(row, Material) or row.is_own:
            # what stands in for a shipped text is its change alone
            changed = {CREATED: (None, str(row)), **changed}
    else:
        row.save(update_fields=list(values))
    return note_changes(row, by, changed)


def set_hidden(row: Row, by: User, *, is_hidden: bool) -> UUID:
    """Hide it, or show it again."""
    return change(row, by, hidden_at=datetime.now(UTC) if is_hidden else None)


def undo(act: UUID, by: User) -> models.Model:
    """Take an act back and give the row. Refusal: cannot_undo (no act of this room), not_latest."""
    may_change(by)
    with transaction.atomic():
        told = list(Change.objects.filter(act=act, object_kind__in=ROWS))
        if not told:
            raise Refusal("cannot_undo")
        row = ROWS[told[0].object_kind].objects.select_for_update().get(pk=told[0].object_id)
        before = {one.field: one.before for one in told if one.field != CREATED}
        if any(_plain(getattr(row, one.field)) != one.after for one in told if one.field in before):
            raise Refusal("not_latest")
        if len(before) < len(told):
            before = {"hidden_at": datetime.now(UTC).isoformat()}
        _put_back(row, by, before, act)
        return row


def _put_back(row: Row, by: User, before: Mapping[str, Any], act: UUID) -> None:
    fields = {name: (_plain(getattr(row, name)), value) for name, value in before.items()}
    for name, value in before.items():
        setattr(row, name, _read(row, name, value))
    row.save(update_fields=list(before))
    note_changes(row, by, fields, undoes=act)


def _plain(value: Any) -> Any:
    """Give a value as JSON has it."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


def _read(row: Row, name: str, value: Any) -> Any:
    field = row._meta.get_field(name)
    return field.to_python(value) if isinstance(field, models.Field) and isinstance(value, str) else value
