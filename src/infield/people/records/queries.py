"""What pages of this room read that is the same for all kinds: pages of lists, changes, names of ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from infield.accounts.models import User
from infield.fields.models import PREFIX
from infield.fields.queries import Told, told_fields
from infield.history.models import Change
from infield.people.contacts.models import Contact
from infield.people.organizations.models import Organization
from infield.people.wording import change_name, said

CHANGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of one act, in words; `act` to undo it by, None where it cannot be."""

    at: datetime
    by: str
    name: str
    before: str
    after: str
    act: UUID | None


def changes_of(thing: UUID, most: int = CHANGES_SHOWN) -> list[ChangeLine]:
    """Give the latest changes of a record, newest first. Five queries at most."""
    found = list(Change.objects.filter(object_id=thing).order_by("-at", "-pk")[:most])
    undone = {one.undoes for one in found if one.undoes}
    users, others = _names(found)
    own = told_fields((one.object_kind, one.field) for one in found)
    return [
        ChangeLine(
            at=one.at,
            by=users.get(str(one.by), ""),
            name=_name(one, own),
            before=_said(one, one.before, own, users, others),
            after=_said(one, one.after, own, users, others),
            act=None if one.undoes or one.act in undone or one.field == "created" else one.act,
        )
        for one in found
    ]


def users_named(ids: Iterable[Any]) -> dict[str, str]:
    """Give the names of users by the text of their ids."""
    wanted = {str(one) for one in ids if one}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=wanted).values_list("pk", "name")}


def records_named(ids: Iterable[Any]) -> dict[str, str]:
    """Give the names of organizations and contacts by the text of their ids. Two queries at most."""
    wanted = {str(one) for one in ids}
    found = {
        str(pk): name for pk, name in Organization.objects.filter(pk__in=wanted).values_list("pk", "name")
    }
    people = Contact.objects.filter(pk__in=wanted - found.keys())
    return found | {str(one.pk): str(one) for one in people}


def _name(one: Change, own: Told) -> str:
    is_own = one.field.startswith(PREFIX)
    return own.label(one.object_kind, one.field) if is_own else change_name(one.field)


def _said(one: Change, value: Any, own: Told, users: Mapping[str, str], others: Mapping[str, str]) -> str:
    if one.field.startswith(PREFIX):
        return own.text(one.object_kind, one.field, value, users)
    if one.field == "merged" and isinstance(value, dict):
        return str(value.get("name", ""))
    return said(one.field, value, users, others)


def _names(changes: Iterable[Change]) -> tuple[dict[str, str], dict[str, str]]:
    values = {str(value) for one in changes for value in (one.before, one.after, one.by) if _is_id(value)}
    users = users_named(values)
    return users, records_named(value for value in values if value not in users)


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
