"""The real process on its map as SVG: the flowchart as drawn, its lines as wide as deals go along them.

Red is what the map does not have, and a stage that takes much longer than the map says. Links that nobody
took are faint. A page shows the whole table of moves beside the picture.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from infield.mining.drawing.boxes import pill, pill_width
from infield.mining.drawing.figures import Line, places
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.matched import Matched, matched, stage_nodes, stray_links
from infield.mining.drawing.rows import Ending
from infield.mining.drawing.shapes import Pill
from infield.mining.graph import Edge, Tip
from infield.process.drawing import flowchart
from infield.process.drawing.additions import Additions
from infield.process.drawing.label import Box, Label, fitted, lowest
from infield.process.drawing.labels import Labels as MapLabels
from infield.process.drawing.layout import lay_out
from infield.process.drawing.shapes import Edge as MapEdge
from infield.process.drawing.shapes import Layout
from infield.process.drawing.surroundings import MARGIN
from infield.process.drawing.svg import Node, Picture, element, path
from infield.process.values import ProcessMap

WIDEST_LINE, THINNEST_LINE = 9.0, 1.4
SLOW = 1.2
"""A stage is slow from so many times its usual time on."""
DAY_S = 86_400
FIGURES = (52.0, 80.0, 110.0)
"""Px for figures in each gutter: more is tried only where some have no room."""
SAMPLE = 30.0

RULES = {
    **flowchart.RULES,
    "taken": "fill:none",
    "note": "fill:var(--muted)",
    "note-slow": "fill:var(--bad)",
    "line-bad": "stroke:var(--bad)",
    "head-bad": "fill:var(--bad)",
    "line-line3": "stroke:var(--line3)",
    "head-line3": "fill:var(--line3)",
    "unused": "stroke-dasharray:2 4;stroke-width:1.1",
    "time": "fill:var(--muted)",
    "count": "fill:var(--ink)",
    "count-back": "fill:var(--back)",
    "count-bad": "fill:var(--bad)",
    "pill": "fill:var(--card);stroke:var(--line2)",
    "pill-bad": "fill:var(--card);stroke:var(--bad)",
    "caption": "fill:var(--muted)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An edge of the picture with what happened on it, and where that stands."""

    drawn: MapEdge
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
    unplaced: int
    """How many edges have no room for their figures."""


def overlay(
    process: ProcessMap,
    *,
    edges: Sequence[Edge],
    starts: Sequence[Tip] = (),
    stays_s: Mapping[str, float] | None = None,
    endings: Mapping[str, Ending] | None = None,
    language: str | None = None,
    labels: Labels | None = None,
    map_labels: MapLabels | None = None,
) -> Picture:
    """Give the picture of a map with what really happened.

    `stays_s`: name of a stage → median seconds that deals stay in it. `endings`: names that mean won or lost.
    """
    labels, map_labels = labels or Labels(), map_labels or MapLabels()
    language = language or process.language
    placed = overlaid(
        process,
        edges=edges,
        starts=starts,
        stays_s=stays_s or {},
        endings=endings or {},
        language=language,
        labels=labels,
        map_labels=map_labels,
    )
    return picture(placed, language=language, labels=labels, map_labels=map_labels)


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
        unplaced = sum(item.edge is not None and item.pill is None for item in taken)
        if not unplaced:
            break
    return Overlaid(layout=_with_slow(layout, slow), matched=found, taken=tuple(taken), unplaced=unplaced)


