"""Import: files in, a dry run, then history or deals to work on; progress, result, and the way back."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from infield.accounts.roles import who_may
from infield.accounts.rules import SignedRequest, allow
from infield.desk.imports import queries
from infield.desk.imports.forms import ChoiceForm, ColumnsForm, StagesForm
from infield.desk.imports.people.forms import PeopleColumnsForm, chosen_rows, columns_form
from infield.desk.imports.people.queries import people_context
from infield.desk.imports.wording import KIND_NAMES, stages_corrected
from infield.desk.map.queries import maps_in_use
from infield.imports import actions, tasks
from infield.imports.models import Import
from infield.imports.people import actions as people
from infield.imports.people.doubles.actions import choose_rows
from infield.imports.rejected_csv import rejected_csv
from infield.imports.state.actions import Refused, try_again
from infield.imports.undoing import actions as undoing
from infield.imports.wording import refused
from infield.web.ids import to_text

SHOWN = 50
STILL = timedelta(seconds=30)
"""A job that has said nothing for so long can be begun again."""


@allow(*who_may("imports"), "reader")
@require_safe
def imports(request: SignedRequest) -> HttpResponse:
    return _list(request)


@allow(*who_may("imports"))
@require_POST
def begin(request: SignedRequest) -> HttpResponse:
    """Take the files and begin to read them."""
    try:
        imported = actions.begin(list(request.FILES.getlist("files")), request.user, kind=_kind(request))
    except Refused as refusal:
        return _list(request, problem=refusal, status=422)
    tasks.look.enqueue(str(imported.pk))
    return redirect("desk:import_one", imported.pk)


@allow(*who_may("imports"), "reader")
@require_safe
def one(request: SignedRequest, pk: UUID) -> HttpResponse:
    imported = _found(request, pk)
    return _page(request, imported)


@allow(*who_may("imports"), "reader")
@require_safe
def progress(request: SignedRequest, pk: UUID) -> HttpResponse:
    """How far the job is; when it has ended the page is loaded anew."""
    imported = _found(request, pk)
    if not imported.is_running:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {
        "imported": imported,
        "stands_still": _still(imported),
        "may_import": request.user.may("imports"),
    }
    return render(request, "desk/import_progress.html", context)


@allow(*who_may("imports"))
@require_POST
def again(request: SignedRequest, pk: UUID) -> HttpResponse:
    """Read once more with what was said about the columns."""
    imported = _found(request, pk)
    form = columns_form(imported, request.POST)
    if not form.is_valid():
        return _page(request, imported, columns=form, status=422)
    try:
        actions.read_again(imported, form.given())
    except Refused as refusal:
        return _page(request, imported, problem=refusal, status=422)
    tasks.look.enqueue(str(imported.pk))
    return redirect("desk:import_one", imported.pk)


@allow(*who_may("imports"))
@require_POST
def doubles(request: SignedRequest, pk: UUID) -> HttpResponse:
    """Keep what is chosen for rows of their own, and say for how many it is."""
    imported = _found(request, pk)
    try:
        alone = choose_rows(imported, chosen_rows(request.POST))
    except Refused as refusal:
        return _page(request, imported, problem=refusal, status=422)
    return render(request, "desk/import_alone.html", {"alone": alone})


@allow(*who_may("imports"))
@require_POST
def load(request: SignedRequest, pk: UUID) -> HttpResponse:
    """Load what was read."""
    imported, maps = _found(request, pk), maps_in_use()
    if imported.is_of_people:
        return _load_people(request, imported)
    if not maps or imported.state != "read":
        return _page(request, imported, problem=Refused("not_now"), status=422)
    form = ChoiceForm(imported, maps, request.user, request.POST)
    if not form.is_valid():
        return _page(request, imported, choice=form, status=422)
    try:
        actions.choose(
            imported,
            form.chosen_version(),
            working=form.cleaned_data["purpose"] == "work",
            stages=form.stages(),
            owners=form.owners(),
            origin=form.cleaned_data["origin"],
        )
    except Refused as refusal:
        return _page(request, imported, choice=form, problem=refusal, status=422)
    tasks.load.enqueue(str(imported.pk))
    return redirect("desk:import_one", imported.pk)


@allow(*who_may("imports"))
@require_POST
def resume(request: SignedRequest, pk: UUID) -> HttpResponse:
    """Begin a job again that stands still; it goes on where it was."""
    imported = _found(request, pk)
    if _still(imported):
        try_again(imported)
        (tasks.look if imported.state == "reading" else tasks.load).enqueue(str(imported.pk))
        Import.objects.filter(pk=imported.pk).update(moved_at=now())
    return redirect("desk:import_one", imported.pk)


@allow(*who_may("imports"))
@require_POST
def stages(request: SignedRequest, pk: UUID) -> HttpResponse:
    """Say anew which stage each name found means."""
    imported = _found(request, pk)
    if imported.state != "done" or imported.version is None:
        return _page(request, imported, problem=Refused("not_now"), status=422)
    form = StagesForm(imported, request.POST)
    if not form.is_valid():
        return _page(request, imported, corrected=form, status=422)
    try:
        moved = actions.correct_stages(imported, form.stages())
    except Refused as refusal:
        return _page(request, imported, corrected=form, problem=refusal, status=422)
    messages.success(request, stages_corrected(moved))
    return redirect("desk:import_one", imported.pk)


@allow(*who_may("imports"))
@require_POST
def undo(request: SignedRequest, pk: UUID) -> HttpResponse:
    imported = _found(request, pk)
    try:
        tasks.steps_of(imported).undo(imported, request.user)
    except Refused as refusal:
        return _page(request, imported, problem=refusal, status=422)
    messages.success(request, _("Undone: nothing of this import counts any more."))
    return redirect("desk:import_one", imported.pk)


@allow(*who_may("imports"))
@require_POST
def drop(request: SignedRequest, pk: UUID) -> HttpResponse:
    imported = _found(request, pk)
    try:
        undoing.drop(imported)
    except Refused as refusal:
        return _page(request, imported, problem=refusal, status=422)
    messages.success(request, _("Discarded. Nothing was loaded."))
    return redirect("desk:import")


@allow(*who_may("imports"), "reader")
@require_safe
def rejected(request: SignedRequest, pk: UUID) -> HttpResponse:
    """The rejected rows as a file."""
    imported = _found(request, pk)
    rows = queries.rejected_of(imported, _language())
    text = rejected_csv((_("File"), _("Row"), _("Reason")), rows)
    name = _("rejected rows {id}.csv").format(id=to_text(imported.pk)[-6:])
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _load_people(request: SignedRequest, imported: Import) -> HttpResponse:
    """Load the rows of an import of organizations, contacts or leads."""
    try:
        choose_rows(imported, chosen_rows(request.POST))
        people.choose(imported, request.POST.get("doubles", ""))
    except Refused as refusal:
        return _page(request, imported, problem=refusal, status=422)
    tasks.load.enqueue(str(imported.pk))
    return redirect("desk:import_one", imported.pk)


def _kind(request: SignedRequest) -> str:
    given = request.POST.get("kind", "") or request.GET.get("kind", "")
    return given if given in KIND_NAMES else "history"


def _list(request: SignedRequest, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    shown = Import.objects.visible_to(request.user).select_related("by").defer("rejected", "account")
    context = {
        "imports": [(one, KIND_NAMES[one.kind]) for one in shown.order_by("-begun_at")[:SHOWN]],
        "problem": refused(problem.code, problem.params) if problem else "",
        "has_map": bool(maps_in_use()),
        "may_import": request.user.may("imports"),
        "kinds": KIND_NAMES.items(),
        "chosen": _kind(request),
        "rail_here": "desk:import",
    }
    return render(request, "desk/imports.html", context, status=status)


def _page(
    request: SignedRequest,
    imported: Import,
    *,
    columns: ColumnsForm | PeopleColumnsForm | None = None,
    choice: ChoiceForm | None = None,
    corrected: StagesForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    language, maps = _language(), maps_in_use()
    can_read_again = imported.state in ("read", "unreadable") and imported.columns
    context = {
        "imported": imported,
        "may_import": request.user.may("imports"),
        "problem": refused(problem.code, problem.params) if problem else "",
        "refusal": queries.refusal_of(imported),
        "columns": columns or (columns_form(imported) if can_read_again else None),
        "rejected": queries.rejected_of(imported, language, queries.SHOWN_REJECTED),
        "stands_still": _still(imported),
        "rail_here": "desk:import",
    }
    if imported.is_of_people:
        context |= people_context(imported, request.user, _number(request))
        return render(request, "desk/import_people.html", context, status=status)
    context |= {
        "guesses": queries.guesses_of(imported),
        "findings": queries.findings_of(imported),
        "left_out": queries.left_out_of(imported, language),
        "choice": choice or _choice(request, imported, maps),
        "corrected": corrected or _corrected(imported),
        "kept": queries.kept_deals(imported, request.user) if imported.kept else [],
        "has_map": bool(maps),
    }
    return render(request, "desk/import.html", context, status=status)


def _choice(request: SignedRequest, imported: Import, maps: list) -> ChoiceForm | None:  # type: ignore[type-arg]
    if imported.state != "read" or not maps or not imported.totals.get("deals"):
        return None
    return ChoiceForm(imported, maps, request.user)


def _corrected(imported: Import) -> StagesForm | None:
    if imported.state != "done" or imported.version is None or not imported.stages:
        return None
    return StagesForm(imported)


def _found(request: SignedRequest, pk: UUID) -> Import:
    imported: Import = get_object_or_404(
        Import.objects.visible_to(request.user).select_related("by", "undone_by", "version"), pk=pk
    )
    return imported


def _number(request: SignedRequest) -> int:
    """Give which page of doubles is asked for."""
    given = request.GET.get("doubles", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 1


def _still(imported: Import) -> bool:
    return imported.is_running and (bool(imported.failure) or now() - imported.moved_at > STILL)


def _language() -> str:
    return (get_language() or "en").split("-")[0]
