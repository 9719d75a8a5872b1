"""The calendar, and putting next steps on another day from it."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from infield.accounts.roles import who_may
from infield.accounts.rules import allow, allow_all_roles
from infield.activities import actions
from infield.activities.said import Plan, Refusal, Then
from infield.deals.models import Deal
from infield.desk.calendar.queries import calendar_context
from infield.desk.log.answers.views import answered
from infield.desk.log.forms import WhenForm
from infield.desk.log.queries import found, picks, subject
from infield.desk.log.views import REFUSALS, again, dialog, seen
from infield.desk.views import Asked, sent
from infield.people.models import Contact


@allow_all_roles
@require_GET
def calendar(request: Asked) -> HttpResponse:
    return render(request, "desk/calendar.html", calendar_context(request.user, request.GET.dict()))


@allow(*who_may("people"))
@require_http_methods(["GET", "POST"])
def move(request: Asked, key: UUID, kind: str) -> HttpResponse:
    """Put the next step of a deal or a contact on another day."""
    about = seen(request, found(request.user, kind, key))
    assert isinstance(about, Deal | Contact)  # noqa: S101  (the addresses name no other)
    form = WhenForm(sent(request), initial={"on": about.next_step_on})
    del form.fields["at"]
    context = {"form": form, "address": reverse(f"desk:move_{kind}", args=[key]), "lock": about.lock}
    context |= {"picks": picks(), "subject": subject(about)}
    if request.method == "GET" or not form.is_valid():
        return dialog(request, "desk/move_day.html", context, form)
    try:
        if not about.next_step:
            raise Refusal("not_planned")
        told = actions.set_step(about, _then(about, form), request.user)
    except REFUSALS as refused:
        return again(request, "desk/move_day.html", context, form, refused)
    undo = (
        reverse("desk:undo", args=[about.pk, told.event.pk]) if isinstance(about, Deal) and told.event else ""
    )
    return answered(request, about, _("Moved."), undo)


def _then(about: Deal | Contact, form: WhenForm) -> Then:
    """Give the same next step on the day that was chosen."""
    plan = Plan(what=about.next_step, on=form.cleaned_data["on"])
    if isinstance(about, Deal):
        plan = replace(
            plan,
            kind=about.next_activity or "task",
            selling=about.next_selling,
            expected=about.next_expected,
            contact=about.next_person_id,
        )
    return Then(how="step", plan=plan)
