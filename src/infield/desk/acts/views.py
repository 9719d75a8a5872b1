"""What one does to a deal: find it with permission, call one act, answer.

A fragment goes to whoever asked with htmx, a page or a redirect to whoever did not; a refusal is 422 and has
written nothing.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow
from infield.deals.models import Deal, Done
from infield.deals.refusals import GateClosed, Refusal
from infield.deals.wording import deed, lost_reason, refusal, stage_name
from infield.desk.acts.actions import pass_gate
from infield.desk.acts.forms import AmountForm, CloseForm, DoneForm, LostForm, OwnerForm, ReopenForm, StepForm
from infield.desk.acts.gate_form import Answers, answers_of, sheet
from infield.desk.board.queries import board_context, card_of, the_board, wish_of
from infield.desk.deal.queries import page_context
from infield.desk.deals.context.queries import around, bar_context
from infield.desk.views import Asked
from infield.desk.wording import BACK_REASONS, EDITS
from infield.process.gate import after_the_sale
from infield.process.texts import in_language

REFUSED = 422
KEYS = ("organization", "owner", "version__process")

type Act = Callable[[], Done]


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def move(request: Asked, key: UUID) -> HttpResponse:
    """Move to another stage; a closed gate and a move back answer with the dialog that asks for what is missing."""
    deal = _found(request, key)
    if request.method == "GET":
        return _dialog(request, deal, "desk/move.html", {"stages": _stages(deal)})
    to, back_because = request.POST.get("to", ""), _back_reason(request)
    answers = answers_of(request.POST.dict(), request.POST.getlist("met"))
    try:
        done = pass_gate(deal, request.user, answers, to, back_because)
    except GateClosed:
        return _gate(request, deal, to, answers)
    except Refusal as refused:
        if refused.code == "reason_missing":
            return _way_back(request, deal, to)
        if refused.code == "evidence_missing":
            return _gate(request, deal, to, answers)
        return _refused(request, deal, refused)
    return _answer(request, deal, done)


@allow(*WRITERS)
@require_POST
def win(request: Asked, key: UUID) -> HttpResponse:
    deal = _found(request, key)
    answers = answers_of(request.POST.dict(), request.POST.getlist("met"))
    try:
        done = pass_gate(deal, request.user, answers, None)
    except GateClosed:
        return _gate(request, deal, None, answers)
    except Refusal as refused:
        if refused.code == "evidence_missing":
            return _gate(request, deal, None, answers)
        return _refused(request, deal, refused)
    return _answer(request, deal, done)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def lose(request: Asked, key: UUID) -> HttpResponse:
    deal = _found(request, key)
    language = get_language() or "en"
    reasons = [(reason, lost_reason(reason, deal.map(), language)) for reason in deal.reasons()]
    form = LostForm(request.POST or None, reasons=reasons)

    def act() -> Done:
        return deal.lose(form.cleaned_data["reason"], request.user, form.cleaned_data["notes"])

    return _by_form(request, deal, form, "desk/lose.html", act)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def reopen(request: Asked, key: UUID) -> HttpResponse:
    deal = _found(request, key)
    form = ReopenForm(request.POST or None)

    def act() -> Done:
        return deal.reopen(request.user, form.cleaned_data["because"])

    return _by_form(request, deal, form, "desk/reopen.html", act)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def step(request: Asked, key: UUID) -> HttpResponse:
    """Say what comes next."""
    deal = _found(request, key)
    form = StepForm(request.POST or None)
    return _by_form(
        request, deal, form, "desk/step.html", lambda: deal.set_next_step(form.step(), request.user)
    )


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def step_done(request: Asked, key: UUID) -> HttpResponse:
    """Note the next step as done, and say what comes after it."""
    deal = _found(request, key)
    form = DoneForm(request.POST or None)

    def act() -> Done:
        return deal.finish_next_step(request.user, form.cleaned_data["notes"], form.then())

    return _by_form(request, deal, form, "desk/step_done.html", act)


@allow(*WRITERS)
@require_POST
def meet(request: Asked, key: UUID) -> HttpResponse:
    deal = _found(request, key)
    criterion, evidence = request.POST.get("criterion", ""), request.POST.get("evidence", "")
    return _attempt(request, deal, lambda: deal.meet(criterion, request.user, evidence))


@allow(*WRITERS)
@require_POST
def withdraw(request: Asked, key: UUID) -> HttpResponse:
    deal = _found(request, key)
    return _attempt(request, deal, lambda: deal.withdraw(request.POST.get("criterion", ""), request.user))


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def edit(request: Asked, key: UUID, what: str) -> HttpResponse:
    """Change amount, expected close or owner, in the place where it is read."""
    if what not in EDITS:
        raise Http404
    deal = _found(request, key)
    kinds: dict[str, type[AmountForm | CloseForm | OwnerForm]] = {
        "amount": AmountForm,
        "close": CloseForm,
        "owner": OwnerForm,
    }
    form = kinds[what](request.POST or None, deal=deal)
    acts: dict[str, Act] = {
        "amount": lambda: deal.change_amount(form.cleaned_data["money"], request.user),
        "close": lambda: deal.change_close_date(form.cleaned_data["expected_close"], request.user),
        "owner": lambda: deal.change_owner(form.cleaned_data["owner"], request.user),
    }
    context = {"what": what, "label": EDITS[what]}
    template = "desk/edit.html#inline" if request.htmx else "desk/edit.html"
    return _by_form(request, deal, form, template, acts[what], context)


@allow(*WRITERS)
@require_POST
def undo(request: Asked, key: UUID, event: UUID) -> HttpResponse:
    deal = _found(request, key)
    return _attempt(request, deal, lambda: deal.undo(event, request.user))


def _found(request: Asked, key: UUID) -> Deal:
    """Give the deal as the person saw it, whose form says which state of it that was; 404 for a stranger."""
    deal = get_object_or_404(Deal.objects.visible_to(request.user).select_related(*KEYS), pk=key)
    seen = request.POST.get("lock", "")
    if seen.isascii() and seen.isdigit() and len(seen) < 10:
        deal.lock = int(seen)
    return deal


def _by_form(
    request: Asked,
    deal: Deal,
    form: Form,
    template: str,
    act: Act,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    filled = {"form": form, **(context or {})}
    if request.method == "GET":
        return _dialog(request, deal, template, filled)
    if not form.is_valid():
        return _dialog(request, deal, template, filled, REFUSED)
    try:
        done = act()
    except Refusal as refused:
        if refused.code == "stale":
            return _refused(request, deal, refused)
        form.add_error(None, refusal(refused))
        return _dialog(request, deal, template, filled, REFUSED)
    return _answer(request, deal, done)


def _attempt(request: Asked, deal: Deal, act: Act) -> HttpResponse:
    try:
        done = act()
    except Refusal as refused:
        return _refused(request, deal, refused)
    return _answer(request, deal, done)


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


def _gate(request: Asked, deal: Deal, to: str | None, answers: Answers) -> HttpResponse:
    """Show the gate as it is, also what was ticked in a form that met only half of it: that was taken back."""
    mapped, language = deal.map(), get_language() or "en"
    say = partial(in_language, language=language, otherwise=mapped.language)
    context = {
        "to": to,
        "to_name": stage_name(to, mapped, language) if to else "",
        "sheet": sheet(deal.sale_gate() if to is None else deal.gate_to(to), deal.met_keys(), answers, say),
        "answers": answers,
        "reason_missing": answers.is_anyway and not answers.because,
        "was_sent": "anyway" in request.POST or "checked" in request.POST,
    }
    return _dialog(request, deal, "desk/gate.html", context, REFUSED)


def _way_back(request: Asked, deal: Deal, to: str) -> HttpResponse:
    context = {
        "to": to,
        "to_name": stage_name(to, deal.map(), get_language() or "en"),
        "reasons": BACK_REASONS,
        "was_sent": "back_because" in request.POST,
    }
    return _dialog(request, deal, "desk/way_back.html", context, REFUSED)


def _back_reason(request: Asked) -> str:
    chosen = [request.POST.get("back_chosen", ""), request.POST.get("back_because", "")]
    return ". ".join(one.strip() for one in chosen if one.strip())


def _refused(request: Asked, deal: Deal, refused: Refusal) -> HttpResponse:
    return _dialog(request, deal, "desk/refused.html", {"sentence": refusal(refused)}, REFUSED)


def _dialog(
    request: Asked, deal: Deal, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    mapped, language = deal.map(), get_language() or "en"
    base = {
        "deal": deal,
        "lock": deal.lock,
        "stage_name": stage_name(deal.stage, mapped, language),
        "frame": "desk/in_dialog.html" if request.htmx else "desk/in_page.html",
        "rail_here": "desk:board",
    }
    return render(request, template, base | context, status=status)


def _answer(request: Asked, deal: Deal, done: Done) -> HttpResponse:
    """Tell what was done with a way back, and show what changed on the page it was done from."""
    language = get_language() or "en"
    deal = Deal.objects.select_related(*KEYS).get(pk=deal.pk)
    text = deed(done, deal.map(), language, str(deal.owner))
    if not request.htmx:
        messages.success(request, text)
        is_seen = Deal.objects.visible_to(request.user).filter(pk=deal.pk).exists()
        return redirect("desk:deal", deal.pk) if is_seen else redirect("desk:board")
    response = _changed(request, deal)
    toast = {"text": text}
    if done.event and done.what != "undone":
        toast |= {"undo": reverse("desk:undo", args=[deal.pk, done.event.pk]), "undo_label": _("Undo")}
    response["HX-Trigger"] = json.dumps({"toast": toast})
    return response


def _changed(request: Asked, deal: Deal) -> HttpResponse:
    here = urlsplit(request.htmx.current_url_abs_path or "")
    language = get_language() or "en"
    sees = request.user.sees()
    if sees is not None and deal.owner_id not in sees:
        # handed over to somebody else: this page is no longer theirs to see
        return HttpResponse(headers={"HX-Redirect": reverse("desk:board")})
    if here.path == reverse("desk:board"):
        wish = wish_of(request.user, dict(parse_qsl(here.query)))
        board, card = the_board(request.user, wish, language), card_of(deal, language)
        context = {"board": board, "wish": wish, "card": card, "deal": deal, "oob": True}
        return render(
            request,
            "desk/board.html#changed",
            context
            | board_context(request.user, wish)
            | bar_context("board", wish.filter, around(request.user)),
        )
    return render(request, "desk/deal.html#changed", page_context(request.user, deal) | {"oob": True})
