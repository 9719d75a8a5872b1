"""The bell: reminders whose time has come, and what became of one's proposals, as long as nobody has looked at it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from infield.accounts.models import User
from infield.activities.kinds import KINDS
from infield.activities.models import Reminder
from infield.desk.log.queries import name_of
from infield.playbook.proposals.telling.queries import untold
from infield.playbook.proposals.telling.wording import decision_said

AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Rung:
    """A reminder: what of, with whom, when it begins; `act`: the address of its dialog, or of a page; `seen`: where
    one says that it was seen."""

    icon: str
    what: str
    who: str
    at: datetime | None
    act: str
    seen: str
    is_dialog: bool = True


def rung(user: User, now: datetime) -> list[Rung]:
    """Give what this user is told, the latest first: of reminders those that are due. Two queries."""
    return [*_decided(user), *_reminders(user, now)]


def _decided(user: User) -> list[Rung]:
    return [
        Rung(
            icon="book",
            what=decision_said(row.decision),
            who=row.because or row.text,
            at=row.decided_at,
            act=reverse("playbook:proposals"),
            seen=reverse("desk:seen_proposal", args=[row.pk]),
            is_dialog=False,
        )
        for row in untold(user)[:AT_MOST]
    ]


def _reminders(user: User, now: datetime) -> list[Rung]:
    rows = Reminder.objects.filter(user=user, at__lte=now, seen_at=None)
    rows = rows.filter(activity__done_at=None, activity__dropped_at=None)
    related = ("activity__deal__organization", "activity__lead", "activity__contact")
    found = []
    for row in rows.select_related(*related).order_by("-at", "pk")[:AT_MOST]:
        activity = row.activity
        about = activity.deal or activity.lead or activity.contact
        found.append(
            Rung(
                KINDS[activity.kind].icon,
                activity.what,
                name_of(about) if about else "",
                activity.due_at,
                reverse("desk:finish", args=[activity.pk]),
                reverse("desk:seen", args=[row.pk]),
            )
        )
    return found
