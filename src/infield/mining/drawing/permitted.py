"""Which moves between the names of a log a map permits."""

from collections.abc import Iterable, Mapping

from infield.mining.drawing.rows import Ending
from infield.mining.model import LEADS_ON, numbers_of
from infield.process.flow import leaves_from, sale_stage, ways
from infield.process.values import ProcessMap


def permitted(
    process: ProcessMap, names: Iterable[str], endings: Mapping[str, Ending]
) -> frozenset[tuple[str, str]]:
    """Give each permitted move as (source name, target name).

    Names match stages as in conformance. A step that means won follows the sale stage or one after it, and what
    follows it is what may follow the sale stage; one that means lost follows a stage with a way out; a repeated
    stage is no move.
    """
    keys = [stage.key for stage in process.stages]
    numbers = numbers_of(process)
    by_key: dict[str, list[str]] = {}
    for name in names:
        if name.casefold() in numbers:
            by_key.setdefault(keys[numbers[name.casefold()]], []).append(name)
        elif name in endings:
            by_key.setdefault(f"ending {endings[name]}", []).append(name)
    return frozenset(
        (source, target)
        for a, b in _moves(process)
        for source in by_key.get(a, ())
        for target in by_key.get(b, ())
    )


def _moves(process: ProcessMap) -> Iterable[tuple[str, str]]:
    """Give the permitted moves by key of stage; the two endings have keys that no stage can have."""
    for way in ways(process):
        yield way.source, way.target
    for out in process.ways_out:
        for source in leaves_from(process, out.sources):
            yield source, out.target or "ending lost"
            yield source, "ending lost"
    sale = sale_stage(process).key
    stages = [stage.key for stage in process.stages]
    yield from ((key, "ending won") for key in stages[stages.index(sale) :])
    yield from (
        ("ending won", way.target) for way in ways(process) if way.source == sale and way.kind in LEADS_ON
    )
