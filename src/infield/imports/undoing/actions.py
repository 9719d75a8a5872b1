"""Taking an import back, and forgetting one of which nothing was loaded."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.history.actions import undo_source
from infield.history.tasks import refresh_log
from infield.imports.models import Import, told_by
from infield.imports.records.actions import forget_deals
from infield.imports.state.actions import Refused, forget_files
from infield.people.models import Organization


def undo(imported: Import, by: User) -> None:
    """Take the import back: its events count nowhere, its deals go; those worked on since stay and are listed.

    Refused: not_now.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if not held.can_undo:
            raise Refused("not_now")
        cases = list(told_by(held).order_by().values_list("case", flat=True).distinct())
        _hold_deals(cases)
        undo_source(held.source, by)
        held.kept = [str(deal) for deal in forget_deals(cases)]
        held.state, held.undone_at, held.undone_by = "undone", datetime.now(UTC), by
        held.save()
        _forget_names(held)
    forget_files(held)
    refresh_log.enqueue()
    imported.refresh_from_db()


def drop(imported: Import) -> None:
    """Forget an import of which nothing was loaded. Refused: not_now."""
    if imported.state not in ("read", "unreadable", "reading"):
        raise Refused("not_now")
    forget_files(imported)
    imported.delete()


def _hold_deals(cases: Sequence[UUID]) -> None:
    # rows before the log's position, in the order in which those who work on deals take them
    for first in range(0, len(cases), 500):
        list(Deal.objects.filter(case__in=cases[first : first + 500]).select_for_update().values_list("pk"))


def _forget_names(imported: Import) -> None:
    """Remove organizations and former colleagues that came by the import and that nothing names."""
    organizations = Organization.objects.filter(pk__in=imported.added.get("organizations", []), deals=None)
    organizations.delete()
    people = imported.added.get("people", [])
    User.objects.filter(pk__in=people, active=False, deals=None, team=None).delete()
