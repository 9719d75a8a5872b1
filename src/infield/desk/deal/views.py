"""The page of a deal, the older lines of its timeline, and a new deal."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow, allow_all_roles
from infield.deals.models import Deal
from infield.deals.refusals import Refusal
from infield.deals.wording import refusal
from infield.desk.acts.forms import NewDealForm
from infield.desk.deal.queries import lines, page_context
from infield.desk.views import Asked
from infield.process.models import Process
from infield.process.texts import in_language
from infield.web.ids import to_text

REFUSED = 422
DIGITS_AT_MOST = 18


@allow_all_roles
@require_GET
def deal(request: Asked, key: UUID) -> HttpResponse:
    context = page_context(request.user, _found(request, key)) | {"rail_here": "desk:board"}
    return render(request, "desk/deal.html", context)


@allow_all_roles
@require_GET
def timeline(request: Asked, key: UUID) -> HttpResponse:
    """Give the older lines of a timeline; without htmx, the deal's page from there on."""
    found, before = _found(request, key), request.GET.get("before", "")
    if not (before.isascii() and before.isdigit() and len(before) <= DIGITS_AT_MOST):
        raise Http404
    if not request.htmx:
        context = page_context(request.user, found, int(before)) | {"rail_here": "desk:board"}
        return render(request, "desk/deal.html", context)
    context = {"timeline": lines(found, get_language() or "en", int(before)), "key": found.pk}
    return render(request, "desk/deal.html#lines", context)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    """Begin a deal on a map, the wished or the oldest; 404 while there is no map."""
    processes = {to_text(one.pk): one for one in Process.objects.order_by("created_at", "pk")}
    if not processes:
        raise Http404
    wished = {name: request.GET[name][:300] for name in ("organization", "map") if name in request.GET}
    form = NewDealForm(request.POST or None, initial=wished, maps=_names(processes))
    if request.method == "POST" and form.is_valid():
        try:
            begun = _begin(request, processes[form.cleaned_data["map"]], form)
        except Refusal as refused:
            form.add_error(None, refusal(refused))
        else:
            return _to(request, reverse("desk:deal", args=[begun.pk]))
    context = {
        "form": form,
        "frame": "desk/in_dialog.html" if request.htmx else "desk/in_page.html",
        "rail_here": "desk:board",
    }
    return render(request, "desk/new.html", context, status=REFUSED if form.is_bound else 200)


def _names(processes: Mapping[str, Process]) -> list[tuple[str, str]]:
    """Give the names of the maps in use, by their keys."""
    maps, language = {key: one.current().map() for key, one in processes.items()}, get_language() or "en"
    return [(key, in_language(one.name, language, one.language)) for key, one in maps.items()]


def _begin(request: Asked, process: Process, form: NewDealForm) -> Deal:
    filled = form.cleaned_data
    return Deal.objects.begin(
        filled["organization"],
        filled["title"],
        process.current(),
        request.user,
        amount=filled["money"],
        expected_close=filled["expected_close"],
    )


def _to(request: Asked, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _found(request: Asked, key: UUID) -> Deal:
    deals = Deal.objects.visible_to(request.user).select_related(
        "organization", "owner", "version__process", "next_person"
    )
    return get_object_or_404(deals, pk=key)
