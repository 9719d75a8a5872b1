"""Logging what was done, with the next step in the same dialog; finishing, moving and dropping what is planned."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.roles import who_may
from infield.accounts.rules import allow
from infield.activities import actions
from infield.activities.following.actions import may_follow
from infield.activities.kinds import KINDS
from infield.activities.models import Activity, Enrolment
from infield.activities.said import Refusal
from infield.activities.telling.actions import About, about_of
from infield.activities.wording import done_words
from infield.activities.wording import refusal as sentence
from infield.deals.models import Deal
from infield.deals.refusals import Refusal as DealRefusal
from infield.deals.wording import refusal as deal_sentence
from infield.desk.log.answers.views import answered
from infield.desk.log.asking.views import about_context
from infield.desk.log.forms import LogForm, PlannedForm, ThenForm, WhenForm, moment
from infield.desk.log.queries import (
    ends_of,
    found,
    found_activity,
    found_enrolment,
    may_stay,
    people_of,
    picks,
    prefill,
    series_words,
    subject,
)
from infield.desk.objections.actions import note_objection
from infield.desk.objections.queries import objections_of
from infield.desk.views import Asked, sent
from infield.people.refusals import Refusal as PeopleRefusal
from infield.people.wording import refusal as people_refusal

REFUSED = 422
PEOPLE = who_may("people")
"""Roles that log and plan; on a deal only those that work on deals, as its own acts refuse the rest."""


@allow(*PEOPLE)
@require_http_methods(["GET", "POST"])
def log(request: Asked, key: UUID, kind: str) -> HttpResponse:
    """Log an activity with a deal, a lead or a contact."""
    about = seen(request, found(request.user, kind, key))
    enrolment = found_enrolment(about, request.GET.get("follow", ""))
    address = reverse(f"desk:log_{kind}", args=[key])
    return _log(request, address, about, None, enrolment)


@allow(*PEOPLE)
@require_http_methods(["GET", "POST"])
def finish(request: Asked, key: UUID) -> HttpResponse:
    """Log what was planned as done."""
    activity = _seen_activity(request, found_activity(request.user, key))
    about = about_of(activity)
    address = reverse("desk:finish", args=[key])
    return _log(request, address, about, activity, None)


@allow(*PEOPLE)
@require_http_methods(["GET", "POST"])
def next_step(request: Asked, key: UUID, kind: str) -> HttpResponse:
    """Say what comes next, without anything done."""
    about = seen(request, found(request.user, kind, key))
    form = ThenForm(sent(request), people=people_of(about), reasons=ends_of(about))
    address = reverse(f"desk:next_{kind}", args=[key])
    context = {"form": form, "address": address, **about_context(about)}
    if request.method == "GET" or not form.is_valid():
        return dialog(request, "desk/next.html", context, form)
    try:
        told = actions.set_step(about, form.then(), request.user)
    except REFUSALS as refused:
        return again(request, "desk/next.html", context, form, refused)
    undo = (
        reverse("desk:undo", args=[about.pk, told.event.pk]) if isinstance(about, Deal) and told.event else ""
    )
    return answered(request, about, _("Next step set."), undo)


@allow(*PEOPLE)
@require_http_methods(["GET", "POST"])
def plan(request: Asked) -> HttpResponse:
    """Put something of one's own into the calendar."""
    on = request.GET.get("on", "")
    form = PlannedForm(sent(request), initial={"on": on} if on else {})
    context = {"form": form, "address": reverse("desk:plan"), "picks": picks()}
    if request.method == "GET" or not form.is_valid():
        return dialog(request, "desk/plan.html", context, form)
    try:
        planned = form.plan()
        if planned is None:
            raise Refusal("next_step_missing")
        made = actions.plan(None, planned, request.user, rule=form.cleaned_data["rule"])
    except REFUSALS as refused:
        return again(request, "desk/plan.html", context, form, refused)
    return answered(
        request, None, _("Planned: {what}").format(what=made.what), reverse("desk:drop", args=[made.pk])
    )


@allow(*PEOPLE)
@require_http_methods(["GET", "POST"])
def move(request: Asked, key: UUID) -> HttpResponse:
    """Put what is planned on another day."""
    activity = _seen_activity(request, found_activity(request.user, key))
    form = WhenForm(sent(request), initial={"on": activity.due_on, "at": activity.due_at})
    context = {"form": form, "activity": activity, "address": reverse("desk:move_activity", args=[key])}
    context |= {"picks": picks(), "lock": activity.lock}
    if request.method == "GET" or not form.is_valid():
        return dialog(request, "desk/move_day.html", context, form)
    on = form.cleaned_data["on"]
    try:
        act = actions.move(activity, on, request.user, moment(on, form.cleaned_data["at"]))
    except REFUSALS as refused:
        return again(request, "desk/move_day.html", context, form, refused)
    undo = reverse("desk:undo_activity", args=[key, act])
    return answered(request, about_of(activity), _("Moved."), undo)


@allow(*PEOPLE)
@require_POST
def drop(request: Asked, key: UUID) -> HttpResponse:
    """Take something planned out of the calendar."""
    activity = _allowed(request, key)
    return _attempt(request, activity, partial(actions.drop, activity, request.user), _("Dropped."))


