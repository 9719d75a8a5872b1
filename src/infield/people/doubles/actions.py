"""Looking for doubles, telling them apart, and making one record of two."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from infield.accounts.models import User
from infield.fields.models import Value
from infield.finding.actions import find_anew_with
from infield.history.actions import NewEvent, note_changes, record_many
from infield.history.models import Change
from infield.people.contacts.models import Contact
from infield.people.doubles.likeness import Named, likely
from infield.people.doubles.models import LikelyDouble
from infield.people.doubles.stakes.actions import stakes_back, stakes_moved
from infield.people.organizations.models import Organization
from infield.people.records.models import UNCHANGED, Done, Key, Record, may_write
from infield.people.refusals import Refusal

KINDS: Mapping[str, type[Organization | Contact]] = {"organization": Organization, "contact": Contact}
WAYS = ("emails", "phones", "addresses")
STAKES = "stakeholder"
"""What the part of a person in a deal's decision is called in the room on the right that keeps it."""
MOST_SHOWN = 2_000
"""So many pairs, the likeliest, are kept of one search."""


def look(kind: str, by: User) -> int:
    """Search all current records of a kind for likely doubles; give how many pairs are kept.

    What people told apart stays apart.
    """
    may_write(by)
    found = likely(list(named(kind)))[:MOST_SHOWN]
    with transaction.atomic():
        LikelyDouble.objects.filter(kind=kind, told_apart_by=None).delete()
        apart = set(LikelyDouble.objects.filter(kind=kind).values_list("first", "second"))
        now = datetime.now(UTC)
        LikelyDouble.objects.bulk_create(
            (
                LikelyDouble(
                    kind=kind,
                    first=one.first,
                    second=one.second,
                    score=one.score,
                    why=dict(one.why),
                    found_at=now,
                )
                for one in found
                if (one.first, one.second) not in apart
            ),
            batch_size=500,
        )
    return LikelyDouble.objects.filter(kind=kind, told_apart_by=None).count()


def named(kind: str) -> Iterator[Named]:
    """Give the current records of a kind as they are compared. Two queries."""
    keys: dict[UUID, set[tuple[str, str]]] = {}
    for object_id, key, text in Key.objects.filter(object_kind=kind).values_list("object_id", "kind", "text"):
        keys.setdefault(object_id, set()).add((key, text))
    for pk, compared, within in _compared(kind).iterator(chunk_size=5_000):
        yield Named(pk, compared, frozenset(keys.get(pk, ())), within)


def _compared(kind: str) -> Any:
    if kind == "contact":
        return Contact.objects.current().values_list("id", "compared", "organization")
    return Organization.objects.current().values_list("id", "compared", "merged_into")


def tell_apart(double: LikelyDouble, by: User) -> None:
    """Say that the two are two."""
    may_write(by)
    double.told_apart_by = by
    double.save(update_fields=["told_apart_by"])


def merge(kept: Record, gone: Record, by: User, chosen: Mapping[str, Any] | None = None) -> Done:
    """Make one record of two: all that hangs on `gone` moves to `kept`, and `gone` is put away.

    `chosen`: what a field is to say where the two differ, else `kept` keeps its own and takes what it lacks. Ways to
    reach them are put together. Refusal: same_record, merged, archived.
    """
    with transaction.atomic():
        for one in sorted((kept, gone), key=lambda record: record.pk):
            one.take(by)
        _refuse(kept, gone)
        name = str(gone)
        values = {**_filled_up(kept, gone), **_all_ways(kept, gone), **(chosen or {})}
        before = {field: kept.plain(field) for field in values}
        moved = _moved(kept, gone, by) | {"fields": _fields_moved(kept, gone)}
        if "name" in values and values["name"] == getattr(gone, "name", None):
            # two rows never carry one name: the double gives it up first
            _rename(gone, f"{gone} ({str(gone.pk)[-6:]})")
        for field, value in values.items():
            setattr(kept, field, value)
        _put_away(gone, kept)
        kept.refuse_flaws()
        kept.lock += 1
        kept.save()
        kept.keep_up()
        find_anew_with(kept)
        told = {field: (was, kept.plain(field)) for field, was in before.items() if kept.plain(field) != was}
        merged = {"other": str(gone.pk), "name": name, "moved": moved}
        act = note_changes(kept, by, {**told, "merged": (None, merged)})
        note_changes(gone, by, {"merged_into": (None, str(kept.pk))})
        LikelyDouble.objects.filter(first=min(kept.pk, gone.pk), second=max(kept.pk, gone.pk)).delete()
        return Done("merged", act)


def unmerge(kept: Record, act: UUID, by: User) -> Done:
    """Make two of what `merge` made one. Refusal: cannot_undo, not_latest."""
    with transaction.atomic():
        kept.take(by)
        changes = {one.field: one for one in Change.objects.filter(act=act, object_id=kept.pk)}
        merged = changes.pop("merged", None)
        if merged is None or not isinstance(merged.after, dict):
            raise Refusal("cannot_undo")
        if Change.objects.filter(undoes=act).exists():
            return UNCHANGED
        if any(kept.plain(one.field) != one.after for one in changes.values()):
            raise Refusal("not_latest")
        gone = type(kept)._default_manager.get(pk=merged.after["other"])
        for one in changes.values():
            setattr(kept, one.field, kept.from_plain(one.field, one.before))
        kept.lock += 1
        kept.save()
        _bring_back(gone, str(merged.after["name"]))
        _moved_back(kept, gone, merged.after["moved"], by)
        kept.keep_up()
        gone.keep_up()
        find_anew_with(gone)
        note_changes(kept, by, {"merged": (merged.after, None)}, undoes=act)
        note_changes(gone, by, {"merged_into": (str(kept.pk), None)}, undoes=act)
        return Done("undone")


