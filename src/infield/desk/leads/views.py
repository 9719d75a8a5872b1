"""The screen on which a lead becomes a deal, and the way back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow
from infield.deals.buyers.roles import ROLES
from infield.deals.models import Deal
from infield.deals.refusals import Refusal as DealRefusal
from infield.deals.wording import refusal as deal_refusal
from infield.desk.leads.actions import Conversion, convert, unconvert
from infield.desk.leads.forms import NEW, ConvertForm
from infield.desk.views import Asked
from infield.people.contacts.models import Contact
from infield.people.cultures import culture_of
from infield.people.doubles.queries import AlikeRow, likely_contacts, likely_organizations
from infield.people.leads.models import Lead
from infield.people.names import split_person
from infield.people.organizations.models import Organization
from infield.people.refusals import Refusal
from infield.people.wording import refusal
from infield.process.models import Process
from infield.process.texts import in_language
from infield.web.ids import from_text, to_text

REFUSED = 422


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def converting(request: Asked, key: UUID) -> HttpResponse:
    """Choose what a lead becomes; 404 while there is no map to sell by."""
    lead = _found(request, key)
    processes = {to_text(one.pk): one for one in Process.objects.order_by("created_at", "pk")}
    if not processes:
        raise Http404
    if lead.converted_at:
        return _refused(request, lead, refusal(Refusal("converted")))
    form = _form(request, lead, processes)
    if request.method == "POST" and form.is_valid():
        try:
            deal = convert(lead, _wished(request, form, processes), request.user)
        except Refusal as refused:
            form.add_error(None, refusal(refused))
        except DealRefusal as refused:
            form.add_error(None, deal_refusal(refused))
        else:
            messages.success(request, _("The lead is a deal now."))
            is_seen = Deal.objects.visible_to(request.user).filter(pk=deal.pk).exists()
            return redirect("desk:deal", deal.pk) if is_seen else redirect("people:lead", lead.pk)
    context = {"form": form, "lead": lead, "rail_here": "people:contacts"}
    return render(request, "desk/convert.html", context, status=REFUSED if form.is_bound else 200)


@allow(*WRITERS)
@require_POST
def unconverting(request: Asked, key: UUID) -> HttpResponse:
    lead = _found(request, key)
    try:
        unconvert(lead, request.user)
    except Refusal as refused:
        return _refused(request, lead, refusal(refused))
    messages.success(request, _("The deal was taken back; the lead is open again."))
    address = reverse("people:lead", args=[lead.pk])
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _found(request: Asked, key: UUID) -> Lead:
    return get_object_or_404(Lead.objects.visible_to(request.user).select_related("owner"), pk=key)


def _refused(request: Asked, lead: Lead, sentence: str) -> HttpResponse:
    context = {
        "sentence": sentence,
        "back": reverse("people:lead", args=[lead.pk]),
        "frame": "desk/in_dialog.html" if request.htmx else "people/in_page.html",
        "rail_here": "people:contacts",
    }
    return render(request, "people/refused.html", context, status=REFUSED)


def _form(request: Asked, lead: Lead, processes: dict[str, Process]) -> ConvertForm:
    language = get_language() or "en"
    person = split_person(lead.person, culture_of(lead.person, lead.language or "en"))
    maps = {key: one.current().map() for key, one in processes.items()}
    return ConvertForm(
        request.POST or None,
        lead=lead,
        organizations=_offered(likely_organizations(lead.company, lead.email, lead.website, request.user)),
        contacts=_offered(likely_contacts(person, lead.email, lead.phone, request.user)),
        maps=[(key, in_language(one.name, language, one.language)) for key, one in maps.items()],
    )


def _offered(found: list[AlikeRow]) -> list[tuple[str, str]]:
    return [
        (to_text(one.id), " · ".join(part for part in (one.name, one.more, *one.why) if part))
        for one in found
    ]


def _wished(request: Asked, form: ConvertForm, processes: dict[str, Process]) -> Conversion:
    told = form.cleaned_data
    organizations, contacts = (
        Organization.objects.visible_to(request.user),
        Contact.objects.visible_to(request.user),
    )
    is_new, is_new_person = told["organization"] == NEW, told["contact"] == NEW
    return Conversion(
        organization=None if is_new else organizations.get(pk=from_text(told["organization"])),
        organization_name=told["organization_name"],
        contact=None if is_new_person else contacts.get(pk=from_text(told["contact"])),
        person=form.person(),
        title=told["title"],
        version=processes[told["map"]].current(),
        amount=told["money"],
        role=told["role"] or ROLES[-1],
    )
