"""Where the gates lie on the way to the sale, as shares of its weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from infield.process.flow import ONWARD, on_the_way, sale_stage, ways
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Stage


@dataclass(frozen=True, slots=True)
class Stop:
    """A gate on the way: the stages it lets out of (several, where branches are alternatives)."""

    keys: tuple[str, ...]
    name: str
    weight: Decimal
    """The gate's share of a sale in percent; 0 where the map has no weights yet."""
    place: Decimal
    """How far along the way the gate lies, from above 0 to 1."""


def stops(process: ProcessMap, language: str) -> tuple[Stop, ...]:
    """Give the gates up to the sale, in their order on the way; the last lies at 1.

    Stages without weight move nobody and are left out, but for those after all weight is gathered: they lie
    at 1 too, the sale last. In a map without any weights all stages count alike.
    """
    exits = _gathered(process, {stage.key: stage.weight for stage in process.stages})
    weighted = any(exits.values())
    if not weighted:
        exits = _gathered(process, dict.fromkeys(exits, Decimal(1)))
    whole = max(exits.values())
    groups: dict[Decimal, list[Stage]] = {}
    weightless: list[list[Stage]] = []
    for stage in up_to_sale(process):
        if stage.weight or not weighted:
            groups.setdefault(exits[stage.key], []).append(stage)
        elif exits[stage.key] == whole:
            weightless.append([stage])
    found = [*sorted(groups.items()), *((whole, group) for group in weightless)]
    return tuple(_stop(group, process, language, exit_ / whole) for exit_, group in found)


def whole_weight(process: ProcessMap) -> Decimal:
    """Give the weights up to the sale, alternative branches counted once: 100 in a finished map."""
    return max(_gathered(process, {stage.key: stage.weight for stage in process.stages}).values())


def up_to_sale(process: ProcessMap) -> tuple[Stage, ...]:
    """Give the stages between the first and the sale, in the map's order.

    Where the map has no way to the sale yet, these are the stages listed up to it.
    """
    on_way = on_the_way(process)
    if on_way:
        return tuple(stage for stage in process.stages if stage.key in on_way)
    keys = [stage.key for stage in process.stages]
    return process.stages[: keys.index(sale_stage(process).key) + 1]


def _stop(group: list[Stage], process: ProcessMap, language: str, place: Decimal) -> Stop:
    names = (in_language(stage.name, language, process.language) for stage in group)
    keys = tuple(stage.key for stage in group)
    return Stop(keys, " / ".join(names), max(stage.weight for stage in group), place)


def _gathered(process: ProcessMap, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Give stage key → the weight gathered when it is left, by the heaviest onward way to it."""
    before = _before(process)
    gathered: dict[str, Decimal] = {}

    def leaving(key: str) -> Decimal:
        if key not in gathered:
            gathered[key] = weights[key]  # stands while we look further: a circle of ways ends here
            gathered[key] += max((leaving(source) for source in before[key]), default=Decimal(0))
        return gathered[key]

    for key in before:
        leaving(key)
    return gathered


def _before(process: ProcessMap) -> dict[str, list[str]]:
    """Give stage key → the stages with an onward way to it, for the stages up to the sale."""
    keys = [stage.key for stage in up_to_sale(process)]
    steps = [(way.source, way.target) for way in ways(process) if way.kind in ONWARD]
    if not on_the_way(process):
        steps = list(pairwise(keys))
    sale = sale_stage(process).key
    return {key: [a for a, b in steps if b == key and a in keys and a != sale] for key in keys}
