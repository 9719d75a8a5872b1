"""What one does to a lead alone: judge it, give it away, accept it, send it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.rules import allow
from infield.people.leads.forms import (
    AssignForm,
    DisqualifyForm,
    HandOverForm,
    ProfileForm,
    SendBackForm,
    WhyForm,
)
from infield.people.leads.models import IdealRule, Lead
from infield.people.records.models import Done
from infield.people.views import MAY, Asked, attempt, by_form, find

type Do = Callable[[Lead, dict[str, Any]], Done]


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def profile(request: Asked, key: UUID) -> HttpResponse:
    lead = find(request, "lead", key)
    form = ProfileForm(request.POST or None, initial={"profile": lead.profile})

    def act() -> Done:
        told = form.cleaned_data
        done: Done = lead.profile_as(told["profile"], request.user, told["why"])
        return done

    return by_form(request, "lead", lead, form, "people/profile.html", act)


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def disqualify(request: Asked, key: UUID) -> HttpResponse:
    lead = find(request, "lead", key)
    form = DisqualifyForm(request.POST or None)

    def act() -> Done:
        told = form.cleaned_data
        done: Done = lead.disqualify(told["reason"], request.user, told["notes"])
        return done

    return by_form(request, "lead", lead, form, "people/disqualify.html", act)


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def reopen(request: Asked, key: UUID) -> HttpResponse:
    lead = find(request, "lead", key)
    form = WhyForm(request.POST or None)

    def act() -> Done:
        done: Done = lead.reopen(request.user, form.cleaned_data["why"])
        return done

    return by_form(request, "lead", lead, form, "people/reopen.html", act)


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def assign(request: Asked, key: UUID) -> HttpResponse:
    lead = find(request, "lead", key)
    form = AssignForm(request.POST or None, initial={"owner": lead.owner_id})

    def act() -> Done:
        done: Done = lead.assign(form.cleaned_data["owner"], request.user)
        return done

    return by_form(request, "lead", lead, form, "people/assign.html", act)


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def hand_over(request: Asked, key: UUID) -> HttpResponse:
    """Give a lead from marketing to somebody in sales."""
    lead = find(request, "lead", key)
    form = HandOverForm(request.POST or None)

    def act() -> Done:
        told = form.cleaned_data
        done: Done = lead.hand_over(told["to"], request.user, told["note"])
        return done

    return by_form(request, "lead", lead, form, "people/hand_over.html", act)


@allow(*MAY)
@require_POST
def accept(request: Asked, key: UUID) -> HttpResponse:
    lead = find(request, "lead", key)
    return attempt(request, "lead", lead, lambda: lead.accept(request.user))


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def send_back(request: Asked, key: UUID) -> HttpResponse:
    lead = find(request, "lead", key)
    form = SendBackForm(request.POST or None)

    def act() -> Done:
        told = form.cleaned_data
        done: Done = lead.send_back(told["reason"], request.user, told["notes"])
        return done

    return by_form(request, "lead", lead, form, "people/send_back.html", act)


@allow(*MAY)
@require_POST
def found_out(request: Asked, key: UUID, rule: UUID) -> HttpResponse:
    """Say whether a rule that people judge holds for a lead: yes, no, or not known."""
    lead = find(request, "lead", key)
    asked = get_object_or_404(IdealRule, pk=rule, kind="own", archived_at=None)
    said = {"yes": True, "no": False}.get(request.POST.get("is_so", ""))
    return attempt(request, "lead", lead, lambda: lead.answer(asked, said, request.user))
