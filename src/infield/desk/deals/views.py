"""The table of deals, and the dialogs that all views of the deals share: what to look for, columns, views to keep."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.rules import Asked, allow_all_roles
from infield.desk.bulk.queries import BULK
from infield.desk.deals.context.queries import around, bar_context
from infield.desk.deals.queries import DEALS, told
from infield.finding.lists import views as lists
from infield.finding.lists.export.views import as_file
from infield.finding.models import SavedView
from infield.people.lists.queries import LISTINGS

HERE = {"rail_here": "desk:board"}
ALL = {"deal": DEALS, **LISTINGS}


@allow_all_roles
@require_GET
def table(request: Asked) -> HttpResponse:
    """The table; with htmx and `after`, the next rows."""
    now = around(request.user)
    wish = told(request.GET, now)
    if lists.is_form(request):
        return redirect(reverse("desk:deals") + wish.address())
    context = {"writes": request.user.writes, "bulk_acts": BULK.offered(wish)}
    if not request.htmx:
        context |= HERE | bar_context("table", wish, now)
    return lists.show(request, DEALS, wish, now, "desk/deals.html", context)


@allow_all_roles
@require_GET
def filter_dialog(request: Asked) -> HttpResponse:
    return lists.filter_dialog(request, DEALS, HERE)


@allow_all_roles
@require_GET
def columns_dialog(request: Asked) -> HttpResponse:
    return lists.columns_dialog(request, DEALS, HERE)


@allow_all_roles
@require_http_methods(["GET", "POST"])
def keep(request: Asked) -> HttpResponse:
    return lists.keep(request, DEALS, HERE)


@allow_all_roles
@require_GET
def export(request: Asked, kind: str) -> StreamingHttpResponse:
    return as_file(request, DEALS, kind, _("Deals"))


@allow_all_roles
@require_POST
def drop(request: Asked, key: UUID) -> HttpResponse:
    """Drop a view of whichever list; what it showed stays."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=key)
    if not view.may_be_dropped_by(request.user):
        raise PermissionDenied
    view.delete()
    messages.success(request, _("The view “{name}” is dropped. What it showed stays.").format(name=view.name))
    return lists.to(request, ALL[view.kind].address_of(view.shape) + view.query)
