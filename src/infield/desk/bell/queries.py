"""The bell: reminders whose time has come and that nobody has looked at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from infield.accounts.models import User
from infield.activities.kinds import KINDS
from infield.activities.models import Reminder
from infield.desk.log.queries import name_of

AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Rung:
    """A reminder: what of, with whom, when it begins; `act`: the address of its dialog."""

    id: UUID
    icon: str
    what: str
    who: str
    at: datetime | None
    act: str


def rung(user: User, now: datetime) -> list[Rung]:
    """Give the reminders of this user that are due, the latest first. One query."""
    rows = Reminder.objects.filter(user=user, at__lte=now, seen_at=None)
    rows = rows.filter(activity__done_at=None, activity__dropped_at=None)
    related = ("activity__deal__organization", "activity__lead", "activity__contact")
    found = []
    for row in rows.select_related(*related).order_by("-at", "pk")[:AT_MOST]:
        activity = row.activity
        about = activity.deal or activity.lead or activity.contact
        found.append(
            Rung(
                row.pk,
                KINDS[activity.kind].icon,
                activity.what,
                name_of(about) if about else "",
                activity.due_at,
                reverse("desk:finish", args=[activity.pk]),
            )
        )
    return found
