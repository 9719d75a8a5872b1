"""Checks of the map as a whole: what is missing, and what is too much."""

from collections.abc import Iterator

from infield.process.flow import sale_stage, ways
from infield.process.lint.finding import Finding, finding
from infield.process.values import ProcessMap

MOST_STAGES = 15
MOST_CRITERIA = 7


def missing_parts(process: ProcessMap) -> Iterator[Finding]:
    """Find a map without name, owner, measures or objective."""
    for field in ("name", "owner", "measures", "objective"):
        if not getattr(process, field):
            yield finding(f"no-{field}", (field,))


def no_way_out(process: ProcessMap) -> Iterator[Finding]:
    """Find a map that a deal cannot leave without a sale, or not with a "no" for now."""
    if not process.ways_out:
        yield finding("no-way-out", ("ways_out",))
    elif all(out.kind != "not_now" for out in process.ways_out):
        yield finding("no-not-now", ("ways_out",))


def no_sale(process: ProcessMap) -> Iterator[Finding]:
    """Find a map in which no stage is marked as the sale; the place is the stage taken for it."""
    if not any(stage.sale for stage in process.stages):
        taken = sale_stage(process)
        yield finding("no-sale", ("stages", process.stages.index(taken)), stage=taken.key)


def sale_without_gate(process: ProcessMap) -> Iterator[Finding]:
    """Find a sale whose criteria are all optional, so that nothing stands before it."""
    sale = sale_stage(process)
    if sale.criteria and not any(criterion.required for criterion in sale.criteria):
        place = ("stages", process.stages.index(sale), "criteria")
        yield finding("sale-without-gate", place, stage=sale.key)


def no_criteria(process: ProcessMap) -> Iterator[Finding]:
    """Find stages that a deal goes on from, or sells in, without an exit criterion."""
    left = {way.source for way in ways(process)} | {sale_stage(process).key}
    for index, stage in enumerate(process.stages):
        if stage.key in left and not stage.criteria:
            yield finding("no-criteria", ("stages", index), stage=stage.key)


def too_many_criteria(process: ProcessMap) -> Iterator[Finding]:
    """Find checklists that are too long to be held to."""
    for index, stage in enumerate(process.stages):
        if (count := len(stage.criteria)) > MOST_CRITERIA:
            place = ("stages", index, "criteria")
            yield finding("too-many-criteria", place, stage=stage.key, count=count, most=MOST_CRITERIA)


def too_many_stages(process: ProcessMap) -> Iterator[Finding]:
    """Find a map with more stages than people can keep in mind."""
    if (count := len(process.stages)) > MOST_STAGES:
        yield finding("too-many-stages", ("stages",), count=count, most=MOST_STAGES)


def no_department(process: ProcessMap) -> Iterator[Finding]:
    """Find stages that no department owns while others have one."""
    if not any(stage.department for stage in process.stages):
        return
    for index, stage in enumerate(process.stages):
        if not stage.department:
            yield finding("no-department", ("stages", index), stage=stage.key)
