"""Laying out a flowchart: from a map to the places of all it shows.

Placement, routes and tracks are found without px; here come their px, then the letters of conditions, then
what stands around: lanes, phases, title, legend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from infield.process.drawing.additions import Additions
from infield.process.drawing.boxes import Content, content
from infield.process.drawing.coordinates import Coordinates, coordinates
from infield.process.drawing.label import Box
from infield.process.drawing.labels import Labels
from infield.process.drawing.nodes import Graph, Link, graph_of, in_band, one_end_per_band
from infield.process.drawing.placement import WIDEST, Grid, place
from infield.process.drawing.routing import Route, routes
from infield.process.drawing.shapes import XY, Edge, Layout, Shape
from infield.process.drawing.stretches import Line, Stretch
from infield.process.drawing.surroundings import Surroundings
from infield.process.drawing.tags import LETTERS, lines_of, place_of, spot
from infield.process.drawing.tracks import arranged, crossings
from infield.process.flow import sale_stage
from infield.process.texts import in_language
from infield.process.values import ProcessMap

PAPER = ((785.0, 538.0), (538.0, 785.0))
"""A4 within margins of 1 cm, in points: across and upright."""
READABLE = 0.55
"""Points on paper per px at which letters of 12 px are still 6.6 pt."""
TRIES = 3
ATTEMPTS = 4
WITH_BACK = 62.0
"""Height of a box with an edge below or above its gate, in px."""


def lay_out(
    process: ProcessMap,
    *,
    language: str = "en",
    labels: Labels | None = None,
    widest: int = WIDEST,
    additions: Additions | None = None,
) -> Layout:
    """Give the places of all that the flowchart of a map shows, in `language` where its texts have it.

    A map with more columns than `widest` folds into bands. `additions` go where there is room for them.
    """
    more = additions or Additions()
    labels = labels or Labels()
    graph, grid = _placed(graph_of(process), process, widest)
    sale = sale_stage(process)
    contents = {
        node.key: content(
            node, process, language, labels, sale=node.stage is sale, note=more.notes.get(node.key, "")
        )
        for node in graph.nodes
    }
    links = (*graph.links, *(_to_own_band(link, grid) for link in more.links))
    around = Surroundings(process, graph, grid, language, labels)
    ways, cut = _best_routes(grid, links)
    for key in _backward(ways, cut):
        contents[key] = contents[key].at_least(WITH_BACK)
    when = [
        in_language(link.when, language, process.language) if link.when and not additions else ""
        for link in links
    ]
    roomy: set[Line] = set()
    wide: set[Line] = set()
    for _ in range(TRIES):
        space = _space(grid, cut, contents, around, roomy, wide, more.figures)
        shapes = {key: contents[key].at(_middle(space, grid.cells[key])) for key in grid.cells}
        edges = _edges(ways, cut, space, shapes, when, plain=additions is not None)
        spots = _spots(edges, tuple(shapes.values()))
        tight = [number for number, edge in enumerate(edges) if edge.when and number not in spots]
        if not tight:
            break
        roomy |= {line for number in tight for line in _longest(cut[number])}
        wide |= {line for number in tight for line in _crossed(cut[number])}
    return around.finished(space, tuple(shapes[node.key] for node in graph.nodes), edges, spots)


def _best_routes(grid: Grid, links: Sequence[Link]) -> tuple[tuple[Route, ...], list[list[Stretch]]]:
    """Give the best of a few attempts by crossings, bends and length; one without crossings ends it."""
    best: tuple[float, tuple[Route, ...], list[list[Stretch]]] | None = None
    for ways in islice(routes(grid, links), ATTEMPTS):
        cut = arranged(ways)
        crossed = crossings(cut)
        price = crossed + 0.2 * sum(map(len, cut)) + 0.02 * sum(len(way.points) for way in ways)
        if best is None or price < best[0]:
            best = price, ways, cut
        if not crossed:
            break
    assert best  # noqa: S101 - one attempt at least
    return best[1], best[2]


def _backward(ways: Sequence[Route], cut: Sequence[Sequence[Stretch]]) -> set[str]:
    """Give the nodes of which an edge leaves the left side or enters the right one: they are a bit taller."""
    found: set[str] = set()
    for way, parts in zip(ways, cut, strict=True):
        if parts[0].line[0] and parts[0].end < parts[0].start:
            found |= {way.link.source, *([way.link.target] if len(parts) == 1 else [])}
    return found


def _placed(graph: Graph, process: ProcessMap, most: int) -> tuple[Graph, Grid]:
    """Fold a long map as little as it can be and still be read on paper."""
    lanes = [department.key for department in process.departments]
    best: tuple[float, Graph, Grid] | None = None
    for widest in range(most, 3, -1):
        grid = place(graph, lanes, widest=widest)
        if not any(row.heading for row in grid.rows):
            return graph, grid
        split = one_end_per_band(graph, {key: grid.rows[row].band for key, (row, _) in grid.cells.items()})
        grid = place(split, lanes, widest=widest)
        scale = _scale(grid)
        if best is None or scale > best[0] * 1.02:
            best = scale, split, grid
        if scale >= READABLE or grid.columns <= 4:
            break
    assert best  # noqa: S101 - at least one fold was tried
    return best[1], best[2]


def _scale(grid: Grid) -> float:
    """Estimate the points on paper per px."""
    headings = sum(row.heading for row in grid.rows)
    width = 120 + 50 + 178 * (grid.columns - 1)
    height = 150 + 90 * (len(grid.rows) - headings) + 44 * headings
    return max(min(across / width, down / height) for across, down in PAPER)


def _to_own_band(link: Link, grid: Grid) -> Link:
    """Give a link to the box that a way out has in the band of the link's source, where it has one there."""
    near = in_band(link.target, grid.rows[grid.cells[link.source][0]].band)
    return replace(link, target=near) if near in grid.cells else link


