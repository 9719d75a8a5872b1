"""The difference of two maps: nothing where they are equal, and exactly the change where one was made."""

from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.process.clean_map import CLEAN
from tests.process.strategies import maps

from infield.process import values
from infield.process.difference import THINGS, Change, differences
from infield.process.values import Criterion, ProcessMap, Proof, Stage, Transition
from infield.process.wording import FIELDS, SUBJECTS, change_sentence
from infield.process.yaml_file import read

BASE = read(CLEAN).process


def edited(*swaps: tuple[str, str]) -> ProcessMap:
    text = CLEAN
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text).process


def without(process: ProcessMap, part: str, index: int) -> ProcessMap:
    things = getattr(process, part)
    return replace(process, **{part: things[:index] + things[index + 1 :]})


def sentences(old: ProcessMap, new: ProcessMap) -> list[str]:
    return [change_sentence(change, "en") for change in differences(old, new)]


def summary(change: Change) -> tuple[Any, ...]:
    return change.action, change.subject.thing, change.place, change.field


RAN = "      - {key: ran, text: The trial week is finished, weight: 20}\n"
FIGURES = "Criterion “The board has confirmed the figures” of “Proposal under review”"
COST = "Criterion “The cost of an hour is named” of “Need understood”"
TOLD = {
    "renamed stage": (
        [("name: Machine on trial", "name: Trial week")],
        "Stage “Trial week”: renamed, it was “Machine on trial”.",
    ),
    "weight": (
        [("figures, weight: 15", "figures, weight: 12.50")],
        f"{FIGURES}: weight changed from 15% to 12.5%.",
    ),
    "criterion text": (
        [("The trial week is finished", "The trial is over")],
        "Criterion “The trial is over” of “Machine on trial”: reworded, it was “The trial week is finished”.",
    ),
    "required": (
        [("named, weight: 12.5", "named, required: no, weight: 12.5")],
        f"{COST}: now optional.",
    ),
    "proof": (
        [("proof: {answer: cost}", "proof: {field: hour_cost}")],
        f"{COST}: proof changed from answer “cost” to field “hour_cost”.",
    ),
    "criterion to another stage": (
        [
            (RAN, ""),
            ("    criteria:\n  - key: visit", "  - key: visit"),
            (
                "      - {key: seen",
                "      - {key: ran, text: The trial week is finished, weight: 20}\n      - {key: seen",
            ),
        ],
        "Criterion “The trial week is finished” of “Visit to a client”: moved here from “Machine on trial”.",
    ),
    "department of a stage": (
        [("department: marketing", "department: sales")],
        "Stage “Problem noticed”: department changed from “marketing” to “sales”.",
    ),
    "condition of a way": (
        [("kind: way_back}", "kind: way_back, when: if the price is too high}")],
        "Way Proposal under review → Need understood: condition is now “if the price is too high”.",
    ),
    "kind of a way": (
        [("target: visit, kind: branch}", "target: visit, kind: jump}")],
        "Way Need understood → Visit to a client: kind changed from “branch” to “jump”.",
    ),
    "new way": (
        [("ways_out:", "  - {source: pilot, target: need, kind: way_back}\nways_out:")],
        "Way Machine on trial → Need understood: added.",
    ),
    "sources of a way out": (
        [("sources: [need, offer], ", "")],
        "Way out “Not this year”: stages it leaves from removed, it was “need”, “offer”.",
    ),
    "department gone": (
        [("  - {key: marketing, name: Marketing}\n", "")],
        "Department “Marketing”: removed.",
    ),
    "owner": (
        [("owner: Head of sales", "owner: Mia")],
        "The map: owner changed from “Head of sales” to “Mia”.",
    ),
    "objective gone": (
        [("objective:\n  text: Win twenty plants this year\n", "")],
        "The map: objective removed, it was “Win twenty plants this year”.",
    ),
    "days": (
        [("name: Machine on trial", "name: Machine on trial\n    expected_days: 7")],
        "Stage “Machine on trial”: expected days is now 7.",
    ),
    "where a win counts": (
        [("stage: signed}", "stage: signed, at: entry}")],
        "Point that counts (win) at “Contract signed”: where changed from “exit” to “entry”.",
    ),
    "question gone": (
        [("      - {key: before, text: What have you tried so far?}\n", "")],
        "Question “What have you tried so far?” of “Need understood”: removed.",
    ),
}


