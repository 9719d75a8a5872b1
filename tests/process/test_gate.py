"""Gates and progress on the clean map by hand, and on maps made by chance against every way one by one."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.process.clean_map import CLEAN
from tests.process.generated_maps import generated_map

from infield.process.flow import ONWARD, closure, first_stage, on_the_way, sale_stage, ways
from infield.process.gate import (
    Gate,
    after_the_sale,
    checklist,
    gate,
    progress,
    sale_gate,
)
from infield.process.values import ProcessMap, Transition
from infield.process.yaml_file import read

MAP = read(CLEAN).process
ALL = frozenset(criterion.key for _, criterion in MAP.criteria())
JUMP = replace(
    MAP, transitions=(*MAP.transitions, Transition(source="need", target="signed", kind="jump", rare=True))
)


def open_keys(found: Gate) -> list[tuple[str, str]]:
    return [(one.stage.key, criterion.key) for one in found.passed for criterion in one.open]


def test_a_checklist_has_every_criterion_of_the_stage_in_the_order_of_the_map() -> None:
    lines = checklist(MAP.stage("need"), {"sponsor", "ran"})
    assert [(line.criterion.key, line.is_met) for line in lines] == [("priced", False), ("sponsor", True)]


def test_a_step_onward_asks_for_the_criteria_of_the_stage_it_leaves() -> None:
    assert open_keys(gate(MAP, {"priced"}, "need", "pilot")) == [("need", "sponsor")]
    assert gate(MAP, {"priced", "sponsor"}, "need", "pilot").is_open


def test_skipping_stages_asks_for_the_criteria_of_all_of_them() -> None:
    found = gate(MAP, {"sponsor", "ran"}, "noticed", "signed")
    assert open_keys(found) == [("noticed", "asked"), ("need", "priced"), ("offer", "figures")]
    assert [one.stage.key for one in found.passed] == ["noticed", "need", "pilot", "offer"]


def test_of_two_branches_the_one_with_fewer_open_criteria_counts() -> None:
    assert open_keys(gate(MAP, {"priced", "sponsor", "seen"}, "need", "offer")) == []
    assert open_keys(gate(MAP, {"priced", "sponsor"}, "need", "offer")) == [("pilot", "ran")]


def test_a_jump_that_the_map_permits_asks_only_for_the_stage_it_leaves() -> None:
    assert open_keys(gate(JUMP, {"sponsor"}, "need", "signed")) == [("need", "priced")]
    assert open_keys(gate(MAP, ALL - {"figures"}, "need", "signed")) == [("offer", "figures")]


@pytest.mark.parametrize(
    ("source", "target"), [("offer", "need"), ("signed", "noticed"), ("need", "waiting"), ("waiting", "need")]
)
def test_a_move_back_or_to_where_a_no_waits_has_no_gate(source: str, target: str) -> None:
    found = gate(MAP, (), source, target)
    assert found.is_back
    assert found.is_open


def test_a_rest_is_no_way_past_the_gates() -> None:
    found = gate(MAP, {"asked", "again"}, "waiting", "offer")
    assert not found.is_back
    assert open_keys(found) == [("need", "priced"), ("need", "sponsor"), ("pilot", "ran")]


def test_changing_to_the_other_branch_asks_for_the_branch_left_and_the_way_there() -> None:
    assert open_keys(gate(MAP, {"asked", "priced"}, "pilot", "visit")) == [
        ("pilot", "ran"),
        ("need", "sponsor"),
    ]


def test_staying_passes_nothing() -> None:
    assert gate(MAP, (), "need", "need") == Gate("need", "need", is_back=False, passed=())


def test_an_optional_criterion_is_never_asked_for() -> None:
    need = MAP.stage("need")
    eased = replace(need, criteria=tuple(replace(one, required=one.key == "priced") for one in need.criteria))
    stages = tuple(eased if stage is need else stage for stage in MAP.stages)
    found = gate(replace(MAP, stages=stages), (), "need", "pilot")
    assert open_keys(found) == [("need", "priced")]


def test_the_sale_asks_for_its_own_stage_too() -> None:
    assert open_keys(sale_gate(MAP, ALL - {"contract", "figures"}, "offer")) == [
        ("offer", "figures"),
        ("signed", "contract"),
    ]
    assert open_keys(sale_gate(MAP, (), "signed")) == [("signed", "contract")]
    assert sale_gate(MAP, ALL, "need").is_open


def test_an_unknown_stage_is_an_error() -> None:
    with pytest.raises(KeyError):
        gate(MAP, (), "need", "nowhere")


def test_only_what_follows_the_sale_is_after_it() -> None:
    assert after_the_sale(MAP) == {"running"}


@pytest.mark.parametrize(
    ("met", "percent"),
    [
        ((), "0"),
        (("asked", "priced"), "22.5"),
        (("ran", "seen"), "20"),
        (("asked", "sponsor", "seen", "figures"), "62.5"),
        (ALL, "100"),
        (("again", "no such criterion"), "0"),
    ],
)
def test_progress_is_the_sum_of_the_weights_met_with_a_fork_counted_once(
    met: Collection[str], percent: str
) -> None:
    assert progress(MAP, met) == Decimal(percent)


@st.composite
def maps_and_met(draw: st.DrawFn) -> tuple[ProcessMap, frozenset[str]]:
    process = generated_map(draw(st.integers(0, 400)))
    keys = sorted({criterion.key for _, criterion in process.criteria()})
    return process, frozenset(draw(st.sets(st.sampled_from(keys)))) if keys else frozenset()


def each_way(
    steps: list[tuple[str, str]], here: str, goal: str, been: tuple[str, ...] = ()
) -> Iterator[list[str]]:
    """Every way that meets no stage twice, one by one: slow, and sure."""
    if here == goal:
        yield [*been]
        return
    for source, target in steps:
        if source == here and target not in (*been, here):
            yield from each_way(steps, target, goal, (*been, here))


@given(maps_and_met())
def test_progress_is_the_most_of_any_way_to_the_sale(made: tuple[ProcessMap, frozenset[str]]) -> None:
    process, met = made
    steps = [(way.source, way.target) for way in ways(process) if way.kind in ONWARD]
    first, sale = first_stage(process).key, sale_stage(process).key
    sums = [
        sum(
            (one.weight for key in (*way, sale) for one in process.stage(key).criteria if one.key in met),
            Decimal(0),
        )
        for way in each_way(steps, first, sale)
    ]
    if sums:
        assert progress(process, met) == max(sums)


@given(maps_and_met(), st.data())
def test_a_gate_has_the_fewest_open_criteria_of_any_way(
    made: tuple[ProcessMap, frozenset[str]], data: st.DataObject
) -> None:
    process, met = made
    keys = [stage.key for stage in process.stages]
    source, target = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
    found = gate(process, met, source, target)
    steps = [(way.source, way.target) for way in ways(process) if way.kind in (*ONWARD, "jump")]
    if found.is_back or target not in closure({source}, steps):
        return
    counts = [
        sum(one.required and one.key not in met for key in way for one in process.stage(key).criteria)
        for way in each_way(steps, source, target)
    ]
    assert len(found.open) == min(counts)


@given(maps_and_met(), st.data())
def test_meeting_one_more_criterion_never_opens_less_and_never_takes_progress(
    made: tuple[ProcessMap, frozenset[str]], data: st.DataObject
) -> None:
    process, met = made
    keys = [stage.key for stage in process.stages]
    source, target = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
    every = [criterion.key for _, criterion in process.criteria()]
    more = met | {data.draw(st.sampled_from(every))} if every else met
    assert len(gate(process, more, source, target).open) <= len(gate(process, met, source, target).open)
    assert progress(process, more) >= progress(process, met)


@given(maps_and_met(), st.data())
def test_the_criteria_a_gate_names_are_those_that_open_it(
    made: tuple[ProcessMap, frozenset[str]], data: st.DataObject
) -> None:
    process, met = made
    keys = [stage.key for stage in process.stages]
    source, target = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
    asked = gate(process, met, source, target).open
    assert not {one.key for one in asked} & met
    assert gate(process, met | {one.key for one in asked}, source, target).is_open


@given(maps_and_met())
def test_side_stages_carry_no_progress(made: tuple[ProcessMap, frozenset[str]]) -> None:
    process, _ = made
    side = {one.key for stage, one in process.criteria() if stage.key not in on_the_way(process)}
    carrying = {one.key for stage, one in process.criteria() if stage.key in on_the_way(process)}
    assert progress(process, side - carrying) == 0
