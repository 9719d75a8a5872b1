"""Criteria that prove themselves: what is due is what a slow, separate reading of the same events finds."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infield.deals.proofs import may_prove, verdicts
from infield.deals.state import Told
from infield.process.values import Criterion, ProcessMap, Proof, Stage

ASKED = {
    "money": Proof(field="budget"),
    "by_when": Proof(field="timeline"),
    "met_them": Proof(activity="meeting"),
    "decides": Proof(stakeholder="decision_maker"),
    "signed": Proof(document="contract"),
    "cost": Proof(answer="cost"),
    "liked": Proof(tick=True),
}
MAP = ProcessMap(
    name="Proofs",
    stages=(
        Stage(
            key="only",
            name="Only",
            criteria=tuple(Criterion(key=key, text=key, proof=proof) for key, proof in ASKED.items()),
        ),
    ),
)
BEGAN = datetime(2026, 11, 1, tzinfo=UTC)

field = st.builds(
    lambda name, value: ("field_changed", {"field": name, "value": value}),
    st.sampled_from(["budget", "goal_date", "need"]),
    st.sampled_from([None, [5, "EUR"], "2026-12-01", False, True]),
)
activity = st.builds(
    lambda kind, outcome: ("activity_done", {"activity": kind} | ({"outcome": outcome} if outcome else {})),
    st.sampled_from(["meeting", "call"]),
    st.sampled_from([None, "reached", "not_reached"]),
)
person = st.builds(
    lambda who, role: ("stakeholder_set", {"person": who, "role": role}),
    st.sampled_from(["ann", "bea"]),
    st.sampled_from([None, "decision_maker", "approver", "user"]),
)
document = st.builds(
    lambda kind: ("document_added", {"document": kind}), st.sampled_from(["contract", "proposal"])
)
answer = st.builds(
    lambda key, value: ("question_answered", {"question": key, "value": value}),
    st.sampled_from(["only:cost", "cost", "bant:means"]),
    st.sampled_from(["yes", "partly", "no", "unknown"]),
)
by_hand = st.builds(
    lambda kind, key: (kind, {"criterion": key}),
    st.sampled_from(["criterion_met", "criterion_withdrawn"]),
    st.sampled_from(list(ASKED)),
)
happenings = st.lists(st.one_of(field, activity, person, document, answer, by_hand), max_size=25)


def told(kind: str, data: dict[str, Any], number: int) -> Told:
    return Told(
        id=UUID(int=number), kind=kind, at=BEGAN + timedelta(minutes=number), stage="only", data=data, said={}
    )


def lived(events: Sequence[tuple[str, dict[str, Any]]]) -> list[Told]:
    """The events as they would stand in the log: after each one what is due is written."""
    log: list[Told] = []
    for kind, data in events:
        log.append(told(kind, data, len(log)))
        _settle(log)
    return log


def _settle(log: list[Told]) -> None:
    for verdict in verdicts(MAP, log):
        kind = "criterion_met" if verdict.is_met else "criterion_withdrawn"
        data = {"criterion": verdict.criterion, "proof": dict(verdict.proof)}
        log.append(told(kind, data, len(log)))


def met(log: Sequence[Told]) -> set[str]:
    found: set[str] = set()
    for event in log:
        if event.kind == "criterion_met":
            found.add(event.data["criterion"])
        if event.kind == "criterion_withdrawn":
            found.discard(event.data["criterion"])
    return found


def proved_by(key: str, raw: Sequence[tuple[str, dict[str, Any]]]) -> int | None:
    """The last raw event that shows the proof of a criterion, read the slow way."""
    filled: dict[str, int | None] = {}
    roles: dict[str, tuple[str | None, int]] = {}
    meetings, contracts, cost = [], [], None
    for place, (kind, data) in enumerate(raw):
        if kind == "field_changed":
            filled[data["field"]] = place if data["value"] else None
        if kind == "stakeholder_set":
            roles[data["person"]] = (data["role"], place)
        if kind == "activity_done" and data["activity"] == "meeting" and data.get("outcome") != "not_reached":
            meetings.append(place)
        if kind == "document_added" and data["document"] == "contract":
            contracts.append(place)
        if kind == "question_answered" and data["question"] in ("cost", "only:cost"):
            cost = place if data["value"] == "yes" else None
    deciders = [place for role, place in roles.values() if role in ("decision_maker", "approver")]
    return {
        "money": filled.get("budget"),
        "by_when": filled.get("goal_date"),
        "met_them": max(meetings, default=None),
        "decides": max(deciders, default=None),
        "signed": max(contracts, default=None),
        "cost": cost,
        "liked": None,
    }[key]


def is_met(key: str, raw: Sequence[tuple[str, dict[str, Any]]]) -> bool:
    """A tick by hand stands until it is taken away; a proof counts unless it was taken away since."""
    standing, ticked = False, False
    for place, (kind, data) in enumerate(raw):
        if data.get("criterion") == key and kind == "criterion_met":
            standing = ticked = True
        elif data.get("criterion") == key:
            standing = ticked = False
        before, now = proved_by(key, raw[:place]), proved_by(key, raw[: place + 1])
        if now is None and not ticked:
            standing = False
        elif now is not None and now != before and now == place:
            standing = True
    return standing


@given(happenings)
def test_what_is_met_is_what_a_naive_reading_finds(raw: list[tuple[str, dict[str, Any]]]) -> None:
    assert met(lived(raw)) == {key for key in ASKED if is_met(key, raw)}


@given(happenings)
def test_what_is_written_leaves_nothing_due(raw: list[tuple[str, dict[str, Any]]]) -> None:
    assert verdicts(MAP, lived(raw)) == ()


@given(happenings)
def test_an_event_that_may_prove_nothing_makes_nothing_due(raw: list[tuple[str, dict[str, Any]]]) -> None:
    log: list[Told] = []
    for kind, data in raw:
        log.append(told(kind, data, len(log)))
        if not may_prove(MAP, kind, data) and not kind.startswith("criterion_"):
            assert verdicts(MAP, log) == ()
        _settle(log)


@given(happenings, st.integers(min_value=0, max_value=24))
def test_a_proof_that_is_undone_proves_no_longer(raw: list[tuple[str, dict[str, Any]]], which: int) -> None:
    facts = [one for one in raw if not one[0].startswith("criterion_")]
    if which >= len(facts):
        return
    log = lived(facts)
    gone = [one for one in log if one.kind == facts[which][0] and one.data == facts[which][1]][-1]
    left = [one for one in log if one.id != gone.id]
    _settle(left)
    rest = [(one.kind, dict(one.data)) for one in left if not one.kind.startswith("criterion_")]
    assert met(left) == {key for key in ASKED if proved_by(key, rest) is not None}


@pytest.mark.parametrize(("keeps", "met"), [(True, {"dated"}), (False, set())])
def test_what_is_done_beside_the_plan_leaves_the_next_step_planned(keeps: bool, met: set[str]) -> None:
    asked = Criterion(key="dated", text="dated", proof=Proof(field="next_step"))
    plans = ProcessMap(name="Plans", stages=(Stage(key="only", name="Only", criteria=(asked,)),))
    log = [
        told("next_step_set", {"activity": "call"}, 0),
        told("activity_done", {"activity": "meeting"} | ({"keeps": True} if keeps else {}), 1),
    ]
    assert {verdict.criterion for verdict in verdicts(plans, log) if verdict.is_met} == met