def picture(placed: Overlaid, *, language: str, labels: Labels, map_labels: MapLabels) -> Picture:
    """Draw a laid out overlay."""
    by_edge = {id(item.drawn): item for item in placed.taken}
    base = flowchart.picture(
        placed.layout,
        language=language,
        labels=map_labels,
        draw=lambda edge: _line(by_edge[id(edge)], labels),
    )
    words, samples = _caption(placed, labels)
    bottom = max(label.box.bottom for label in words)
    body = (*base.body[1:], *_pills(placed.taken), *(label.node() for label in words), *samples)
    width = max(base.width, max(label.box.right for label in words) + MARGIN)
    height = bottom + MARGIN - 6
    return replace(
        base,
        kind="map-overlay",
        width=width,
        height=height,
        title=f"{base.title}: {labels.title}",
        body=(element("rect", class_="paper", width=width, height=height), *body),
        rules=RULES,
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
        pair, stray = (drawn.source, drawn.target), number >= planned
        edge = (found.strays if stray else found.on_map).get(pair) if pair not in told else None
        told.add(pair)
        count = edge.count if edge else begun.get(drawn.target, 0) if drawn.kind == "start" else 0
        width = max(THINNEST_LINE, WIDEST_LINE * (min(count, most) / most) ** 0.7)
        items.append(Taken(drawn=drawn, edge=edge, stray=stray, width=width, pill=None))
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


def _reach(edge: MapEdge) -> float:
    """Give how long an edge is: the shortest have the fewest places for their figures."""
    return sum(
        abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in zip(edge.points, edge.points[1:], strict=False)
    )


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


def _line(item: Taken, labels: Labels) -> Node:
    drawn, edge = item.drawn, item.edge
    colour = "bad" if item.stray else flowchart.COLOURS[drawn.kind]
    unused = edge is None and drawn.kind != "start"
    colour = "line3" if unused else colour
    classes = ["edge" if unused else "taken", f"line-{colour}"]
    if unused:
        classes.append("unused")
    elif drawn.kind in flowchart.DASHES and (drawn.kind == "way_back" or not item.stray):
        classes.append(flowchart.DASHES[drawn.kind])
    size = 1 + (0 if unused else item.width / 9)
    return element(
        "g",
        element("title", _said(edge, labels) if edge else drawn.title),
        element(
            "path",
            class_=" ".join(classes),
            d=flowchart.rounded(drawn.points, short=6 * size),
            stroke_width=None if unused else item.width,
        ),
        flowchart.arrow_head(drawn.points[-2], drawn.points[-1], colour, size),
        data_kind=drawn.kind,
        data_source=drawn.source.removeprefix("stage:"),
        data_target=drawn.target.removeprefix("stage:"),
    )


def _said(edge: Edge, labels: Labels) -> str:
    return labels.move.format(
        source=edge.source,
        target=edge.target,
        count=labels.number(edge.count),
        duration=labels.duration(edge.median_s),
    )


def _pills(taken: Sequence[Taken]) -> Iterator[Node]:
    for item in taken:
        if not item.pill:
            continue
        place = item.pill.place
        tone = "count-bad" if item.stray else "count-back" if item.drawn.kind == "way_back" else "count"
        count, time = item.pill.texts
        yield element(
            "g",
            element(
                "rect",
                class_="pill-bad" if item.stray else "pill",
                x=place.left,
                y=place.top,
                width=place.right - place.left,
                height=place.bottom - place.top,
                rx=(place.bottom - place.top) / 2,
            ),
            replace(count, name=tone).node(),
            time.node(),
        )


def _caption(placed: Overlaid, labels: Labels) -> tuple[list[Label], list[Node]]:
    """Give what stands under the flowchart: the signs it has more than the map, and what share is drawn."""
    layout, found = placed.layout, placed.matched
    x, y = MARGIN, lowest(layout.labels, layout.height - MARGIN) + 14
    words: list[Label] = []
    samples: list[Node] = []
    signs = [("bad", labels.stray)] * bool(found.strays) + [("unused", labels.unused)] * any(
        item.edge is None and item.drawn.kind != "start" for item in placed.taken
    )
    signs += [("pill", labels.measure)]
    for sign, text in signs:
        samples.append(_sample(sign, x, y))
        label = fitted(text, x=x + SAMPLE + 8, top=y - 8, width=layout.width, size=12, name="caption")
        words.append(label)
        x = label.box.right + 24
    share = found.drawn / found.moves if found.moves else 1.0
    said = labels.overlay_caption.format(share=labels.percent(share))
    width = max(layout.width - 2 * MARGIN, 420.0)
    words.append(fitted(said, x=MARGIN, top=y + 12, width=width, size=12, name="caption"))
    return words, samples


def _sample(sign: str, x: float, y: float) -> Node:
    if sign == "pill":
        return element("rect", class_="pill", x=x, y=y - 7, width=SAMPLE, height=14, rx=7)
    if sign == "unused":
        return element("path", class_="edge line-line3 unused", d=path("M", x, y, "H", x + SAMPLE))
    return element("path", class_="taken line-bad", d=path("M", x, y, "H", x + SAMPLE), stroke_width=2.4)
