"""What a flowchart shows, before anything has a place: its nodes and the links between them.

In: a `ProcessMap`. Out: nodes (the beginning, the stages, the ways out) and links. Links to stages that the
map does not have are left out; the checker reports them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from infield.process.flow import first_stage, leaves_from, on_the_way, sale_stage, ways
from infield.process.texts import Text
from infield.process.values import ProcessMap, Stage, TransitionKind, WayOut

NodeKind = Literal["start", "stage", "side", "after_sale", "no", "not_now"]
LinkKind = TransitionKind | Literal["start", "no", "not_now"]

START = "start"
MOST_BADGES = 3
"""A box has corners for so many badges; further ways out name their stages instead."""
DRAWN_SOURCES = 3
"""A way out that leaves from more stages than this is a badge on each of them instead of an edge."""
ONWARD: tuple[LinkKind, ...] = ("start", "forward", "branch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One thing that gets a box: `key` is unique in the picture, `lane` a department's key or empty."""

    key: str
    kind: NodeKind
    lane: str
    stage: Stage | None = None
    way_out: WayOut | None = None
    number: int = 0
    badges: tuple[int, ...] = ()
    """The ways out by badge that it carries: indices into the badges' letters."""
    leaves: tuple[str, ...] = ()
    """The stages that a way out without edges leaves from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge to draw, from one node's key to another's."""

    source: str
    target: str
    kind: LinkKind
    when: Text | None = None
    rare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The nodes in the order of the map, and the links between them."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    def node(self, key: str) -> Node:
        return next(node for node in self.nodes if node.key == key)


def graph_of(process: ProcessMap) -> Graph:
    """Give what the flowchart of a map shows."""
    stages = list(_stage_nodes(process))
    known = {node.key for node in stages}
    links = [Link(source=START, target=_stage_id(first_stage(process).key), kind="start")]
    links += [
        Link(source=_stage_id(a.source), target=_stage_id(a.target), kind=a.kind, when=a.when, rare=a.rare)
        for a in ways(process)
    ]
    start = Node(key=START, kind="start", lane=stages[0].lane)
    ends: list[Node] = []
    carried: dict[str, list[int]] = {}
    used = 0
    for way_out in process.ways_out:
        sources = [_stage_id(key) for key in leaves_from(process, way_out.sources)]
        target = _stage_id(way_out.target) if way_out.target else f"out:{way_out.key}"
        drawn = len(sources) <= DRAWN_SOURCES
        if drawn:
            links += [Link(source=source, target=target, kind=way_out.kind) for source in sources]
        if drawn and way_out.target:
            continue
        badge = () if drawn or used >= MOST_BADGES else (used,)
        used += len(badge)
        for source in sources:
            carried.setdefault(source, []).extend(badge)
        ends.append(_end(way_out, badge, () if drawn else tuple(sources)))
    stages = [replace(node, badges=tuple(carried.get(node.key, ()))) for node in stages]
    known |= {START} | {node.key for node in ends}
    return Graph(
        nodes=(start, *stages, *ends),
        links=tuple(link for link in links if link.source in known and link.target in known),
    )


def _stage_id(key: str) -> str:
    return f"stage:{key}"


def _end(way_out: WayOut, badge: tuple[int, ...], leaves: tuple[str, ...]) -> Node:
    return Node(
        key=f"out:{way_out.key}",
        kind=way_out.kind,
        lane="",
        way_out=way_out,
        badges=badge,
        leaves=leaves,
    )


def _after_sale(process: ProcessMap) -> set[str]:
    """Give the keys of the stages that onward ways lead to from the sale."""
    onward = [(way.source, way.target) for way in ways(process) if way.kind in ONWARD]
    seen = {sale_stage(process).key}
    while new := {target for source, target in onward if source in seen} - seen:
        seen |= new
    return seen


def _stage_nodes(process: ProcessMap) -> Iterator[Node]:
    on_way, later = on_the_way(process), _after_sale(process)
    lanes = {department.key for department in process.departments}
    number = 0
    for stage in process.stages:
        after = stage.about == "client" or stage.key in later
        kind: NodeKind = "stage" if stage.key in on_way else "after_sale" if after else "side"
        number += kind != "side"
        lane = stage.department if stage.department in lanes else ""
        yield Node(
            key=_stage_id(stage.key),
            kind=kind,
            lane=lane or "",
            stage=stage,
            number=number if kind != "side" else 0,
        )
