"""The sections of a deal's page: what is known, who decides, how it is qualified, documents, products; and what a field
said before.

Each is read in a constant number of queries, whatever happened before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from infield.accounts.models import User
from infield.deals.facts.kinds import KINDS
from infield.deals.models import (
    Deal,
    Document,
    Exchange,
    Fact,
    LineItem,
    told_of,
)
from infield.deals.products.lines import sums
from infield.deals.terms.wording import (
    document_name,
    fact_hint,
    fact_name,
    side_name,
    told_value,
    value_words,
)
from infield.deals.urgency import spare_days
from infield.desk.deal.people.queries import people
from infield.desk.deal.qualification.queries import scores, stage_score
from infield.history.models import Event
from infield.web import figures
from infield.web.compiled import compiled
from infield.web.money import Money

HISTORY_AT_MOST = 200
TEXTS_WIDE = frozenset({"need", "pain_points", "decision_process", "research_notes", "compelling_reason"})


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the page; `value` is empty where nobody knows."""

    key: str
    name: str
    hint: str
    value: str
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: where it leads, and the event that undoes it."""

    name: str
    kind: str
    address: str
    is_file: bool
    size_kb: int
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a deal."""

    name: str
    quantity: str
    unit: str
    discount: str
    total: Money


@dataclass(frozen=True, slots=True)
class Before:
    """What a field said at a time; `event` to undo the latest."""

    value: str
    by: str
    at: datetime
    event_id: UUID
    is_latest: bool


def sections(deal: Deal, language: str, today: date, answers: Mapping[str, str]) -> dict[str, Any]:
    """Give the sections of a deal's page. `answers`: values by their questions. Six queries."""
    kept = {one.key: one for one in _facts(deal.pk)}
    lines = [_fact(key, kept.get(key), language) for key in deal.fact_keys()]
    return {
        "facts": [line for line in lines if line.value],
        "unknown_facts": [line for line in lines if not line.value],
        "spare": _spare(kept, today),
        "exchanges": [
            (side_name(one.gives), side_name(one.gets), one.details) for one in _exchanges(deal.pk)
        ],
        "people": people(deal),
        "papers": _papers(deal),
        **_items(deal, language),
        "scores": scores(answers, language),
        "stage_answers": stage_score(deal, answers),
    }


@compiled
def _facts(deal: UUID) -> QuerySet[Fact]:
    return Fact.objects.filter(deal=deal)


@compiled
def _exchanges(deal: UUID) -> QuerySet[Exchange]:
    return Exchange.objects.filter(deal=deal)


@compiled
def _documents(deal: UUID) -> QuerySet[Document]:
    return Document.objects.filter(deal=deal).order_by("-id")


@compiled
def _line_items(deal: UUID) -> QuerySet[LineItem]:
    return LineItem.objects.filter(deal=deal).select_related("product")


def field_history(deal: Deal, field: str, language: str) -> list[Before]:
    """Give what a field said, the latest first. Three queries."""
    events = Event.objects.filter(case=deal.case, kind="field_changed", data__field=field).counting()
    found = list(events.order_by("-position").prefetch_related("words")[:HISTORY_AT_MOST])
    names = dict(User.objects.filter(pk__in={one.by for one in found}).values_list("pk", "name"))
    return [
        Before(
            value=told_value(told.data, told.said, language),
            by=names.get(told.by, "") if told.by else "",
            at=told.at,
            event_id=told.id,
            is_latest=place == 0,
        )
        for place, told in enumerate(map(told_of, found))
    ]


def _fact(key: str, fact: Fact | None, language: str) -> FactLine:
    value = value_words(fact.value, language) if fact else ""
    return FactLine(key, fact_name(key), fact_hint(key), value, key in TEXTS_WIDE or key not in KINDS)


def _spare(kept: Mapping[str, Fact], today: date) -> int | None:
    goal, needed = kept.get("goal_date"), kept.get("days_needed")
    if goal is None or goal.day is None:
        return None
    return spare_days(goal.day, needed.days if needed and needed.days else 0, today)


def _papers(deal: Deal) -> list[Paper]:
    return [
        Paper(
            name=one.name,
            kind=document_name(one.kind),
            address=one.link or reverse("desk:file", args=[deal.pk, one.pk]),
            is_file=bool(one.file),
            size_kb=max(1, round((one.size_bytes or 0) / 1024)),
            event_id=one.event_id,
        )
        for one in _documents(deal.pk)
    ]


def _items(deal: Deal, language: str) -> dict[str, Any]:
    found = _line_items(deal.pk)
    rows = [
        Item(
            name=one.product.name,
            quantity=figures.count(one.quantity.normalize() + 0, language),
            unit=one.product.unit,
            discount=figures.percent(float(one.discount_percent) / 100, language)
            if one.discount_percent
            else "",
            total=one.line.total,
        )
        for one in found
    ]
    return {"items": rows, "item_sums": sums(one.line for one in found)}
