"""What the list and the card of leads read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from infield.accounts.models import User
from infield.history.models import Event
from infield.people.ideal.models import IdealRule
from infield.people.ideal.rules import judged
from infield.people.leads.models import Lead
from infield.people.organizations.queries import (
    deals_model,
)
from infield.people.records.queries import ChangeLine, changes_of, users_named
from infield.people.wording import (
    HAPPENED,
    change_name,
    happened,
    rule_said,
)
from infield.people.words.wording import PROFILE_NAMES, REASON_NAMES, RETURN_NAMES

EVENTS_SHOWN = 40


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
