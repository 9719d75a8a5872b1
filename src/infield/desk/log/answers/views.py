"""What a screen gets back after an activity: the toast with its way back, and what changed on the page."""

import json
from urllib.parse import parse_qsl, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infield.activities.telling.actions import About
from infield.deals.models import Deal
from infield.desk.acts.views import KEYS, changed
from infield.desk.calendar.queries import calendar_context
from infield.desk.log.queries import address_of
from infield.desk.today.queries import today_context
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
    here = urlsplit(request.htmx.current_url_abs_path or "")
    query = dict(parse_qsl(here.query))
    if here.path == reverse("desk:today"):
        return render(request, "desk/today.html#changed", today_context(request.user, query) | {"oob": True})
    if here.path == reverse("desk:calendar"):
        context = calendar_context(request.user, query) | {"oob": True}
        return render(request, "desk/calendar.html#changed", context)
    if isinstance(about, Deal):
        return changed(request, Deal.objects.select_related(*KEYS).get(pk=about.pk))
    return HttpResponse()
