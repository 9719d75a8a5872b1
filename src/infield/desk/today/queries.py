"""The page of the day: one list of what is to be done, what is at risk first, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.accounts.roles import ROLES
from infield.activities.following.queries import first_answers
from infield.activities.kinds import KINDS
from infield.activities.models import Activity, Enrolment
from infield.activities.risk import Usual, usual_of, weight
from infield.activities.wording import KINDS as KIND_NAMES
from infield.activities.wording import named, place_words
from infield.activities.working.queries import working_time
from infield.deals.models import Deal, MetCriterion, Stakeholder
from infield.desk.deals.rank.queries import Ranked, rank_said, ranks_of
from infield.desk.log.queries import address_of, detail_of, name_of
from infield.desk.today.week.queries import week_of
from infield.desk.today.wording import (
    ACTS,
    GROUPS,
    gate_words,
    handed_words,
    late_words,
    nothing_due,
    silent_words,
    waiting_words,
)
from infield.people.leads.handing.models import KEEPS_UNASSIGNED
from infield.people.models import Contact, HandOver, Lead
from infield.process.gate import checklist
from infield.process.models import maps_of, scale_of
from infield.process.texts import in_language
from infield.web.ids import to_text
from infield.web.money import Money

DEALS_AT_MOST = 500
"""Open deals that are looked at, the most urgent ones."""
OTHERS_AT_MOST = 100
LINES_AT_ONCE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to do: who, why now, one action. `act`: the address of its dialog, or of a post."""

    group: str
    key: str
    icon: str
    who: str
    about: str
    address: str
    why: str
    act: str
    act_label: str
    is_post: bool = False
    tag: str = ""
    series: str = ""
    time: datetime | None = None
    owner: str = ""
    money: Money | None = None
    weight: float = 0.0
    rank: float = 0.0
    rank_said: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    name: str
    lines: tuple[Line, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DealRow:
    """An open deal as the day looks at it. `open`: the texts of the required criteria of its stage that are not met."""

    id: UUID
    organization: str
    title: str
    owner: str
    money: Money | None
    step: str
    on: date | None
    entered: datetime
    progress: Decimal
    open: tuple[str, ...]
    last_talk: datetime | None = None
    ranked: Ranked | None = None


def today_context(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """Give what the page shows; `query`: `whose=team` for the deals of everybody below, `by=rank` for that order."""
    now = timezone.localtime()
    role = ROLES[user.role]
    has_team = role.writes and role.opens != "own"
    team = query.get("whose") == "team" and (has_team or not role.writes)
    by_rank = query.get("by") == "rank"
    deals = _deals(user, team, now.date())
    lines = [*_of_deals(deals, now.date()), *_of_others(user, team, now, {row.id for row in deals})]
    lines = _with_series(lines, user, team, now.date())
    near = sum(len(row.open) == 1 for row in deals)
    return {
        "groups": _groups(lines, by_rank=by_rank),
        "by_rank": by_rank,
        "has_ranks": any(line.rank_said for line in lines),
        "count": len(lines),
        "nothing": nothing_due(len(deals), near),
        "week": week_of(user, now),
        "answers": first_answers(user, now),
        "has_team": has_team,
        "team": team,
        "today": now.date(),
        "writes": user.may("people"),
    }


def _groups(lines: Iterable[Line], *, by_rank: bool) -> tuple[Group, ...]:
    by_group = defaultdict(list)
    for line in lines:
        by_group[line.group].append(line)
    found = []
    for key, name in GROUPS.items():
        own = sorted(by_group[key], key=lambda line: (-line.rank * by_rank, -line.weight, line.who, line.key))
        if own:
            found.append(Group(key, str(name), tuple(own[:LINES_AT_ONCE]), len(own)))
    return tuple(found)


def _deals(user: User, team: bool, today: date) -> list[DealRow]:
    deals = Deal.objects.visible_to(user).open().filter(no_contact_at=None)
    deals = deals if team else deals.filter(owner=user)
    rows = list(
        deals.order_by(F("next_step_on").asc(nulls_first=True), "stage_entered_at", "pk").values_list(
            "version", "id", "organization__name", "title", "owner__name", "amount_minor", "currency", "next_step",
            "next_step_on", "stage_entered_at", "stage",
        )[:DEALS_AT_MOST]
    )  # fmt: skip
    keys = [row[1] for row in rows]
    maps, met, talks = maps_of(row[0] for row in rows), _met(keys), _last_talks(keys)
    ranks = ranks_of(keys, today)
    language = get_language() or "en"
    found = []
    for version, key, organization, title, owner, amount, currency, step, on, entered, stage in rows:
        process = maps[version]
        open_ = tuple(
            in_language(line.criterion.text, language, process.language)
            for line in checklist(process.stage(stage), met[key])
            if line.criterion.required and not line.is_met
        )
        money = None if amount is None else Money(amount, currency)
        progress = scale_of(version).progress(met[key])
        found.append(
            DealRow(
                key,
                organization,
                title,
                owner,
                money,
                step,
                on,
                entered,
                progress,
                open_,
                talks.get(key),
                ranks.get(key),
            )
        )
    return found


def _met(deals: Sequence[UUID]) -> Mapping[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for deal, criterion in MetCriterion.objects.filter(deal__in=deals).values_list("deal", "criterion"):
        found[deal].add(criterion)
    return found


def _last_talks(deals: Sequence[UUID]) -> Mapping[UUID, datetime]:
    rows = Activity.objects.done().talks().filter(deal__in=deals).order_by().values_list("deal")
    return dict(rows.annotate(Max("done_at")))


def _of_deals(deals: Sequence[DealRow], today: date) -> list[Line]:
    usual = usual_of(row.money for row in deals)
    return [line for row in deals if (line := _line(row, usual, today))]


def _line(row: DealRow, usual: Usual, today: date) -> Line | None:
    key = to_text(row.id)
    make = partial(
        Line,
        key=f"d-{key}",
        who=row.organization,
        about=row.title,
        address=reverse("desk:deal", args=[row.id]),
        owner=row.owner,
        money=row.money,
        rank=row.ranked.rank if row.ranked else 0.0,
        rank_said=rank_said(row.ranked, get_language() or "en") if row.ranked else "",
    )
    if row.on is None:
        since = max(filter(None, (row.entered, row.last_talk)))
        silent = (today - timezone.localtime(since).date()).days
        talked = (today - timezone.localtime(row.last_talk).date()).days if row.last_talk else None
        return make(
            group="unplanned", icon="alert", why=silent_words(talked), act=reverse("desk:next_deal", args=[row.id]),
            act_label=str(ACTS["next"]), weight=weight(usual.share(row.money), row.progress, silent),
        )  # fmt: skip
    if row.on <= today:
        late = (today - row.on).days
        return make(
            group="late" if late else "due", icon="clock", why=row.step, tag=late_words(late) if late else "",
            act=reverse("desk:log_deal", args=[row.id]), act_label=str(ACTS["log"]),
            weight=weight(usual.share(row.money), row.progress, late),
        )  # fmt: skip
    if len(row.open) == 1:
        silent = (today - timezone.localtime(row.entered).date()).days
        return make(
            group="gate", icon="gate", why=gate_words(row.open[0]), act=reverse("desk:deal", args=[row.id]),
            act_label=str(ACTS["open"]), weight=weight(usual.share(row.money), row.progress, silent),
        )  # fmt: skip
    return None


def _of_others(user: User, team: bool, now: datetime, deals: set[UUID]) -> list[Line]:
    return [
        *_planned(user, team, now.date(), deals),
        *_contacts(user, now.date()),
        *_unplanned_contacts(user, now.date()),
        *_leads(user, team, now),
        *_handed(user),
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


def _with_series(lines: list[Line], user: User, team: bool, today: date) -> list[Line]:
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
