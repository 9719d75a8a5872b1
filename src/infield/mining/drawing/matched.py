"""What really happened, told on a map: figures for its links, and the moves that it does not have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from infield.mining.drawing.permitted import permitted
from infield.mining.drawing.rows import Ending
from infield.mining.graph import Edge
from infield.mining.model import numbers_of
from infield.process.drawing.nodes import Graph, Link, graph_of
from infield.process.flow import sale_stage
from infield.process.texts import each_language
from infield.process.values import ProcessMap

MOST_STRAYS = 10
LEAST_STRAY = 0.005
"""A move that the map does not have is drawn from this share of all moves on."""

type Pair = tuple[str, str]
"""Keys of two nodes of the flowchart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Moves by the nodes of a map's flowchart; those between other names are left out."""

    on_map: Mapping[Pair, Edge]
    strays: Mapping[Pair, Edge]
    """The most frequent of those that the map does not have and that happened often enough."""
    arrivals: Mapping[str, int]
    """Node of a way out that has no links, but leaves from marked stages → how many deals left so."""
    sold: Edge | None
    """All moves to a step that means won and is no stage: they end at the gate of the sale, and go on from there."""
    sales: frozenset[str]
    """The names of such steps."""
    moves: int
    """All moves but repeats, also those that are not drawn."""
    named: int
    """Those of them between names that the map knows."""

    @property
    def drawn(self) -> int:
        sold = [self.sold] if self.sold else []
        return sum(edge.count for edge in (*self.on_map.values(), *self.strays.values(), *sold))


def matched(process: ProcessMap, edges: Sequence[Edge], endings: Mapping[str, Ending]) -> Matched:
    """Hold moves against the links of a map's flowchart, names matched as in conformance."""
    graph = graph_of(process)
    drawn = {(link.source, link.target) for link in graph.links}
    unlinked = {node.key for node in graph.nodes if node.way_out} - {target for _, target in drawn}
    node_of = _nodes(process, graph, edges, endings)
    won = [name for name, ending in endings.items() if ending == "won"]
    sales = frozenset(won) - stage_nodes(process, won).keys()
    allowed = permitted(process, {name for edge in edges for name in (edge.source, edge.target)}, endings)
    on_map: dict[Pair, Edge] = {}
    strays: dict[Pair, Edge] = {}
    arrivals: dict[str, int] = {}
    between = [edge for edge in edges if edge.source != edge.target]
    known = [edge for edge in between if edge.source in node_of and edge.target in node_of]
    sold: Edge | None = None
    for edge in known:
        if edge.target in sales:
            sold = _joined(sold, edge)
            continue
        pair = node_of[edge.source], node_of[edge.target]
        if pair[1] in unlinked:
            arrivals[pair[1]] = arrivals.get(pair[1], 0) + edge.count
        if pair in drawn:
            on_map[pair] = _joined(on_map.get(pair), edge)
        elif (edge.source, edge.target) not in allowed and pair[0] != pair[1]:
            strays[pair] = _joined(strays.get(pair), edge)
    moves = sum(edge.count for edge in between)
    return Matched(
        on_map=on_map,
        strays=_frequent(strays, moves),
        arrivals=arrivals,
        sold=sold,
        sales=sales,
        moves=moves,
        named=sum(edge.count for edge in known),
    )


def stray_links(process: ProcessMap, pairs: Iterable[Pair]) -> tuple[Link, ...]:
    """Give the links to draw for moves that the map does not have."""
    order = {node.key: place for place, node in enumerate(graph_of(process).nodes)}
    return tuple(
        Link(
            source=source,
            target=target,
            kind="no"
            if target.startswith("out:")
            else "jump"
            if order[source] < order[target]
            else "way_back",
        )
        for source, target in pairs
    )


def stage_nodes(process: ProcessMap, names: Iterable[str]) -> dict[str, str]:
    """Give the node of each name that is a stage of the map."""
    numbers = numbers_of(process)
    keys = list(dict.fromkeys(stage.key for stage in process.stages))
    return {name: f"stage:{keys[numbers[name.casefold()]]}" for name in names if name.casefold() in numbers}


def _nodes(
    process: ProcessMap, graph: Graph, edges: Sequence[Edge], endings: Mapping[str, Ending]
) -> dict[str, str]:
    """Give the node of each name: its stage, that of the sale for won, or the way out by which deals are lost."""
    names = dict.fromkeys(name for edge in edges for name in (edge.source, edge.target))
    found = stage_nodes(process, names)
    outs = {node.key: node.way_out for node in graph.nodes if node.way_out}
    found |= {
        name: f"stage:{sale_stage(process).key}"
        for name in names
        if name not in found and endings.get(name) == "won"
    }
    meant = [key for key, out in outs.items() if out.kind == "no"] or list(outs)
    for name in names:
        if name in found or endings.get(name) != "lost" or not meant:
            continue
        called = [key for key, out in outs.items() if name.casefold() in _called(out.key, out.name, process)]
        found[name] = (called or meant)[0]
    return found


def _called(key: str, name: object, process: ProcessMap) -> set[str]:
    texts = each_language(name, process.language).values()  # type: ignore[arg-type]
    return {key.casefold(), *(text.casefold() for text in texts)}


def _joined(first: Edge | None, second: Edge) -> Edge:
    """Give two names' moves as one: counts add up, the times are those of the more frequent."""
    if first is None:
        return second
    more = max(first, second, key=lambda edge: edge.count)
    return Edge(
        source=more.source,
        target=more.target,
        count=first.count + second.count,
        deals=first.deals + second.deals,
        mean_s=more.mean_s,
        median_s=more.median_s,
        p90_s=more.p90_s,
    )


def _frequent(strays: Mapping[Pair, Edge], moves: int) -> dict[Pair, Edge]:
    often = [item for item in strays.items() if item[1].count >= LEAST_STRAY * moves]
    return dict(sorted(often, key=lambda item: (-item[1].count, item[0]))[:MOST_STRAYS])
