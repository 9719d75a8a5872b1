"""Filling a field of one's own in the place where it is read."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow
from infield.deals.models import Deal, Done
from infield.deals.refusals import Refusal
from infield.deals.wording import deed, refusal
from infield.desk.deal.queries import page_context
from infield.desk.views import Asked
from infield.fields.forms import ValueForm
from infield.fields.models import Field, Value

REFUSED = 422
KEYS = ("organization", "owner", "version__process")


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def deal(request: Asked, key: UUID, field: UUID) -> HttpResponse:
    found = get_object_or_404(Deal.objects.visible_to(request.user).select_related(*KEYS), pk=key)
    own = get_object_or_404(Field.objects.of("deal"), pk=field)
    value = Value.objects.filter(field=own, object_id=key).first()
    form = ValueForm(request.POST or None, field=own, filled=value.filled if value else None)
    if request.method == "GET" or not form.is_valid():
        return _asked(request, found, own, form)
    try:
        done = found.fill(own, form.cleaned_data["filled"], request.user)
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return _asked(request, found, own, form)
    return _answer(request, found, done)


def _asked(request: Asked, found: Deal, own: Field, form: ValueForm) -> HttpResponse:
    context = {"form": form, "deal": found, "own": own, "rail_here": "desk:board"}
    template = "desk/own_edit.html#inline" if request.htmx else "desk/own_edit.html"
    return render(request, template, context, status=REFUSED if form.is_bound else 200)


def _answer(request: Asked, found: Deal, done: Done) -> HttpResponse:
    text = deed(done, found.map(), get_language() or "en", str(found.owner))
    if not request.htmx:
        messages.success(request, text)
        return redirect("desk:deal", found.pk)
    found = Deal.objects.select_related(*KEYS).get(pk=found.pk)
    response = render(request, "desk/deal.html#changed", page_context(request.user, found) | {"oob": True})
    toast = {"text": text}
    if done.event:
        toast |= {"undo": reverse("desk:undo", args=[found.pk, done.event.pk]), "undo_label": _("Undo")}
    response["HX-Trigger"] = json.dumps({"toast": toast})
    return response
