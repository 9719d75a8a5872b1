"""The playbook by stage: read by everybody, changed by whose role may."""

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infield.accounts.roles import who_may
from infield.accounts.rules import allow, allow_all_roles
from infield.deals.refusals import Refusal
from infield.playbook.actions import undo as undo_act
from infield.playbook.guidance import Piece, pieces
from infield.playbook.models import Material
from infield.playbook.stages.actions import (
    Place,
    add_material,
    change_material,
    hide,
    hide_material,
    restore,
    write,
)
from infield.playbook.stages.forms import MaterialForm, NewMaterialForm, NewPieceForm, PieceForm
from infield.playbook.stages.queries import changes_of, materials_of, overdue, topics
from infield.playbook.views import REFUSED, Asked, answer, dialog, language
from infield.playbook.wording import LEVEL_NAMES, TOPIC_NAMES, refusal
from infield.process.models import Process
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Stage
from infield.web.ids import from_text, to_text

GUIDE = "playbook/stages.html#guide"


@dataclass(frozen=True, slots=True)
class Looked:
    """The process and stage that somebody looks at."""

    process: Process
    mapped: ProcessMap
    stage: Stage

    @property
    def query(self) -> str:
        return f"?process={to_text(self.process.pk)}&stage={self.stage.key}"

    @property
    def address(self) -> str:
        return reverse("playbook:stages") + self.query


@allow_all_roles
@require_safe
def stages(request: Asked) -> HttpResponse:
    """Show the guidance of a stage, the first where none is named."""
    if not Process.objects.exists():
        return render(request, "playbook/no_map.html", {"rail_here": "playbook:stages"})
    return render(request, "playbook/stages.html", _context(request, _looked(request.GET)))


@allow(*who_may("playbook"))
@require_http_methods(["GET", "POST"])
def piece(request: Asked) -> HttpResponse:
    """Reword a piece, in the language the editor reads."""
    looked = _looked(request.GET)
    said = _said(request, looked)
    form = PieceForm(
        request.POST or None,
        is_question=said.topic == "question",
        initial={"name": said.name, "text": said.text},
    )
    context = {"form": form, "looked": looked, "said": said, "topic": TOPIC_NAMES[said.topic]}
    if not form.is_valid():
        return dialog(request, "playbook/piece.html", context, REFUSED if form.is_bound else 200)
    place = Place(looked.process, looked.stage.key, said.topic, said.key)
    try:
        act = write(place, request.user, language(), form.cleaned_data["text"], form.name_given)
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return dialog(request, "playbook/piece.html", context, REFUSED)
    return _changed(request, looked, "written", act)


@allow(*who_may("playbook"))
@require_http_methods(["GET", "POST"])
def new_piece(request: Asked) -> HttpResponse:
    """Add a question or a piece of advice."""
    looked = _looked(request.GET)
    form = NewPieceForm(request.POST or None, initial={"level": looked.stage.funnel_level or "top"})
    context = {"form": form, "looked": looked}
    if not form.is_valid():
        return dialog(request, "playbook/new_piece.html", context, REFUSED if form.is_bound else 200)
    filled = form.cleaned_data
    place = Place(looked.process, looked.stage.key, filled["topic"])
    level = filled["level"] if filled["topic"] == "question" else ""
    try:
        act = write(place, request.user, language(), filled["text"], form.name_given, level)
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return dialog(request, "playbook/new_piece.html", context, REFUSED)
    return _changed(request, looked, "added", act)


@allow(*who_may("playbook"))
@require_POST
def turn(request: Asked) -> HttpResponse:
    """Hide a piece, show it again, or restore the words it came with."""
    looked = _looked(request.GET)
    said = _said(request, looked)
    place = Place(looked.process, looked.stage.key, said.topic, said.key)
    match request.POST.get("do", ""):
        case "hide":
            return _changed(request, looked, "hidden", hide(place, request.user))
        case "show":
            return _changed(request, looked, "shown", hide(place, request.user, is_hidden=False))
        case "restore" if said.source != "team":
            return _changed(request, looked, "restored", restore(place, request.user))
    raise Http404


@allow(*who_may("playbook"))
@require_http_methods(["GET", "POST"])
def new_material(request: Asked) -> HttpResponse:
    looked = _looked(request.GET)
    form = NewMaterialForm(request.POST or None, request.FILES or None)
    context = {"form": form, "looked": looked}
    if not form.is_valid():
        return dialog(request, "playbook/material.html", context, REFUSED if form.is_bound else 200)
    filled = form.cleaned_data
    try:
        act = add_material(
            looked.process,
            looked.stage.key,
            request.user,
            name=filled["name"],
            address=filled["address"],
            file=filled["file"],
            review_on=filled["review_on"],
        )
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return dialog(request, "playbook/material.html", context, REFUSED)
    return _changed(request, looked, "added", act)


