"""What the list and the card of leads read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from infield.accounts.models import User
from infield.history.models import Event
from infield.people.ideal.models import IdealRule
from infield.people.ideal.rules import judged
from infield.people.leads.handing.models import HandOver
from infield.people.leads.models import Lead
from infield.people.organizations.queries import (
    Filter,
    by_column,
    by_owner,
    by_words,
    deals_model,
    filtered,
    only_archived,
)
from infield.people.records.listing import Page, Wish
from infield.people.records.queries import ChangeLine, Sort, changes_of, page_of, users_named
from infield.people.wording import (
    FITS,
    HAPPENED,
    PROFILE_NAMES,
    REASON_NAMES,
    RETURN_NAMES,
    SOURCE_NAMES,
    change_name,
    happened,
    rule_said,
)

SORTS: Mapping[str, Sort] = {"arrived": Sort("arrived_at", is_falling=True), "name": Sort("sort_key")}
EVENTS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A line of the list; `state`: open, disqualified or converted; `waits`: handed over, and not answered yet."""

    id: UUID
    person: str
    company: str
    source: str
    arrived_at: datetime
    profile: str
    profile_name: str
    fit: str
    fit_name: str
    owner: str
    waits: bool
    is_converted: bool
    is_archived: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule of the ideal client on a lead's card; `is_own`: people answer it."""

    id: UUID
    text: str
    verdict: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class HandOverLine:
    """A hand-over; `took`: how long sales had it until they said yes or no, or have had it by now."""

    by: str
    to: str
    to_id: UUID
    at: datetime
    note: str
    accepted_at: datetime | None
    returned_at: datetime | None
    returned_for: str
    took: timedelta


@dataclass(frozen=True, slots=True)
class LeadLine:
    """Something that happened to a lead; `quote` is what somebody wrote with it."""

    at: datetime
    by: str
    sentence: str
    quote: str


def by_profile(things: QuerySet[Any], value: str, _user: User) -> QuerySet[Any]:
    """Keep those of one profile; `deal`: those that became one."""
    if value == "deal":
        return things.exclude(converted_at=None)
    things = things.filter(converted_at=None)
    return things.exclude(profile="disqualified") if value == "open" else things.filter(profile=value)


def by_hand_over(things: QuerySet[Any], value: str, user: User) -> QuerySet[Any]:
    """Keep those handed over and not answered yet; `mine`: by this user."""
    waiting = HandOver.objects.filter(accepted_at=None, returned_at=None)
    return things.filter(pk__in=(waiting.filter(to=user) if value == "mine" else waiting).values("lead"))


FILTERS: Mapping[str, Filter] = {
    "q": by_words,
    "owner": by_owner,
    "profile": by_profile,
    "fit": by_column("fit"),
    "source": by_column("source"),
    "handed": by_hand_over,
    "archived": only_archived,
}


def lead_page(user: User, wish: Wish) -> Page:
    """Give a page of leads as rows. Five queries at most."""
    things = Lead.objects.visible_to(user).select_related("owner")
    page = page_of(filtered(things, wish.told, FILTERS, user), wish, SORTS)
    return Page(tuple(rows_of(page.rows)), page.after, page.count, page.is_more)


def rows_of(leads: Iterable[Lead]) -> list[LeadRow]:
    """Give leads, read with their owner, as lines of a list. One query."""
    some = list(leads)
    waiting = set(
        HandOver.objects.filter(
            lead__in=[one.pk for one in some], accepted_at=None, returned_at=None
        ).values_list("lead", flat=True)
    )
    return [
        LeadRow(
            id=one.pk,
            person=one.person,
            company=one.company,
            source=str(SOURCE_NAMES.get(one.source, one.source)),
            arrived_at=one.arrived_at,
            profile=one.profile,
            profile_name=str(PROFILE_NAMES[one.profile]),
            fit=one.fit,
            fit_name=str(FITS[one.fit]),
            owner=str(one.owner) if one.owner else "",
            waits=one.pk in waiting,
            is_converted=one.converted_at is not None,
            is_archived=one.archived_at is not None,
        )
        for one in some
    ]


def rules_on(lead: Lead) -> list[RuleLine]:
    """Give each rule of the ideal client with whether the lead meets it. Two queries."""
    rules = list(IdealRule.objects.filter(archived_at=None).order_by("created_at", "id"))
    answers = dict(lead.answers.values_list("rule_id", "is_so"))
    verdicts = judged([one.rule() for one in rules], lead.facts(answers))
    return [
        RuleLine(id=one.pk, text=rule_said(one), verdict=verdict, is_own=one.kind == "own")
        for one, (_rule, verdict) in zip(rules, verdicts, strict=True)
    ]


def hand_overs_of(lead: Lead, now: datetime) -> list[HandOverLine]:
    """Give its hand-overs, the latest first. One query."""
    return [
        HandOverLine(
            by=str(one.by),
            to=str(one.to),
            to_id=one.to_id,
            at=one.at,
            note=one.note,
            accepted_at=one.accepted_at,
            returned_at=one.returned_at,
            returned_for=str(RETURN_NAMES.get(one.returned_for, "")),
            took=(one.accepted_at or one.returned_at or now) - one.at,
        )
        for one in lead.hand_overs.select_related("by", "to").order_by("-at")
    ]


def lines_of(lead: Lead) -> list[LeadLine | ChangeLine]:
    """Give what happened to a lead and what was changed of it, the latest first. Six queries."""
    told = Event.objects.filter(case=lead.case, object_id=lead.pk).counting()
    events = list(told.order_by("-position").prefetch_related("words")[:EVENTS_SHOWN])
    users = users_named(value for one in events for value in (one.by, one.data.get("owner")))
    lines: list[LeadLine | ChangeLine] = [
        _line(one, users) for one in events if one.kind in HAPPENED and not _is_shown_as_change(one)
    ]
    lines += [one for one in changes_of(lead.pk) if one.act]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _is_shown_as_change(event: Event) -> bool:
    """Tell whether the change of the record says the same, with what stood there before and a way back."""
    return event.kind == "field_changed" and event.data.get("field") == "source"


def deal_of(lead: Lead, user: User) -> Any:
    """Give the deal that a lead became, where the viewer may open it."""
    return (
        deals_model().objects.visible_to(user).filter(case=lead.case).first() if lead.converted_at else None
    )


def _line(event: Event, users: Mapping[str, str]) -> LeadLine:
    words = {one.name: one.text for one in event.words.all()}
    reasons = {**REASON_NAMES, **RETURN_NAMES}
    told = {
        "owner": users.get(str(event.data.get("owner")), ""),
        "profile": str(PROFILE_NAMES.get(event.data.get("profile", ""), "")),
        "reason": str(reasons.get(event.data.get("reason", ""), "")),
        "field": words.get("field") or change_name(str(event.data.get("field", ""))),
        "activity": words.get("activity", event.data.get("activity", "")),
        "next_step": words.get("next_step", ""),
    }
    kind = "disqualified" if event.data.get("profile") == "disqualified" else event.kind
    quote = next((words[name] for name in ("reason", "notes", "note") if words.get(name)), "")
    return LeadLine(event.at, users.get(str(event.by), ""), happened(kind, told), quote)
