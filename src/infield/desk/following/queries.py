"""The panel of follow-ups beside a deal, a lead or a contact: where one resumes, and what persistence says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from infield.accounts.models import User
from infield.activities.actions import owner_of_follow_ups
from infield.activities.following.queries import cadences_for, counters, series_of, team_experience
from infield.activities.kinds import KINDS
from infield.activities.models import Activity, Response
from infield.activities.persistence import MINIMUM, QUOTED_FOLLOW_UPS, QUOTED_STOPS
from infield.activities.telling.actions import About
from infield.activities.wording import MOODS, SIGNALS, done_words, named, number_words
from infield.deals.models import Deal
from infield.desk.log.queries import last_mood
from infield.people.models import Lead

LATEST = 6


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done, for the list; `take_back`: the address that undoes it, for who may."""

    icon: str
    words: str
    what: str
    notes: str
    by: str
    at: datetime
    mood: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many deals, of how many, stopped at or were won at a number; `share` in percent for the drawing."""

    name: str
    deals: int
    share: float


def panel_context(user: User, about: About) -> dict[str, Any]:
    """Give what the panel shows, in a constant number of queries."""
    kind = about._meta.model_name or ""
    last = last_mood(about)
    return {
        "kind": kind,
        "key": about.pk,
        "here": reverse(f"desk:following_{kind}", args=[about.pk]),
        "log": reverse(f"desk:log_{kind}", args=[about.pk]),
        "next": reverse(f"desk:next_{kind}", args=[about.pk]),
        "is_deal": isinstance(about, Deal),
        "mood": named(MOODS, last.mood) if last and last.mood else "",
        "signals": [named(SIGNALS, key) for key in last.signals] if last else [],
        "mood_at": last.done_at if last else None,
        "series": series_of(about),
        "cadences": cadences_for(about) if user.may("people") else [],
        "done": _latest(user, about),
        "response": _response(about),
        "follower": owner_of_follow_ups(about, user),
        "may_write": user.may("people") and (user.writes or not isinstance(about, Deal)),
        **(_persistence(user, about) if isinstance(about, Deal) else {}),
    }


def _latest(user: User, about: About) -> list[Done]:
    rows = Activity.objects.visible_to(user).done().filter(**{about._meta.model_name or "": about})
    return [
        Done(
            KINDS[row.kind].icon,
            done_words(row.kind, row.outcome),
            row.what,
            row.notes,
            str(row.owner),
            row.done_at,
            named(MOODS, row.mood) if row.mood else "",
        )
        for row in rows.select_related("owner").order_by("-done_at")[:LATEST]
        if row.done_at
    ]


def _response(about: About) -> timedelta | None:
    """Give the working time until a lead was first answered."""
    if not isinstance(about, Lead):
        return None
    found = Response.objects.filter(lead=about).values_list("working_seconds", flat=True).first()
    return None if found is None else timedelta(seconds=found)


def _persistence(user: User, deal: Deal) -> dict[str, Any]:
    told = team_experience(user)
    return {
        "counters": counters(deal),
        "stops": _bars(told.stops),
        "stopped": told.stopped,
        "wins": _bars(told.wins),
        "won": told.won,
        "minimum": MINIMUM,
        "quoted_stops": [(number_words(number), share) for number, share in QUOTED_STOPS.items()],
        "quoted_follow_ups": QUOTED_FOLLOW_UPS,
    }


def _bars(counts: Mapping[int, int] | None) -> list[Bar]:
    whole = sum(counts.values()) if counts else 0
    return [Bar(number_words(number), deals, deals / whole * 100) for number, deals in (counts or {}).items()]
