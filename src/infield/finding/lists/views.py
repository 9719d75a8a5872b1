"""What the addresses of every list answer: the table, and the dialogs about it. A room says of which, and to whom."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from infield.accounts.rules import Asked
from infield.finding.filters import Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.asking.queries import asked_for, chosen_in
from infield.finding.lists.kept.queries import EVERYONE, TABLE, bar_context, circles
from infield.finding.lists.queries import Listing, row_of, told
from infield.finding.lists.queries import table as table_of
from infield.finding.models import SavedView
from infield.web.ids import from_text, to_text

REFUSED = 422


def show(
    request: Asked, listing: Listing, wish: Filter, around: Around, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Give the table; with htmx and `after`, the next rows, and with `row` that row as it is now."""
    if request.htmx and "row" in request.GET:
        key = _id_of(request.GET["row"])
        one = row_of(listing, wish, around, key) if key else None
        return render(request, "finding/list.html#rows", {"table": one, "listing": listing.address} | context)
    page = table_of(listing, wish, around, _id_of(request.GET.get("after", "")))
    rows = {"table": page, "listing": listing.address, "more": wish.address(after=page.after or "")} | context
    if request.htmx and "after" in request.GET:
        return render(request, "finding/list.html#rows", rows)
    return render(request, template, bar_context(listing, wish, around) | rows)


def filter_dialog(request: Asked, listing: Listing, context: dict[str, Any]) -> HttpResponse:
    """Ask what to look for, filled with what is; sent, it is the address of the view again."""
    around, wish = _asked(request, listing)
    told_now = [pair for pair in wish.pairs() if pair[0] in {"q", "sort", "columns"}]
    filled = {
        "groups": asked_for(listing, wish, around),
        "here": listing.address_of(request.GET.get("shape", "")),
        "kept": [*told_now, *chosen_in(listing, wish, around)],
    }
    return dialog(request, "finding/filter.html", filled | context)


def columns_dialog(request: Asked, listing: Listing, context: dict[str, Any]) -> HttpResponse:
    around, wish = _asked(request, listing)
    shown, known = wish.columns or listing.default, listing.columns_for(around)
    ordered = [*shown, *(key for key in known if key not in shown)]
    filled = {
        "choices": [(key, known[key].label, key in shown) for key in ordered],
        "here": listing.address_of(TABLE),
        "kept": [pair for pair in wish.pairs() if pair[0] != "columns"],
    }
    return dialog(request, "finding/columns.html", filled | context)


def keep(request: Asked, listing: Listing, context: dict[str, Any]) -> HttpResponse:
    """Keep the view under a name: for oneself, a team or everyone."""
    around, wish = _asked(request, listing)
    shape = request.GET.get("shape", "")
    shape = shape if shape in (listing.shapes or {}) else TABLE
    filled = context | {
        "listing": listing.address,
        "query": wish.address(shape=shape),
        "back": listing.address_of(shape) + wish.address(),
        "circles": circles(around),
        "name": request.POST.get("name", ""),
        "who": request.POST.get("who", ""),
        "problem": "",
    }
    if request.method == "GET":
        return dialog(request, "finding/keep.html", filled)
    if filled["who"] not in dict(filled["circles"]):
        refused = _("Choose one of those offered.")
        return dialog(request, "finding/keep.html", filled | {"refused": refused, "who": ""}, REFUSED)
    for_all = filled["who"] == EVERYONE
    head = next((one for one in around.everybody if to_text(one.pk) == filled["who"]), None)
    try:
        kept = SavedView.objects.keep(
            request.user, listing.kind, filled["name"], shape, wish.address(), for_all=for_all, team=head
        )
    except ValueError:
        problem = _("Give the view a name.")
        return dialog(request, "finding/keep.html", filled | {"problem": problem}, REFUSED)
    messages.success(request, _("The view is kept as “{name}”.").format(name=kept.name))
    return to(request, filled["back"])


def dialog(request: Asked, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = "desk/in_dialog.html" if request.htmx else context.get("page_frame", "desk/in_page.html")
    return render(request, template, {"frame": frame} | context, status=status)


def to(request: Asked, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def is_form(request: HttpRequest) -> bool:
    """Tell whether a form of boxes was sent, whose plain address is to be shown."""
    return "form" in request.GET


def _asked(request: Asked, listing: Listing) -> tuple[Around, Filter]:
    around = listing.looked_at_by(request.user)
    return around, told(listing, request.GET, around)


def _id_of(text: str) -> UUID | None:
    try:
        return from_text(text)
    except ValueError:
        return None
