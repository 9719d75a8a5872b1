"""The panel of follow-ups, and beginning and stopping a series from it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from infield.accounts.roles import who_may
from infield.accounts.rules import allow, allow_all_roles
from infield.activities.actions import owner_of_follow_ups
from infield.activities.following import actions
from infield.activities.models import Cadence, Enrolment
from infield.activities.said import Refusal
from infield.activities.telling.actions import About
from infield.activities.wording import refusal
from infield.desk.following.queries import panel_context
from infield.desk.log.answers.views import answered
from infield.desk.log.queries import found
from infield.desk.views import Asked
from infield.web.ids import from_text

REFUSED = 422
PEOPLE = who_may("people")


@allow_all_roles
@require_GET
def panel(request: Asked, key: UUID, kind: str) -> HttpResponse:
    """Show the panel; without htmx, as a page of its own."""
    about = found(request.user, kind, key)
    template = "desk/following.html#panel" if request.htmx else "desk/following.html"
    return render(request, template, panel_context(request.user, about) | {"subject": about})


@allow(*PEOPLE)
@require_POST
def enrol(request: Asked, key: UUID, kind: str) -> HttpResponse:
    """Begin a series; the one who opened the relation follows up, where nobody says otherwise."""
    about = found(request.user, kind, key)
    actions.may_follow(about, request.user)
    chosen = _key(request.POST.get("cadence", ""))
    cadence = Cadence.objects.filter(pk=chosen).first() if chosen else None
    try:
        if cadence is None:
            raise Refusal("unknown_series")
        made = actions.enrol(about, cadence, request.user, owner_of_follow_ups(about, request.user))
    except Refusal as refused:
        return _not_done(request, refused)
    undo = reverse("desk:stop_series", args=[made.pk]) + "?because=wrong"
    return answered(request, about, _("The cadence {name} begins.").format(name=cadence.name), undo)


@allow(*PEOPLE)
@require_POST
def stop(request: Asked, key: UUID) -> HttpResponse:
    enrolment, about = _enrolment(request, key)
    because = "wrong" if request.GET.get("because") == "wrong" else "by_hand"
    try:
        actions.stop(enrolment, request.user, because)
    except Refusal as refused:
        return _not_done(request, refused)
    return answered(request, about, _("The cadence is stopped."), reverse("desk:resume_series", args=[key]))


@allow(*PEOPLE)
@require_POST
def resume(request: Asked, key: UUID) -> HttpResponse:
    enrolment, about = _enrolment(request, key)
    try:
        actions.resume(enrolment, request.user)
    except Refusal as refused:
        return _not_done(request, refused)
    return answered(request, about, _("The cadence goes on."), reverse("desk:stop_series", args=[key]))


def _enrolment(request: Asked, key: UUID) -> tuple[Enrolment, About]:
    """Give a series and whom it follows up; 404 for who may not see them."""
    enrolment = get_object_or_404(Enrolment.objects.select_related("cadence"), pk=key)
    about = found(request.user, enrolment.about._meta.model_name or "", enrolment.about.pk)
    actions.may_follow(about, request.user)
    return enrolment, about


def _key(text: str) -> UUID | None:
    try:
        return from_text(text)
    except ValueError:
        return None


def _not_done(request: Asked, refused: Refusal) -> HttpResponse:
    frame = "desk/in_dialog.html" if request.htmx else "desk/in_page.html"
    return render(
        request, "desk/not_done.html", {"sentence": refusal(refused), "frame": frame}, status=REFUSED
    )
