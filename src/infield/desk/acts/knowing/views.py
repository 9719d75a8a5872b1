"""What is found out about a deal: facts, people, answers, documents, products, what is exchanged."""

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from infield.accounts.models import User
from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow, allow_all_roles
from infield.deals.models import Deal, Document, Done, Fact, Stakeholder
from infield.deals.qualifying.scores import ANSWERS, FORMS
from infield.deals.terms.wording import fact_name, role_name
from infield.desk.acts.answering.views import (
    REFUSED,
    attempt,
    by_form,
    dialog,
    found,
    is_inline,
)
from infield.desk.acts.knowing.actions import add_document, add_stakeholder, answer_all
from infield.desk.acts.knowing.forms import (
    DocumentForm,
    ExchangeForm,
    ItemsForm,
    StakeholderForm,
    fact_form,
)
from infield.desk.deal.qualification.queries import answer_choices, question_lines
from infield.desk.deal.sections.queries import field_history
from infield.desk.views import Asked
from infield.finding.models import Searched
from infield.people.models import Contact

PEOPLE_SHOWN = 20
ROWS_MORE = 3


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def fact(request: Asked, key: UUID, field: str) -> HttpResponse:
    """Change a fact, in the place where it is read or in a dialog."""
    deal = found(request, key)
    if field not in deal.fact_keys():
        raise Http404
    there = Fact.objects.filter(deal=deal, key=field).first()
    form = fact_form(field, there, deal, request.POST or None)

    def act() -> Done:
        return deal.note(field, form.read(), request.user, seen=form.cleaned_data["seen"])

    template = "desk/fact.html#inline" if is_inline(request) else "desk/fact.html"
    context = {"field": field, "label": fact_name(field), "there": there}
    return by_form(request, deal, form, template, act, context)


@allow_all_roles
@require_GET
def history(request: Asked, key: UUID, field: str) -> HttpResponse:
    """Show what a field said before, by whom and when."""
    deal = found(request, key)
    lines = field_history(deal, field, get_language() or "en")
    context = {"label": fact_name(field), "lines": lines, "can_write": request.user.writes}
    return dialog(request, deal, "desk/field_history.html", context)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def stakeholder(request: Asked, key: UUID) -> HttpResponse:
    """Give somebody a part in the decision: of the address book, or new."""
    deal = found(request, key)
    wanted = request.POST.get("q", request.GET.get("q", ""))
    people = _people(deal, request.user, wanted)
    role = request.GET.get("role", "")
    known = role if role in deal.buying_roles() else ""
    form = StakeholderForm(request.POST or None, deal=deal, people=people, role=known)
    shown = people[:PEOPLE_SHOWN]
    context = {"people": shown, "q": wanted, "chosen": request.POST.get("contact", "")}
    if request.htmx and request.htmx.target == "people":
        return render(request, "desk/stakeholder.html#people", context)
    return by_form(
        request,
        deal,
        form,
        "desk/stakeholder.html",
        lambda: add_stakeholder(deal, request.user, form.cleaned_data),
        context,
    )


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def part(request: Asked, key: UUID, contact: UUID) -> HttpResponse:
    """Change the part of somebody in the decision, or take it away."""
    deal = found(request, key)
    there = get_object_or_404(Stakeholder.objects.select_related("contact"), deal=deal, contact=contact)
    if request.method == "POST":
        return attempt(
            request,
            deal,
            lambda: deal.set_stakeholder(there.contact, request.POST.get("role", ""), request.user),
        )
    roles = [(role, role_name(role)) for role in deal.buying_roles()]
    return dialog(request, deal, "desk/part.html", {"there": there, "roles": roles})


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def answers(request: Asked, key: UUID, form: str) -> HttpResponse:
    """Answer the questions of BANT, of GPCT, or of the stage a deal is in."""
    if form not in (*FORMS, "map"):
        raise Http404
    deal = found(request, key)
    stage = request.GET.get("stage", "")
    lines = question_lines(deal, form, get_language() or "en", stage)
    if request.method == "POST":
        sent = [
            (line.key, request.POST[f"value-{line.key}"], request.POST.get(f"text-{line.key}", ""))
            for _, some in lines
            for line in some
            if f"value-{line.key}" in request.POST
        ]
        return attempt(request, deal, lambda: answer_all(deal, request.user, sent))
    context = {
        "parts": lines,
        "form_key": form,
        "values": answer_choices(ANSWERS),
        "only": request.GET.get("only", ""),
        "stage": stage,
    }
    return dialog(request, deal, "desk/answers.html", context)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def document(request: Asked, key: UUID) -> HttpResponse:
    """Put a document to a deal."""
    deal = found(request, key)
    form = DocumentForm(
        request.POST or None, request.FILES or None, deal=deal, kind=request.GET.get("kind", "")
    )
    return by_form(
        request,
        deal,
        form,
        "desk/document.html",
        lambda: add_document(deal, request.user, form.cleaned_data),
    )


@allow_all_roles
@require_GET
def file(request: Asked, key: UUID, document: UUID) -> HttpResponse:
    """Give the file of a document, to be saved and never to be shown as a page of ours."""
    deal = found(request, key)
    there = get_object_or_404(Document, deal=deal, pk=document)
    if not there.file or not default_storage.exists(there.file):
        raise Http404
    with default_storage.open(there.file) as stored:
        answer = HttpResponse(stored.read(), content_type=there.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, _file_name(there))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def items(request: Asked, key: UUID) -> HttpResponse:
    """Say what a deal is about, line by line."""
    deal = found(request, key)
    form = ItemsForm(request.POST or None, deal=deal, rows=_rows(request, "line"))
    return _by_rows(request, deal, form, "desk/items.html", lambda: _set_items(deal, request.user, form))


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def exchange(request: Asked, key: UUID) -> HttpResponse:
    """Say what is exchanged for what."""
    deal = found(request, key)
    form = ExchangeForm(request.POST or None, deal=deal, rows=_rows(request, "trade"))
    return _by_rows(
        request, deal, form, "desk/exchange.html", lambda: deal.trade(form.trades(), request.user)
    )


def _set_items(deal: Deal, by: User, form: ItemsForm) -> Done:
    return deal.set_items(form.lines(), by, is_amount=form.cleaned_data["is_amount"])


def _by_rows(request: Asked, deal: Deal, form: Form, template: str, act: Any) -> HttpResponse:
    """Answer a form of rows: `more` asks for rows and writes nothing."""
    if request.method == "POST" and "more" in request.POST:
        return dialog(request, deal, template, {"form": form}, REFUSED)
    try:
        return by_form(request, deal, form, template, act)
    except ValidationError as problem:
        form.add_error(None, problem)
        return dialog(request, deal, template, {"form": form}, REFUSED)


def _rows(request: Asked, prefix: str) -> int:
    """Give how many rows the form has; a few more where they are asked for."""
    sent = {name.split("-")[1] for name in request.POST if name.startswith(f"{prefix}-")}
    return len(sent) + (ROWS_MORE if "more" in request.POST else 0)


def _people(deal: Deal, user: User, wanted: str) -> QuerySet[Contact]:
    """Give the people of the buyer, or those of the address book who are found by what is wanted, as anywhere."""
    people = Contact.objects.visible_to(user).current().select_related("organization").order_by("sort_key")
    if not wanted.strip():
        return people.filter(organization=deal.organization)
    return Searched.objects.matching(people, wanted)


def _file_name(document: Document) -> str:
    end = PurePath(document.file).suffix
    return document.name if document.name.lower().endswith(end) else document.name + end
