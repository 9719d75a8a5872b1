"""What is to be done today besides the deals: plans, people, leads, hand-overs, proposals, running series."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from infield.accounts.models import User
from infield.activities.kinds import KINDS
from infield.activities.models import Activity, Enrolment
from infield.activities.risk import weight
from infield.activities.wording import KINDS as KIND_NAMES
from infield.activities.wording import named, place_words
from infield.activities.working.queries import working_time
from infield.deals.models import Deal, Stakeholder
from infield.desk.log.queries import address_of, detail_of, name_of
from infield.desk.today.lines import Line
from infield.desk.today.wording import (
    ACTS,
    PLAYBOOK,
    handed_words,
    late_words,
    proposals_words,
    silent_words,
    waiting_words,
)
from infield.people.leads.handing.models import KEEPS_UNASSIGNED
from infield.people.models import Contact, HandOver, Lead
from infield.playbook.proposals.queries import waiting
from infield.web.ids import to_text

OTHERS_AT_MOST = 100


def of_others(user: User, team: bool, now: datetime, deals: set[UUID]) -> list[Line]:
    """Give what is to be done that is no line of `deals`, ids of those in the list by themselves."""
    return [
        *_planned(user, team, now.date(), deals),
        *_contacts(user, now.date()),
        *_unplanned_contacts(user, now.date()),
        *_leads(user, team, now),
        *_handed(user),
        *_proposals(user),
    ]


def _planned(user: User, team: bool, today: date, deals: set[UUID]) -> list[Line]:
    """Give what is in the calendar until today and is no next step of a deal that is in the list by itself."""
    rows = Activity.objects.visible_to(user).planned().filter(due_on__lte=today)
    rows = rows if team else rows.filter(owner=user)
    rows = rows.exclude(Q(is_step=True) & Q(deal__in=deals)).select_related(
        "deal__organization", "lead", "contact__organization", "owner"
    )
    lines = []
    for row in rows.order_by("due_on", "due_at", "pk")[:OTHERS_AT_MOST]:
        about = row.deal or row.lead or row.contact
        late = (today - row.due_on).days if row.due_on else 0
        lines.append(
            Line(
                group="late" if late else "due", key=f"a-{to_text(row.pk)}", icon=KINDS[row.kind].icon,
                who=name_of(about) if about else row.what, about=detail_of(about) if about else "",
                why=row.what if about else named(KIND_NAMES, row.kind), tag=late_words(late) if late else "",
                address=_page(about), act=reverse("desk:finish", args=[row.pk]), act_label=str(ACTS["done"]),
                time=row.due_at, owner=str(row.owner), weight=weight(1.0, Decimal(0), late),
            )
        )  # fmt: skip
    return lines


def _contacts(user: User, today: date) -> list[Line]:
    if not user.may("people"):
        return []
    rows = (
        Contact.objects.current().filter(owner=user, next_step_on__lte=today).select_related("organization")
    )
    lines = []
    for row in rows.order_by("next_step_on", "pk")[:OTHERS_AT_MOST]:
        late = (today - row.next_step_on).days if row.next_step_on else 0
        lines.append(
            Line(
                group="late" if late else "due", key=f"c-{to_text(row.pk)}", icon="people", who=str(row),
                about=detail_of(row), why=row.next_step, tag=late_words(late) if late else "", address=_page(row),
                act=reverse("desk:log_contact", args=[row.pk]), act_label=str(ACTS["log"]),
                weight=weight(1.0, Decimal(0), late),
            )
        )  # fmt: skip
    return lines


def _unplanned_contacts(user: User, today: date) -> list[Line]:
    """Give the people with a part in an open deal with whom nothing is planned, the longest silent first.

    Planned is also: a next step of a deal that is with them, what stands in the calendar, a running series.
    """
    if not user.may("people"):
        return []
    open_deals = Deal.objects.visible_to(user).open().filter(no_contact_at=None)
    planned = Activity.objects.planned().exclude(contact=None).values("contact")
    followed = Enrolment.objects.running().exclude(contact=None).values("contact")
    next_ = open_deals.exclude(next_person=None).values("next_person")
    talks = Activity.objects.done().talks().filter(contact=OuterRef("pk")).order_by("-done_at")
    rows = (
        Contact.objects.without_next_step()
        .filter(owner=user, pk__in=Stakeholder.objects.filter(deal__in=open_deals).values("contact"))
        .exclude(pk__in=planned)
        .exclude(pk__in=followed)
        .exclude(pk__in=next_)
        .annotate(talked_at=Subquery(talks.values("done_at")[:1]))
        .select_related("organization")
        .order_by(F("talked_at").asc(nulls_first=True), "pk")
    )
    lines = []
    for row in rows[:OTHERS_AT_MOST]:
        talked: datetime | None = row.talked_at  # type: ignore[attr-defined]  # annotated above
        silent = (today - timezone.localtime(talked).date()).days if talked else None
        since = silent if silent is not None else (today - timezone.localtime(row.created_at).date()).days
        lines.append(
            Line(
                group="contact", key=f"c-{to_text(row.pk)}", icon="people", who=str(row), about=detail_of(row),
                why=silent_words(silent), address=_page(row), act=reverse("desk:next_contact", args=[row.pk]),
                act_label=str(ACTS["next"]), weight=weight(1.0, Decimal(0), since),
            )
        )  # fmt: skip
    return lines


def _leads(user: User, team: bool, now: datetime) -> list[Line]:
    """Give the leads that nobody has reached yet and for which nothing is planned, the longest waiting first."""
    leads = Lead.objects.visible_to(user).open().filter(response=None)
    if not team:
        nobodys = Q(owner=None) if user.role in KEEPS_UNASSIGNED else Q(pk=None)
        leads = leads.filter(Q(owner=user) | nobodys)
    planned = Activity.objects.planned().exclude(lead=None).values("lead")
    handed = HandOver.objects.filter(accepted_at=None, returned_at=None, to=user).values("lead")
    leads = leads.exclude(pk__in=planned).exclude(pk__in=handed).order_by("arrived_at", "pk")
    rows, hours = list(leads[:OTHERS_AT_MOST]), working_time()
    return [
        Line(
            group="lead", key=f"l-{to_text(row.pk)}", icon="flag", who=name_of(row), about=detail_of(row),
            why=waiting_words(hours.seconds(max(row.arrived_at, now - timedelta(days=365)), now)),
            address=_page(row), act=reverse("desk:log_lead", args=[row.pk]), act_label=str(ACTS["log"]),
            weight=weight(1.0, Decimal(0), (now - row.arrived_at).days),
        )
        for row in rows
    ]  # fmt: skip


def _handed(user: User) -> list[Line]:
    rows = HandOver.objects.filter(to=user, accepted_at=None, returned_at=None, lead__converted_at=None)
    rows = rows.select_related("lead", "by").order_by("at", "pk")
    return [
        Line(
            group="hand_over", key=f"h-{to_text(row.lead_id)}", icon="people", who=name_of(row.lead),
            about=detail_of(row.lead), why=handed_words(str(row.by), row.note), address=_page(row.lead),
            act=reverse("desk:accept", args=[row.lead_id]), act_label=str(ACTS["accept"]), is_post=True,
        )
        for row in rows[:OTHERS_AT_MOST]
    ]  # fmt: skip


def _proposals(user: User) -> list[Line]:
    """Give one line that tells who writes the playbook how many proposals wait."""
    count = waiting(user)
    if not count:
        return []
    address = reverse("playbook:proposals")
    return [
        Line(
            group="proposal", key="proposals", icon="book", who=str(PLAYBOOK), about="", address=address,
            why=proposals_words(count), act=address, act_label=str(ACTS["decide"]), is_page=True,
        )
    ]  # fmt: skip


def with_series(lines: list[Line], user: User, team: bool, today: date) -> list[Line]:
    """Tag the lines of who is in a series, and add those whose follow-up is due and who have no line yet."""
    rows = Enrolment.objects.running().filter(due_on__lte=today)
    rows = rows if team else rows.filter(owner=user)
    rows = rows.select_related("cadence", "deal__organization", "lead", "contact__organization", "owner")
    rows = rows.prefetch_related("cadence__steps").order_by("due_on", "pk")
    sees = user.sees()
    there = {line.key: place for place, line in enumerate(lines)}
    for row in rows[:OTHERS_AT_MOST]:
        if row.deal and sees is not None and row.deal.owner_id not in sees:
            continue
        key = f"{row.about._meta.model_name[0]}-{to_text(row.about.pk)}"  # type: ignore[index]
        steps = row.cadence.written()
        series = place_words(row.place, len(steps))
        name = row.about._meta.model_name
        act = reverse(f"desk:log_{name}", args=[row.about.pk]) + f"?follow={to_text(row.pk)}"
        if key in there:
            lines[there[key]] = replace(lines[there[key]], series=series, act=act, act_label=str(ACTS["log"]))
            continue
        late = (today - row.due_on).days
        step = steps[min(row.place, len(steps)) - 1]
        lines.append(
            Line(
                group="late" if late else "due", key=key, icon=KINDS[step.kind].icon, who=name_of(row.about),
                about=detail_of(row.about), why=step.what, tag=late_words(late) if late else "", series=series,
                address=_page(row.about), act=act, act_label=str(ACTS["log"]), owner=str(row.owner),
                weight=weight(1.0, Decimal(0), late),
            )
        )  # fmt: skip
    return lines


def _page(about: Deal | Lead | Contact | None) -> str:
    return address_of(about) if about else ""
