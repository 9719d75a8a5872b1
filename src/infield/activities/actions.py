"""What one does with activities: log one with its next step, plan, move, drop, and take each back."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.activities.following import actions as following
from infield.activities.models import Activity, ActivityQuerySet, Enrolment, Reminder
from infield.activities.repeating import RULES, next_day
from infield.activities.said import Plan, Refusal, Said, Then
from infield.activities.telling.actions import About, Told, about_of, plan_of, take_back_told, tell, tell_plan
from infield.deals.models import Deal, Done
from infield.history.actions import note_changes
from infield.history.models import Change
from infield.people.models import Contact, Lead
from infield.playbook.talks.actions import undo_objection

MORNING = time(8)
"""When a word is given of what has a day but no time."""


def log(
    about: About | None,
    said: Said,
    then: Then,
    by: User,
    *,
    planned: Activity | None = None,
    enrolment: Enrolment | None = None,
) -> Activity:
    """Note what was done with a deal, a lead, a contact or nobody, and what comes next, in one transaction.

    `planned`: the planned activity that this finishes; `enrolment`: the series it is the due follow-up of.
    PermissionDenied: `by` may not. Refusals of said.py, of deals and of people; next_step_missing where a talk
    leaves nothing planned.
    """
    may_write(by)
    now = datetime.now(UTC)
    said.check(now)
    then.check(now.astimezone(by.tzinfo).date())
    _refuse_open(about, said, then)
    with transaction.atomic():
        told = tell(about, said, then, by)
        row = _write(planned or _finished_step(about, said, then), about, said, told, by)
        row.enrolment, row.place = enrolment, enrolment.place if enrolment else None
        row.lock += 1
        row.save()
        _settle_steps(about, row, then)
        if then.how in {"step", "park"} and about is not None:
            _keep_step(about, then, by, row)
        if row.rule:
            _repeat(row, by)
        following.go_on(about, row, by)
        following.answered(about)
    return row


def set_step(about: About, then: Then, by: User) -> Told:
    """Say what comes next without anything done: a step, parked, or the end. Refusals as `log`."""
    may_write(by)
    then.check(datetime.now(by.tzinfo).date())
    with transaction.atomic():
        told = tell_plan(about, then, by)
        _settle_steps(about, None, then)
        if then.how in {"step", "park"}:
            _keep_step(about, then, by, None)
    return told


def plan(about: About | None, what: Plan, by: User, *, owner: User | None = None, rule: str = "") -> Activity:
    """Put into the calendar what is not the next step of a deal or a lead. Refusal: see Plan; unknown_rule."""
    may_write(by)
    what.check(datetime.now(by.tzinfo).date())
    if rule and rule not in RULES:
        raise Refusal("unknown_rule")
    with transaction.atomic():
        row = _planned(about, what, owner or by, by)
        row.rule = rule
        row.save(force_insert=True)
        _remind(row, what)
        note_changes(row, by, {"created": (None, row.due_on.isoformat() if row.due_on else None)})
    return row


def move(activity: Activity, on: date, by: User, at: datetime | None = None) -> UUID:
    """Put a planned one on another day, at the same time of day unless `at` says one; give the act to undo by.

    Refusal: not_planned, stale.
    """
    with transaction.atomic():
        _take_open(activity, by)
        before = _when(activity)
        if at is None and activity.due_at:
            local = activity.due_at.astimezone(activity.owner.tzinfo)
            at = datetime.combine(on, local.time(), activity.owner.tzinfo)
        shift = at - activity.due_at if at and activity.due_at else on - (activity.due_on or on)
        activity.due_on, activity.due_at = on, at
        _save(activity, "due_on", "due_at")
        for reminder in activity.reminders.all():
            reminder.at, reminder.mailed_at, reminder.seen_at = reminder.at + shift, None, None
            reminder.save()
        return _note(activity, by, before)


def drop(activity: Activity, by: User) -> UUID:
    """Say that a planned one will not be done; give the act to undo by. Refusal: not_planned, stale."""
    with transaction.atomic():
        _take_open(activity, by)
        activity.dropped_at = datetime.now(UTC)
        _save(activity, "dropped_at")
        return note_changes(activity, by, {"dropped": (None, activity.dropped_at.isoformat())})


def undo_plan(activity: Activity, act: UUID, by: User) -> None:
    """Take back a move, a drop or the planning itself. Refusal: cannot_undo, not_latest."""
    with transaction.atomic():
        _take(activity, by)
        changes = {one.field: one for one in Change.objects.filter(act=act, object_id=activity.pk)}
        if not changes or Change.objects.filter(undoes=act).exists() or activity.done_at:
            raise Refusal("cannot_undo")
        if "due_on" in changes and changes["due_on"].after != _plain(activity.due_on):
            raise Refusal("not_latest")
        before = {field: (change.after, change.before) for field, change in changes.items()}
        if "created" in changes:
            activity.dropped_at = datetime.now(UTC)
        if "dropped" in changes:
            activity.dropped_at = None
        if "due_on" in changes:
            activity.due_on = date.fromisoformat(str(changes["due_on"].before))
        if "due_at" in changes:
            at = changes["due_at"].before
            activity.due_at = datetime.fromisoformat(at) if at else None
        _save(activity, "due_on", "due_at", "dropped_at")
        note_changes(activity, by, before, undoes=act)


def take_back(activity: Activity, by: User) -> None:
    """Undo a logged activity with all that came with it: its event, the next step, the series, the answer.

    Refusal: not_done; those of deals and people, such as not_latest.
    """
    with transaction.atomic():
        _take(activity, by)
        if activity.done_at is None:
            raise Refusal("not_done")
        if activity.objection:
            undo_objection(activity.objection.deal, activity.objection.raised_id, by)
            activity.refresh_from_db()
        take_back_told(activity, by)
        following.back(activity)
        activity.planned.filter(done_at=None).delete()
        activity.dropped.update(dropped_at=None, dropped_by=None)
        about = about_of(activity)
        _undone(activity)
        following.answered(about)


def undo_of_deal(deal: Deal, event: UUID, by: User) -> Done:
    """Take back an act on a deal, with the activity that it was, and what stands in the calendar of its next step.

    Refusal: those of `Deal.undo`.
    """
    with transaction.atomic():
        activity = Activity.objects.done().filter(deal=deal, event=event).first()
        if activity is not None:
            take_back(activity, by)
            return Done("undone")
        done = deal.undo(event, by)
        _settle_rows(deal)
    return done


def _settle_rows(deal: Deal) -> None:
    """Let the calendar hold the row of the next step that the deal has now, and of no other."""
    rows = Activity.objects.filter(deal=deal, is_step=True, done_at=None)
    here = {"what": deal.next_step, "due_on": deal.next_step_on}
    rows.exclude(**here).filter(dropped_at=None).update(dropped_at=datetime.now(UTC))
    again = rows.filter(**here).order_by("-dropped_at", "-made_at").first() if deal.next_step else None
    if again is not None and not rows.filter(**here, dropped_at=None).exists():
        again.dropped_at, again.dropped_by = None, None
        _save(again, "dropped_at", "dropped_by")


def owner_of_follow_ups(about: About | None, by: User) -> User:
    """Give who follows up by default: whoever opened the relation, while they still work here."""
    contact = about if isinstance(about, Contact) else None
    opener = contact.opened_by if contact else about.owner if about else None
    return opener if opener and opener.active and opener.may("people") else by


def may_write(user: User) -> None:
    """PermissionDenied for whose role does not work on people, and who may no longer sign in."""
    if not user.may("people"):
        raise PermissionDenied


def _refuse_open(about: About | None, said: Said, then: Then) -> None:
    """A talk with a buyer ends with an agreed next step, or with a reason why there is none."""
    if about is None or then.how != "keep" or said.kind in {"task", "note"}:
        return
    if isinstance(about, Deal) and about.outcome is not None:
        return  # nothing is sold any more
    if not is_planned(about):
        raise Refusal("next_step_missing")


def is_planned(about: About) -> bool:
    """Tell whether something comes next with a deal, a lead or a contact."""
    if isinstance(about, Lead):
        return _steps_of(about).exists()
    is_ended = bool(about.no_contact_at if isinstance(about, Deal) else about.no_contact_because)
    return is_ended or about.next_step_on is not None


def _steps_of(about: About) -> ActivityQuerySet:
    return Activity.objects.steps().filter(**{about._meta.model_name or "": about})


def _write(row: Activity, about: About | None, said: Said, told: Told, by: User) -> Activity:
    row.kind, row.what, row.notes = said.kind, said.what.strip() or row.what, said.notes.strip()
    row.done_at = said.at or (told.event.at if told.event else datetime.now(UTC))
    row.minutes = said.minutes or row.minutes
    row.outcome, row.mood, row.signals = said.outcome, said.mood, list(said.signals)
    row.contact_id = said.contact or row.contact_id
    row.event, row.ending, row.act = told.event, told.ending, told.act
    row.owner = by
    _place(row, about)
    if row._state.adding:
        row.made_by = by
    else:
        row.reminders.filter(seen_at=None).delete()
    return row


def _finished_step(about: About | None, said: Said, then: Then) -> Activity:
    """Give the planned row of the next step where this was it, else a new one."""
    if about is None or then.how == "keep":
        return Activity()
    return _steps_of(about).filter(kind=said.kind).first() or Activity()


def _settle_steps(about: About | None, row: Activity | None, then: Then) -> None:
    if about is None or then.how == "keep":
        return
    for step in _steps_of(about):
        step.dropped_at, step.dropped_by = datetime.now(UTC), row
        _save(step, "dropped_at", "dropped_by")
        step.reminders.filter(seen_at=None).delete()


def _keep_step(about: About, then: Then, by: User, row: Activity | None) -> None:
    """Write the row of a next step that its deal or contact has no place for: a time, a reminder; a lead's always."""
    what = plan_of(then)
    if not (isinstance(about, Lead) or what.at or what.remind_minutes is not None):
        return
    step = _planned(about, what, about.owner or by, by)
    step.is_step, step.set_by = True, row
    step.save(force_insert=True)
    _remind(step, what)


