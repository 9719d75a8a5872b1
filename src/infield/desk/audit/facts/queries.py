"""What a fact of a deal said before a change, and what it says after it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from infield.deals.state import Told
from infield.deals.timeline.wording import TOLD_ALONE, fact_told
from infield.history.models import Event, Words
from infield.people.models import Organization

OF_MERGES = frozenset({"organization"})
NAMES = {"deal_title": "title", "deal_organization": "organization"}
"""The facts of which the beginning of a deal tells the first: by its words, or by an id in its data."""


class FactChange(NamedTuple):
    """The name of a fact, and what it said before and after."""

    name: str
    before: str
    after: str


def fact_changes(events: Sequence[Event], told: Mapping[UUID, Told], language: str) -> dict[UUID, FactChange]:
    """Give what the events that change a fact of a deal replaced, by event. Three queries at most.

    What was taken back since replaced nothing: such events are left out.
    """
    wanted = {one.pk: one for one in events if _changes_a_fact(one)}
    earlier = _earlier(wanted)
    said = _said({prior.pk for prior in earlier.values() if prior})
    buyers = _buyers([prior for prior in earlier.values() if prior])
    found = {}
    for pk, prior in earlier.items():
        name, after = fact_told(told[pk], language)
        field = str(wanted[pk].data["field"])
        before = _before(field, prior, said.get(prior.pk, {}), buyers, language) if prior else ""
        found[pk] = FactChange(name, before, after)
    return found


def _changes_a_fact(one: Event) -> bool:
    field = one.data.get("field")
    is_fact = field and field not in TOLD_ALONE | OF_MERGES
    return bool(is_fact and one.kind == "field_changed" and one.object_kind == "deal")


def _earlier(wanted: Mapping[UUID, Event]) -> dict[UUID, Event | None]:
    """Give the event that each of these replaced, of those that count; None: it was the first."""
    if not wanted:
        return {}
    cases = {one.case for one in wanted.values()}
    rows = Event.objects.counting().filter(
        case__in=cases, kind__in=("created", "field_changed"), object_kind="deal"
    )
    last: dict[tuple[UUID, str], Event] = {}
    found: dict[UUID, Event | None] = {}
    for one in rows.order_by("position"):
        if one.kind == "created":
            last |= {(one.case, field): one for field in NAMES}
            continue
        key = one.case, str(one.data.get("field"))
        if one.pk in wanted:
            found[one.pk] = last.get(key)
        last[key] = one
    return found


def _said(events: set[UUID]) -> dict[UUID, dict[str, str]]:
    said: dict[UUID, dict[str, str]] = {}
    if events:
        for event, name, text in Words.objects.filter(event__in=events).values_list("event", "name", "text"):
            said.setdefault(event, {})[name] = text
    return said


def _buyers(earlier: Sequence[Event]) -> dict[str, str]:
    """Give the names of the organizations that beginnings name, by id."""
    ids = {one.data.get("organization") for one in earlier if one.kind == "created"} - {None}
    if not ids:
        return {}
    return {str(pk): name for pk, name in Organization.objects.filter(pk__in=ids).values_list("pk", "name")}


def _before(
    field: str, prior: Event, said: Mapping[str, str], buyers: Mapping[str, str], language: str
) -> str:
    if prior.kind == "created":
        return (
            said.get("title", "")
            if field == "deal_title"
            else buyers.get(str(prior.data.get("organization")), "")
        )
    event = Told(id=prior.pk, kind=prior.kind, at=prior.at, stage=prior.stage, data=prior.data, said=said)
    return fact_told(event, language)[1]
