"""The follow-up cadence that a team has: written, changed, put away and taken out again."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.roles import who_may
from infield.accounts.rules import allow, allow_all_roles
from infield.activities.following.writing.actions import archive, restore, write
from infield.activities.models import Cadence
from infield.activities.said import Refusal
from infield.activities.wording import KINDS, choices, refusal
from infield.desk.cadences.forms import CadenceForm
from infield.desk.views import Asked, sent

REFUSED = 422
WRITERS = who_may("playbook")


@allow_all_roles
@require_GET
def cadences(request: Asked) -> HttpResponse:
    running = Count("enrolments", filter=Q(enrolments__stopped_at=None))
    rows = Cadence.objects.annotate(running=running).prefetch_related("steps").order_by("after_sale", "name")
    context = {
        "cadences": [row for row in rows if row.archived_at is None],
        "away": [row for row in rows if row.archived_at],
        "kinds": dict(choices(KINDS)),
        "can_write": request.user.may("playbook"),
    }
    return render(request, "desk/cadences.html", context)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    return _form(request, None)


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def edit(request: Asked, key: UUID) -> HttpResponse:
    return _form(request, get_object_or_404(Cadence, pk=key))


@allow(*WRITERS)
@require_POST
def put_away(request: Asked, key: UUID) -> HttpResponse:
    """Put a series away: those in it go on, nobody new begins."""
    cadence = get_object_or_404(Cadence, pk=key)
    archive(cadence, request.user)
    messages.success(request, _("{name} is put away. Those in it go on.").format(name=cadence.name))
    return redirect("desk:cadences")


@allow(*WRITERS)
@require_POST
def take_out(request: Asked, key: UUID) -> HttpResponse:
    cadence = get_object_or_404(Cadence, pk=key)
    restore(cadence, request.user)
    messages.success(request, _("{name} is in use again.").format(name=cadence.name))
    return redirect("desk:cadences")


def _form(request: Asked, cadence: Cadence | None) -> HttpResponse:
    form = CadenceForm(sent(request), cadence=cadence)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            made = write(cadence, said["name"], said["after_sale"], form.steps(), request.user)
        except Refusal as refused:
            form.add_error(None, refusal(refused))
        else:
            messages.success(request, _("{name} is saved.").format(name=made.name))
            return redirect("desk:cadences")
    context = {"form": form, "cadence": cadence}
    return render(request, "desk/cadence.html", context, status=REFUSED if form.is_bound else 200)