def _planned(about: About | None, what: Plan, owner: User, by: User) -> Activity:
    row = Activity(
        kind=what.kind,
        what=what.what.strip(),
        owner=owner,
        made_by=by,
        due_on=what.on,
        due_at=what.at,
        minutes=what.minutes,
        selling=what.selling,
        expected=what.expected.strip(),
        contact_id=what.contact,
    )
    _place(row, about)
    return row


def _place(row: Activity, about: About | None) -> None:
    if isinstance(about, Deal):
        row.deal, row.organization, row.case = about, about.organization, about.case
    elif isinstance(about, Lead):
        row.lead, row.case = about, about.case
    elif isinstance(about, Contact):
        row.contact, row.organization = about, about.organization


def _remind(row: Activity, what: Plan) -> None:
    if what.remind_minutes is None:
        return
    begins = row.due_at or datetime.combine(what.on, MORNING, row.owner.tzinfo)
    at = begins - timedelta(minutes=what.remind_minutes)
    Reminder.objects.create(activity=row, user=row.owner, at=at.astimezone(UTC))


def _repeat(row: Activity, by: User) -> None:
    if row.due_on is None:
        return
    day = next_day(row.rule, row.due_on, datetime.now(by.tzinfo).date())
    at = None
    if row.due_at:
        local = row.due_at.astimezone(row.owner.tzinfo)
        at = datetime.combine(day, local.time(), row.owner.tzinfo)
    again = _planned(about_of(row), Plan(what=row.what, on=day, at=at, kind=row.kind), row.owner, by)
    again.rule, again.set_by, again.minutes = row.rule, row, row.minutes
    again.save(force_insert=True)


