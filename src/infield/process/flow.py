"""How deals may go through a map: its ways, its first stage, its sale, what can be reached.

In: a `ProcessMap`. Out: keys of stages and transitions. The checker, the pictures and conformance read the
flow from here, so that a map without written transitions means the same straight line to all of them.
"""

from collections.abc import Collection, Iterable
from itertools import pairwise

from infield.process.values import ProcessMap, Stage, Transition

ONWARD = ("forward", "branch")


def ways(process: ProcessMap) -> tuple[Transition, ...]:
    """Give the transitions as written, or, where none are, the straight line through the stages."""
    if process.transitions:
        return process.transitions
    return tuple(Transition(source=a.key, target=b.key) for a, b in pairwise(process.stages))


def first_stage(process: ProcessMap) -> Stage:
    """Give the stage at which the process begins: the starting point's, else the first listed."""
    start = process.starting_point.stage
    return next((stage for stage in process.stages if stage.key == start), process.stages[0])


def sale_stage(process: ProcessMap) -> Stage:
    """Give the stage whose exit is the sale: the marked one, else the last that is not about a client."""
    marked = [stage for stage in process.stages if stage.sale]
    before_clients = [stage for stage in process.stages if stage.about != "client"]
    return (marked or before_clients or list(process.stages))[-1]


def reached(process: ProcessMap) -> set[str]:
    """Give the keys of the stages that a deal can get to from the first one, by any way of the map."""
    steps = [(way.source, way.target) for way in ways(process)]
    steps += [
        (source, out.target)
        for out in process.ways_out
        if out.target
        for source in leaves_from(process, out.sources)
    ]
    return closure({first_stage(process).key}, steps)


def leaves_from(process: ProcessMap, sources: Collection[str]) -> tuple[str, ...]:
    """Give the stages a way out leaves from: those named, else every stage up to and with the sale."""
    if sources:
        return tuple(sources)
    keys = [stage.key for stage in process.stages]
    return tuple(keys[: keys.index(sale_stage(process).key) + 1])


def on_the_way(process: ProcessMap) -> set[str]:
    """Give the keys of the stages that lie on a forward or branching way from the first stage to the sale.

    The others are side stages (nurture, for instance) or come after the sale; neither carries weight.
    """
    onward = [(way.source, way.target) for way in ways(process) if way.kind in ONWARD]
    sale = sale_stage(process).key
    return closure({first_stage(process).key}, onward) & closure(
        {sale}, [(b, a) for a, b in onward if a != sale]
    )


def closure(seeds: Iterable[str], steps: Collection[tuple[str, str]]) -> set[str]:
    """Give the seeds and all that the steps lead to from them; a step is (from, to)."""
    targets: dict[str, list[str]] = {}
    for source, target in steps:
        targets.setdefault(source, []).append(target)
    seen = set(seeds)
    waiting = list(seen)
    while waiting:
        new = [target for target in targets.get(waiting.pop(), ()) if target not in seen]
        seen.update(new)
        waiting += new
    return seen
