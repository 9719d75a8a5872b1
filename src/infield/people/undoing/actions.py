"""Taking back an act on a record, whichever it was."""

from typing import Any
from uuid import UUID

from infield.accounts.models import User
from infield.history.models import Change, Event
from infield.people.contacts.actions import take_back_consent
from infield.people.doubles.actions import unmerge
from infield.people.leads.models import Lead
from infield.people.own.actions import is_filling, take_back_filling
from infield.people.records.models import Done


def taken_back(found: Any, act: UUID, by: User) -> Done:
    """Undo one act on an organization, a contact or a lead. Refusal: those of the undoing of each."""
    if isinstance(found, Lead) and Event.objects.filter(pk=act).exists():
        return found.undo_event(act, by)
    fields = set(Change.objects.filter(act=act, object_id=found.pk).values_list("field", flat=True))
    if "merged" in fields:
        return unmerge(found, act, by)
    if is_filling(fields):
        return take_back_filling(found, act, by)
    if "consent" in fields:
        return take_back_consent(found, act, by)
    done: Done = found.undo(act, by)
    return done
