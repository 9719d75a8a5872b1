"""Possible duplicates: the page of them, telling two apart, and choosing field by field what one record keeps."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.rules import Asked, allow
from infield.people.doubles.actions import KINDS, look, merge, tell_apart
from infield.people.doubles.models import LikelyDouble
from infield.people.doubles.queries import alike_of, choices, found_by_words, looked_at, pairs
from infield.people.records.models import Record
from infield.people.refusals import Refusal
from infield.people.views import MAY, REFUSED, answer, dialog, find, refuse, to
from infield.people.wording import refusal
from infield.web.ids import from_text, to_text


@allow(*MAY)
@require_GET
def doubles(request: Asked) -> HttpResponse:
    """The pairs of one kind that the last search found."""
    kind = request.GET.get("kind", "organization")
    if kind not in KINDS:
        raise Http404
    context = {
        "kind": kind,
        "pairs": pairs(kind, request.user),
        "looked_at": looked_at(kind),
        "rail_here": "people:contacts",
    }
    return render(request, "people/doubles.html", context)


@allow(*MAY)
@require_POST
def look_again(request: Asked) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        return HttpResponse(_("Choose one of the steps."), status=REFUSED)
    look(kind, request.user)
    return redirect(f"{reverse('people:doubles')}?kind={kind}")


@allow(*MAY)
@require_POST
def apart(request: Asked, key: UUID) -> HttpResponse:
    """Keep two records as two."""
    double = get_object_or_404(LikelyDouble, pk=key)
    tell_apart(double, request.user)
    return to(request, f"{reverse('people:doubles')}?kind={double.kind}")


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def merging(request: Asked, kind: str, key: UUID) -> HttpResponse:
    """Choose field by field what is kept of two records, and make them one."""
    kept = find(request, kind, key)
    gone = _other(request, kind)
    if gone is None:
        return _choose(request, kind, kept)
    context: dict[str, Any] = {"kept": kept, "gone": gone, "kind": kind, "other": to_text(gone.pk)}
    context["choices"] = choices(kept, gone)
    if request.method == "GET":
        return dialog(request, "people/merge.html", context)
    chosen = {
        one.field: getattr(gone if request.POST.get(f"take-{one.field}") == "gone" else kept, one.field)
        for one in context["choices"]
        if f"take-{one.field}" in request.POST
    }
    try:
        done = merge(kept, gone, request.user, chosen)
    except Refusal as refused:
        if refused.code in {"merged", "archived", "same_record"}:
            return refuse(request, kind, kept, refused)
        return dialog(request, "people/merge.html", context | {"problem": refusal(refused)}, REFUSED)
    return answer(request, kind, kept, done)


def _choose(request: Asked, kind: str, kept: Any) -> HttpResponse:
    """Ask with which record another is to be merged: those that look like it, or those that are looked for."""
    words = request.GET.get("q", "").strip()
    found = found_by_words(kind, words, kept.pk, request.user) if words else alike_of(kept, request.user)
    context = {"kept": kept, "kind": kind, "found": found, "words": words, "record": kept}
    return dialog(request, "people/merge_with.html", context, 200 if request.method == "GET" else REFUSED)


def _other(request: Asked, kind: str) -> Record | None:
    told = request.POST.get("other", "") or request.GET.get("other", "")
    if not told:
        return None
    try:
        other = from_text(told)
    except ValueError:
        raise Http404 from None
    record: Record = find(request, kind, other)
    return record
