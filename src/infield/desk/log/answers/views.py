"""What a screen gets back after an activity: the toast with its way back, and what changed on the page."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from infield.activities.telling.actions import About
from infield.deals.models import Deal
from infield.desk.acts.answering.views import KEYS, changed
from infield.desk.log.queries import address_of
from infield.desk.today.fragments.views import fresh_day
from infield.desk.views import Asked


def answered(request: Asked, about: About | None, text: str, undo: str = "") -> HttpResponse:
    """Tell what was done with a way back, and show what changed on the page it was done from.

    A page without fragments of its own listens to the event `activity`.
    """
    if not request.htmx:
        messages.success(request, text)
        return redirect(address_of(about) if about else reverse("desk:today"))
    response = _changed(request, about)
    toast = {"text": text} | ({"undo": undo, "undo_label": _("Undo")} if undo else {})
    response["HX-Trigger"] = json.dumps({"toast": toast, "activity": {}})
    return response


def _changed(request: Asked, about: About | None) -> HttpResponse:
    if isinstance(about, Deal):
        return changed(request, Deal.objects.select_related(*KEYS).get(pk=about.pk))
    return fresh_day(request) or HttpResponse()
