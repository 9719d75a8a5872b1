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


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The facts of a deal that events change; `met`: the event that met each criterion, by the criterion's key."""

    stage: str = ""
    stage_entered_at: datetime | None = None
    owner_id: UUID | None = None
    amount_minor: int | None = None
    currency: str = ""
    expected_close: date | None = None
    outcome: str | None = None
    closed_at: datetime | None = None
    lost_reason: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    met: Mapping[str, UUID] = field(default_factory=dict)
    own: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    """What stands in fields of one's own, by key: the value as it was told, and its words."""


type Change = Callable[[State, Told], State]

TOGETHER: Mapping[str, frozenset[str]] = {
    kind: group
    for group in (
        frozenset({"stage_entered", "won", "lost", "reopened"}),
        frozenset({"next_step_set", "activity_done"}),
        frozenset({"criterion_met", "criterion_withdrawn"}),
        frozenset({"amount_changed"}),
        frozenset({"owner_changed"}),
        frozenset({"field_changed"}),
    )
    for kind in group
}
"""Kinds that change the same facts: of these only the latest can be undone."""

FACTS: Mapping[str, tuple[str, ...]] = {
    "stage_entered": ("stage", "stage_entered_at", "outcome", "closed_at", "lost_reason"),
    "next_step_set": ("next_step", "next_step_on"),
    "criterion_met": (),
    "amount_changed": ("amount_minor", "currency"),
    "owner_changed": ("owner_id",),
    "field_changed": ("expected_close",),
}
"""The facts of each group, under one of its kinds."""


def facts_of(kind: str) -> tuple[str, ...]:
    """Give the names of the facts that this kind of event changes."""
    return next((facts for one, facts in FACTS.items() if one in TOGETHER.get(kind, ())), ())


def act_of(told: Sequence[Told], event: UUID) -> frozenset[UUID]:
    """Give the ids of the events of one act, from `event` on: those that changed the same at the same moment.

    Refusal: cannot_undo where `event` changes nothing or is not told; not_latest where a later act changed the same.
    """
    place = next((number for number, one in enumerate(told) if one.id == event), None)
    if place is None or told[place].kind not in TOGETHER:
        raise Refusal("cannot_undo")
    since = [one for one in told[place:] if _same_subject(told[place], one)]
    if any(one.at != told[place].at for one in since):
        raise Refusal("not_latest")
    return frozenset(one.id for one in since)


def state_of(events: Iterable[Told]) -> State:
    """Give what the events make of a deal; events of other kinds change nothing."""
    state = State()
    for event in events:
        state = CHANGES.get(event.kind, _nothing)(state, event)
    return state


def _nothing(state: State, _event: Told) -> State:
    return state


def _created(state: State, event: Told) -> State:
    owner = event.data.get("owner")
    return _amount(replace(state, owner_id=UUID(owner) if owner else None), event)


def _entered(state: State, event: Told) -> State:
    return replace(state, stage=event.stage, stage_entered_at=event.at)


def _amount(state: State, event: Told) -> State:
    amount = event.data.get("amount_minor")
    currency = event.data.get("currency", "") if amount is not None else ""
    return replace(state, amount_minor=amount, currency=currency)


def _owner(state: State, event: Told) -> State:
    return replace(state, owner_id=UUID(event.data["owner"]))


def _field(state: State, event: Told) -> State:
    name, value = event.data.get("field", ""), event.data.get("value")
    if name.startswith("own_"):
        return replace(state, own={**state.own, name: (value, event.said.get("value", ""))})
    if name != "expected_close":
        return state
    return replace(state, expected_close=date.fromisoformat(value) if value else None)


def _won(state: State, event: Told) -> State:
    return replace(state, outcome="won", closed_at=event.at)


def _lost(state: State, event: Told) -> State:
    return replace(state, outcome="lost", closed_at=event.at, lost_reason=event.data["reason"])


def _reopened(state: State, _event: Told) -> State:
    return replace(state, outcome=None, closed_at=None, lost_reason="")


def _planned(state: State, event: Told) -> State:
    due = date.fromisoformat(event.data["due"])
    return replace(state, next_step=event.said.get("next_step") or event.data["activity"], next_step_on=due)


def _done(state: State, _event: Told) -> State:
    return replace(state, next_step="", next_step_on=None)


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
    "criterion_met": _met,
    "criterion_withdrawn": _withdrawn,
}


def _same_subject(one: Told, other: Told) -> bool:
    """Tell whether two events change the same facts: also the same criterion, the same field."""
    if other.kind not in TOGETHER[one.kind]:
        return False
    return all(one.data.get(key) == other.data.get(key) for key in ("criterion", "field"))
