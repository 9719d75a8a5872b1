"""The lists of organizations, contacts and leads, their dialogs, and what is done with many at once."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.roles import who_may
from infield.accounts.rules import Asked, allow, allow_all_roles
from infield.finding.lists import views as lists
from infield.finding.lists.bulk import views as bulk
from infield.finding.lists.export.views import as_file
from infield.finding.lists.queries import told
from infield.people.bulk.queries import BULKS
from infield.people.lists.queries import LISTINGS
from infield.people.lists.wording import PLURALS

MAY = who_may("people")
HERE = {"rail_here": "people:contacts", "page_frame": "people/in_page.html"}


@allow_all_roles
@require_GET
def listing(request: Asked, kind: str) -> HttpResponse:
    """The table; with htmx and `after`, the next rows."""
    what = LISTINGS[kind]
    around = what.looked_at_by(request.user)
    wish = told(what, request.GET, around)
    if lists.is_form(request):
        return redirect(reverse(what.address) + wish.address())
    may = request.user.may("people")
    context = {
        **HERE,
        "kind": kind,
        "writes": may,
        "may_set": request.user.may("settings"),
        "bulk_acts": BULKS[kind].offered(wish),
    }
    return lists.show(request, what, wish, around, f"people/{kind}s.html", context)


@allow_all_roles
@require_GET
def filter_dialog(request: Asked, kind: str) -> HttpResponse:
    return lists.filter_dialog(request, LISTINGS[kind], _here(kind))


@allow_all_roles
@require_GET
def columns_dialog(request: Asked, kind: str) -> HttpResponse:
    return lists.columns_dialog(request, LISTINGS[kind], _here(kind))


@allow_all_roles
@require_http_methods(["GET", "POST"])
def keep(request: Asked, kind: str) -> HttpResponse:
    return lists.keep(request, LISTINGS[kind], _here(kind))


@allow_all_roles
@require_GET
def export(request: Asked, kind: str, form: str) -> StreamingHttpResponse:
    return as_file(request, LISTINGS[kind], form, str(PLURALS[kind]))


@allow(*MAY)
@require_POST
def change(request: Asked, kind: str, what: str) -> HttpResponse:
    return bulk.change(request, BULKS[kind], what, _here(kind))


@allow(*MAY)
@require_POST
def undo(request: Asked, kind: str) -> HttpResponse:
    return bulk.undo(request, BULKS[kind], _here(kind))


def _here(kind: str) -> dict[str, Any]:
    return {**HERE, "title": PLURALS[kind]}