@allow(*PEOPLE)
@require_POST
def undo(request: Asked, key: UUID, act: UUID) -> HttpResponse:
    """Take back that something planned was moved or dropped."""
    activity = _allowed(request, key)
    return _attempt(request, activity, partial(actions.undo_plan, activity, act, request.user), _("Undone."))


@allow(*PEOPLE)
@require_POST
def take_back(request: Asked, key: UUID) -> HttpResponse:
    """Take back what was logged."""
    activity = _allowed(request, key)
    return _attempt(request, activity, partial(actions.take_back, activity, request.user), _("Undone."))


REFUSALS = (Refusal, DealRefusal, PeopleRefusal)


def said_of(refused: Exception) -> str:
    """Give the sentence of a refusal, whichever room it comes from."""
    if isinstance(refused, DealRefusal):
        return deal_sentence(refused)
    return people_refusal(refused) if isinstance(refused, PeopleRefusal) else sentence(refused)  # type: ignore[arg-type]


def _log(
    request: Asked, address: str, about: About | None, planned: Activity | None, enrolment: Enrolment | None
) -> HttpResponse:
    shown = subject(about) if about else None
    kind = planned.kind if planned else request.GET.get("kind", "")
    start: dict[str, Any] = {"kind": kind} if kind in KINDS else {}
    if planned and planned.contact_id:
        start["contact"] = planned.contact_id
    keeps = bool(shown and shown.planned and not shown.is_due and not (planned and planned.is_step))
    start["how"] = "keep" if keeps or about is None else "step"
    form = LogForm(
        sent(request),
        initial=start | prefill(enrolment),
        people=people_of(about),
        planned=shown.planned if shown and not (planned and planned.is_step) else "",
        reasons=ends_of(about),
        may_stay=may_stay(about),
        objections=objections_of(request.user, about),
    )
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "form": form,
        "address": address + query,
        "planned": planned,
        "series": series_words(enrolment),
    }
    context |= about_context(about) if about else {"picks": picks()}
    context |= {"lock": planned.lock} if planned else {}
    if request.method == "GET" or not form.is_valid():
        return dialog(request, "desk/log.html", context, form)
    what = planned.what if planned else shown.about.next_step if _ends_step(shown, form) else ""  # type: ignore[union-attr]
    try:
        with transaction.atomic():
            done = actions.log(
                about, form.said(what), form.then(), request.user, planned=planned, enrolment=enrolment
            )
            note_objection(about, form.cleaned_data.get("objection", ""), done, request.user)
    except REFUSALS as refused:
        return again(request, "desk/log.html", context, form, refused)
    text = _("Logged: {what}.").format(what=done_words(done.kind, done.outcome))
    return answered(request, about, text, reverse("desk:take_back", args=[done.pk]))


def _ends_step(shown: Any, form: LogForm) -> bool:
    """Tell whether what was done is the next step that was planned: then the log says it in its words."""
    return bool(shown and shown.kind == "deal" and shown.is_due and form.cleaned_data.get("how") != "keep")


def _allowed(request: Asked, key: UUID) -> Activity:
    activity = found_activity(request.user, key)
    if (about := about_of(activity)) is not None:
        may_follow(about, request.user)
    return activity


def _attempt(request: Asked, activity: Activity, act: Callable[[], Any], text: str) -> HttpResponse:
    about = about_of(activity)
    try:
        made = act()
    except REFUSALS as refused:
        return dialog(request, "desk/not_done.html", {"sentence": said_of(refused)}, status=REFUSED)
    undo = reverse("desk:undo_activity", args=[activity.pk, made]) if isinstance(made, UUID) else ""
    return answered(request, about, text, undo)


def seen(request: Asked, about: About) -> About:
    """Give it in the state that the person saw; PermissionDenied for who sends and may not."""
    if request.method == "POST":
        may_follow(about, request.user)
    about.lock = _lock(request, about.lock)
    return about


def _seen_activity(request: Asked, activity: Activity) -> Activity:
    if request.method == "POST" and (about := about_of(activity)) is not None:
        may_follow(about, request.user)
    activity.lock = _lock(request, activity.lock)
    return activity


def _lock(request: Asked, now: int) -> int:
    """Give the state that the person saw, as their form says."""
    seen = request.POST.get("lock", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else now


def again(
    request: Asked, template: str, context: dict[str, Any], form: Any, refused: Exception
) -> HttpResponse:
    """Show the form once more with what is wrong; what was typed stays, also where somebody was faster."""
    form.add_error(None, said_of(refused))
    if getattr(refused, "code", "") == "stale" and "subject" in context:
        fresh = type(context["subject"].about)._default_manager.get(pk=context["subject"].about.pk)
        context |= {"lock": fresh.lock}
    return dialog(request, template, context, form)


def dialog(
    request: Asked, template: str, context: dict[str, Any], form: Any = None, status: int | None = None
) -> HttpResponse:
    refused = REFUSED if form is not None and form.is_bound else 200
    base = {
        "frame": "desk/in_dialog.html" if request.htmx else "desk/in_page.html",
        "rail_here": "desk:today",
        "kinds": {kind.key: kind.icon for kind in KINDS.values()},
    }
    return render(request, template, base | context, status=status or refused)
