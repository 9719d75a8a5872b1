"""The checker on weights: every way to the sale adds up to 100, however the map forks."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.process.checked import codes, errors, process
from tests.process.clean_map import CLEAN

from infield.process.values import Criterion, ProcessMap, Stage, Transition


def test_a_map_with_no_weight_is_warned_once() -> None:
    plain = process(CLEAN)
    bare = replace(plain, stages=tuple(unweighted(stage) for stage in plain.stages))
    assert codes(bare) == ["no-weights"]


def unweighted(stage: Stage) -> Stage:
    return replace(stage, criteria=tuple(replace(one, weight=Decimal(0)) for one in stage.criteria))


def test_only_the_sum_is_told_when_a_weight_is_only_in_the_wrong_stage() -> None:
    text = CLEAN.replace("figures, weight: 15", "figures").replace("is agreed}", "is agreed, weight: 15}")
    assert codes(process(text)) == ["weight-on-side-stage"]


def straight(weights: list[Decimal]) -> ProcessMap:
    stages = tuple(
        Stage(
            key=f"s{number}",
            name=f"Lap {number}",
            sale=number == len(weights) - 1,
            criteria=(Criterion(key=f"c{number}", text=f"Point {number} is met", weight=weight),),
        )
        for number, weight in enumerate(weights)
    )
    return ProcessMap(name="Straight", stages=stages)


def forked(branches: list[list[Decimal]], rest: Decimal) -> ProcessMap:
    """Give a map that forks into branches of several stages, which join again in the sale."""
    names = [[f"b{i}-{j}" for j in range(len(branch))] for i, branch in enumerate(branches)]
    weights = {
        key: w for keys, ws in zip(names, branches, strict=True) for key, w in zip(keys, ws, strict=True)
    }
    weights = {"start": Decimal(0)} | weights | {"sale": rest}
    stages = tuple(
        Stage(
            key=key,
            name=key,
            sale=key == "sale",
            criteria=(Criterion(key=f"c-{key}", text=f"Point {key} is met", weight=weight),),
        )
        for key, weight in weights.items()
    )
    steps = [step for keys in names for step in pairwise(["start", *keys, "sale"])]
    ways = tuple(Transition(source=a, target=b, kind="branch") for a, b in steps)
    return ProcessMap(name="Forked", stages=stages, transitions=ways)


def parts(total: Decimal, cuts: list[int]) -> list[Decimal]:
    """Cut `total` at the given percents of it, exactly."""
    marks = [Decimal(0), *(total * cut / 100 for cut in sorted(cuts)), total]
    return [b - a for a, b in pairwise(marks)]


cuts = st.lists(st.integers(0, 100), max_size=5)


@given(cuts)
def test_a_straight_map_of_exactly_100_passes(where: list[int]) -> None:
    assert errors(straight(parts(Decimal(100), where))) == []


@given(st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=8).filter(any))
def test_a_straight_map_is_wrong_exactly_when_its_sum_is_not_100(weights: list[Decimal]) -> None:
    thousandths = sum(int(weight * 1000) for weight in weights)
    assert [one.code for one in errors(straight(weights))] == ["weights-not-100"] * (thousandths != 100_000)


@given(st.lists(cuts, min_size=2, max_size=4), st.decimals(0, 100, places=2))
def test_branches_with_equal_sums_pass(where: list[list[int]], rest: Decimal) -> None:
    assert errors(forked([parts(100 - rest, each) for each in where], rest)) == []


@given(cuts, cuts, st.decimals("0.01", 50, places=2), st.booleans())
def test_branches_with_unequal_sums_fail_at_the_branch_that_misses_100(
    left: list[int], right: list[int], less: Decimal, second: bool
) -> None:
    branches = [parts(Decimal(70), left), parts(70 - less, right)]
    if not second:
        branches.reverse()
    found = forked(branches, Decimal(30))
    (finding,) = errors(found)
    assert finding.code == "fork-weights-differ"
    assert finding.params["sum"] == 100 - less
    assert found.stages[int(finding.place[1])].key == f"b{int(second)}-0"


def test_many_forks_in_a_row_are_compared_without_listing_every_way() -> None:
    keys = [f"s{number}" for number in range(60)]
    stages = tuple(Stage(key=key, name=key, sale=key == keys[-1]) for key in keys)
    first = replace(stages[0], criteria=(Criterion(key="c", text="All of it is met", weight=Decimal(100)),))
    ways = tuple(
        Transition(source=keys[a], target=keys[b], kind="branch")
        for a in range(60)
        for b in range(a + 1, min(a + 4, 60))
    )
    assert errors(ProcessMap(name="Forks", stages=(first, *stages[1:]), transitions=ways)) == []


def test_a_very_long_map_is_checked() -> None:
    assert errors(straight([Decimal("0.25")] * 400)) == []


WEIGHT_ERRORS = {"weights-not-100", "fork-weights-differ"}


@given(
    st.lists(st.sampled_from((0, 0, 25, 50, 100)), min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=9),
)
def test_the_weights_are_wrong_exactly_when_some_way_misses_100(
    weights: list[int], pairs: list[tuple[int, int]]
) -> None:
    last = len(weights) - 1
    steps = {(a, b) for a, b in pairs if a < b <= last}
    steps |= {(a, last) for a in range(last) if a not in {source for source, _ in steps}}
    steps |= {(0, b) for b in range(1, last) if b not in {target for _, target in steps}}
    ways = tuple(Transition(source=f"s{a}", target=f"s{b}") for a, b in sorted(steps))
    found = {
        one.code
        for one in errors(replace(straight([Decimal(weight) for weight in weights]), transitions=ways))
    }
    sums = every_sum(0, weights, steps)
    assert found <= WEIGHT_ERRORS
    assert bool(found) == (any(weights) and sums != {100})


def every_sum(stage: int, weights: list[int], steps: set[tuple[int, int]]) -> set[int]:
    """Give the sums of all ways from a stage to the last one, by walking each."""
    if stage == len(weights) - 1:
        return {weights[stage]}
    return {weights[stage] + rest for a, b in steps if a == stage for rest in every_sum(b, weights, steps)}
