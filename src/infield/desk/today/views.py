"""The page of the day, and taking over a lead from it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from infield.accounts.roles import who_may
from infield.accounts.rules import allow, allow_all_roles
from infield.desk.log.answers.views import answered
from infield.desk.today.queries import today_context
from infield.desk.views import Asked
from infield.people.models import Lead
from infield.people.refusals import Refusal
from infield.people.wording import refusal as people_refusal

REFUSED = 422


@allow_all_roles
@require_GET
def today(request: Asked) -> HttpResponse:
    return render(request, "desk/today.html", today_context(request.user, request.GET.dict()))


@allow(*who_may("people"))
@require_POST
def accept(request: Asked, key: UUID) -> HttpResponse:
    """Take a lead that was handed over."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=key)
    try:
        done = lead.accept(request.user)
    except Refusal as refused:
        return _not_done(request, refused)
    undo = reverse("desk:unaccept", args=[key, done.act]) if done.act else ""
    return answered(request, lead, _("It is yours now."), undo)


@allow(*who_may("people"))
@require_POST
def unaccept(request: Asked, key: UUID, event: UUID) -> HttpResponse:
    """Take back that it was accepted."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=key)
    try:
        lead.undo_event(event, request.user)
    except Refusal as refused:
        return _not_done(request, refused)
    return answered(request, lead, _("Undone."))


def _not_done(request: Asked, refused: Refusal) -> HttpResponse:
    frame = "desk/in_dialog.html" if request.htmx else "desk/in_page.html"
    context = {"sentence": people_refusal(refused), "frame": frame}
    return render(request, "desk/not_done.html", context, status=REFUSED)