@pytest.mark.parametrize(("swaps", "told"), TOLD.values(), ids=TOLD)
def test_a_change_of_the_file_is_told_in_one_sentence(swaps: list[tuple[str, str]], told: str) -> None:
    assert sentences(BASE, edited(*swaps)) == [told]


@pytest.mark.parametrize(
    ("language", "listed"),
    [("ja", "「need」、「offer」"), ("fi", "”need”, ”offer”"), ("th", "“need”, “offer”")],
)
def test_texts_are_quoted_and_listed_as_the_language_does(language: str, listed: str) -> None:
    swaps, _ = TOLD["sources of a way out"]
    with translation.override(language):
        (told,) = sentences(BASE, edited(*swaps))
    assert listed in told


def test_a_stage_is_told_as_a_whole_and_not_with_all_that_is_in_it() -> None:
    shorter = without(BASE, "stages", 6)
    assert sentences(BASE, shorter) == ["Stage “Waiting for a budget”: removed."]
    assert sentences(shorter, BASE) == ["Stage “Waiting for a budget”: added."]


def test_one_stage_moved_past_others_is_one_move() -> None:
    stages = BASE.stages
    moved = replace(BASE, stages=(*stages[:2], stages[4], *stages[2:4], *stages[5:]))
    assert sentences(BASE, moved) == ["Stage “Proposal under review”: moved from place 5 to place 3."]


def test_the_sale_at_another_stage_is_said_of_both() -> None:
    new = edited(
        ("    sale: true\n", ""),
        ("name: Proposal under review", "name: Proposal under review\n    sale: true"),
    )
    assert sentences(BASE, new) == [
        "Stage “Proposal under review”: its exit is now the sale.",
        "Stage “Contract signed”: its exit is no longer the sale.",
    ]


def test_a_criterion_that_moves_and_changes_is_told_as_both() -> None:
    asked = BASE.stages[0].criteria[0]
    heavier = replace(asked, weight=Decimal(11))
    need = replace(BASE.stages[1], criteria=(heavier, *BASE.stages[1].criteria))
    new = replace(BASE, stages=(replace(BASE.stages[0], criteria=()), need, *BASE.stages[2:]))
    assert [summary(change) for change in differences(BASE, new)] == [
        ("to_other_stage", "criterion", ("stages", 1, "criteria", 0), None),
        ("changed", "criterion", ("stages", 1, "criteria", 0, "weight"), "weight"),
    ]


def test_a_criterion_of_a_removed_stage_that_lives_on_is_told() -> None:
    saved = replace(BASE.stages[5], criteria=(*BASE.stages[5].criteria, *BASE.stages[6].criteria))
    new = replace(BASE, stages=(*BASE.stages[:5], saved, BASE.stages[7]))
    assert [summary(change) for change in differences(BASE, new)] == [
        ("removed", "stage", ("stages", 6), None),
        ("to_other_stage", "criterion", ("stages", 5, "criteria", 1), None),
    ]


@pytest.mark.slow
@given(maps)
def test_a_map_does_not_differ_from_itself(process: ProcessMap) -> None:
    assert differences(process, replace(process)) == ()


@pytest.mark.slow
@given(maps, maps)
def test_two_maps_differ_exactly_when_they_are_not_equal(one: ProcessMap, other: ProcessMap) -> None:
    found = differences(one, other)
    assert bool(found) == (one != other)
    for change in found:
        assert change_sentence(change, "ja").strip()


