"""Noting consent: to contacts and to leads alike."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from infield.accounts.models import User
from infield.history.actions import note_changes
from infield.history.models import Change
from infield.people.contacts.models import Consent, Contact
from infield.people.leads.models import Lead
from infield.people.records.models import Done
from infield.people.refusals import Refusal


def note_consent(of: Contact | Lead, by: User, told: Mapping[str, Any]) -> Done:
    """Note that consent was given or withdrawn: `channel`, `given`, `source`, `on`, `note`."""
    with transaction.atomic():
        of.take(by)
        whose = {"contact": of} if isinstance(of, Contact) else {"lead": of}
        noted = Consent.objects.create(by=by, **whose, **told)
        return Done("consent", note_changes(of, by, {"consent": (None, _told(noted))}))


def take_back_consent(of: Contact | Lead, act: UUID, by: User) -> Done:
    """Take back what was noted by mistake. Refusal: cannot_undo."""
    with transaction.atomic():
        of.take(by)
        change = Change.objects.filter(act=act, object_id=of.pk, field="consent").first()
        noted = of.consents.filter(pk=change.after["id"]).first() if change and change.after else None
        if change is None or noted is None:
            raise Refusal("cannot_undo")
        noted.delete()
        note_changes(of, by, {"consent": (change.after, None)}, undoes=act)
        return Done("undone")


def _told(noted: Consent) -> dict[str, Any]:
    return {
        "id": str(noted.pk),
        "channel": noted.channel,
        "given": noted.given,
        "source": noted.source,
        "on": noted.on.isoformat(),
    }
