"""Adding, changing, ordering and putting away fields of one's own. Each act tells who changed what."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import normalize

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from infield.accounts.models import User
from infield.fields.filled import KINDS, TYPES, Unfit
from infield.fields.models import PREFIX, Choice, Field, now
from infield.history.actions import note_changes

LONGEST_KEY = 50


def add_field(
    kind: str, label: str, type_: str, by: User, *, choices: Sequence[str] = (), required: bool = False
) -> Field:
    """Add a field at the end. Unfit: label_missing, choices_missing, unknown_type. PermissionDenied."""
    _may(by)
    if kind not in KINDS or type_ not in TYPES:
        raise Unfit("unknown_type")
    offered = _offered((), {}, choices)
    _check(label, type_, offered)
    with transaction.atomic():
        last = Field.objects.filter(object_kind=kind).aggregate(last=Max("place"))["last"]
        field = Field.objects.create(
            object_kind=kind,
            key=_free_key(kind, label),
            label=label.strip(),
            type=type_,
            choices=_as_kept(offered if type_ == "choice" else ()),
            required=required,
            place=(last or 0) + 1,
        )
        note_changes(field, by, {"created": (None, field.label)})
    return field


def change_field(
    field: Field,
    by: User,
    *,
    label: str,
    required: bool,
    renamed: Mapping[str, str],
    more: Sequence[str] = (),
) -> None:
    """Change what a field is called, and what can be chosen: `renamed` is key to label, an empty one is taken away.

    Unfit: label_missing, choices_missing.
    """
    _may(by)
    offered = _offered(field.all_choices, renamed, more) if field.type == "choice" else ()
    _check(label, field.type, offered)
    after = {"label": label.strip(), "required": required, "choices": _as_kept(offered)}
    with transaction.atomic():
        changed = {name: (getattr(field, name), value) for name, value in after.items()}
        changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        if changed:
            note_changes(field, by, changed)
        for name, value in after.items():
            setattr(field, name, value)
        field.save(update_fields=list(after))


def move_up(field: Field, by: User) -> None:
    """Put a field before the one before it."""
    _may(by)
    with transaction.atomic():
        before = Field.objects.of(field.object_kind).filter(place__lt=field.place).last()
        if before is None:
            return
        field.place, before.place = before.place, field.place
        field.save(update_fields=["place"])
        before.save(update_fields=["place"])
        note_changes(field, by, {"place": (before.place, field.place)})


def archive_field(field: Field, by: User) -> None:
    """Put a field away: what stands in it is kept, and shown again when it is restored."""
    _may(by)
    _set_archived(field, by, "archived", now())


def restore_field(field: Field, by: User) -> None:
    _may(by)
    _set_archived(field, by, "restored", None)


def _set_archived(field: Field, by: User, what: str, at: Any) -> None:
    with transaction.atomic():
        field.archived_at = at
        field.save(update_fields=["archived_at"])
        note_changes(field, by, {what: (None, field.label)})


def _may(by: User) -> None:
    if not by.may("settings"):
        raise PermissionDenied


def _check(label: str, type_: str, offered: Sequence[Choice]) -> None:
    if not label.strip():
        raise Unfit("label_missing")
    if type_ == "choice" and not any(not one.gone for one in offered):
        raise Unfit("choices_missing")


def _offered(before: Sequence[Choice], renamed: Mapping[str, str], more: Sequence[str]) -> tuple[Choice, ...]:
    kept = []
    for one in before:
        label = renamed.get(one.key, one.label).strip()
        kept.append(
            Choice(one.key, label or one.label, gone=not label or (one.gone and one.key not in renamed))
        )
    used = {one.key for one in kept}
    for label in filter(None, map(str.strip, more)):
        key = _free(_key(label, "choice"), used)
        used.add(key)
        kept.append(Choice(key, label))
    return tuple(kept)


def _as_kept(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    return [{"key": one.key, "label": one.label, "gone": one.gone} for one in choices]


def _free_key(kind: str, label: str) -> str:
    return _free(
        PREFIX + _key(label, "field"),
        set(Field.objects.filter(object_kind=kind).values_list("key", flat=True)),
    )


def _key(label: str, otherwise: str) -> str:
    """Make a key of a label: ASCII, as keys of maps are.

    >>> _key("Préféré  / Größe", "field"), _key("用途", "field")
    ('prefere_grosse', 'field')
    """
    plain = normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    return "_".join(re.findall("[a-z0-9]+", plain))[:LONGEST_KEY].strip("_") or otherwise


def _free(key: str, used: set[str]) -> str:
    number, free = 1, key
    while free in used:
        number += 1
        free = f"{key}_{number}"
    return free
