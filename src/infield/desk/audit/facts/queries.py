"""What a fact of a deal said before a change, and what it says after it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from infield.deals.state import Told
from infield.deals.timeline.wording import TOLD_ALONE, fact_told
from infield.history.models import Event, Words
from infield.people.models import Organization

BUYER = frozenset({"organization", "deal_organization"})
"""The fields of whom a deal is with: as a merge writes it, and as somebody changes it."""
TITLE = "deal_title"


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
    priors = [one for one in earlier.values() if one]
    said, buyers = _said({one.pk for one in priors}), _buyers([*wanted.values(), *priors])
    found = {}
    for pk, prior in earlier.items():
        name, after = fact_told(told[pk], language)
        if wanted[pk].data["field"] in BUYER:
            after = _buyer(wanted[pk], told[pk].said, buyers)
        before = _before(wanted[pk], prior, said.get(prior.pk, {}), buyers, language) if prior else ""
        found[pk] = FactChange(name, before, after)
    return found


def _changes_a_fact(one: Event) -> bool:
    field = one.data.get("field")
    return bool(
        field and field not in TOLD_ALONE and one.kind == "field_changed" and one.object_kind == "deal"
    )


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
            last |= {(one.case, subject): one for subject in (TITLE, "organization")}
            continue
        key = one.case, _subject(one)
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


def _subject(one: Event) -> str:
    field = str(one.data.get("field"))
    return "organization" if field in BUYER else field


def _buyers(events: Sequence[Event]) -> dict[str, str]:
    """Give the names of the organizations that events name, by id."""
    ids = {one.data.get("organization") for one in events} - {None}
    if not ids:
        return {}
    return {str(pk): name for pk, name in Organization.objects.filter(pk__in=ids).values_list("pk", "name")}


def _buyer(one: Event, said: Mapping[str, str], buyers: Mapping[str, str]) -> str:
    """Give what the organization was called then, where that was written down, else what it is called now."""
    return said.get("value") or buyers.get(str(one.data.get("organization")), "")


def _before(
    one: Event, prior: Event, said: Mapping[str, str], buyers: Mapping[str, str], language: str
) -> str:
    if _subject(one) == "organization":
        return _buyer(prior, said, buyers)
    if prior.kind == "created":
        return said.get("title", "")
    event = Told(id=prior.pk, kind=prior.kind, at=prior.at, stage=prior.stage, data=prior.data, said=said)
    return fact_told(event, language)[1]
