"""What a deal is, told from its events: the same answer that its row gives, and the way back to an earlier one.

In: the events of one deal that count, in the order of their positions. Out: a `State`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from infield.deals.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event as it is read here; `said` are what people wrote with it, by name."""

    id: UUID
    kind: str
    at: datetime
    stage: str
    data: Mapping[str, Any]
    said: Mapping[str, str]
    by: UUID | None = None
    map_version: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The facts of a deal that events change.

    `met`: the event that met each criterion, by the criterion's key. `kept`: the event that last told each fact,
    person, answer and document, by its subject; those that were taken away again are not in it.
    """

    stage: str = ""
    stage_entered_at: datetime | None = None
    title: str = ""
    organization_id: UUID | None = None
    owner_id: UUID | None = None
    amount_minor: int | None = None
    currency: str = ""
    expected_close: date | None = None
    outcome: str | None = None
    closed_at: datetime | None = None
    lost_reason: str = ""
    lost_to: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    next_activity: str = ""
    next_selling: str = ""
    next_expected: str = ""
    next_person_id: UUID | None = None
    parked_until: date | None = None
    no_contact_at: datetime | None = None
    archived_at: datetime | None = None
    version_id: UUID | None = None
    met: Mapping[str, UUID] = field(default_factory=dict)
    kept: Mapping[tuple[str, str], Told] = field(default_factory=dict)


type Change = Callable[[State, Told], State]
type Subject = tuple[str, str]
"""What an event is about: the group of facts it changes, and which of them where there are several."""

SUBJECTS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("stage_entered", "won", "lost", "reopened"), ("stage", "")),
    **dict.fromkeys(("next_step_set", "activity_done", "postponed", "no_contact"), ("next_step", "")),
    **dict.fromkeys(("criterion_met", "criterion_withdrawn"), ("criterion", "criterion")),
    **dict.fromkeys(("archived", "restored"), ("archive", "")),
    "amount_changed": ("amount", ""),
    "owner_changed": ("owner", ""),
    "field_changed": ("field", "field"),
    "stakeholder_set": ("person", "person"),
    "question_answered": ("answer", "question"),
    "document_added": ("document", ""),
}
"""By kind: the group, and the key of the data that says which. Of one subject only the latest can be undone."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "stage": ("stage", "stage_entered_at", "outcome", "closed_at", "lost_reason", "lost_to"),
    "next_step": (
        "next_step",
        "next_step_on",
        "next_activity",
        "next_selling",
        "next_expected",
        "next_person_id",
        "parked_until",
        "no_contact_at",
    ),
    "amount": ("amount_minor", "currency"),
    "owner": ("owner_id",),
    "archive": ("archived_at",),
}
"""The columns of a deal that a group changes."""

MOVED_BY_MERGES = frozenset({"organization"})

FIELD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "expected_close": ("expected_close",),
    "version": ("version_id",),
    "deal_title": ("title",),
    "deal_organization": ("organization_id",),
}
"""The columns of the fields that are no fact of their own."""


def subject_of(event: Told) -> Subject | None:
    """Give what an event is about; None for kinds that change nothing here."""
    if event.kind not in SUBJECTS or is_of_the_row(event):
        return None
    group, key = SUBJECTS[event.kind]
    if group == "document":
        return group, str(event.id)
    return group, str(event.data.get(key, "")) if key else ""


def is_of_the_row(event: Told) -> bool:
    """Tell whether a merge wrote an event: its row is moved by the merge alone, there and back."""
    return event.kind == "field_changed" and event.data.get("field") in MOVED_BY_MERGES


def columns_of(subject: Subject) -> tuple[str, ...]:
    """Give the columns of a deal that events about this subject change."""
    group, key = subject
    return FIELD_COLUMNS.get(key, ()) if group == "field" else COLUMNS.get(group, ())


def act_of(told: Sequence[Told], event: UUID) -> frozenset[UUID]:
    """Give the ids of the events of one act, that of `event`: those of one moment by one person.

    A criterion that the act proved goes with it, unless somebody decided about it since. Refusal: cannot_undo where
    `event` changes nothing, is not told or belongs to the beginning; not_latest where a later act changed the same.
    """
    anchor = next((one for one in told if one.id == event), None)
    if anchor is None or subject_of(anchor) is None:
        raise Refusal("cannot_undo")
    act = [one for one in told if (one.at, one.by) == (anchor.at, anchor.by)]
    if any(one.kind in BEGINNINGS for one in act):
        raise Refusal("cannot_undo")
    ours = frozenset(one.id for one in act if subject_of(one) is not None)
    changed_since = _changed_since(told, ours)
    if any(subject_of(one) in changed_since and not is_proved(one) for one in act):
        raise Refusal("not_latest")
    return frozenset(one.id for one in act if one.id in ours and subject_of(one) not in changed_since)


def is_proved(event: Told) -> bool:
    """Tell whether an event says of a criterion what its proof says, and nobody's tick."""
    return event.kind in SUBJECTS and event.kind.startswith("criterion_") and not by_hand(event)


def by_hand(event: Told) -> bool:
    """Tell whether somebody ticked a criterion, or took the tick away."""
    return "tick" in event.data.get("proof", {"tick": True})


