"""What a flowchart shows, before anything has a place: its nodes and the links between them.

In: a `ProcessMap`. Out: nodes (the beginning, the stages, the ways out) and links. Links to stages that the
map does not have are left out; the checker reports them.
"""

from collections.abc import Iterator, Mapping
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
    """The keys of the stages that a way out without edges leaves from."""


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
    badges = _badges(process)
    stages = [replace(node, badges=_carried(node, process, badges)) for node in _stage_nodes(process)]
    start = Node(key=START, kind="start", lane=stages[0].lane)
    ends = [
        _end(out, process, badges) for out in process.ways_out if not (_drawn(out, process) and out.target)
    ]
    known = {node.key for node in (start, *stages, *ends)}
    return Graph(
        nodes=(start, *stages, *ends),
        links=tuple(link for link in _links(process) if link.source in known and link.target in known),
    )


def in_band(key: str, band: int) -> str:
    """Give the key of the further box that a way out has in a band."""
    return f"{key}@{band}"


def without_band(key: str) -> str:
    """Give the key of the way out, or of the stage, whose box this is."""
    return key.partition("@")[0]


def one_end_per_band(graph: Graph, bands: Mapping[str, int]) -> Graph:
    """Give a way out a box in each band that it leaves from, so that no edge to it goes from band to band.

    `bands`: the band of each stage by its node's key. The first box keeps the key.
    """
    ends = {node.key for node in graph.nodes if node.way_out}
    used: dict[str, list[int]] = {}
    for link in graph.links:
        if link.target in ends:
            used[link.target] = sorted({*used.get(link.target, ()), bands[link.source]})
    moved = {(key, band): in_band(key, band) for key, found in used.items() for band in found[1:]}
    nodes = [
        replace(node, key=moved.get((node.key, band), node.key))
        for node in graph.nodes
        for band in used.get(node.key, [0])
    ]
    links = [
        replace(link, target=moved.get((link.target, bands.get(link.source, 0)), link.target))
        for link in graph.links
    ]
    return Graph(nodes=tuple(nodes), links=tuple(links))


def _links(process: ProcessMap) -> Iterator[Link]:
    yield Link(source=START, target=_stage_id(first_stage(process).key), kind="start")
    for way in ways(process):
        source, target = _stage_id(way.source), _stage_id(way.target)
        yield Link(source=source, target=target, kind=way.kind, when=way.when, rare=way.rare)
    for out in process.ways_out:
        target = _stage_id(out.target) if out.target else _out_id(out)
        for source in leaves_from(process, out.sources) if _drawn(out, process) else ():
            yield Link(source=_stage_id(source), target=target, kind=out.kind)


def _drawn(way_out: WayOut, process: ProcessMap) -> bool:
    """Say whether a way out is drawn as edges."""
    return len(leaves_from(process, way_out.sources)) <= DRAWN_SOURCES


def _badges(process: ProcessMap) -> dict[str, int]:
    """Give a badge to the first few ways out that are not drawn as edges: key of the way out → number."""
    without_edges = [out.key for out in process.ways_out if not _drawn(out, process)]
    return {key: number for number, key in enumerate(without_edges[:MOST_BADGES])}


def _carried(node: Node, process: ProcessMap, badges: Mapping[str, int]) -> tuple[int, ...]:
    """Give the badges on a stage: of the ways out that leave from it."""
    return tuple(
        badges[out.key]
        for out in process.ways_out
        if out.key in badges and node.stage and node.stage.key in leaves_from(process, out.sources)
    )


def _end(way_out: WayOut, process: ProcessMap, badges: Mapping[str, int]) -> Node:
    known = {stage.key for stage in process.stages}
    sources = [key for key in leaves_from(process, way_out.sources) if key in known]
    return Node(
        key=_out_id(way_out),
        kind=way_out.kind,
        lane="",
        way_out=way_out,
        badges=(badges[way_out.key],) if way_out.key in badges else (),
        leaves=() if _drawn(way_out, process) else tuple(sources),
    )


def _out_id(way_out: WayOut) -> str:
    return f"out:{way_out.key}"


def _stage_id(key: str) -> str:
    return f"stage:{key}"


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
