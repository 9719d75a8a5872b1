"""Checks of the weights: every way from the start to the sale carries 100 percent, compared exactly.

Alternative branches of one fork carry equal sums and count once; side stages, and stages after the sale,
carry none. The checks need a flow without loops that leads to the sale.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from graphlib import TopologicalSorter

from infield.process.flow import closure, first_stage, on_the_way, sale_stage
from infield.process.lint.finding import Finding, Place, finding
from infield.process.lint.ways import Step, onward
from infield.process.values import ProcessMap

WHOLE = Decimal(100)

type Span = tuple[Decimal, Decimal]


def no_weights(process: ProcessMap) -> Iterator[Finding]:
    """Find a map whose criteria carry no weight at all: it is not wrong, but shows no progress."""
    criteria = [criterion for _, criterion in process.criteria()]
    if criteria and not any(criterion.weight for criterion in criteria):
        yield finding("no-weights", ("stages",))


def weights_not_100(process: ProcessMap) -> Iterator[Finding]:
    """Find a sum that is not 100 where all ways to the sale carry the same sum.

    Where ways differ, the fork is the mistake; where misplaced weights make up what is missing, they are.
    The place is the criterion that alone can be wrong, else the sale, at which the sum has to be right.
    """
    least, most = _to_sale(process)[first_stage(process).key]
    misplaced = sum((weight for _, _, weight in _misplaced(process)), Decimal(0))
    if least != most or least in (WHOLE, WHOLE - misplaced) or not (least or misplaced):
        return
    missing = WHOLE - least
    place = _only_suspect(process, missing) or ("stages", process.stages.index(sale_stage(process)))
    yield finding("weights-not-100", place, sum=least, way=_a_way(process), missing=missing)


def _only_suspect(process: ProcessMap, missing: Decimal) -> Place | None:
    """Give the place of the criterion that alone can be wrong; None where it may be any of several.

    What is too much can be taken only from a weight that is as large. What is too little could be added
    anywhere, but it is likeliest where a weight was forgotten.
    """
    common = _on_every_way(process)
    suspects = [
        ("stages", index, "criteria", number, "weight")
        for index, stage in enumerate(process.stages)
        for number, criterion in enumerate(stage.criteria)
        if stage.key in common and (not criterion.weight if missing > 0 else criterion.weight >= -missing)
    ]
    return suspects[0] if len(suspects) == 1 else None


def _on_every_way(process: ProcessMap) -> set[str]:
    """Give the keys of the stages that no way to the sale goes round: all that a single mistake can be in."""
    start, sale, steps = first_stage(process).key, sale_stage(process).key, _steps(process)
    return {
        key
        for key in on_the_way(process)
        if key in (start, sale) or sale not in closure({start}, [step for step in steps if key not in step])
    }


def fork_weights_differ(process: ProcessMap) -> Iterator[Finding]:
    """Find forks whose ways carry different sums to the sale; the place is where the first that misses 100 begins.

    Only the forks nearest to the sale are told: an earlier one differs because of them.
    """
    to_sale, from_start = _to_sale(process), _from_start(process)
    steps = _steps(process)
    for key in [stage.key for stage in process.stages]:
        targets = [target for source, target in steps if source == key]
        sums = {target: to_sale[target][0] for target in targets}
        if len(set(sums.values())) < 2 or any(to_sale[t][0] != to_sale[t][1] for t in targets):
            continue
        odd = next(target for target in targets if from_start[key][0] + sums[target] != WHOLE)
        yield finding(
            "fork-weights-differ",
            _place_of_branch(process, key, odd, targets),
            stage=key,
            stages=tuple(sums),
            sums=tuple(str(value) for value in sums.values()),
            target=odd,
            sum=from_start[key][0] + sums[odd],
        )


def misplaced_weights(process: ProcessMap) -> Iterator[Finding]:
    """Find criteria with a weight after the sale or on a side stage."""
    after = closure({sale_stage(process).key}, onward(process))
    after |= {stage.key for stage in process.stages if stage.about == "client"}
    for place, key, weight in _misplaced(process):
        code = "weight-after-sale" if key in after else "weight-on-side-stage"
        yield finding(code, place, stage=key, weight=weight, sale=sale_stage(process).key)


def _misplaced(process: ProcessMap) -> Iterator[tuple[Place, str, Decimal]]:
    carrying = on_the_way(process)
    for index, stage in enumerate(process.stages):
        if stage.key in carrying:
            continue
        for number, criterion in enumerate(stage.criteria):
            if criterion.weight:
                yield ("stages", index, "criteria", number, "weight"), stage.key, criterion.weight


def _steps(process: ProcessMap) -> list[Step]:
    """Give the onward ways between stages that lie on a way to the sale, each once."""
    carrying, sale = on_the_way(process), sale_stage(process).key
    kept = [(a, b) for a, b in onward(process) if a in carrying and b in carrying and a != sale]
    return list(dict.fromkeys(kept))


def _to_sale(process: ProcessMap) -> Mapping[str, Span]:
    """Give per stage the least and the most weight on a way from it to the sale, both ends included."""
    return _spans(process, _steps(process))


def _from_start(process: ProcessMap) -> Mapping[str, Span]:
    """Give per stage the least and the most weight on a way from the start to it, both ends included."""
    return _spans(process, [(b, a) for a, b in _steps(process)])


def _spans(process: ProcessMap, steps: list[Step]) -> Mapping[str, Span]:
    # Least and most are enough to compare all ways; listing the ways would double with every fork.
    next_ones: dict[str, list[str]] = {key: [] for key in on_the_way(process)}
    for source, target in steps:
        next_ones[source].append(target)
    weight = {stage.key: stage.weight for stage in process.stages}
    spans: dict[str, Span] = {}
    for key in TopologicalSorter(next_ones).static_order():
        rest = [spans[target] for target in next_ones[key]] or [(Decimal(0), Decimal(0))]
        spans[key] = weight[key] + min(a for a, _ in rest), weight[key] + max(b for _, b in rest)
    return spans


def _a_way(process: ProcessMap) -> tuple[str, ...]:
    """Give the keys of the stages on one way from the start to the sale: at a fork, the first written."""
    first_target = dict(reversed(_steps(process)))
    way = [first_stage(process).key]
    while way[-1] in first_target:
        way.append(first_target[way[-1]])
    return tuple(way)


def _place_of_branch(process: ProcessMap, fork: str, first: str, others: Collection[str]) -> Place:
    """Give the stage a branch begins with, or the way that goes round it where the other ways come to it too."""
    beyond = closure({target for target in others if target != first}, _steps(process))
    if first in beyond:
        ways = [(way.source, way.target) for way in process.transitions]
        return "transitions", ways.index((fork, first))
    return "stages", next(index for index, stage in enumerate(process.stages) if stage.key == first)
