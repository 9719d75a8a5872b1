"""Ending a deal, letting it rest, putting it away, and moving it to another map."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow, allow_all_roles
from infield.deals.closing.models import own_names
from infield.deals.models import Deal, Done
from infield.deals.wording import lost_reason, stage_name
from infield.desk.acts.answering.views import attempt, by_form, found
from infield.desk.acts.closing.forms import LostForm, NoContactForm, ReopenForm, RestForm, VersionForm
from infield.desk.views import Asked
from infield.process.gate import after_the_sale
from infield.process.models import Process, ProcessVersion
from infield.process.texts import in_language
from infield.web.ids import from_text, to_text

AT_ONCE = 50


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def lose(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    language, names = get_language() or "en", own_names()
    reasons = [(reason, lost_reason(reason, deal.map(), language, names)) for reason in deal.reasons()]
    form = LostForm(request.POST or None, reasons=reasons)

    def act() -> Done:
        filled = form.cleaned_data
        return deal.lose(filled["reason"], request.user, filled["notes"], filled["competitor"])

    return by_form(request, deal, form, "desk/lose.html", act)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def reopen(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    form = ReopenForm(request.POST or None)

    def act() -> Done:
        return deal.reopen(request.user, form.cleaned_data["because"])

    return by_form(request, deal, form, "desk/reopen.html", act)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def postpone(request: Asked, key: UUID) -> HttpResponse:
    """Let a deal rest until a day; where the map says so, in another stage."""
    deal, language = found(request, key), get_language() or "en"
    ways = [(out, in_language(out.name, language, deal.map().language)) for out in deal.ways_to_rest()]
    form = RestForm(request.POST or None, ways=ways)

    def act() -> Done:
        filled = form.cleaned_data
        return deal.postpone(form.step(), filled["because"], request.user, way_out=filled["way_out"])

    targets = [
        (name, stage_name(out.target, deal.map(), language))
        for out, name in ways
        if out.target and out.target != deal.stage
    ]
    return by_form(request, deal, form, "desk/postpone.html", act, {"targets": targets})


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def no_contact(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    form = NoContactForm(request.POST or None)

    def act() -> Done:
        return deal.end_contact(form.cleaned_data["because"], request.user)

    return by_form(request, deal, form, "desk/no_contact.html", act)


@allow(*WRITERS)
@require_POST
def archive(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    return attempt(request, deal, lambda: deal.archive(request.user))


@allow(*WRITERS)
@require_POST
def restore(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    return attempt(request, deal, lambda: deal.restore(request.user))


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def version(request: Asked, key: UUID) -> HttpResponse:
    """Move to another map, or to another version of the same, into a stage of it."""
    deal = found(request, key)
    versions = [process.current() for process in Process.objects.order_by("created_at", "pk")]
    places, here = _places(deal, versions)
    form = VersionForm(request.POST or None, places=places, here=here)

    def act() -> Done:
        chosen, _colon, stage = form.cleaned_data["place"].partition(":")
        wanted = next((one for one in versions if one.pk == from_text(chosen)), None)
        if wanted is None:
            raise Http404
        return deal.change_version(wanted, stage, request.user)

    return by_form(request, deal, form, "desk/version.html", act)


@allow_all_roles
@require_GET
def archived(request: Asked) -> HttpResponse:
    """List the deals that are put away, the latest first."""
    deals = Deal.objects.visible_to(request.user).archived().select_related("organization", "owner")
    pages = Paginator(deals.order_by("-archived_at", "-pk"), AT_ONCE)
    page = pages.get_page(request.GET.get("page", "1"))
    return render(
        request,
        "desk/archived.html",
        {"page": page, "can_write": request.user.writes, "rail_here": "desk:board"},
    )


def _places(deal: Deal, versions: list[ProcessVersion]) -> tuple[list[object], str]:
    """Give the maps with their stages on the deal's side of the sale, and the one that fits it best."""
    language, here, places = get_language() or "en", "", list[object]()
    for one in versions:
        mapped = one.map()
        after = after_the_sale(mapped)
        stages = [
            stage
            for stage in mapped.stages
            if (stage.key in after) == (deal.outcome == "won") and stage.about in ("deal", "client")
        ]
        name = _("{name}, version {number}").format(
            name=in_language(mapped.name, language, mapped.language), number=one.number
        )
        choices = [
            (f"{to_text(one.pk)}:{stage.key}", stage_name(stage.key, mapped, language)) for stage in stages
        ]
        places.append((name, choices))
        if one.process_id == deal.version.process_id and deal.stage in {stage.key for stage in stages}:
            here = f"{to_text(one.pk)}:{deal.stage}"
    return places, here