def _refuse(kept: Record, gone: Record) -> None:
    if kept.pk == gone.pk:
        raise Refusal("same_record")
    if getattr(kept, "merged_into_id", None) or getattr(gone, "merged_into_id", None):
        raise Refusal("merged")
    if kept.archived_at or gone.archived_at:
        raise Refusal("archived")


def _filled_up(kept: Record, gone: Record) -> dict[str, Any]:
    """Give what `kept` lacks and `gone` has."""
    return {
        name: getattr(gone, name)
        for name in kept.CHANGES
        if name not in {*WAYS, *TOGETHER} and kept.plain(name) in {None, ""} and gone.plain(name)
    } | _step(kept, gone)


TOGETHER = ("next_step", "next_step_on", "no_contact_because")
"""Fields of which one without the other says nothing."""


def _step(kept: Record, gone: Record) -> dict[str, Any]:
    if not isinstance(kept, Contact) or any(kept.plain(name) for name in TOGETHER):
        return {}
    return {name: getattr(gone, name) for name in TOGETHER}


def _all_ways(kept: Record, gone: Record) -> dict[str, Any]:
    return {name: [*getattr(kept, name), *getattr(gone, name)] for name in WAYS if getattr(gone, name, None)}


def _relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model], str]]:
    """Give label, model and field of whatever points at a record of this model, also in rooms to the right."""
    for relation in model._meta.related_objects:
        related, name = relation.related_model, relation.field.name
        if not (related is model and name == "merged_into"):
            yield f"{related._meta.label}.{name}", related, name


def _moved(kept: Record, gone: Record, by: User) -> dict[str, list[Any]]:
    """Point to `kept` whatever points to `gone`; give what was moved. What cannot be there twice stays."""
    moved: dict[str, list[Any]] = {}
    for label, related, name in _relations(type(gone)):
        if related._meta.model_name == STAKES and isinstance(kept, Contact) and isinstance(gone, Contact):
            moved[STAKES] = stakes_moved(related._default_manager, kept, gone, by)
            continue
        rows = list(related._default_manager.filter(**{name: gone}))
        ids = [row.pk for row in rows if _points(row, name, kept)]
        _tell_cases([row for row in rows if row.pk in ids], name, kept, by)
        if ids:
            moved[label] = [str(pk) for pk in ids]
    into = KINDS[type(gone).__name__.lower()].objects.filter(merged_into=gone.pk)
    earlier = list(into.values_list("pk", flat=True))
    into.update(merged_into=kept.pk)
    return moved | ({"merged_into": [str(pk) for pk in earlier]} if earlier else {})


def _points(row: models.Model, name: str, to: Record) -> bool:
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{name: to})
    except IntegrityError:
        return False
    return True


def _tell_cases(rows: Iterable[models.Model], name: str, to: Record, by: User) -> None:
    """Write into the log that a case is of another organization now."""
    if name != "organization":
        return
    record_many(
        NewEvent(
            kind="field_changed",
            case=row.case,  # type: ignore[attr-defined]  # only of rows that have one
            object_kind=row._meta.model_name or "",
            object_id=row.pk,
            by=by.pk,
            data={"field": "organization", "value": str(to.pk), "organization": str(to.pk)},
        )
        for row in rows
        if row._meta.model_name in {"deal", "lead"}
    )


def _fields_moved(kept: Record, gone: Record) -> list[str]:
    """Move what stands in fields of one's own where `kept` has nothing."""
    there = Value.objects.filter(object_id=kept.pk).values("field")
    values = Value.objects.filter(object_id=gone.pk).exclude(field__in=there)
    ids = list(values.values_list("pk", flat=True))
    Value.objects.filter(pk__in=ids).update(object_id=kept.pk)
    return [str(pk) for pk in ids]


def _put_away(gone: Record, kept: Record) -> None:
    gone.archived_at = datetime.now(UTC)
    gone.merged_into = kept  # type: ignore[attr-defined]  # only kinds that merge come here
    gone.lock += 1
    gone.save()
    gone.be_found(set())


def _rename(gone: Record, name: str) -> None:
    gone.name = name  # type: ignore[attr-defined]  # only organizations have a name of their own
    gone.save()


def _bring_back(gone: Record, name: str) -> None:
    if isinstance(gone, Organization):
        gone.name = name
    gone.archived_at = None
    gone.merged_into = None  # type: ignore[attr-defined]  # only kinds that merge come here
    gone.lock += 1
    gone.save()
    gone.keep_up()


def _moved_back(kept: Record, gone: Record, moved: Mapping[str, list[Any]], by: User) -> None:
    Value.objects.filter(pk__in=moved.get("fields", ()), object_id=kept.pk).update(object_id=gone.pk)
    model = type(kept)
    earlier = KINDS[model.__name__.lower()].objects.filter(pk__in=moved.get("merged_into", ()))
    earlier.update(merged_into=gone.pk)
    for label, related, name in _relations(model):
        if related._meta.model_name == STAKES and isinstance(kept, Contact) and isinstance(gone, Contact):
            stakes_back(related._default_manager, kept, gone, moved.get(STAKES, ()), by)
            continue
        rows = list(related._default_manager.filter(pk__in=moved.get(label, ()), **{name: kept}))
        related._default_manager.filter(pk__in=[row.pk for row in rows]).update(**{name: gone})
        _tell_cases(rows, name, gone, by)
