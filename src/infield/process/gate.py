"""Gates: what a deal has met of a map, and what is still open on the way it is about to take.

In: a `ProcessMap` and the keys of the criteria that are met. Out: lines, a percentage, a `Gate`. Nothing here
refuses anything; who moves a deal looks at `is_open`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from infield.process.flow import ONWARD, closure, first_stage, leaves_from, on_the_way, sale_stage, ways
from infield.process.values import Criterion, ProcessMap, Stage

PERMITTED_ONWARD = (*ONWARD, "jump")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stage's exit checklist, and whether it is met."""

    criterion: Criterion
    is_met: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage that a move leaves behind, with its required criteria that are not met."""

    stage: Stage
    open: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between a stage and another; `target` None is the sale itself.

    A move back, or to where a "no" for now waits, has no gate; it asks for a reason instead.
    """

    source: str
    target: str | None
    is_back: bool
    passed: tuple[Passed, ...]

    @property
    def open(self) -> tuple[Criterion, ...]:
        return tuple(criterion for one in self.passed for criterion in one.open)

    @property
    def is_open(self) -> bool:
        return not self.open


@dataclass(frozen=True, slots=True)
class Scale:
    """A map's weights in the order of its ways, to weigh many deals by: make it once a map."""

    steps: tuple[tuple[tuple[tuple[str, Decimal], ...], tuple[int, ...]], ...]
    """Per stage: its criteria with their weights, and the places of the stages before it in this tuple."""

    def progress(self, met: Collection[str]) -> Decimal:
        """Give the weight met in percent of a sale, along the way that has most of it."""
        most: list[Decimal] = []
        for weights, before in self.steps:
            own = sum((weight for key, weight in weights if key in met), Decimal(0))
            most.append(own + max((most[place] for place in before), default=Decimal(0)))
        return max(most, default=Decimal(0))

    def ways(self) -> frozenset[frozenset[tuple[str, Decimal]]]:
        """Give the criteria that weigh something along each way, without the ways that another one contains."""
        so_far: list[set[frozenset[tuple[str, Decimal]]]] = []
        for weights, before in self.steps:
            own = frozenset((key, weight) for key, weight in weights if weight)
            some = {way | own for place in before for way in so_far[place]} or {own}
            so_far.append({way for way in some if not any(way < other for other in some)})
        every = {way for ways in so_far for way in ways}
        return frozenset(way for way in every if not any(way < other for other in every)) or frozenset(
            [frozenset()]
        )


def checklist(stage: Stage, met: Collection[str]) -> tuple[Line, ...]:
    """Give the stage's criteria in the map's order, each with whether it is met."""
    return tuple(Line(criterion, criterion.key in met) for criterion in stage.criteria)


def progress(process: ProcessMap, met: Collection[str]) -> Decimal:
    """Give the sum of the weights met, in percent of a sale; of several branches the one with most counts."""
    return scale(process).progress(met)


def scale(process: ProcessMap) -> Scale:
    """Give what `progress` needs of a map whose onward ways close no circle (graphlib.CycleError otherwise)."""
    carrying = on_the_way(process)
    before: dict[str, list[str]] = {stage.key: [] for stage in process.stages if stage.key in carrying}
    for way in ways(process):
        if way.kind in ONWARD and way.source in carrying and way.target in carrying:
            before[way.target].append(way.source)
    before[first_stage(process).key] = []
    order = list(TopologicalSorter(before).static_order())
    place = {key: number for number, key in enumerate(order)}
    return Scale(
        tuple((_weights(process.stage(key)), tuple(place[one] for one in before[key])) for key in order)
    )


def gate(process: ProcessMap, met: Collection[str], source: str, target: str) -> Gate:
    """Give what is open between two stages: the required criteria of every stage that the move passes.

    Where the map has several ways, that with the fewest open criteria counts. A jump that the map permits is a
    way. Where it has none, as after a rest, all of the way from the first stage counts. KeyError: no such stage.
    """
    if source == target or _is_back(process, process.stage(source).key, process.stage(target).key):
        return Gate(source, target, source != target, ())
    return Gate(source, target, False, _passed(process, met, source, target))


def sale_gate(process: ProcessMap, met: Collection[str], source: str) -> Gate:
    """Give what is open between a stage and the sale, the sale's own stage included."""
    sale = sale_stage(process).key
    before = () if source == sale else _passed(process, met, source, sale)
    return Gate(source, None, False, (*before, _left(process.stage(sale), met)))


def after_the_sale(process: ProcessMap) -> frozenset[str]:
    """Give the keys of the stages that only a won deal is in."""
    sale = sale_stage(process).key
    onward = [(way.source, way.target) for way in ways(process) if way.kind in ONWARD]
    clients = {stage.key for stage in process.stages if stage.about == "client"}
    return frozenset((closure({sale}, onward) | clients) - {sale})


def _weights(stage: Stage) -> tuple[tuple[str, Decimal], ...]:
    return tuple((criterion.key, criterion.weight) for criterion in stage.criteria if criterion.weight)


def _is_back(process: ProcessMap, source: str, target: str) -> bool:
    if any(w.kind == "way_back" and (w.source, w.target) == (source, target) for w in ways(process)):
        return True
    steps = _steps(process)
    if target in closure({source}, steps):
        return False
    return _waits_at(process, source, target) or source in closure({target}, steps)


def _waits_at(process: ProcessMap, source: str, target: str) -> bool:
    return any(
        out.target == target and source in leaves_from(process, out.sources) for out in process.ways_out
    )


def _passed(process: ProcessMap, met: Collection[str], source: str, target: str) -> tuple[Passed, ...]:
    left = {stage.key: _left(stage, met) for stage in process.stages}
    way = _easiest(process, left, source, target)
    if way is None:
        way = (source, *(_easiest(process, left, first_stage(process).key, target) or ()))
    return tuple(left[key] for key in dict.fromkeys(way))


def _left(stage: Stage, met: Collection[str]) -> Passed:
    return Passed(stage, tuple(one for one in stage.criteria if one.required and one.key not in met))


def _easiest(
    process: ProcessMap, left: Mapping[str, Passed], source: str, target: str
) -> tuple[str, ...] | None:
    """Give the stages left behind from `source` until `target` is entered, with the fewest open criteria."""
    keys = [stage.key for stage in process.stages]
    onward = _by_source(_steps(process))
    waiting: list[tuple[int, tuple[int, ...]]] = [(0, (keys.index(source),))]
    settled = set[int]()
    while waiting:
        cost, way = heappop(waiting)
        here = way[-1]
        if keys[here] == target:
            return tuple(keys[place] for place in way[:-1])
        if here in settled:
            continue
        settled.add(here)
        for onto in onward.get(keys[here], ()):
            heappush(waiting, (cost + len(left[keys[here]].open), (*way, keys.index(onto))))
    return None


def _steps(process: ProcessMap) -> list[tuple[str, str]]:
    return [(way.source, way.target) for way in ways(process) if way.kind in PERMITTED_ONWARD]


def _by_source(steps: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, target in steps:
        found.setdefault(source, []).append(target)
    return found
