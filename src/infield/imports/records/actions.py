"""Writing deals of a foreign history into organizations, deals and the log, some whole deals at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.deals.state import state_of
from infield.fields.filled import Filled
from infield.fields.models import Field, Value
from infield.finding.models import Searched
from infield.history.actions import NewEvent, record_many
from infield.history.models import OWN_SOURCES, Event, UndoneSource
from infield.imports.arrivals import Arrival, Step
from infield.imports.own.actions import own_back, own_of, write_own
from infield.imports.records.terms import Terms, facts_of, key_of, money_of
from infield.people.models import Organization
from infield.people.names import folded
from infield.web.dates import instant

FORMER = "former.invalid"
"""A domain that nobody can have: who left without an e-mail known gets an address that nothing is sent to."""
_STAGE = ("stage", "stage_entered_at")
_OUTCOME = ("outcome", "closed_at", "lost_reason")


@dataclass(frozen=True, slots=True)
class Written:
    """What came of some deals; `left`: deals that people work on here already, which were left as they are."""

    deals: int = 0
    events: int = 0
    left: int = 0
    organizations: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    arrival: Arrival
    case: UUID
    organization: UUID
    deal: Deal | None
    """The one that is here already, by an earlier import as history."""
    own: Mapping[Field, Filled]


def known_owners(names: Iterable[str]) -> dict[str, UUID]:
    """Give the users whom these names or addresses mean: those with that e-mail, and former colleagues."""
    wanted = {name: (name.strip().lower(), former_address(name)) for name in names}
    users: dict[str, UUID] = {}
    for some in batched({address for both in wanted.values() for address in both}, 500):
        users |= dict(User.objects.filter(email__in=some).values_list("email", "id"))
    found = {name: next(filter(None, map(users.get, both)), None) for name, both in wanted.items()}
    return {name: user for name, user in found.items() if user}


def add_former(names: Iterable[str], manager: User) -> dict[str, UUID]:
    """Save colleagues who cannot sign in; they report to `manager`, who so may open what was theirs."""
    return {
        name: User.objects.add(
            former_address(name), None, name=name[:200], active=False, manager=manager, zone=manager.zone
        ).pk
        for name in names
    }


def former_address(name: str) -> str:
    """Give the address under which a former colleague is kept: their own, else one made of the name."""
    address = name.strip().lower()
    if "@" in address and " " not in address and len(address) <= 254:
        return address
    return f"{sha256(folded(name).encode()).hexdigest()[:20]}@{FORMER}"


def write_cases(terms: Terms, arriving: Sequence[Arrival]) -> Written:
    """Write these deals in one transaction; what was written before, by this or another import, is not again."""
    with transaction.atomic():
        ids = {arrival: terms.case_of(arrival) for arrival in arriving}
        deals = {deal.case: deal for deal in Deal.objects.filter(case__in=ids.values()).select_for_update()}
        mine = set(
            Event.objects.filter(case__in=ids.values(), source=terms.source).values_list("case", flat=True)
        )
        busy = {case for case, deal in deals.items() if not deal.history_only} - mine
        open_ = [arrival for arrival, case in ids.items() if case not in mine and case not in busy]
        organizations, new_names = _organizations(open_, terms.by)
        cases = [
            _Case(
                one,
                ids[one],
                organizations[folded(_name(one))],
                deals.get(ids[one]),
                own_of(terms.own, one.own),
            )
            for one in open_
        ]
        events = _not_told(terms, cases)
        added = _write_deals(terms, cases, {event.case for event in events})
        _fill(cases, events)
        record_many(events)
        return Written(added, len(events), len(busy), tuple(new_names))


def _organizations(arriving: Sequence[Arrival], by: UUID) -> tuple[dict[str, UUID], list[UUID]]:
    names = {folded(_name(arrival)): _name(arrival) for arrival in arriving}
    there = dict(Organization.objects.filter(folded_name__in=names).values_list("folded_name", "id"))
    new = [Organization.fresh(name, owner_id=by) for key, name in names.items() if key not in there]
    Organization.objects.bulk_create(new, ignore_conflicts=True)
    known = dict(Organization.objects.filter(folded_name__in=names).values_list("folded_name", "id"))
    kept = set(known.values())
    Searched.objects.put_many((one, one.found_by()) for one in new if one.pk in kept)
    return known, [one.pk for one in new if one.pk in set(known.values())]


def _name(arrival: Arrival) -> str:
    return " ".join((arrival.organization or "").split())[:300] or _("Unknown organization")


def _title(arrival: Arrival) -> str:
    return " ".join((arrival.product or arrival.foreign_id).split())[:300] or arrival.foreign_id[:300] or "–"


def _not_told(terms: Terms, cases: Sequence[_Case]) -> list[NewEvent]:
    """Give the events that are not in the log, or only by an import that was undone."""
    waiting = [event for case in cases for event in _events(terms, case)]
    undone, fresh = set(UndoneSource.objects.values_list("source", flat=True)), []
    while waiting:
        told: dict[str, str] = {}
        for some in batched((str(event.dedupe) for event in waiting), 1_000):
            rows = Event.objects.filter(dedupe__in=some).values_list("dedupe", "source")
            told |= {str(key): source for key, source in rows}
        fresh += [event for event in waiting if event.dedupe not in told]
        waiting = [_once_more(event) for event in waiting if told.get(str(event.dedupe)) in undone]
    return sorted(fresh, key=lambda event: event.at or datetime.now(UTC))


def _once_more(event: NewEvent) -> NewEvent:
    key, _mark, times = str(event.dedupe).rpartition("~")
    return replace(event, dedupe=f"{key}~{int(times) + 1}" if key else f"{times}~1")


def _events(terms: Terms, case: _Case) -> list[NewEvent]:
    steps, facts = case.arrival.steps, facts_of(terms, case.arrival, case.organization)
    first = next((step for step in steps if step.kind == "created"), steps[0])
    owner = terms.owners.get(first.owner or "", terms.owner_of(case.arrival))
    events = [_created(terms, case, first, {**facts, "owner": str(owner)})]
    for step in steps:
        if step is first and step.kind == "created":
            continue
        now = (
            terms.owners.get(step.owner or "", owner)
            if step is not steps[-1]
            else terms.owner_of(case.arrival)
        )
        events.append(_event(terms, case, step, {"owner": str(now)} if now != owner else {}))
        owner = now
    if case.deal and _changed(case.deal, facts):
        events.append(_facts_again(terms, case, facts))
    return events + [_filled(terms, case, field, filled) for field, filled in case.own.items()]


def _filled(terms: Terms, case: _Case, field: Field, filled: Filled) -> NewEvent:
    """Tell what stands in an own field; the same value of a later export is no event."""
    value, words = filled.told()
    told = sha256(filled.noted().encode()).hexdigest()[:16]
    last = case.arrival.steps[-1]
    key = key_of(terms.origin, case.arrival.foreign_id, "field_changed", field.key, told, 1)
    return _new(
        terms, case, "field_changed", last, dedupe=key, data={"field": field.key, "value": value},
        words=words | {"field": field.label} | field.words(filled),
    )  # fmt: skip


def _fill(cases: Sequence[_Case], events: Sequence[NewEvent]) -> None:
    """Fill the own fields of which there is news."""
    news = {(event.case, event.data.get("field")) for event in events if event.kind == "field_changed"}
    values = {
        case.deal.pk if case.deal else _deal_id(case): {
            field: filled for field, filled in case.own.items() if (case.case, field.key) in news
        }
        for case in cases
    }
    write_own(values, {_deal_id(case) for case in cases if not case.deal})


def _created(terms: Terms, case: _Case, step: Step, facts: Mapping[str, Any]) -> NewEvent:
    key = key_of(terms.origin, case.arrival.foreign_id, "created", "", step.at_us, 1)
    title = {"title": _title(case.arrival)}
    return _new(terms, case, "created", step, dedupe=key, data=facts, words=title)


def _event(terms: Terms, case: _Case, step: Step, owner: Mapping[str, str]) -> NewEvent:
    key = key_of(terms.origin, case.arrival.foreign_id, step.kind, step.stage or "", step.at_us, step.nth)
    reason = {"reason": "other"} if step.kind == "lost" else {}
    return _new(
        terms, case, step.kind, step, dedupe=key, data={**owner, **reason},
        stage=terms.stage_of(step), stage_found=(step.stage or "")[:500],
    )  # fmt: skip


def _facts_again(terms: Terms, case: _Case, facts: Mapping[str, Any]) -> NewEvent:
    """A later export says other facts of a deal than an earlier one did."""
    told = sha256(repr(sorted(facts.items())).encode()).hexdigest()[:16]
    last = case.arrival.steps[-1]
    key = key_of(terms.origin, case.arrival.foreign_id, "field_changed", told, last.at_us, 1)
    return _new(terms, case, "field_changed", last, dedupe=key, data=facts)


def _new(terms: Terms, case: _Case, kind: str, step: Step, *, dedupe: str, **more: Any) -> NewEvent:
    return NewEvent(
        kind=kind,
        case=case.case,
        object_kind="deal",
        object_id=case.deal.pk if case.deal else _deal_id(case),
        at=instant(step.at_us),
        precision=step.precision,
        map_version=terms.version,
        source=terms.source,
        dedupe=dedupe,
        **more,
    )


def _deal_id(case: _Case) -> UUID:
    # the case's own id: one deal a case, and events are made before the deal is
    return case.case


def _changed(deal: Deal, facts: Mapping[str, Any]) -> bool:
    there = (deal.amount_minor, deal.currency or None, str(deal.owner_id), str(deal.organization_id))
    told = (facts.get("amount_minor"), facts.get("currency"), facts["owner"], facts["organization"])
    return there != told


def _write_deals(terms: Terms, cases: Sequence[_Case], with_news: set[UUID]) -> int:
    """Save new deals, and those here as history of which there is news; gives how many are new."""
    new = [
        Deal(id=_deal_id(one), case=one.case, version_id=terms.version,
             history_only=not terms.working, **_state(terms, one))
        for one in cases if not one.deal
    ]  # fmt: skip
    Deal.objects.bulk_create(new, batch_size=500)
    saved = Deal.objects.select_related("organization").in_bulk([one.pk for one in new])
    Searched.objects.put_many((one, one.found_by()) for one in saved.values())
    for one in cases:
        if one.deal and one.case in with_news:
            Deal.objects.filter(pk=one.deal.pk).update(**_state(terms, one), lock=one.deal.lock + 1)
    return len(new)


def _state(terms: Terms, case: _Case) -> dict[str, Any]:
    arrival, steps = case.arrival, case.arrival.steps
    entered = [step for step in steps if step.kind == "stage_entered" and terms.stage_of(step)]
    # a time that the file does not tell is that of the last thing it tells
    closed = instant(arrival.closed_us if arrival.closed_us is not None else steps[-1].at_us)
    money = money_of(arrival)
    return {
        "organization_id": case.organization,
        "title": _title(arrival),
        "amount_minor": money.get("amount_minor"),
        "currency": money.get("currency", ""),
        "owner_id": terms.owner_of(arrival),
        "stage": terms.stage_of(entered[-1]) if entered else terms.first_stage,
        "stage_entered_at": instant((entered[-1] if entered else steps[0]).at_us),
        "created_at": instant(steps[0].at_us),
        "outcome": arrival.outcome,
        "closed_at": closed if arrival.outcome else None,
        "lost_reason": "other" if arrival.outcome == "lost" else "",
    }


def restage(terms: Terms) -> int:
    """Put deals where the stages found mean now that they are; gives how many. Nothing is written to the log."""
    mine = Event.objects.filter(source=terms.source).order_by().values_list("case", flat=True).distinct()
    moved = 0
    for some in batched(list(mine), 500):
        for deal, (stage, entered_at) in _standing(terms, some).items():
            moved += Deal.objects.filter(pk=deal).update(
                stage=stage, stage_entered_at=entered_at, lock=F("lock") + 1
            )
    return moved


def _standing(terms: Terms, cases: Sequence[UUID]) -> dict[UUID, tuple[str, datetime]]:
    """Give the deals of these cases that stand elsewhere than their last stage means now, and where since."""
    last: dict[UUID, tuple[str, datetime]] = {}
    entered = Event.objects.filter(case__in=cases, kind="stage_entered").counting().order_by("at", "position")
    for event in entered:
        stage = terms.stages.get(event.stage_found, "") if event.source == terms.source else event.stage
        if stage:
            last[event.case] = stage, event.at
    deals = Deal.objects.filter(case__in=cases).values_list("pk", "case", "stage", "created_at")
    now = {deal: (last.get(case, (terms.first_stage, began)), stage) for deal, case, stage, began in deals}
    return {deal: stands for deal, (stands, stage) in now.items() if stands[0] != stage}


def forget_deals(cases: Sequence[UUID]) -> list[UUID]:
    """Remove the deals of which no event counts any more; gives the ids of those left that people worked on.

    Deals that an earlier import brought as history go back to what that one told.
    """
    kept: list[UUID] = []
    for some in batched(cases, 500):
        told = Event.objects.filter(case__in=some).counting()
        counting = set(told.values_list("case", flat=True).distinct())
        ours = set(told.filter(source__in=OWN_SOURCES).values_list("case", flat=True).distinct())
        gone = Deal.objects.filter(case__in=set(some) - counting)
        Value.objects.filter(object_id__in=list(gone.values_list("pk", flat=True))).delete()
        gone.delete()
        kept += Deal.objects.filter(case__in=ours).values_list("pk", flat=True)
        for deal in Deal.objects.filter(case__in=counting - ours):
            state = state_of(deal.told())
            for fact in (*_OUTCOME, *(_STAGE if state.stage else ())):
                setattr(deal, fact, getattr(state, fact))
            deal.lock += 1
            deal.save()
        own_back(Deal.objects.filter(case__in=counting - ours))
    return kept
