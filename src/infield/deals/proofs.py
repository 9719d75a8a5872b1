"""What proves a criterion: one pure function over the events of a case, which reads no table.

In: the map a deal runs on, and the events of its case that count, in their order. Out: the verdicts that are due:
criteria that their proof has met since, and criteria whose proof no longer holds. What somebody ticked by hand stays
as it is; what somebody took away by hand stays away until a later event proves it anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infield.deals.buyers.roles import proves
from infield.deals.facts.kinds import SAME_AS
from infield.deals.state import Told, by_hand
from infield.history.events import CASE_FACTS
from infield.process.values import ProcessMap

CRITERION = ("criterion_met", "criterion_withdrawn")
PROVING = (
    "created",
    "converted",
    "field_changed",
    "amount_changed",
    "next_step_set",
    "activity_done",
    "stakeholder_set",
    "document_added",
    "signed",
    "question_answered",
    "objection_raised",
)
"""The kinds that can prove something, or take a proof away."""

NOT_REACHED = "not_reached"
EMPTY: tuple[object, ...] = (None, False, "", [])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be written of a criterion; `proof`: what is asked for, and the `event` that shows it."""

    criterion: str
    is_met: bool
    proof: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What was last said of a criterion, and at which place of the events."""

    place: int
    is_met: bool
    by_hand: bool


def verdicts(process: ProcessMap, events: Sequence[Told]) -> tuple[Verdict, ...]:
    """Give what is due for the criteria of the map, in its order; written, they leave nothing due."""
    standing = _standing(events)
    return tuple(
        verdict
        for _, criterion in process.criteria()
        for kind, wanted in criterion.proof.named()
        if kind != "tick"
        for verdict in _due(criterion.key, kind, str(wanted), standing.get(criterion.key), events)
    )


def asks(process: ProcessMap) -> bool:
    """Tell whether the map has a criterion that proves itself."""
    return any(criterion.proof.kind != "tick" for _, criterion in process.criteria())


def may_prove(process: ProcessMap, kind: str, data: Mapping[str, object]) -> bool:
    """Tell whether an event of this kind can change what the map's proofs say: most cannot, and cost nothing."""
    asked = _asked(process)
    match kind:
        case "activity_done":
            return ("activity", data.get("activity")) in asked or ("field", "next_step") in asked
        case "next_step_set":
            return ("field", "next_step") in asked
        case "amount_changed":
            return ("field", "amount") in asked
        case "objection_raised":
            return ("field", "objections") in asked
        case "field_changed":
            return ("field", data.get("field")) in asked
        case "document_added" | "signed":
            return ("document", data.get("document")) in asked
        case "question_answered":
            return ("answer", str(data.get("question", "")).rpartition(":")[2]) in asked
        case "stakeholder_set":
            return ("field", "contact") in asked or any(proof == "stakeholder" for proof, _ in asked)
    return kind in PROVING and bool(asked)


def _asked(process: ProcessMap) -> set[tuple[str, object]]:
    named = (pair for _, criterion in process.criteria() for pair in criterion.proof.named())
    return {(kind, SAME_AS.get(str(wanted), wanted)) for kind, wanted in named if kind != "tick"}


def place_of(kind: str, wanted: str, events: Sequence[Told]) -> int | None:
    """Give the place of the event that shows a proof now; None: nothing does."""
    return PLACES[kind](wanted, events)


def _due(
    key: str, kind: str, wanted: str, said: _Standing | None, events: Sequence[Told]
) -> Iterator[Verdict]:
    place = place_of(kind, wanted, events)
    if place is None:
        if said and said.is_met and not said.by_hand:
            yield Verdict(key, is_met=False, proof={kind: wanted})
    elif said is None or (not said.is_met and (not said.by_hand or said.place < place)):
        yield Verdict(key, is_met=True, proof={kind: wanted, "event": str(events[place].id)})


def _standing(events: Sequence[Told]) -> dict[str, _Standing]:
    return {
        str(event.data["criterion"]): _Standing(place, event.kind == "criterion_met", by_hand(event))
        for place, event in enumerate(events)
        if event.kind in CRITERION
    }


def _field(wanted: str, events: Sequence[Told]) -> int | None:
    field = SAME_AS.get(wanted, wanted)
    told = [(place, _tells(event, field)) for place, event in enumerate(events)]
    last = next(((place, filled) for place, filled in reversed(told) if filled is not None), None)
    return last[0] if last and last[1] else None


def _tells(event: Told, field: str) -> bool | None:
    """Tell whether an event says that a field is filled, or empty; None: it says nothing of it."""
    if event.kind == "field_changed" and event.data.get("field") == field:
        return event.data.get("value") not in EMPTY
    if field == "next_step" and event.kind in ("next_step_set", "activity_done"):
        return None if event.data.get("keeps") else event.kind == "next_step_set"
    if field == "contact" and event.kind == "stakeholder_set":
        return True if event.data.get("role") else None
    if field == "objections" and event.kind == "objection_raised":
        return True
    name = "amount_minor" if field == "amount" else field
    return event.data[name] is not None if name in CASE_FACTS and name in event.data else None


def _activity(wanted: str, events: Sequence[Told]) -> int | None:
    return _last(
        place
        for place, event in enumerate(events)
        if event.kind == "activity_done"
        and event.data.get("activity") == wanted
        and event.data.get("outcome") != NOT_REACHED
    )


def _stakeholder(wanted: str, events: Sequence[Told]) -> int | None:
    roles = {
        event.data.get("person"): (place, str(event.data.get("role") or ""))
        for place, event in enumerate(events)
        if event.kind == "stakeholder_set"
    }
    return _last(sorted(place for place, role in roles.values() if proves(role, wanted)))


def _document(wanted: str, events: Sequence[Told]) -> int | None:
    return _last(
        place
        for place, event in enumerate(events)
        if event.kind in ("document_added", "signed") and event.data.get("document") == wanted
    )


def _answer(wanted: str, events: Sequence[Told]) -> int | None:
    """A full answer proves; "partly", "no" and "unknown" are answers too, and prove nothing."""
    told = [
        (place, event.data.get("value"))
        for place, event in enumerate(events)
        if event.kind == "question_answered"
        and str(event.data.get("question", "")).rpartition(":")[2] == wanted
    ]
    return told[-1][0] if told and told[-1][1] == "yes" else None


def _last(places: "Iterator[int] | list[int]") -> int | None:
    found = list(places)
    return found[-1] if found else None


PLACES = {
    "field": _field,
    "activity": _activity,
    "stakeholder": _stakeholder,
    "document": _document,
    "answer": _answer,
}
