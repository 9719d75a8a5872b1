"""Alignments against an exhaustive search, and what must hold whatever the map."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.mining.exhaustive import Exhaustive, Told

from infield.mining import align as alignment
from infield.mining.align import KINDS, align
from infield.mining.conformance import Taken, coded, conformance, matched
from infield.mining.model import OUTCOMES, Outcome, model_of
from infield.process.values import ProcessMap, Stage, StartingPoint, Transition, WayOut

STAGES = "abcd"
NAMES = "abcdxy"


@st.composite
def maps(draw: st.DrawFn) -> ProcessMap:
    keys = STAGES[: draw(st.integers(1, len(STAGES)))]
    stage, kind = st.sampled_from(keys), st.sampled_from(("forward", "branch", "way_back", "jump"))
    sale, clients = draw(st.none() | stage), draw(st.integers(0, len(keys) - 1))
    return ProcessMap(
        name="Made up",
        stages=tuple(
            Stage(key=key, name=key, sale=key == sale, about="deal" if at < len(keys) - clients else "client")
            for at, key in enumerate(keys)
        ),
        starting_point=StartingPoint(stage=draw(st.none() | stage)),
        transitions=tuple(
            draw(st.lists(st.builds(Transition, source=stage, target=stage, kind=kind), max_size=7))
        ),
        ways_out=tuple(
            WayOut(key=str(at), name="Out", kind="no", sources=tuple(sources), target=target)
            for at, (sources, target) in enumerate(
                draw(st.lists(st.tuples(st.lists(stage, max_size=2), st.none() | stage), max_size=2))
            )
        ),
    )


paths = st.lists(st.sampled_from(NAMES), max_size=5).map(tuple)
outcomes = st.sampled_from(OUTCOMES)
taken = st.lists(st.tuples(paths, outcomes, st.integers(1, 9)), max_size=4)


def line(keys: str = STAGES) -> ProcessMap:
    stages = tuple(Stage(key=key, name=key) for key in keys)
    return ProcessMap(name="Line", stages=stages, ways_out=(WayOut(key="no", name="No", kind="no"),))


def aligned(process: ProcessMap, path: tuple[str, ...], outcome: Outcome) -> tuple[int, set[Told]]:
    """Give the cost and the deviations of one path."""
    found = conformance(process, [(path, outcome, 1)])
    return found.cost, {(told.kind, told.stage, told.target) for told in found.deviations}


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(maps(), paths, outcomes)
def test_cost_and_deviations_are_those_of_an_exhaustive_search(
    process: ProcessMap, path: tuple[str, ...], outcome: Outcome
) -> None:
    search = Exhaustive(process)
    best = search.best(path, outcome)
    cost = sum(move.sort != "sync" for move in best)
    assert aligned(process, path, outcome) == (cost, search.told(best))


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(maps(), taken)
def test_many_paths_together_are_aligned_as_each_alone(process: ProcessMap, rows: list[Taken]) -> None:
    together = matched(model_of(process), coded(rows))[0]
    alone = [aligned(process, tuple(path), outcome) for path, outcome, _ in rows]
    found = align(model_of(process), together)
    assert found.costs.tolist() == [cost for cost, _ in alone]
    kinds = [[KINDS[kind] for path, kind, *_ in found.deviations if path == at] for at in range(len(rows))]
    assert [sorted(each) for each in kinds] == [sorted(kind for kind, *_ in told) for _, told in alone]


@settings(max_examples=100, deadline=None)
@given(maps(), st.data())
def test_a_deal_that_follows_the_map_fits(process: ProcessMap, data: st.DataObject) -> None:
    search = Exhaustive(process)
    run = [search.first]
    for _ in range(data.draw(st.integers(0, 12))):
        if onward := sorted(b for a, b in search.moves if a == run[-1] != b):
            run.append(data.draw(st.sampled_from(onward)))
    outcome = data.draw(st.sampled_from([o for o in OUTCOMES if search._may_end(tuple(run), o)]))
    found = conformance(process, [(run, outcome, 3)])
    assert (found.fitting, found.cost, found.deviations) == (3, 0, ())
    assert {*run} <= {*STAGES} - {*found.never_entered}
    assert not {*pairwise(run)} & {*found.never_taken}


@settings(max_examples=100, deadline=None)
@given(maps(), taken)
def test_other_names_for_the_same_stages_change_nothing(process: ProcessMap, rows: list[Taken]) -> None:
    new = dict(zip(STAGES, ("Zulu", "yankee", "X-ray", "whisky"), strict=True))
    renamed = replace(
        process,
        stages=tuple(replace(stage, key=new[stage.key]) for stage in process.stages),
        starting_point=StartingPoint(stage=new.get(process.starting_point.stage or "")),
        transitions=tuple(
            replace(way, source=new[way.source], target=new[way.target]) for way in process.transitions
        ),
        ways_out=tuple(
            replace(
                out, sources=tuple(new[source] for source in out.sources), target=new.get(out.target or "")
            )
            for out in process.ways_out
        ),
    )
    stages = {stage.key for stage in process.stages}
    new = {old: name for old, name in new.items() if old in stages}
    before, after = conformance(process, rows), conformance(renamed, rows)
    assert after == replace(
        before,
        deviations=tuple(
            replace(told, stage=new.get(told.stage, told.stage), target=new.get(told.target or ""))
            for told in before.deviations
        ),
        never_entered=tuple(new[key] for key in before.never_entered),
        never_taken=tuple((new[a], new[b]) for a, b in before.never_taken),
    )


@settings(max_examples=50, deadline=None)
@given(maps(), taken)
@example(line(), [(("a",), "won", 2), ((), "lost", 1)])
def test_shares_and_sums_hold_together(process: ProcessMap, rows: list[Taken]) -> None:
    found = conformance(process, rows)
    assert found.deals == sum(deals for *_, deals in rows)
    assert (found.fitting == found.deals) == (found.cost == 0) == (not found.deviations)
    for told in found.deviations:
        assert 0 <= told.won <= told.closed <= told.deals <= found.deals - found.fitting
        assert told.won_share == (told.won / told.closed if told.closed else None)
    assert [told.deals for told in found.deviations] == sorted(
        (told.deals for told in found.deviations), reverse=True
    )


def test_small_batches_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(5)
    rows: list[Taken] = [
        ("".join(draw.choice(list(NAMES), size=length)), OUTCOMES[length % 3], 1) for length in range(60)
    ]
    whole = conformance(line(), rows)
    monkeypatch.setattr(alignment, "BATCH_CELLS", 300)
    assert conformance(line(), rows) == whole


@pytest.mark.slow
def test_a_path_of_ten_thousand_entries_costs_what_it_must() -> None:
    """Only a, b, c, d and their like can follow the line; each of the 9,996 others is not allowed."""
    found = conformance(line(), [("abcd" * 2500, "won", 1), ("ad" * 5, "won", 1)])
    assert found.cost == 9_996 + 8 + 2
