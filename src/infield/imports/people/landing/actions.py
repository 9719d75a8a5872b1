"""What one row does to the address book, and how that is taken back. Each record that came or changed is noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from infield.accounts.models import User
from infield.fields.models import Value
from infield.finding.models import Searched
from infield.history.actions import void
from infield.history.models import Change, Event
from infield.imports.models import Import, Landed
from infield.imports.people.forms import Told
from infield.imports.people.landing.consents.actions import consents_noted, note_told, take_back_told
from infield.imports.people.more.addresses import put_onto
from infield.imports.people.queries import MODELS, first_of
from infield.people.contacts.models import Consent
from infield.people.names import core, folded
from infield.people.organizations.models import Organization
from infield.people.own.actions import fill, take_back_filling
from infield.people.records.models import Key, Record
from infield.people.refusals import Refusal
from infield.people.wording import refusal

AT_ONCE = 500
WAYS = ("emails", "phones")


@dataclass(frozen=True, slots=True)
class NotLanded:
    """A row that was refused, and why, in the language that is spoken."""

    why: str


def land(imported: Import, told: Told, doubles: str) -> str | NotLanded:
    """Bring one row in; gives what became of it: new, updated, same or skipped. `doubles`: see actions.DOUBLES."""
    known = first_of(imported.kind, [told], imported.by)[0] if doubles != "new" else None
    if known and doubles == "skip":
        return "skipped"
    try:
        with transaction.atomic():
            if known is None:
                _add(imported, told)
                return "new"
            record = MODELS[imported.kind].objects.get(pk=known.id)
            return "updated" if _write_over(imported, record, told) else "same"
    except Refusal as refused:
        return NotLanded(refusal(refused))


def take_back(imported: Import, by: User) -> list[UUID]:
    """Undo what rows did, the last first; gives the records that stay because somebody worked on them since."""
    kept = [*_put_back(imported, by)]
    for kind in ("lead", "contact", "organization"):
        new = Landed.objects.filter(imported=imported, kind=kind, is_new=True)
        ids = list(new.values_list("record", flat=True))
        for first in range(0, len(ids), AT_ONCE):
            kept += _take_away(imported, kind, ids[first : first + AT_ONCE], by)
    return kept


def _add(imported: Import, told: Told) -> None:
    values = _with_organization(imported, dict(told.values))
    values.setdefault("owner", imported.by)
    if imported.kind == "contact":
        values["opened_by"] = imported.by
    if told.addresses or told.further:
        values["addresses"] = put_onto((), told.addresses, told.further)
    record = MODELS[imported.kind](**values).begin(imported.by)
    act = fill(record, imported.by, told.own).act if told.own else None
    consents = note_told(imported, record, told.consents)
    Landed.objects.create(
        imported=imported, kind=imported.kind, record=record.pk, is_new=True, own_act=act, consents=consents
    )


def _write_over(imported: Import, record: Any, told: Told) -> bool:
    """Write what the row says over a record; mails, phones and kinds of address are put together.

    Tells whether anything changed.
    """
    values = _with_organization(imported, dict(told.values))
    values.pop("culture", None)  # whose order the name has was somebody's decision
    if isinstance(record, Organization) and core(values.get("name", "")) == record.compared:
        del values["name"]  # the same name, only in other letters or without its legal form
    values |= {name: [*getattr(record, name), *values[name]] for name in WAYS if name in values}
    if told.addresses or told.further:
        values["addresses"] = put_onto(record.addresses, told.addresses, told.further)
    act = record.change(imported.by, **values).act if values else None
    own_act = fill(record, imported.by, told.own).act if told.own else None
    consents = note_told(imported, record, told.consents)
    if act or own_act or consents:
        Landed.objects.create(
            imported=imported, kind=imported.kind, record=record.pk, is_new=False, act=act, own_act=own_act,
            consents=consents,
        )  # fmt: skip
    return bool(act or own_act or consents)


def _with_organization(imported: Import, values: dict[str, Any]) -> dict[str, Any]:
    """Put the organization itself in place of its name; one that is new comes by the import too."""
    name = values.pop("organization", "")
    if not name:
        return values
    is_new = not Organization.objects.filter(folded_name=folded(name)).exists()
    organization = Organization.objects.named(name, imported.by)
    if is_new:
        Landed.objects.create(imported=imported, kind="organization", record=organization.pk, is_new=True)
    return values | {"organization": organization}


def _put_back(imported: Import, by: User) -> Iterable[UUID]:
    """Put back what was written over; gives the records that somebody changed since."""
    for one in Landed.objects.filter(imported=imported, is_new=False).order_by("-pk"):
        record = MODELS[one.kind].objects.filter(pk=one.record).first()
        if record is not None and not _put_back_one(record, one, by):
            yield one.record


def _put_back_one(record: Record, landed: Landed, by: User) -> bool:
    try:
        with transaction.atomic():
            take_back_told(record, landed.consents, by)
            if landed.own_act:
                take_back_filling(record, landed.own_act, by)
            if landed.act:
                record.undo(landed.act, by)
    except Refusal:
        return False
    return True


def _take_away(imported: Import, kind: str, ids: list[UUID], by: User) -> list[UUID]:
    """Remove records that came new; gives those that stay: changed since, or something hangs on them."""
    model = MODELS[kind]
    acts, consents = _acts_beside(imported, ids)
    changes = Change.objects.filter(object_id__in=ids).exclude(field="created").exclude(act__in=acts)
    busy = set(changes.values_list("object_id", flat=True))
    busy |= set(
        Event.objects.filter(object_id__in=ids).exclude(kind="created").values_list("object_id", flat=True)
    )
    busy |= _hung_on(model, ids, consents)
    gone = [pk for pk in ids if pk not in busy]
    for event in Event.objects.filter(object_id__in=gone, object_kind=kind).counting():
        void(event, by)
    for record in model.objects.filter(pk__in=gone):
        Searched.objects.drop(record)
    Key.objects.filter(object_id__in=gone).delete()
    Value.objects.filter(object_id__in=gone).delete()
    Consent.objects.filter(pk__in=consents).filter(Q(contact__in=gone) | Q(lead__in=gone)).delete()
    model.objects.filter(pk__in=gone).delete()
    return [pk for pk in ids if pk in busy]


def _acts_beside(imported: Import, ids: list[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Give the acts that filled own fields and noted consent of records as they came, and those consents."""
    landed = Landed.objects.filter(imported=imported, is_new=True, record__in=ids)
    told = list(landed.values_list("own_act", "consents"))
    noted = {UUID(act) for _own, consents in told for act in consents}
    return {own for own, _consents in told if own} | noted, consents_noted(noted)


def _hung_on(model: type[models.Model], ids: list[UUID], but: set[UUID]) -> set[UUID]:
    """Give those among these records that other rows point at; `but`: consents that do not count."""
    found: set[UUID] = set()
    for relation in model._meta.related_objects:
        name = relation.field.name
        rows = relation.related_model._default_manager.filter(**{f"{name}__in": ids})
        if relation.related_model is Consent:
            rows = rows.exclude(pk__in=but)
        found |= set(rows.values_list(name, flat=True))
    return found