def _space(
    grid: Grid,
    cut: Sequence[Sequence[Stretch]],
    contents: Mapping[str, Content],
    around: Surroundings,
    roomy: set[Line],
    wide: set[Line],
    figures: float,
) -> Coordinates:
    heights = around.row_heights()
    gates = [0.0] * grid.columns
    for key, (row, column) in grid.cells.items():
        heights[row] = max(heights[row], contents[key].room)
        gates[column] = max(gates[column], contents[key].gate_half)
    bars = {id(part.bar): part.bar for parts in cut for part in parts}
    return coordinates(
        grid,
        bars.values(),
        heights,
        gates,
        left=around.left,
        top=around.top,
        roomy=roomy,
        wide=wide,
        figures=figures,
    )


def _middle(space: Coordinates, cell: tuple[int, int]) -> XY:
    return space.x[2 * cell[1] + 1], space.y[2 * cell[0] + 1]


def _edges(
    routes: Sequence[Route],
    cut: Sequence[Sequence[Stretch]],
    space: Coordinates,
    shapes: Mapping[str, Shape],
    when: Sequence[str],
    *,
    plain: bool,
) -> tuple[Edge, ...]:
    edges = []
    for found, parts, condition in zip(routes, cut, when, strict=True):
        source, target = shapes[found.link.source], shapes[found.link.target]
        edges.append(
            Edge(
                source=source.key,
                target=target.key,
                kind=found.link.kind,
                title=f"{source.title} → {target.title}",
                points=space.corners(parts, _leaves(source, parts), _enters(target, parts)),
                rare=found.link.rare and not plain,
                when=condition,
            )
        )
    return tuple(edges)


def _spots(edges: Sequence[Edge], shapes: Sequence[Shape]) -> dict[int, XY]:
    """Give the place of each condition's letter by the number of its edge, where one is free."""
    solid = [box for shape in shapes for box in _solids(shape)]
    lines = [list(lines_of(edge.points)) for edge in edges]
    spots: dict[int, XY] = {}
    for number in [number for number, edge in enumerate(edges) if edge.when][: len(LETTERS)]:
        others = [line for other, found in enumerate(lines) if other != number for line in found]
        if found := spot(edges[number].points, [*solid, *others, *(place_of(xy) for xy in spots.values())]):
            spots[number] = found
    return spots


def _solids(shape: Shape) -> list[Box]:
    """Give the places of all that a node shows, which no letter may cover."""
    texts = [text.box for text in shape.texts]
    corner = [Box(shape.place.left - 2, shape.place.top - 9, shape.place.left + 20, shape.place.top + 9)]
    return [shape.place, *texts, *corner, *shape.chips, *([shape.diamond] if shape.diamond else [])]


def _leaves(shape: Shape, parts: Sequence[Stretch]) -> XY:
    """Give the point of a node's side, or of its gate, at which an edge leaves."""
    first = parts[0]
    if first.line[0] and first.end < first.start:
        return shape.place.left, shape.middle[1]
    if first.line[0]:
        return shape.place.right + shape.gate_half, shape.middle[1]
    return shape.middle[0], shape.place.bottom if first.end > first.start else shape.place.top


def _enters(shape: Shape, parts: Sequence[Stretch]) -> XY:
    last = parts[-1]
    if last.line[0]:
        return shape.place.left if last.end > last.start else shape.place.right, shape.middle[1]
    return shape.middle[0], shape.place.top if last.end > last.start else shape.place.bottom


def _longest(parts: Sequence[Stretch]) -> list[Line]:
    """Give the gutter or channel along which an edge runs farthest by itself, if there is one."""
    own = [part for part in parts if part.line[1] % 2 == 0 and len(part.bar.members) == 1]
    return [max(own, key=lambda part: part.high - part.low).line] if own else []


def _crossed(parts: Sequence[Stretch]) -> list[Line]:
    """Give the gutter that an edge without bends goes across, where it does not go up or down."""
    return [(False, int(parts[0].low + 0.5))] if len(parts) == 1 and parts[0].line[0] else []
