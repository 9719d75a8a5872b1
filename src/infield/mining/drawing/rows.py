"""In what order the steps of a real process stand: the spine from top to bottom, and the ends beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from infield.mining.graph import Activity, Edge

type Ending = Literal["won", "lost"]

GOES_ON = 0.05
"""A step that means won or lost is the end of the picture if less than this share of its deals go on."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Names of steps: down the spine, and the ends."""

    spine: tuple[str, ...]
    ends: tuple[str, ...]


def rows(
    stages: Sequence[str],
    activities: Sequence[Activity],
    edges: Sequence[Edge],
    endings: Mapping[str, Ending],
) -> Rows:
    """Give the spine as `stages` orders it; a step that is not listed stands after where most come from.

    A step that means won or lost and is hardly ever left is an end beside the spine, unless it is from there that
    most come to a step which does not lead to it. `stages` that never happened are left out.
    """
    count = {activity.name: activity.count for activity in activities}
    on = dict.fromkeys(count, 0)
    for edge in edges:
        on[edge.source] = on.get(edge.source, 0) + edge.count
    pairs = {(edge.source, edge.target) for edge in edges}
    into = (best for name in count if (best := _best_into(name, edges)))
    leading = {best.source for best in into if (best.target, best.source) not in pairs}
    ends = tuple(
        name for name in count if name in endings and name not in leading and on[name] < GOES_ON * count[name]
    )
    spine = [name for name in dict.fromkeys(stages) if name in count and name not in ends]
    for name in count:
        if name not in spine and name not in ends:
            spine.insert(_after_its_source(name, spine, edges), name)
    return Rows(tuple(spine), tuple(sorted(ends, key=lambda end: _mean_row(end, spine, edges))))


def _mean_row(end: str, spine: Sequence[str], edges: Sequence[Edge]) -> float:
    """Give from how far down the deals that end so come on average."""
    into = [edge for edge in edges if edge.target == end and edge.source in spine]
    count = sum(edge.count for edge in into)
    return sum(spine.index(edge.source) * edge.count for edge in into) / count if count else 0.0


def _after_its_source(name: str, spine: Collection[str], edges: Sequence[Edge]) -> int:
    """Give the place after the listed step from which most come to `name`, or the last place."""
    best = _best_into(name, [edge for edge in edges if edge.source in spine])
    return list(spine).index(best.source) + 1 if best else len(spine)


def _best_into(name: str, edges: Iterable[Edge]) -> Edge | None:
    """Give the most frequent move to a step from another one."""
    into = (edge for edge in edges if edge.target == name != edge.source)
    return min(into, key=lambda edge: (-edge.count, edge.source), default=None)