OTHER: dict[str, Callable[[Any], Any]] = {
    "bool": lambda old: not old,
    "int": lambda old: old + 1,
    "Decimal": lambda old: old + 1,
    "str": lambda old: f"{old}~",
    "dict": lambda old: {**old, "fi": "muu"},
    "NoneType": lambda _: "something",
    "date": lambda old: old.replace(year=1999),
    "Proof": lambda old: Proof(document="other") if old != Proof(document="other") else Proof(tick=True),
}
MARKS = {"key", "source", "target", "counts"}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the path of every single value of a map that can be changed without making it another thing."""
    if type(value).__name__ in THINGS:
        return [leaf for f in fields(value) for leaf in leaves(getattr(value, f.name), (*path, f.name))]
    if isinstance(value, tuple):
        return [leaf for index, item in enumerate(value) for leaf in leaves(item, (*path, index))]
    return [path] if is_changeable(path) else []


def is_changeable(path: tuple[Any, ...]) -> bool:
    makes_it_another = path[-1] in MARKS or (path[-1] in ("stage", "kind") and len(path) == 3)
    guidance_kind = len(path) > 3 and path[2] == "guidance" and path[-1] == "kind"
    return not (isinstance(path[-1], int) or makes_it_another or guidance_kind)


def changed_at(value: Any, path: tuple[Any, ...]) -> Any:
    if not path:
        return OTHER[type(value).__name__](value)
    if isinstance(value, tuple):
        return tuple(changed_at(v, path[1:]) if i == path[0] else v for i, v in enumerate(value))
    return replace(value, **{path[0]: changed_at(getattr(value, path[0]), path[1:])})


@pytest.mark.slow
@given(maps, st.data())
def test_one_value_changed_anywhere_is_the_one_change_named(process: ProcessMap, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(leaves(process)))
    new = changed_at(process, path)
    (change,) = [one for one in differences(process, new) if one.action != "to_other_stage"]
    assert (change.action, change.place, change.field) == ("changed", path, path[-1])


@pytest.mark.slow
@given(maps, st.data())
def test_one_thing_taken_away_is_the_one_change_named(process: ProcessMap, data: st.DataObject) -> None:
    parts = ("stages", "departments", "measures", "personas", "ways_out")
    part = data.draw(st.sampled_from(parts))
    things = getattr(process, part)
    assume(len(things) > (part == "stages"))
    index = data.draw(st.integers(0, len(things) - 1))
    found = differences(process, without(process, part, index))
    assert [(one.action, one.place) for one in found if one.action != "to_other_stage"] == [
        ("removed", (part, index))
    ]


def test_every_class_of_a_map_and_every_field_of_it_has_its_words() -> None:
    classes = [kind for name, kind in vars(values).items() if name in THINGS]
    assert len(classes) == len(THINGS)
    assert set(SUBJECTS) == set(THINGS.values())
    named = {field.name for kind in classes for field in fields(kind)}
    lists = {"personas", "departments", "measures", "points_that_count", "stages", "transitions", "ways_out"}
    inner = {"criteria", "questions", "guidance", "substages", "starting_point", "key", "source", "counts"}
    assert named - lists - inner == set(FIELDS)


def test_two_ways_between_the_same_stages_are_told_apart_by_their_order() -> None:
    stages = (Stage(key="a", name="A"), Stage(key="b", name="B"))
    one, other = (Transition(source="a", target="b", when=when) for when in ("if small", "if big"))
    old = ProcessMap(name="x", stages=stages, transitions=(one, other))
    new = replace(old, transitions=(one, replace(other, rare=True)))
    assert sentences(old, new) == ["Way A → B: rare changed from no to yes."]


def test_criteria_with_the_same_key_do_not_confuse_the_walk() -> None:
    twice = (Criterion(key="c", text="One"), Criterion(key="c", text="Two"))
    old = ProcessMap(name="x", stages=(Stage(key="a", name="A", criteria=twice),))
    new = replace(old, stages=(Stage(key="a", name="A", criteria=twice[:1]),))
    assert sentences(old, new) == ["Criterion “Two” of “A”: removed."]
