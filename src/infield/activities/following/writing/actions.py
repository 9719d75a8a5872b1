"""Writing follow-up cadence."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.activities.cadence import Step
from infield.activities.models import Cadence, CadenceStep
from infield.activities.said import Refusal
from infield.history.actions import note_changes


def write(cadence: Cadence | None, name: str, after_sale: bool, steps: Sequence[Step], by: User) -> Cadence:
    """Save a series, a new one for None; who is in it goes on with its steps as they are now.

    Refusal: name_missing, name_taken, no_steps. PermissionDenied for who writes no playbook.
    """
    _may_write(by)
    name = " ".join(name.split())
    others = Cadence.objects.exclude(pk=cadence.pk) if cadence else Cadence.objects.all()
    known = (
        ("name_missing", bool(name)),
        ("no_steps", bool(steps)),
        ("name_taken", not others.filter(name__iexact=name).exists()),
    )
    for code, is_fine in known:
        if not is_fine:
            raise Refusal(code)
    with transaction.atomic():
        row = cadence or Cadence()
        before = _plain(row) if cadence else None
        row.name, row.after_sale = name, after_sale
        row.lock += 1
        row.save()
        row.steps.all().delete()
        CadenceStep.objects.bulk_create(
            CadenceStep(cadence=row, place=place, wait_days=one.wait_days, kind=one.kind, what=one.what)
            for place, one in enumerate(steps, 1)
        )
        note_changes(row, by, {"steps" if cadence else "created": (before, _plain(row))})
    return row


def archive(cadence: Cadence, by: User) -> None:
    """Put a series away: nobody begins it any more."""
    _away(cadence, datetime.now(UTC), by)


def restore(cadence: Cadence, by: User) -> None:
    _away(cadence, None, by)


def _away(cadence: Cadence, at: datetime | None, by: User) -> None:
    _may_write(by)
    with transaction.atomic():
        before, cadence.archived_at = cadence.archived_at, at
        cadence.lock += 1
        cadence.save(update_fields=["archived_at", "lock"])
        told = tuple(one.isoformat() if one else None for one in (before, at))
        note_changes(cadence, by, {"archived_at": (told[0], told[1])})


def _may_write(user: User) -> None:
    if not user.may("playbook"):
        raise PermissionDenied


def _plain(cadence: Cadence) -> list[list[object]]:
    return [[one.wait_days, one.kind, one.what] for one in cadence.steps.all()]
