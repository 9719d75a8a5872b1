"""Checks of the flow: a deal can get from the start to the sale, and nowhere gets stuck.

They read the flow only through `flow.py`, and run only on a map whose stage keys are sound.
"""

from collections.abc import Iterator

from infield.process.flow import (
    ONWARD,
    closure,
    first_stage,
    leaves_from,
    on_the_way,
    reached,
    sale_stage,
    ways,
)
from infield.process.lint.finding import Finding, finding
from infield.process.lint.keys import about_order
from infield.process.values import ProcessMap

type Step = tuple[str, str]


def knows_its_sale(process: ProcessMap) -> bool:
    """Tell whether the sale is marked, or is the only end that the onward ways have before the clients.

    Where several ends are open, any check against the sale would be a guess.
    """
    if any(stage.sale for stage in process.stages):
        return True
    before = {stage.key for stage in process.stages if stage.about != "client"}
    steps = [(a, b) for a, b in onward(process) if b in before]
    ends = closure({first_stage(process).key}, steps) - {a for a, _ in steps}
    return ends == {sale_stage(process).key}


def onward(process: ProcessMap) -> list[Step]:
    """Give the forward and branching ways as (source, target)."""
    return [(way.source, way.target) for way in ways(process) if way.kind in ONWARD]


def forward_loops(process: ProcessMap) -> Iterator[Finding]:
    """Find forward ways that lead back in the list of stages and so close a circle."""
    rank = {stage.key: index for index, stage in enumerate(process.stages)}
    for index, way in enumerate(process.transitions):
        if way.kind not in ONWARD or rank[way.target] > rank[way.source]:
            continue
        if way.source in closure({way.target}, onward(process)):
            yield finding("forward-loop", ("transitions", index), stage=way.source, target=way.target)


def dead_ends(process: ProcessMap) -> Iterator[Finding]:
    """Find stages that a deal gets to before the sale and that no way leads on from.

    A side stage may end in a way out that names it, as long as the sale can be reached without it.
    """
    sale, steps = sale_stage(process).key, _all_steps(process)
    going_on = {way.source for way in ways(process)}
    if _leads_to_sale(process):
        going_on |= {key for out in process.ways_out for key in out.sources}
    before_sale = closure({first_stage(process).key}, [step for step in steps if step[0] != sale]) - {sale}
    for index, stage in enumerate(process.stages):
        if stage.key in before_sale - going_on:
            yield finding("dead-end", ("stages", index), stage=stage.key)


def _all_steps(process: ProcessMap) -> list[Step]:
    put_off = [
        (source, out.target)
        for out in process.ways_out
        if out.target
        for source in leaves_from(process, out.sources)
    ]
    return [(way.source, way.target) for way in ways(process)] + put_off


def _leads_to_sale(process: ProcessMap) -> bool:
    return sale_stage(process).key in closure({first_stage(process).key}, onward(process))


def no_way_to_sale(process: ProcessMap) -> Iterator[Finding]:
    """Find a sale that forward and branching ways do not lead to; a dead end on the way says it already."""
    if _leads_to_sale(process) or any(dead_ends(process)):
        return
    sale = sale_stage(process)
    place = ("stages", process.stages.index(sale))
    yield finding("no-way-to-sale", place, stage=sale.key, start=first_stage(process).key)


def unreachable_stages(process: ProcessMap) -> Iterator[Finding]:
    """Find the first of each bunch of stages that no way leads to.

    Where the sale itself is cut off, the cut is the mistake and all behind it would only repeat it.
    """
    seen = reached(process)
    if knows_its_sale(process) and sale_stage(process).key not in seen:
        return
    for index, stage in enumerate(process.stages):
        if stage.key not in seen:
            yield finding("unreachable-stage", ("stages", index), stage=stage.key)
            seen |= closure({stage.key}, _all_steps(process))


def clients_before_sale(process: ProcessMap) -> Iterator[Finding]:
    """Find the first stage up to the sale that is about a client: nobody is one before the sale.

    Where such a stage breaks the order of the map as well, that says it already.
    """
    if any(about_order(process)):
        return
    before = on_the_way(process)
    for index, stage in enumerate(process.stages):
        if stage.about == "client" and stage.key in before:
            sale = sale_stage(process).key
            yield finding("client-before-sale", ("stages", index, "about"), stage=stage.key, sale=sale)
            return


def repeated_transitions(process: ProcessMap) -> Iterator[Finding]:
    """Find ways between the same two stages that are written again."""
    seen: set[Step] = set()
    for index, way in enumerate(process.transitions):
        if (way.source, way.target) in seen:
            yield finding("repeated-transition", ("transitions", index), stage=way.source, target=way.target)
        seen.add((way.source, way.target))
