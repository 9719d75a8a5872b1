"""Proposals to the playbook: made on a deal, decided by who writes the playbook, read by their authors."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infield.accounts.roles import who_may
from infield.accounts.rules import allow, allow_all_roles
from infield.deals.models import Deal
from infield.deals.refusals import Refusal
from infield.playbook.models import Proposal
from infield.playbook.proposals.actions import accept, decline, take_back
from infield.playbook.proposals.actions import propose as propose_for
from infield.playbook.proposals.forms import DecideForm, ProposeForm
from infield.playbook.proposals.queries import own_at
from infield.playbook.proposals.queries import proposals as all_proposals
from infield.playbook.talks.queries import named
from infield.playbook.views import REFUSED, Asked, answer, dialog, language
from infield.playbook.wording import PROPOSED_NAMES, refusal

UNDO = "playbook:undo_proposal"


@allow(*who_may("deals"))
@require_http_methods(["GET", "POST"])
def propose(request: Asked, key: UUID) -> HttpResponse:
    """Propose something for the stage of a deal."""
    deals = Deal.objects.visible_to(request.user).select_related("organization", "version__process")
    deal = get_object_or_404(deals, pk=key)
    shelf = [(one.key, one.text) for one in named(language()) if not one.is_hidden and one.text]
    form = ProposeForm(request.POST or None, objections=shelf)
    context = {"form": form, "deal": deal}
    if request.method == "GET" or not form.is_valid():
        return dialog(request, "playbook/propose.html", context, REFUSED if request.method == "POST" else 200)
    said = form.cleaned_data
    try:
        act = propose_for(deal, request.user, language(), said["kind"], said["text"], said["objection"])
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return dialog(request, "playbook/propose.html", context, REFUSED)
    return _changed(request, "proposed", reverse("desk:deal", args=[deal.pk]), act, deal)


@allow_all_roles
@require_safe
def proposals(request: Asked) -> HttpResponse:
    """Show what waits and what became of the rest: all to who decides, else one's own."""
    return render(request, "playbook/proposals.html", _context(request))


@allow(*who_may("playbook"))
@require_http_methods(["GET", "POST"])
def decide(request: Asked, key: UUID) -> HttpResponse:
    """Take a proposal into the playbook, or decline it."""
    found = Proposal.objects.filter(withdrawn_at=None).select_related("by", "decided_by")
    row = get_object_or_404(found, pk=key)
    form = DecideForm(request.POST or None, initial={"text": row.text})
    context = {"form": form, "proposal": row, "kind": PROPOSED_NAMES[row.kind]}
    if request.method == "GET":
        return dialog(request, "playbook/decide.html", context)
    if not form.is_valid():
        return dialog(request, "playbook/decide.html", context, REFUSED)
    try:
        if request.POST.get("do") == "accept":
            what, act = "accepted", accept(row.pk, request.user, form.cleaned_data["text"])
        else:
            what, act = "declined", decline(row.pk, request.user, form.cleaned_data["because"])
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return dialog(request, "playbook/decide.html", context, REFUSED)
    return _changed(request, what, reverse("playbook:proposals"), act)


@allow(*(who_may("deals") | who_may("playbook")))
@require_POST
def undo(request: Asked, key: UUID) -> HttpResponse:
    """Take a proposal back, or what was decided about one."""
    try:
        row = take_back(key, request.user)
    except Refusal as refused:
        if refused.code == "cannot_undo":
            raise Http404 from None
        return dialog(request, "playbook/refused.html", {"sentence": refusal(refused)}, REFUSED)
    if row.withdrawn_at:
        return _changed(request, "withdrawn", reverse("desk:deal", args=[row.deal_id]), None, row.deal)
    return _changed(request, "undone", reverse("playbook:proposals"), None)


def _context(request: Asked) -> dict[str, Any]:
    return {
        "proposals": all_proposals(request.user, language()),
        "may_change": request.user.may("playbook"),
        "rail_here": "playbook:stages",
        "here": "proposals",
    }


def _changed(
    request: Asked, what: str, address: str, act: UUID | None, deal: Deal | None = None
) -> HttpResponse:
    """Say what was done and show it where it stands: on the page of the deal, or in the list."""
    if deal:
        fragment, context = "playbook/proposed.html", {"own": own_at(deal, request.user, language())}
    else:
        fragment, context = "playbook/proposals.html#listed", _context(request)
    return answer(request, what, address, fragment, context, act, UNDO)
