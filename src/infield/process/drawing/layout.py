"""Laying out a flowchart: from a map to the places of all it shows.

Placement, routes and tracks are found without px; here their px are found, then the letters of conditions, then
what stands around: lanes, phases, title, legend.
"""

from collections.abc import Mapping, Sequence

from infield.process.drawing.boxes import Content, content
from infield.process.drawing.coordinates import Coordinates, coordinates
from infield.process.drawing.label import Box
from infield.process.drawing.labels import Labels
from infield.process.drawing.nodes import Graph, Link, graph_of
from infield.process.drawing.placement import WIDEST, Grid, place
from infield.process.drawing.routing import Route, route
from infield.process.drawing.shapes import XY, Edge, Layout, Shape
from infield.process.drawing.surroundings import Surroundings
from infield.process.drawing.tags import lines_of, spot
from infield.process.drawing.tracks import Line, Stretch, stretches
from infield.process.flow import sale_stage
from infield.process.texts import in_language
from infield.process.values import ProcessMap

PAPER = ((785.0, 538.0), (538.0, 785.0))
"""A4 within margins of 1 cm, in points: across and upright."""
READABLE = 0.55
"""Points on paper per px at which letters of 12 px are still 6.6 pt."""
TRIES = 3


def lay_out(process: ProcessMap, *, language: str | None = None, labels: Labels | None = None) -> Layout:
    """Give the places of all that the flowchart of a map shows, in `language` where its texts have it."""
    labels = labels or Labels()
    language = language or process.language
    graph = graph_of(process)
    grid = _grid(graph, process)
    sale = sale_stage(process)
    contents = {
        node.key: content(node, process, language, labels, sale=node.stage is sale) for node in graph.nodes
    }
    around = Surroundings(process, graph, grid, language, labels)
    cut = stretches(routes := route(grid, graph.links))
    tags = _letters(graph.links)
    roomy: set[Line] = set()
    for _ in range(TRIES):
        space = _space(grid, cut, contents, around, roomy)
        shapes = {key: contents[key].at(_middle(space, grid.cells[key])) for key in grid.cells}
        edges = _edges(routes, cut, space, shapes, tags)
        tight = [number for number, edge in enumerate(edges) if edge.tag and not edge.tag_at]
        if not tight:
            break
        roomy |= {line for number in tight if (line := _longest(cut[number]))}
    when = _conditions(edges, graph.links, language, process, shapes, labels)
    return around.finished(space, tuple(shapes[node.key] for node in graph.nodes), edges, when)


def _grid(graph: Graph, process: ProcessMap) -> Grid:
    """Fold the map as little as it can be and still be read on paper."""
    lanes = [department.key for department in process.departments]
    best: tuple[float, Grid] | None = None
    for widest in range(WIDEST, 3, -1):
        grid = place(graph, lanes, widest=widest)
        scale = _scale(grid)
        if best is None or scale > best[0] * 1.02:
            best = scale, grid
        if scale >= READABLE or grid.columns <= 4:
            break
    assert best  # noqa: S101 - at least one fold was tried
    return best[1]


def _scale(grid: Grid) -> float:
    """Estimate the points on paper per px."""
    headings = sum(row.heading for row in grid.rows)
    width = 120 + 50 + 178 * (grid.columns - 1)
    height = 150 + 90 * (len(grid.rows) - headings) + 44 * headings
    return max(min(across / width, down / height) for across, down in PAPER)


def _letters(links: Sequence[Link]) -> dict[int, str]:
    """Give a letter to each link with a condition: A to Z, then AA, AB, …"""
    with_condition = [number for number, link in enumerate(links) if link.when]
    return {number: _letter(place) for place, number in enumerate(with_condition)}


def _letter(place: int) -> str:
    turn, rest = divmod(place, 26)
    return (_letter(turn - 1) if turn else "") + chr(ord("A") + rest)


