"""What one does to a lead alone: judge it, give it away, accept it, send it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.models import User
from infield.accounts.rules import Asked, allow
from infield.people.ideal.models import IdealRule
from infield.people.leads.forms import (
    AssignForm,
    DisqualifyForm,
    HandOverForm,
    ProfileForm,
    SendBackForm,
    WhyForm,
)
from infield.people.leads.models import Lead
from infield.people.records.models import Done
from infield.people.views import MAY, attempt, by_form, find


@dataclass(frozen=True, slots=True)
class Act:
    """An act that a form asks for: `do` takes what the form says, `begins` gives what the form begins with."""

    form: type[Form]
    template: str
    do: Callable[[Lead, Mapping[str, Any], User], Done]
    begins: Callable[[Lead], dict[str, Any]] = lambda _lead: {}


ACTS: Mapping[str, Act] = {
    "profile": Act(
        ProfileForm,
        "people/profile.html",
        lambda lead, told, by: lead.profile_as(told["profile"], by, told["why"]),
        lambda lead: {"profile": lead.profile},
    ),
    "disqualify": Act(
        DisqualifyForm,
        "people/disqualify.html",
        lambda lead, told, by: lead.disqualify(told["reason"], by, told["notes"]),
    ),
    "reopen": Act(WhyForm, "people/reopen.html", lambda lead, told, by: lead.reopen(by, told["why"])),
    "assign": Act(
        AssignForm,
        "people/assign.html",
        lambda lead, told, by: lead.assign(told["owner"], by),
        lambda lead: {"owner": lead.owner_id},
    ),
    "hand-over": Act(
        HandOverForm,
        "people/hand_over.html",
        lambda lead, told, by: lead.hand_over(told["to"], by, told["note"]),
    ),
    "send-back": Act(
        SendBackForm,
        "people/send_back.html",
        lambda lead, told, by: lead.send_back(told["reason"], by, told["notes"]),
    ),
}
"""By the last part of their address."""


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def act(request: Asked, key: UUID, what: str) -> HttpResponse:
    """Ask for what an act needs, and do it."""
    lead, asked = find(request, "lead", key), ACTS[what]
    form = asked.form(request.POST or None, initial=asked.begins(lead))
    return by_form(
        request, "lead", lead, form, asked.template, lambda: asked.do(lead, form.cleaned_data, request.user)
    )


@allow(*MAY)
@require_POST
def accept(request: Asked, key: UUID) -> HttpResponse:
    lead = find(request, "lead", key)
    return attempt(request, "lead", lead, lambda: lead.accept(request.user))


@allow(*MAY)
@require_POST
def found_out(request: Asked, key: UUID, rule: UUID) -> HttpResponse:
    """Say whether a rule that people judge holds for a lead: yes, no, or not known."""
    lead = find(request, "lead", key)
    asked = get_object_or_404(IdealRule, pk=rule, kind="own", archived_at=None)
    said = {"yes": True, "no": False}.get(request.POST.get("is_so", ""))
    return attempt(request, "lead", lead, lambda: lead.answer(asked, said, request.user))
