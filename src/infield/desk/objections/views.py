"""What one does about objections and questions on the page of a deal: note, answer, undo."""

import json
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow
from infield.deals.checks import needed
from infield.deals.models import Deal, Done
from infield.deals.refusals import Refusal
from infield.desk.deal.queries import page_context
from infield.desk.objections.forms import LONGEST_WORDS, RaiseForm
from infield.desk.objections.queries import at_the_buyer, question_asked
from infield.desk.views import Asked
from infield.people.models import Contact
from infield.playbook.models import RaisedObjection
from infield.playbook.talks.actions import answer_objection, raise_objection, undo_objection
from infield.playbook.talks.queries import known
from infield.playbook.wording import deed, refusal

REFUSED = 422
KEYS = ("organization", "owner", "version__process")


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def note(request: Asked, key: UUID) -> HttpResponse:
    """Note an objection: with one tap, or with who said it and how."""
    deal = _found(request, key)
    shelf = known(request.user, get_language() or "en")
    form = RaiseForm(
        request.POST or None,
        objections=[(one.key, one.text) for one in shelf if not one.is_hidden and one.text],
        people=at_the_buyer(deal),
    )
    if not form.is_valid():
        return _dialog(request, deal, form)
    filled = form.cleaned_data
    person = Contact.objects.get(pk=filled["person"]) if filled["person"] else None
    try:
        done = raise_objection(deal, request.user, filled["objection"], words=filled["words"], person=person)
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return _dialog(request, deal, form)
    return _answer(request, deal, done)


@allow(*WRITERS)
@require_POST
def answer(request: Asked, key: UUID, raised: UUID) -> HttpResponse:
    """Note what was answered, and whether the objection is resolved or stands."""
    deal = _found(request, key)
    row = get_object_or_404(RaisedObjection.objects.filter(deal=deal), pk=raised)
    given, words = _said(request, "answer"), _said(request, "words")
    is_resolved = request.POST.get("resolved") == "1"
    return _attempt(
        request,
        deal,
        lambda: answer_objection(
            row, request.user, answer="" if words else given, words=words, is_resolved=is_resolved
        ),
    )


@allow(*WRITERS)
@require_POST
def answer_question(request: Asked, key: UUID) -> HttpResponse:
    """Keep what the buyer answered to a question of the map or of the playbook; a full answer may prove a criterion."""
    deal, question = _found(request, key), _said(request, "question")
    asked = question_asked(deal, question, get_language() or "en")
    in_words = "" if question in deal.map_questions() else asked
    text = _said(request, "text")

    def act() -> Done:
        return deal.answer(question, "yes", request.user, needed(text, "text_missing"), asked=in_words)

    return _attempt(request, deal, act)


@allow(*WRITERS)
@require_POST
def undo(request: Asked, key: UUID, event: UUID) -> HttpResponse:
    deal = _found(request, key)
    return _attempt(request, deal, lambda: undo_objection(deal, event, request.user))


def _found(request: Asked, key: UUID) -> Deal:
    return get_object_or_404(Deal.objects.visible_to(request.user).select_related(*KEYS), pk=key)


def _said(request: Asked, name: str) -> str:
    """Give what was written in a field; PostgreSQL takes no NUL in a text."""
    return request.POST.get(name, "").replace("\0", "").strip()[:LONGEST_WORDS]


def _attempt(request: Asked, deal: Deal, act: Callable[[], Done]) -> HttpResponse:
    try:
        done = act()
    except Refusal as refused:
        context = {"sentence": refusal(refused)} | _frame(request, deal)
        return render(request, "desk/refused.html", context, status=REFUSED)
    return _answer(request, deal, done)


def _dialog(request: Asked, deal: Deal, form: RaiseForm) -> HttpResponse:
    context = {"form": form} | _frame(request, deal)
    return render(request, "desk/objection.html", context, status=REFUSED if form.is_bound else 200)


def _frame(request: Asked, deal: Deal) -> dict[str, object]:
    frame = "desk/in_dialog.html" if request.htmx else "desk/in_page.html"
    return {"deal": deal, "frame": frame, "rail_here": "desk:board"}


def _answer(request: Asked, deal: Deal, done: Done) -> HttpResponse:
    """Tell what was done with a way back, and show the page of the deal as it is now."""
    deal = Deal.objects.select_related(*KEYS).get(pk=deal.pk)
    text = deed(done.what)
    if not request.htmx:
        messages.success(request, text)
        return redirect(reverse("desk:deal", args=[deal.pk]) + "#objections")
    response = render(request, "desk/deal.html#changed", page_context(request.user, deal) | {"oob": True})
    toast = {"text": text}
    if done.event and done.what != "undone":
        # what the deal itself keeps is undone by the deal
        way = "desk:undo" if done.what == "question_answered" else "desk:undo_objection"
        toast |= {"undo": reverse(way, args=[deal.pk, done.event.pk]), "undo_label": _("Undo")}
    response["HX-Trigger"] = json.dumps({"toast": toast})
    return response
