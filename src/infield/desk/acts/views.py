"""What one does to a deal: find it with permission, call one act, answer.

A fragment goes to whoever asked with htmx, a page or a redirect to whoever did not; a refusal is 422 and has
written nothing.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow
from infield.activities.actions import undo_of_deal
from infield.deals.models import Deal
from infield.deals.refusals import GateClosed, Refusal
from infield.deals.wording import stage_name
from infield.desk.acts.actions import pass_gate
from infield.desk.acts.answering.views import (
    REFUSED,
    Act,
    answer_done,
    attempt,
    by_form,
    dialog,
    found,
    is_inline,
    refused,
)
from infield.desk.acts.forms import AmountForm, CloseForm, NameForm, OwnerForm
from infield.desk.acts.gate_form import Answers, answers_of, sheet
from infield.desk.deal.proofs.queries import own_fields_of, way_to_prove
from infield.desk.views import Asked
from infield.desk.wording import BACK_REASONS, EDITS
from infield.process.gate import after_the_sale
from infield.process.texts import in_language
from infield.process.values import Criterion


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def move(request: Asked, key: UUID) -> HttpResponse:
    """Move to another stage; a closed gate and a move back answer with the dialog that asks for what is missing.

    `look` shows the gate alone, with what is filled in by now.
    """
    deal = found(request, key)
    if request.method == "GET":
        return dialog(request, deal, "desk/move.html", {"stages": _stages(deal)})
    to, back_because = request.POST.get("to", ""), _back_reason(request)
    answers = answers_of(request.POST.dict(), request.POST.getlist("met"))
    if "look" in request.POST:
        return _look(request, deal, to, answers)
    try:
        done = pass_gate(deal, request.user, answers, to, back_because)
    except GateClosed:
        return _gate(request, deal, to, answers)
    except Refusal as because:
        if because.code == "reason_missing":
            return _way_back(request, deal, to)
        if because.code == "evidence_missing":
            return _gate(request, deal, to, answers)
        return refused(request, deal, because)
    return answer_done(request, deal, done)


@allow(*WRITERS)
@require_POST
def win(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    answers = answers_of(request.POST.dict(), request.POST.getlist("met"))
    if "look" in request.POST:
        return _look(request, deal, None, answers)
    try:
        done = pass_gate(deal, request.user, answers, None)
    except GateClosed:
        return _gate(request, deal, None, answers)
    except Refusal as because:
        if because.code == "evidence_missing":
            return _gate(request, deal, None, answers)
        return refused(request, deal, because)
    return answer_done(request, deal, done)


@allow(*WRITERS)
@require_POST
def meet(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    criterion, evidence = request.POST.get("criterion", ""), request.POST.get("evidence", "")
    return attempt(request, deal, lambda: deal.meet(criterion, request.user, evidence))


@allow(*WRITERS)
@require_POST
def withdraw(request: Asked, key: UUID) -> HttpResponse:
    deal = found(request, key)
    return attempt(request, deal, lambda: deal.withdraw(request.POST.get("criterion", ""), request.user))


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def edit(request: Asked, key: UUID, what: str) -> HttpResponse:
    """Change amount, expected close, owner or name, in the place where it is read."""
    if what not in EDITS:
        raise Http404
    deal = found(request, key)
    kinds: dict[str, type[AmountForm | CloseForm | NameForm | OwnerForm]] = {
        "amount": AmountForm,
        "close": CloseForm,
        "owner": OwnerForm,
        "name": NameForm,
    }
    form = kinds[what](request.POST or None, deal=deal)
    acts: dict[str, Act] = {
        "amount": lambda: deal.change_amount(form.cleaned_data["money"], request.user),
        "close": lambda: deal.change_close_date(form.cleaned_data["expected_close"], request.user),
        "owner": lambda: deal.change_owner(form.cleaned_data["owner"], request.user),
        "name": lambda: deal.rename(
            form.cleaned_data["organization"], form.cleaned_data["title"], request.user
        ),
    }
    context = {"what": what, "label": EDITS[what]}
    alone = "desk/rename.html" if what == "name" else "desk/edit.html"
    template = "desk/edit.html#inline" if is_inline(request) else alone
    return by_form(request, deal, form, template, acts[what], context)


@allow(*WRITERS)
@require_POST
def undo(request: Asked, key: UUID, event: UUID) -> HttpResponse:
    deal = found(request, key)
    return attempt(request, deal, lambda: undo_of_deal(deal, event, request.user))


def _stages(deal: Deal) -> list[dict[str, Any]]:
    """Give the stages it can move to, in the map's order; its own among them."""
    mapped, language = deal.map(), get_language() or "en"
    after = after_the_sale(mapped)
    shown = [one for one in mapped.stages if (one.key in after) == (deal.outcome == "won")]
    return [
        {
            "key": one.key,
            "name": stage_name(one.key, mapped, language),
            "weight": one.weight,
            "is_here": one.key == deal.stage,
        }
        for one in shown
        if one.about == "deal" or one.key == deal.stage or deal.outcome == "won"
    ]


def _look(request: Asked, deal: Deal, to: str | None, answers: Answers) -> HttpResponse:
    """Show the gate again after one of its criteria was proved, also where nothing is open any more."""
    try:
        return _gate(request, deal, to, answers)
    except Refusal as because:
        return refused(request, deal, because)


def _gate(request: Asked, deal: Deal, to: str | None, answers: Answers) -> HttpResponse:
    """Show the gate as it is, also what was ticked in a form that met only half of it: that was taken back."""
    mapped, language = deal.map(), get_language() or "en"
    say = partial(in_language, language=language, otherwise=mapped.language)
    gate = deal.sale_gate() if to is None else deal.gate_to(to)
    own = own_fields_of(one for stage in mapped.stages for one in stage.criteria)

    def way(stage: str, criterion: Criterion) -> tuple[str, str]:
        found = way_to_prove(deal, stage, criterion, own)
        return found.to_do, found.address

    context = {
        "to": to,
        "to_name": stage_name(to, mapped, language) if to else "",
        "sheet": sheet(gate, deal.met_keys(), answers, say, way),
        "answers": answers,
        "reason_missing": answers.is_anyway and not answers.because,
        "was_sent": "anyway" in request.POST or "checked" in request.POST,
    }
    return dialog(request, deal, "desk/gate.html", context, REFUSED)


def _way_back(request: Asked, deal: Deal, to: str) -> HttpResponse:
    context = {
        "to": to,
        "to_name": stage_name(to, deal.map(), get_language() or "en"),
        "reasons": BACK_REASONS,
        "was_sent": "back_because" in request.POST,
    }
    return dialog(request, deal, "desk/way_back.html", context, REFUSED)


def _back_reason(request: Asked) -> str:
    chosen = [request.POST.get("back_chosen", ""), request.POST.get("back_because", "")]
    return ". ".join(one.strip() for one in chosen if one.strip())
