"""The library of objections: what buyers say, the answers prepared for it, and how often each led onward."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infield.accounts.roles import who_may
from infield.accounts.rules import allow, allow_all_roles
from infield.deals.refusals import Refusal
from infield.playbook.prepared import Known, Prepared
from infield.playbook.shelf.actions import hide, restore, write_answer, write_objection
from infield.playbook.shelf.forms import NewObjectionForm, WordsForm
from infield.playbook.talks.queries import known, said_in_own_words
from infield.playbook.topics import ABOUTS
from infield.playbook.views import REFUSED, Asked, answer, dialog, language
from infield.playbook.wording import ABOUT_NAMES, led_onward, refusal
from infield.web.ids import from_text

SHELF = "playbook/library.html#shelf"


@dataclass(frozen=True, slots=True)
class Wished:
    """The objection, and the answer of it, that an address names."""

    objection: Known
    answer: Prepared | None


@allow_all_roles
@require_safe
def objections(request: Asked) -> HttpResponse:
    return render(request, "playbook/library.html", _context(request))


@allow(*who_may("playbook"))
@require_http_methods(["GET", "POST"])
def new_objection(request: Asked) -> HttpResponse:
    form = NewObjectionForm(request.POST or None)
    context = {"form": form, "what": "objection"}
    if not form.is_valid():
        return dialog(request, "playbook/words.html", context, REFUSED if form.is_bound else 200)
    filled = form.cleaned_data
    act = write_objection(request.user, language(), filled["text"], about=filled["about"])
    return _changed(request, "added", act)


@allow(*who_may("playbook"))
@require_http_methods(["GET", "POST"])
def words(request: Asked) -> HttpResponse:
    """Reword an objection or an answer, or add an answer: without `answer` in the address, with `new` in it.

    `said`: the answer given to a buyer whose words the new one begins with.
    """
    wished = _wished(request)
    is_new = "new" in request.GET
    is_answer = is_new or wished.answer is not None
    said = wished.answer.text if wished.answer else _said(request) if is_new else wished.objection.text
    form = WordsForm(request.POST or None, initial={"text": said})
    context = {
        "form": form,
        "wished": wished,
        "query": request.GET.urlencode(),
        "what": "new_answer" if is_new else "answer" if is_answer else "words",
    }
    if not form.is_valid():
        return dialog(request, "playbook/words.html", context, REFUSED if form.is_bound else 200)
    text, key = form.cleaned_data["text"], wished.answer.key if wished.answer else ""
    try:
        if is_answer:
            act = write_answer(request.user, language(), text, objection=wished.objection.key, key=key)
        else:
            act = write_objection(request.user, language(), text, key=wished.objection.key)
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return dialog(request, "playbook/words.html", context, REFUSED)
    return _changed(request, "added" if is_new else "written", act)


@allow(*who_may("playbook"))
@require_POST
def turn(request: Asked) -> HttpResponse:
    """Hide an objection or an answer, show it again, or restore the words it came with."""
    wished = _wished(request)
    keys = (wished.objection.key, wished.answer.key if wished.answer else "")
    is_shipped = wished.answer.is_shipped if wished.answer else wished.objection.is_shipped
    match request.POST.get("do", ""):
        case "hide":
            return _changed(request, "hidden", hide(request.user, *keys))
        case "show":
            return _changed(request, "shown", hide(request.user, *keys, is_hidden=False))
        case "restore" if is_shipped:
            return _changed(request, "restored", restore(request.user, *keys))
    raise Http404


def _wished(request: Asked) -> Wished:
    shelf = {one.key: one for one in known(request.user, language())}
    objection = shelf.get(request.GET.get("objection", ""))
    if objection is None:
        raise Http404
    key = request.GET.get("answer", "")
    found = next((one for one in objection.answers if one.key == key), None)
    if key and found is None:
        raise Http404
    return Wished(objection, found)


def _said(request: Asked) -> str:
    try:
        return said_in_own_words(request.user, from_text(request.GET.get("said", "")))
    except ValueError:
        return ""


def _context(request: Asked) -> dict[str, Any]:
    may_change = request.user.may("playbook")
    shelf = [one for one in known(request.user, language()) if one.text and (may_change or not one.is_hidden)]
    return {
        "abouts": [
            (ABOUT_NAMES[about], [_shown(one, may_change) for one in shelf if one.about == about])
            for about in ABOUTS
            if any(one.about == about for one in shelf)
        ],
        "may_change": may_change,
        "rail_here": "playbook:stages",
        "here": "library",
    }


def _shown(one: Known, may_change: bool) -> tuple[Known, list[tuple[Prepared, str]]]:
    answers = one.answers if may_change else one.shown_answers
    return one, [(said, led_onward(said.tally, language())) for said in answers if said.text]


def _changed(request: Asked, what: str, act: UUID) -> HttpResponse:
    library = reverse("playbook:library")
    path = urlsplit(request.htmx.current_url_abs_path or library).path if request.htmx else library
    # from a deal there is no shelf on the page to show anew
    return answer(request, what, library, SHELF if path == library else "", _context(request), act)