@allow(*who_may("playbook"))
@require_http_methods(["GET", "POST"])
def material(request: Asked, key: UUID) -> HttpResponse:
    """Rename a material, say when it is looked at again, or put it away."""
    row = get_object_or_404(Material.objects.filter(hidden_at=None).select_related("process"), pk=key)
    looked = _of(row.process, row.stage)
    if request.POST.get("do") == "put_away":
        return _changed(request, looked, "put_away", hide_material(row, request.user))
    form = MaterialForm(request.POST or None, initial={"name": row.name, "review_on": row.review_on})
    context = {"form": form, "looked": looked, "material": row}
    if not form.is_valid():
        return dialog(request, "playbook/material.html", context, REFUSED if form.is_bound else 200)
    act = change_material(
        row, request.user, name=form.cleaned_data["name"], review_on=form.cleaned_data["review_on"]
    )
    return _changed(request, looked, "written", act)


@allow_all_roles
@require_safe
def material_file(_request: Asked, key: UUID) -> HttpResponse:
    """Give the file, to be saved: never shown by us, whatever is in it."""
    row = get_object_or_404(Material.objects.filter(hidden_at=None).exclude(file=""), pk=key)
    try:
        with row.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    name = row.name + PurePath(row.file.name or "").suffix
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@allow(*who_may("playbook"))
@require_POST
def undo(request: Asked, key: UUID) -> HttpResponse:
    """Take back what was changed in the playbook."""
    try:
        row = undo_act(key, request.user)
    except Refusal as refused:
        if refused.code == "cannot_undo":
            raise Http404 from None
        return dialog(request, "playbook/refused.html", {"sentence": refusal(refused)}, REFUSED)
    process, stage = getattr(row, "process", None), getattr(row, "stage", "")
    if process is None:
        return answer(request, "undone", reverse("playbook:library"), "playbook/reload.html", {})
    return _changed(request, _of(process, stage), "undone", None)


def _looked(asked: Any) -> Looked:
    """Take the address at its word; 404 for a process or stage that is not there."""
    process = Process.objects.order_by("created_at", "pk")
    if wished := asked.get("process", ""):
        try:
            process = process.filter(pk=from_text(wished))
        except ValueError:
            raise Http404 from None
    found = process.first()
    if found is None:
        raise Http404
    return _of(found, asked.get("stage", ""))


def _of(process: Process, stage: str) -> Looked:
    mapped = process.current().map()
    keys = {one.key: one for one in mapped.stages}
    if stage and stage not in keys:
        raise Http404
    return Looked(process, mapped, keys.get(stage, mapped.stages[0]))


def _said(request: Asked, looked: Looked) -> Piece:
    wished = (request.GET.get("topic", ""), request.GET.get("key", ""))
    for one in _pieces(looked):
        if (one.topic, one.key) == wished:
            return one
    raise Http404


def _pieces(looked: Looked) -> tuple[Piece, ...]:
    return pieces(looked.stage, looked.mapped, language(), changes_of(looked.process.pk, looked.stage.key))


def _context(request: Asked, looked: Looked) -> dict[str, Any]:
    late = overdue(looked.process.pk, localdate())
    named = [(one, in_language(one.name, language(), looked.mapped.language)) for one in looked.mapped.stages]
    processes = list(Process.objects.order_by("created_at", "pk"))
    return {
        "looked": looked,
        "name": next(name for one, name in named if one is looked.stage),
        "levels": LEVEL_NAMES,
        "stages": [
            (replace(looked, stage=one), name, late.get(one.key, 0), one is looked.stage)
            for one, name in named
        ],
        "processes": [(to_text(one.pk), one.name, one == looked.process) for one in processes],
        "topics": topics(_pieces(looked)),
        "materials": materials_of(looked.process.pk, looked.stage.key, localdate()),
        "may_change": request.user.may("playbook"),
        "rail_here": "playbook:stages",
        "sources": {"map": _("from the map"), "shipped": "", "team": _("the team's own")},
        "here": "stages",
    }


def _changed(request: Asked, looked: Looked, what: str, act: UUID | None) -> HttpResponse:
    return answer(request, what, looked.address, GUIDE, _context(request, looked), act)