def _space(
    grid: Grid,
    cut: Sequence[Sequence[Stretch]],
    contents: Mapping[str, Content],
    around: Surroundings,
    roomy: set[Line],
) -> Coordinates:
    heights = around.row_heights()
    gates = [0.0] * grid.columns
    for key, (row, column) in grid.cells.items():
        heights[row] = max(heights[row], contents[key].room)
        gates[column] = max(gates[column], contents[key].gate_half)
    bars = {id(part.bar): part.bar for parts in cut for part in parts if part.bar}
    return coordinates(grid, bars.values(), heights, gates, left=around.left, top=around.top, roomy=roomy)


def _middle(space: Coordinates, cell: tuple[int, int]) -> XY:
    return space.x[2 * cell[1] + 1], space.y[2 * cell[0] + 1]


def _edges(
    routes: Sequence[Route],
    cut: Sequence[Sequence[Stretch]],
    space: Coordinates,
    shapes: Mapping[str, Shape],
    tags: Mapping[int, str],
) -> tuple[Edge, ...]:
    points = [
        space.corners(parts, _leaves(shapes[r.link.source], parts), _enters(shapes[r.link.target], parts))
        for r, parts in zip(routes, cut, strict=True)
    ]
    solid = [box for shape in shapes.values() for box in _solids(shape)]
    spots: dict[int, XY] = {}
    for number in tags:
        others = [line for other, p in enumerate(points) if other != number for line in lines_of(p)]
        taken = [Box(x - 9, y - 9, x + 9, y + 9) for x, y in spots.values()]
        if found := spot(points[number], [*solid, *others, *taken]):
            spots[number] = found
    return tuple(
        Edge(
            source=r.link.source,
            target=r.link.target,
            kind=r.link.kind,
            title=f"{shapes[r.link.source].title} → {shapes[r.link.target].title}",
            points=points[number],
            rare=r.link.rare,
            tag=tags.get(number, ""),
            tag_at=spots.get(number),
        )
        for number, r in enumerate(routes)
    )


def _solids(shape: Shape) -> list[Box]:
    """Give the boxes of all that a node shows: no line of an edge's letter may touch them."""
    texts = [text.box for text in shape.texts]
    corner = [Box(shape.place.left - 2, shape.place.top - 9, shape.place.left + 20, shape.place.top + 9)]
    return [shape.place, *texts, *corner, *shape.chips, *([shape.diamond] if shape.diamond else [])]


def _leaves(shape: Shape, parts: Sequence[Stretch]) -> XY:
    """Give the point of a node's side, or of its gate, at which an edge leaves."""
    first = parts[0]
    if first.line[0]:
        return shape.place.right + shape.gate_half, shape.middle[1]
    return shape.middle[0], shape.place.bottom if first.end > first.start else shape.place.top


def _enters(shape: Shape, parts: Sequence[Stretch]) -> XY:
    last = parts[-1]
    if last.line[0]:
        return shape.place.left, shape.middle[1]
    return shape.middle[0], shape.place.top if last.end > last.start else shape.place.bottom


def _longest(parts: Sequence[Stretch]) -> Line | None:
    """Give the gutter or channel along which an edge runs farthest by itself."""
    own = [part for part in parts if part.line[1] % 2 == 0 and part.bar and len(part.bar.members) == 1]
    if not own:
        return None
    return max(own, key=lambda part: part.high - part.low).line


def _conditions(
    edges: Sequence[Edge],
    links: Sequence[Link],
    language: str,
    process: ProcessMap,
    shapes: Mapping[str, Shape],
    labels: Labels,
) -> list[str]:
    """Give the line of the legend for each condition; where no letter found room, it names the two ends."""
    lines = []
    for edge, link in zip(edges, links, strict=True):
        if not link.when:
            continue
        when = in_language(link.when, language, process.language)
        if edge.tag_at:
            lines.append(labels.condition.format(tag=edge.tag, when=when))
        else:
            ends = {"source": shapes[edge.source].title, "target": shapes[edge.target].title}
            lines.append(labels.untagged.format(**ends, when=when))
    return lines


