"""Laying out what happened on a map: the flowchart with further links, and figures at their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from infield.mining.drawing.boxes import pill, pill_width
from infield.mining.drawing.figures import Line, places
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.matched import Matched, matched, stage_nodes, stray_links
from infield.mining.drawing.rows import Ending
from infield.mining.drawing.shapes import Pill
from infield.mining.graph import Edge, Tip
from infield.process.drawing.additions import Additions
from infield.process.drawing.label import Box, Label
from infield.process.drawing.labels import Labels as MapLabels
from infield.process.drawing.layout import lay_out
from infield.process.drawing.nodes import without_band
from infield.process.drawing.shapes import Edge as MapEdge
from infield.process.drawing.shapes import Layout
from infield.process.values import ProcessMap

WIDEST_LINE, THINNEST_LINE = 9.0, 1.4
SLOW = 1.2
"""A stage is slow from so many times its usual time on."""
DAY_S = 86_400
AT_SALE = 80.0
"""So far from the middle of its gate the figures of the sale may stand, px."""
FIGURES = (52.0, 80.0, 110.0)
"""Px for figures in each gutter: more is tried only where some have no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An edge of the picture with what happened on it, and where that stands."""

    drawn: MapEdge
    source: str
    """What it leaves: a stage by its key, or the sale by the name that it has in the log."""
    edge: Edge | None
    stray: bool
    width: float
    pill: Pill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaid:
    """A flowchart laid out with what happened on it."""

    layout: Layout
    matched: Matched
    taken: tuple[Taken, ...]
    sale: Pill | None
    """How many sales were made, at the gate of the sale."""
    unplaced: int
    """How many edges have no room for their figures."""


def overlaid(
    process: ProcessMap,
    *,
    edges: Sequence[Edge],
    starts: Sequence[Tip],
    stays_s: Mapping[str, float],
    endings: Mapping[str, Ending],
    language: str,
    labels: Labels,
    map_labels: MapLabels,
) -> Overlaid:
    """Lay out a map with what happened on it, with more room for figures until all have their place."""
    found = matched(process, edges, endings)
    notes, slow = _notes(process, stays_s, found, labels)
    for figures in FIGURES:
        layout = lay_out(
            process,
            language=language,
            labels=map_labels,
            additions=Additions(links=stray_links(process, found.strays), notes=notes, figures=figures),
        )
        taken = _taken(layout, found, starts, stage_nodes(process, [tip.name for tip in starts]), labels)
        sale = _sale(layout, found.sold, taken, labels)
        unplaced = sum(item.edge is not None and item.pill is None for item in taken)
        unplaced += found.sold is not None and sale is None
        if not unplaced:
            break
    return Overlaid(
        layout=_with_slow(layout, slow), matched=found, taken=tuple(taken), sale=sale, unplaced=unplaced
    )


def _notes(
    process: ProcessMap, stays_s: Mapping[str, float], found: Matched, labels: Labels
) -> tuple[dict[str, str], set[str]]:
    """Give the line under each name, and the nodes that take too long."""
    notes = {key: labels.number(count) for key, count in found.arrivals.items()}
    slow = set()
    for name, node in stage_nodes(process, stays_s).items():
        usual = process.stage(node.removeprefix("stage:")).expected_days
        real = labels.duration(stays_s[name])
        notes[node] = real
        if usual:
            usual_s = float(usual * Decimal(DAY_S))
            notes[node] = labels.stay.format(real=real, usual=labels.duration(usual_s))
            if stays_s[name] > SLOW * usual_s:
                slow.add(node)
    return notes, slow


def _with_slow(layout: Layout, slow: set[str]) -> Layout:
    def marked(label: Label) -> Label:
        return replace(label, name="note-slow", weight=600) if label.name == "note" else label

    shapes = tuple(
        replace(shape, texts=tuple(map(marked, shape.texts))) if shape.key in slow else shape
        for shape in layout.shapes
    )
    return replace(layout, shapes=shapes)


def _taken(
    layout: Layout, found: Matched, starts: Sequence[Tip], start_nodes: Mapping[str, str], labels: Labels
) -> list[Taken]:
    """Give each edge of the layout with its figures; the last ones are those that the map does not have."""
    planned = len(layout.edges) - len(found.strays)
    most = max((edge.count for edge in (*found.on_map.values(), *found.strays.values())), default=1)
    begun = {node: tip.deals for tip in starts if (node := start_nodes.get(tip.name))}
    told: set[tuple[str, str]] = set()
    items = []
    for number, drawn in enumerate(layout.edges):
        pair, stray = (drawn.source, without_band(drawn.target)), number >= planned
        edge = (found.strays if stray else found.on_map).get(pair) if pair not in told else None
        told.add(pair)
        count = edge.count if edge else begun.get(drawn.target, 0) if drawn.kind == "start" else 0
        width = max(THINNEST_LINE, WIDEST_LINE * (min(count, most) / most) ** 0.7)
        source = edge.source if edge and edge.source in found.sales else drawn.source.removeprefix("stage:")
        items.append(Taken(drawn=drawn, source=source, edge=edge, stray=stray, width=width, pill=None))
    return _with_pills(items, layout, labels)


def _with_pills(items: Sequence[Taken], layout: Layout, labels: Labels) -> list[Taken]:
    urgent = sorted(
        (number for number, item in enumerate(items) if item.edge),
        key=lambda number: (_reach(items[number].drawn), number),
    )
    rest = [number for number, item in enumerate(items) if not item.edge]
    lines = [
        Line(
            points=items[number].drawn.points,
            width=items[number].width,
            figures=pill_width(edge, labels) if (edge := items[number].edge) else 0.0,
        )
        for number in (*urgent, *rest)
    ]
    spots = places(lines, _solids(layout), Box(4, 4, layout.width - 4, layout.height - 4))
    done = list(items)
    for number, spot in zip(urgent, spots, strict=False):
        if spot and (edge := items[number].edge):
            done[number] = replace(items[number], pill=pill(edge, labels, *spot))
    return done


def _sale(layout: Layout, sold: Edge | None, taken: Sequence[Taken], labels: Labels) -> Pill | None:
    """Give the figures of the sales above or below the gate of the sale."""
    gate = next((shape for shape in layout.shapes if shape.sale), None)
    if sold is None or gate is None:
        return None
    x, y = gate.place.right, gate.middle[1]
    wide = pill_width(sold, labels, sold.target)
    lines = [Line(points=((x, y - AT_SALE), (x, y + AT_SALE)), width=0, figures=wide)]
    lines += [Line(points=item.drawn.points, width=item.width, figures=0) for item in taken]
    solid = [*_solids(layout), *(item.pill.place for item in taken if item.pill)]
    spot, *_ = places(lines, solid, Box(4, 4, layout.width - 4, layout.height - 4))
    return pill(sold, labels, *spot, sold.target) if spot else None


def _reach(edge: MapEdge) -> float:
    """Give how long an edge is: the shortest have the fewest places for their figures."""
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(edge.points))


def _solids(layout: Layout) -> list[Box]:
    """Give the places of all that figures may not cover."""
    found = [label.box for label in layout.labels]
    for shape in layout.shapes:
        place = shape.place
        number = Box(place.left - 2, place.top - 10, place.left + 20, place.top + 10)
        found += [place, *(text.box for text in shape.texts), *shape.chips]
        found += [number] if shape.number else []
        found += [shape.diamond] if shape.diamond else []
    return found