def _undone(row: Activity) -> None:
    if row.due_on is None:
        row.delete()
        return
    row.done_at, row.event, row.ending, row.act = None, None, None, None
    row.outcome, row.mood, row.signals, row.notes = "", "", [], ""
    row.enrolment, row.place = None, None
    row.lock += 1
    row.save()


def _take(activity: Activity, by: User) -> None:
    """Lock the row until the transaction ends; refuse who may not, and who saw an older one. Refusal: stale."""
    seen = activity.lock
    activity.refresh_from_db(from_queryset=Activity.objects.select_for_update())
    may_write(by)
    if activity.deal_id and not by.may("deals"):
        raise PermissionDenied
    if not Activity.objects.visible_to(by).filter(pk=activity.pk).exists():
        raise PermissionDenied
    if seen != activity.lock:
        raise Refusal("stale")


def _take_open(activity: Activity, by: User) -> None:
    _take(activity, by)
    if not activity.is_open:
        raise Refusal("not_planned")


def _save(activity: Activity, *fields: str) -> None:
    activity.lock += 1
    activity.save(update_fields=[*fields, "lock"])


def _when(activity: Activity) -> dict[str, Any]:
    return {"due_on": _plain(activity.due_on), "due_at": _plain(activity.due_at)}


def _note(activity: Activity, by: User, before: dict[str, Any]) -> UUID:
    after = _when(activity)
    return note_changes(activity, by, {field: (before[field], after[field]) for field in before})


def _plain(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
