"""The page on which a company makes fields of its own."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.models import User
from infield.accounts.roles import who_may
from infield.accounts.rules import SignedRequest, allow
from infield.fields.actions import add_field, archive_field, change_field, move_up, restore_field
from infield.fields.filled import Unfit
from infield.fields.forms import FieldForm, NewFieldForm, problem
from infield.fields.models import Field
from infield.fields.wording import KINDS, TYPES, done

REFUSED = 422
SETTERS = who_may("settings")


@allow(*SETTERS)
@require_GET
def overview(request: SignedRequest) -> HttpResponse:
    found = list(Field.objects.order_by("place", "id"))
    sections = [
        (
            kind,
            name,
            [(one, TYPES[one.type]) for one in found if one.object_kind == kind and not one.archived_at],
        )
        for kind, name in KINDS.items()
    ]
    away = [(one, KINDS[one.object_kind]) for one in found if one.archived_at]
    return render(request, "fields/overview.html", {"sections": sections, "away": away})


@allow(*SETTERS)
@require_http_methods(["GET", "POST"])
def add(request: SignedRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    form = NewFieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        try:
            field = add_field(
                kind,
                filled["label"],
                filled["type"],
                request.user,
                choices=filled["choices"].splitlines(),
                required=filled["required"],
            )
        except Unfit as unfit:
            problem(form, unfit)
        else:
            return _back(request, "added", field)
    status = REFUSED if request.method == "POST" else 200
    return render(
        request, "fields/add.html", {"form": form, "kind": kind, "kind_name": KINDS[kind]}, status=status
    )


@allow(*SETTERS)
@require_http_methods(["GET", "POST"])
def change(request: SignedRequest, field: UUID) -> HttpResponse:
    found = get_object_or_404(Field, pk=field)
    form = FieldForm(request.POST or None, field=found)
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        try:
            change_field(
                found,
                request.user,
                label=filled["label"],
                required=filled["required"],
                renamed=form.renamed(),
                more=filled.get("more", "").splitlines(),
            )
        except Unfit as unfit:
            problem(form, unfit)
        else:
            return _back(request, "changed", found)
    status = REFUSED if request.method == "POST" else 200
    context = {
        "form": form,
        "field": found,
        "type_name": TYPES[found.type],
        "kind_name": KINDS[found.object_kind],
    }
    return render(request, "fields/change.html", context, status=status)


@allow(*SETTERS)
@require_POST
def up(request: SignedRequest, field: UUID) -> HttpResponse:
    return _do(request, field, move_up, "moved")


@allow(*SETTERS)
@require_POST
def archive(request: SignedRequest, field: UUID) -> HttpResponse:
    return _do(request, field, archive_field, "archived")


@allow(*SETTERS)
@require_POST
def restore(request: SignedRequest, field: UUID) -> HttpResponse:
    return _do(request, field, restore_field, "restored")


def _do(request: SignedRequest, field: UUID, act: Callable[[Field, User], None], what: str) -> HttpResponse:
    found = get_object_or_404(Field, pk=field)
    act(found, request.user)
    return _back(request, what, found)


def _back(request: SignedRequest, what: str, field: Field) -> HttpResponse:
    messages.success(request, done(what, field.label))
    return redirect("fields:overview")
