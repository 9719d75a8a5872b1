"""The checker: a clean map gives nothing, a planted mistake gives its one finding at its place and line."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.process.checked import codes, errors, process
from tests.process.clean_map import CLEAN
from tests.process.planted_mistakes import MORE_STAGES, PLANTED, RAN, SEEN, TO_MORE_STAGES, Planted
from tests.process.strategies import maps

from infield.process.lint.check import check
from infield.process.lint.finding import SEVERITIES, in_file_order
from infield.process.values import Criterion, ProcessMap, Stage
from infield.process.wording import finding_sentences
from infield.process.yaml_file import read


def test_a_clean_map_gives_no_finding() -> None:
    assert check(process(CLEAN)) == ()


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_mistake_gives_its_one_finding_at_its_line(planted: Planted) -> None:
    assert planted.old in CLEAN
    text = CLEAN.replace(planted.old, planted.new, 1)
    file = read(text)
    assert [(found.code, found.place) for found in check(file.process)] == [(planted.code, planted.place)]
    assert text.count(planted.line) == 1
    assert file.line_of(planted.place) == text[: text.index(planted.line)].count("\n") + 1


def test_a_map_without_ways_out_is_told_once() -> None:
    text = CLEAN[: CLEAN.index("ways_out:")]
    text = text.replace(
        "  - {source: waiting,", "  - {source: need, target: waiting, kind: jump}\n  - {source: waiting,"
    )
    assert codes(process(text)) == ["no-way-out"]


def test_a_sale_among_the_clients_is_told_once() -> None:
    text = CLEAN.replace("    sale: true\n", "").replace("about: client\n", "about: client\n    sale: true\n")
    places = [(found.code, found.place) for found in errors(process(text))]
    assert places == [("client-before-sale", ("stages", 7, "about"))]


def test_too_many_stages_are_told_once() -> None:
    text = CLEAN.replace("transitions:\n", f"{MORE_STAGES}transitions:\n{TO_MORE_STAGES}")
    found = [one for one in check(process(text)) if one.code != "no-criteria"]
    assert [(one.code, one.params) for one in found] == [("too-many-stages", {"count": 16, "most": 15})]


def test_the_smallest_map_has_no_error() -> None:
    small = "name: Ours\nstages:\n  - {key: a, name: A talk}\n  - {key: b, name: A contract}\n"
    assert errors(process(small)) == []


def test_alternative_branches_may_ask_the_same() -> None:
    text = CLEAN.replace(SEEN, RAN)
    assert text != CLEAN
    assert codes(process(text)) == []


def test_findings_come_in_the_order_of_the_file() -> None:
    text = CLEAN.replace("name: Line running", "name: Our line").replace("owner: Head of sales\n", "")
    text = text.replace("{source: signed, target: running}", "{source: signed, target: runing}")
    assert codes(process(text)) == ["no-owner", "seller-only-name", "unknown-stage"]


def rewired(random_map: ProcessMap) -> ProcessMap:
    """Give the map with every reference to a stage turned to one that exists."""
    known = [stage.key for stage in random_map.stages]

    def near(key: str) -> str:
        return known[len(key) % len(known)]

    ways = tuple(replace(w, source=near(w.source), target=near(w.target)) for w in random_map.transitions)
    outs = tuple(
        replace(out, sources=tuple(map(near, out.sources)), target=out.target and near(out.target))
        for out in random_map.ways_out
    )
    points = tuple(replace(point, stage=near(point.stage)) for point in random_map.points_that_count)
    start = replace(random_map.starting_point, stage=None)
    return replace(
        random_map, transitions=ways, ways_out=outs, points_that_count=points, starting_point=start
    )


@pytest.mark.slow
@given(maps, st.booleans())
def test_any_map_is_checked_and_every_finding_has_its_sentences(random_map: ProcessMap, sound: bool) -> None:
    random_map = rewired(random_map) if sound else random_map
    found = check(random_map)
    assert list(found) == sorted(found, key=in_file_order)
    for one in found:
        said = finding_sentences(one, random_map, "ja")
        assert all((said.what, said.why, said.to_do))
        assert SEVERITIES[one.code] == one.severity


@pytest.mark.slow
def test_the_largest_map_there_can_be_is_checked_in_seconds() -> None:
    """A file may be made to keep the checks busy: 500 stages, 5,000 criteria that all say the same."""
    words = "The buyer has agreed to the price in writing"
    stages = tuple(
        Stage(
            key=f"s{stage}",
            name=f"Stage {stage}",
            criteria=tuple(Criterion(key=f"c{stage}-{number}", text=words) for number in range(10)),
        )
        for stage in range(500)
    )
    started = process_time()
    found = codes(ProcessMap(name="Endless", stages=stages))
    assert found.count("repeated-criterion") == 1_999
    assert process_time() - started < 20