BEGINNINGS = frozenset({"created", "converted"})


def _changed_since(told: Sequence[Told], ours: frozenset[UUID]) -> frozenset[Subject | None]:
    """Give the subjects of later events than the first of `ours` that are none of them."""
    first = next(place for place, one in enumerate(told) if one.id in ours)
    return frozenset(subject_of(one) for one in told[first:] if one.id not in ours) - {None}


def state_of(events: Iterable[Told]) -> State:
    """Give what the events make of a deal; events of other kinds change nothing."""
    state = State()
    for event in events:
        state = CHANGES.get(event.kind, _nothing)(state, event)
    return state


def _nothing(state: State, _event: Told) -> State:
    return state


def _created(state: State, event: Told) -> State:
    owner, organization = event.data.get("owner"), event.data.get("organization")
    begun = replace(
        state,
        title=event.said.get("title", ""),
        organization_id=UUID(organization) if organization else None,
        owner_id=UUID(owner) if owner else None,
        version_id=event.map_version,
    )
    return _amount(begun, event)


def _entered(state: State, event: Told) -> State:
    return replace(state, stage=event.stage, stage_entered_at=event.at)


def _amount(state: State, event: Told) -> State:
    amount = event.data.get("amount_minor")
    currency = event.data.get("currency", "") if amount is not None else ""
    return replace(state, amount_minor=amount, currency=currency)


def _owner(state: State, event: Told) -> State:
    return replace(state, owner_id=UUID(event.data["owner"]))


def _field(state: State, event: Told) -> State:
    name, value = event.data.get("field"), event.data.get("value")
    if name == "expected_close":
        return replace(state, expected_close=date.fromisoformat(value) if value else None)
    if name == "version":
        return replace(state, version_id=UUID(str(value)))
    if name == "deal_title":
        return replace(state, title=event.said.get("value", ""))
    if name == "deal_organization":
        return replace(state, organization_id=UUID(str(value)))
    return _kept(state, event)


def _kept(state: State, event: Told) -> State:
    """Keep the latest event of a subject, or none where it takes the fact away."""
    subject = subject_of(event)
    if subject is None:
        return state
    kept = {one: told for one, told in state.kept.items() if one != subject}
    return replace(state, kept=kept if is_taken_away(event) else {**kept, subject: event})


def is_taken_away(event: Told) -> bool:
    """Tell whether an event says that there is no such fact, person or answer any more."""
    match event.kind:
        case "field_changed":
            return event.data.get("value") in (None, False, "", [])
        case "stakeholder_set":
            return not event.data.get("role")
        case "question_answered":
            return not event.data.get("value")
    return False


def _won(state: State, event: Told) -> State:
    return replace(state, outcome="won", closed_at=event.at)


def _lost(state: State, event: Told) -> State:
    return replace(
        state,
        outcome="lost",
        closed_at=event.at,
        lost_reason=event.data["reason"],
        lost_to=event.said.get("competitor", ""),
    )


def _reopened(state: State, _event: Told) -> State:
    return replace(state, outcome=None, closed_at=None, lost_reason="", lost_to="")


def _planned(state: State, event: Told) -> State:
    person = event.data.get("person")
    return replace(
        _unplanned(state),
        next_step=event.said.get("next_step") or event.data["activity"],
        next_step_on=date.fromisoformat(event.data["due"][:10]),
        next_activity=event.data.get("activity") or "",
        next_selling=event.data.get("selling") or "",
        next_expected=event.said.get("expected", ""),
        next_person_id=UUID(person) if person else None,
        parked_until=None,
        no_contact_at=None,
    )


def _done(state: State, event: Told) -> State:
    if event.data.get("keeps"):
        return state
    return replace(_unplanned(state), parked_until=None)


def _unplanned(state: State) -> State:
    return replace(
        state,
        next_step="",
        next_step_on=None,
        next_activity="",
        next_selling="",
        next_expected="",
        next_person_id=None,
    )


def _postponed(state: State, event: Told) -> State:
    due = event.data.get("due")
    return replace(state, parked_until=date.fromisoformat(due[:10]) if due else None)


def _no_contact(state: State, event: Told) -> State:
    return replace(_unplanned(state), parked_until=None, no_contact_at=event.at)


def _archived(state: State, event: Told) -> State:
    return replace(state, archived_at=event.at if event.kind == "archived" else None)


def _met(state: State, event: Told) -> State:
    return replace(state, met={**state.met, event.data["criterion"]: event.id})


def _withdrawn(state: State, event: Told) -> State:
    left = {key: proof for key, proof in state.met.items() if key != event.data["criterion"]}
    return replace(state, met=left)


CHANGES: Mapping[str, Change] = {
    "created": _created,
    "stage_entered": _entered,
    "amount_changed": _amount,
    "owner_changed": _owner,
    "field_changed": _field,
    "won": _won,
    "lost": _lost,
    "reopened": _reopened,
    "next_step_set": _planned,
    "activity_done": _done,
    "postponed": _postponed,
    "no_contact": _no_contact,
    "archived": _archived,
    "restored": _archived,
    "stakeholder_set": _kept,
    "question_answered": _kept,
    "document_added": _kept,
    "criterion_met": _met,
    "criterion_withdrawn": _withdrawn,
}
