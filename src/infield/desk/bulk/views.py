"""Changing many deals at once: what is to be done is asked once, what became of each is told."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow
from infield.desk.bulk.actions import MOST, Result, change_many, undo_many
from infield.desk.bulk.forms import (
    ArchiveForm,
    BulkForm,
    ClosingForm,
    FieldForm,
    LoseForm,
    NextForm,
    OwnerForm,
    StageForm,
)
from infield.desk.bulk.wording import ACTS, TITLES, selected, summary
from infield.desk.deals.context.queries import around
from infield.desk.deals.fields.queries import Around
from infield.desk.views import Asked
from infield.fields.models import Field
from infield.web.ids import from_text

REFUSED = 422
LAST = "bulk"
"""Where the session keeps what was done last, to be taken back."""
FORMS: dict[str, type[BulkForm]] = {
    "owner": OwnerForm,
    "step": NextForm,
    "stage": StageForm,
    "close": ClosingForm,
    "field": FieldForm,
    "lose": LoseForm,
    "archive": ArchiveForm,
}


@allow(*WRITERS)
@require_POST
def change(request: Asked, what: str) -> HttpResponse:
    """Ask what is to be done with the selected deals; with `go`, do it and tell what became of each."""
    if what not in FORMS:
        raise Http404
    ids, now = _ids(request.POST.getlist("ids")), around(request.user)
    context: dict[str, Any] = {"what": what, "title": TITLES[what], "ids": request.POST.getlist("ids")[:MOST]}
    context["selected"] = selected(len(ids), now.language)
    if what == "field" and "field" not in request.POST:
        return _dialog(request, "desk/bulk_fields.html", context | {"fields": now.own})
    form = _form(request, what, ids, now)
    context |= {"form": form, "own_field": request.POST.get("field", "")}
    if "go" not in request.POST:
        return _dialog(request, "desk/bulk.html", context)
    if not form.is_valid():
        return _dialog(request, "desk/bulk.html", context, REFUSED)
    return _told(request, what, change_many(ids, request.user, form.act()))


@allow(*WRITERS)
@require_POST
def undo(request: Asked) -> HttpResponse:
    """Take back what was done to many deals last."""
    kept = request.session.pop(LAST, [])
    pairs = [(UUID(deal), UUID(event)) for deal, event in kept]
    return _told(request, "undo", undo_many(pairs, request.user))


def _form(request: Asked, what: str, ids: list[UUID], now: Around) -> BulkForm:
    given = request.POST if "go" in request.POST else None
    others: dict[str, Any] = {"around": now}
    if what == "lose":
        others["ids"] = ids
    if what == "field":
        others["field"] = get_object_or_404(Field.objects.of("deal"), key=request.POST["field"])
    return FORMS[what](given, **others)


def _told(request: Asked, what: str, results: tuple[Result, ...]) -> HttpResponse:
    done = [(str(one.deal), str(one.event)) for one in results if one.event and what != "undo"]
    if done:
        request.session[LAST] = done
    said = summary(what, results, around(request.user).language)
    context = {
        "summary": said,
        "results": sorted(results, key=lambda one: one.is_done),
        "may_undo": bool(done),
    }
    response = _dialog(request, "desk/bulk_done.html", context)
    if request.htmx:
        toast = {"text": said} | (
            {"undo": reverse("desk:bulk_undo"), "undo_label": _("Undo")} if done else {}
        )
        response["HX-Trigger"] = json.dumps({"toast": toast})
    return response


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:MOST]:
        try:
            found.append(from_text(text))
        except ValueError:
            raise Http404 from None
    return found


def _dialog(request: Asked, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = "desk/in_dialog.html" if request.htmx else "desk/in_page.html"
    return render(request, template, {"frame": frame, "rail_here": "desk:board"} | context, status=status)


def offered() -> list[tuple[str, object]]:
    """Give the acts that the bar of what is selected offers."""
    return [(what, ACTS[what]) for what in FORMS]
