"""The dialog that asks for the next step, with all that it shows."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infield.activities.telling.actions import About
from infield.activities.wording import MOODS, SIGNALS, named
from infield.deals.models import Deal
from infield.desk.log.forms import ThenForm
from infield.desk.log.queries import ends_of, last_mood, people_of, picks, subject
from infield.desk.views import Asked


def about_context(about: About) -> dict[str, Any]:
    """Give what every dialog about somebody shows: who, where the last contact stopped, days to pick."""
    last = last_mood(about)
    return {
        "subject": subject(about),
        "lock": about.lock,
        "picks": picks(),
        "last_mood": named(MOODS, last.mood) if last and last.mood else "",
        "last_signals": [named(SIGNALS, key) for key in last.signals] if last else [],
        "last_at": last.done_at if last else None,
    }


def asked_next(request: Asked, deal: Deal) -> HttpResponse:
    """Ask what comes next with a deal that has moved on."""
    context = {
        "form": ThenForm(people=people_of(deal), reasons=ends_of(deal)),
        "address": reverse("desk:next_deal", args=[deal.pk]),
        "frame": "desk/in_dialog.html",
        "rail_here": "desk:board",
    }
    return render(request, "desk/next.html", context | about_context(deal))
