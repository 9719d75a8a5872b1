"""The table of deals, and the dialogs that all views of the deals share: what to look for, columns, views to keep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.rules import allow_all_roles
from infield.desk.bulk.views import offered
from infield.desk.deals.columns.queries import DEFAULT, columns
from infield.desk.deals.context.queries import KIND, around, bar_context
from infield.desk.deals.fields.queries import asked_for
from infield.desk.deals.queries import ADDRESSES, told
from infield.desk.deals.queries import table as table_of
from infield.desk.views import Asked
from infield.finding.models import SavedView
from infield.web.ids import from_text

REFUSED = 422
BOARD = "board"


@allow_all_roles
@require_GET
def table(request: Asked) -> HttpResponse:
    """The table; with htmx and `after`, the next rows."""
    now = around(request.user)
    wish = told(request.GET, now)
    if "form" in request.GET:
        return redirect(reverse("desk:deals") + wish.address())
    page = table_of(wish, now, _after(request.GET.get("after", "")))
    context = {
        "table": page,
        "more": wish.address(after=page.after or ""),
        "writes": request.user.writes,
        "bulk_acts": offered(),
    }
    if request.htmx and "after" in request.GET:
        return render(request, "desk/deals.html#rows", context)
    return render(
        request, "desk/deals.html", context | bar_context("table", wish, now) | {"rail_here": "desk:board"}
    )


@allow_all_roles
@require_GET
def filter_dialog(request: Asked) -> HttpResponse:
    """What can be looked for, filled with what is; sent, it is the address of the view again."""
    now = around(request.user)
    wish, shape = told(request.GET, now), _shape(request.GET.get("shape", ""))
    context = {
        "asked": asked_for(wish, now),
        "wish_filter": wish,
        "here": reverse(ADDRESSES[shape]),
        "kept": [pair for pair in wish.pairs() if pair[0] in {"q", "sort", "columns"}],
    }
    return _dialog(request, "desk/deals_filter.html", context)


@allow_all_roles
@require_GET
def columns_dialog(request: Asked) -> HttpResponse:
    now = around(request.user)
    wish = told(request.GET, now)
    shown, known = wish.columns or DEFAULT, columns(now)
    ordered = [*shown, *(key for key in known if key not in shown)]
    context: dict[str, object] = {
        "choices": [(key, known[key].label, key in shown) for key in ordered],
        "here": reverse(ADDRESSES["table"]),
        "kept": [pair for pair in wish.pairs() if pair[0] != "columns"],
    }
    return _dialog(request, "desk/deals_columns.html", context)


@allow_all_roles
@require_http_methods(["GET", "POST"])
def keep(request: Asked) -> HttpResponse:
    """Keep the view under a name, for oneself or for everyone."""
    now = around(request.user)
    wish, shape = told(request.GET, now), _shape(request.GET.get("shape", ""))
    context = {
        "query": wish.address(shape=shape),
        "may_share": request.user.writes,
        "name": "",
        "problem": "",
    }
    if request.method == "GET":
        return _dialog(request, "desk/deals_keep.html", context)
    for_all = request.user.writes and "for_all" in request.POST
    try:
        kept = SavedView.objects.keep(
            request.user, KIND, request.POST.get("name", ""), shape, wish.address(), for_all=for_all
        )
    except ValueError:
        problem = _("Give the view a name.")
        return _dialog(request, "desk/deals_keep.html", context | {"problem": problem}, REFUSED)
    messages.success(request, _("The view is kept as “{name}”.").format(name=kept.name))
    return _to(request, reverse(ADDRESSES[shape]) + wish.address())


@allow_all_roles
@require_POST
def drop(request: Asked, key: UUID) -> HttpResponse:
    """Drop a view of one's own; what it showed stays."""
    view = get_object_or_404(SavedView, pk=key, owner=request.user)
    view.delete()
    messages.success(request, _("The view “{name}” is dropped. Its deals stay.").format(name=view.name))
    return _to(request, reverse(ADDRESSES[_shape(view.shape)]) + view.query)


def _shape(text: str) -> str:
    return text if text in ADDRESSES else "table"


def _after(text: str) -> UUID | None:
    try:
        return from_text(text)
    except ValueError:
        return None


def _dialog(request: Asked, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    frame = "desk/in_dialog.html" if request.htmx else "desk/in_page.html"
    return render(request, template, {"frame": frame, "rail_here": "desk:board"} | context, status=status)


def _to(request: Asked, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
