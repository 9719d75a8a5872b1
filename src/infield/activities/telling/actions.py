"""How a deal, a lead and a contact each take note of what was done and what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from infield.accounts.models import User
from infield.activities.models import LONGEST_WHAT, Activity
from infield.activities.said import Plan, Refusal, Said, Then
from infield.activities.wording import taken_up
from infield.deals.models import Deal, NextStep
from infield.history.actions import void
from infield.history.models import Event
from infield.people.models import Contact, ContactStep, Lead

type About = Deal | Lead | Contact


@dataclass(frozen=True, slots=True)
class Told:
    """The event that tells it, that of an end that came with it, and the act of a change of a contact."""

    event: Event | None = None
    ending: Event | None = None
    act: UUID | None = None


def tell(about: About | None, said: Said, then: Then, by: User) -> Told:
    """Note what was done, and what comes next, where it belongs. Nobody's task is told nowhere."""
    if about is None:
        return Told()
    return _OF[type(about)](about, said, then, by)


def tell_plan(about: About, then: Then, by: User) -> Told:
    """Note what comes next alone."""
    return _OF[type(about)](about, None, then, by)


def about_of(activity: Activity) -> About | None:
    """Give what an activity is about: its deal, else its lead, else its contact."""
    return activity.deal or activity.lead or activity.contact


def plan_of(then: Then) -> Plan:
    """Give the next step: what was said, or taking the buyer up again where they are parked."""
    if then.how == "step" and then.plan is not None:
        return then.plan
    if then.until is None:
        raise Refusal("until_missing")
    return Plan(what=taken_up(then.because)[:LONGEST_WHAT], on=then.until)


def take_back_told(activity: Activity, by: User) -> None:
    """Undo what `tell` wrote; Refusal of deals and people, such as not_latest."""
    if activity.deal and activity.event:
        # of one moment they are one act, taken back together; what was noted afterwards ended at a later one
        if activity.ending and activity.ending.at != activity.event.at:
            activity.deal.undo(activity.ending.pk, by)
        activity.deal.undo(activity.event.pk, by)
    elif activity.lead and activity.event:
        _back_of_lead(activity, by)
    elif activity.contact and activity.act:
        activity.contact.undo(activity.act, by)


def _of_deal(deal: Deal, said: Said | None, then: Then, by: User) -> Told:
    step = _deal_step(then) if then.how == "step" else None
    with deal.one_act():
        event = ending = None
        if said is not None:
            words = {"activity": said.what, "notes": said.notes}
            event = deal.note_done(said.data(), words, by, step, at=said.at, keeps=step is None).event
        elif step is not None:
            event = deal.set_next_step(step, by).event
        if then.how == "park":
            ending = deal.postpone(_resumed(then), then.because, by).event
        if then.how == "end":
            ending = deal.end_contact(then.because, by).event
    return Told(event or ending, ending if event else None)


def _deal_step(then: Then) -> NextStep:
    plan = plan_of(then)
    return NextStep(plan.what, plan.on, plan.kind, plan.selling, plan.contact, plan.expected)


def _resumed(then: Then) -> NextStep:
    plan = plan_of(then)
    return NextStep(plan.what, plan.on)


def _of_lead(lead: Lead, said: Said | None, then: Then, by: User) -> Told:
    lead.take(by)
    if lead.converted_at:
        raise Refusal("converted")
    event = None
    if said is not None:
        event = lead.tell(
            "activity_done", by, said.data(), {"activity": said.what, "notes": said.notes}, said.at
        )
    if then.how in {"step", "park"}:
        event = event or _tell_step(lead, plan_of(then), by, None)
        if said is not None:
            _tell_step(lead, plan_of(then), by, event.at)
    if then.how != "end":
        return Told(event)
    ended = lead.disqualify(then.because, by, then.notes)
    ending = Event.objects.filter(pk=ended.act).first() if ended.act else None
    return Told(event or ending, ending if event else None)


def _tell_step(lead: Lead, plan: Plan, by: User, at: datetime | None) -> Event:
    also = {"selling": plan.selling, "person": str(plan.contact) if plan.contact else ""}
    data = {"activity": plan.kind, "due": plan.on.isoformat()}
    data |= {key: value for key, value in also.items() if value}
    return lead.tell("next_step_set", by, data, {"next_step": plan.what, "expected": plan.expected}, at)


def _of_contact(contact: Contact, _said: Said | None, then: Then, by: User) -> Told:
    if then.how == "end":
        return Told(act=contact.end_contact(then.because, by).act)
    if then.how in {"step", "park"}:
        plan = plan_of(then)
        return Told(act=contact.set_next_step(ContactStep(plan.what, plan.on), by).act)
    return Told()


def _back_of_lead(activity: Activity, by: User) -> None:
    lead, event = activity.lead, activity.event
    if lead is None or event is None:
        return
    if activity.ending:
        lead.undo_event(activity.ending.pk, by)
    else:
        lead.take(by)
    of_it = Event.objects.filter(case=lead.case, object_id=lead.pk, at=event.at).counting()
    for one in of_it.filter(kind__in=("activity_done", "next_step_set")).order_by("-position"):
        void(one, by)


_OF: Mapping[type[Any], Callable[[Any, Said | None, Then, User], Told]] = {
    Deal: _of_deal,
    Lead: _of_lead,
    Contact: _of_contact,
}
