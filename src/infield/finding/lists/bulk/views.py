"""Changing many records at once: what is to be done is asked once, what became of each is told."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from infield.accounts.rules import Asked
from infield.finding.lists.bulk.actions import MOST, Result, change_many
from infield.finding.lists.bulk.queries import Bulk
from infield.finding.lists.bulk.wording import summary
from infield.finding.lists.views import dialog
from infield.web.ids import from_text

REFUSED = 422
FIELD = "field"
"""The act that first asks which field."""


def change(request: Asked, bulk: Bulk, what: str, context: dict[str, Any]) -> HttpResponse:
    """Ask what is to be done with the selected records; with `go`, do it and tell what became of each."""
    if what not in bulk.acts:
        raise Http404
    texts, around = request.POST.getlist("ids")[:MOST], bulk.listing.looked_at_by(request.user)
    ids = _ids(texts)
    filled = context | {
        "listing": bulk.listing.address,
        "what": what,
        "title": bulk.titles[what],
        "ids": texts,
        "selected": bulk.count(len(ids), around.language),
        "note": bulk.notes.get(what, ""),
        "field_key": request.POST.get(FIELD, ""),
        "may_set": request.user.may("settings"),
    }
    if what == FIELD and FIELD not in request.POST:
        return dialog(request, "finding/choose_field.html", filled | {"fields": bulk.fields(around)})
    form = bulk.form(request, what, ids, around, request.POST if "go" in request.POST else None)
    if "go" not in request.POST:
        return dialog(request, "finding/change.html", filled | {"form": form})
    if not form.is_valid():
        return dialog(request, "finding/change.html", filled | {"form": form}, REFUSED)
    act = form.act()
    results = change_many(bulk.things(request.user), ids, lambda thing: bulk.attempt(thing, act))
    return _told(request, bulk, what, results, filled)


def undo(request: Asked, bulk: Bulk, context: dict[str, Any]) -> HttpResponse:
    """Take back what was done to many records of this list last."""
    acts = {UUID(thing): UUID(act) for thing, act in request.session.pop(_last(bulk), [])}

    def attempt(thing: Any) -> Result:
        return bulk.attempt(thing, lambda one: bulk.take_back(one, acts[one.pk], request.user))

    return _told(request, bulk, "undo", change_many(bulk.things(request.user), acts, attempt), context)


def _told(
    request: Asked, bulk: Bulk, what: str, results: tuple[Result, ...], context: dict[str, Any]
) -> HttpResponse:
    done = [(str(one.thing), str(one.undo)) for one in results if one.undo and what != "undo"]
    if done:
        request.session[_last(bulk)] = done
    said = summary(what, results, bulk.listing.looked_at_by(request.user).language)
    filled = context | {
        "listing": bulk.listing.address,
        "address_of_one": bulk.one,
        "summary": said,
        "results": sorted(results, key=lambda one: one.is_done),
        "may_undo": bool(done),
    }
    response = dialog(request, "finding/changed.html", filled)
    if request.htmx:
        back = {"undo": reverse(f"{bulk.listing.address}_change_undo"), "undo_label": _("Undo")}
        response["HX-Trigger"] = json.dumps({"toast": {"text": said} | (back if done else {})})
    return response


def _last(bulk: Bulk) -> str:
    """Give where the session keeps what was done last, to be taken back."""
    return f"bulk_{bulk.listing.kind}"


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(from_text(text))
        except ValueError:
            raise Http404 from None
    return found
