"""The team's own list of reasons for losing: each change is told in the history of changes."""

from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.deals.checks import needed
from infield.deals.closing.models import LostReason
from infield.deals.reasons import LONGEST_REASON, LOST_REASONS
from infield.deals.refusals import Refusal
from infield.history.actions import note_changes
from infield.web.ids import new_id, to_text


def add_reason(name: str, by: User) -> LostReason:
    """Add a reason. PermissionDenied; Refusal: name_missing, too_long, name_taken."""
    _may(by)
    name = _name(name, "")
    with transaction.atomic():
        pk = new_id()
        reason = LostReason.objects.create(id=pk, key=to_text(pk), name=name)
        note_changes(reason, by, {"created": (None, name)})
    return reason


def rename_reason(key: str, name: str, by: User) -> LostReason:
    """Give a reason another name. PermissionDenied; Refusal: name_missing, too_long, name_taken, unknown_reason."""
    _may(by)
    name = _name(name, key)
    with transaction.atomic():
        reason = _reason(key)
        if reason.name != name:
            before, reason.name = reason.name, name
            reason.save()
            note_changes(reason, by, {"name": (before, name)})
    return reason


def put_reason_away(key: str, by: User, *, is_archived: bool) -> LostReason:
    """Take a reason from the list, or put it there again; deals that were lost for it keep it.

    PermissionDenied; Refusal: unknown_reason.
    """
    _may(by)
    with transaction.atomic():
        reason = _reason(key)
        if (reason.archived_at is not None) != is_archived:
            reason.archived_at = datetime.now(UTC) if is_archived else None
            reason.save()
            note_changes(reason, by, {"archived": (not is_archived, is_archived)})
    return reason


def _reason(key: str) -> LostReason:
    found = LostReason.objects.filter(key=key).first()
    if found is None and key not in LOST_REASONS:
        raise Refusal("unknown_reason", reason=key)
    return found or LostReason(key=key)


def _name(name: str, key: str) -> str:
    name = needed(name, "name_missing", LONGEST_REASON)
    if LostReason.objects.filter(name__iexact=name).exclude(key=key).exists():
        raise Refusal("name_taken")
    return name


def _may(by: User) -> None:
    if not by.may("settings"):
        raise PermissionDenied
