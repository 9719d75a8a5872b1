"""The real process on its map as SVG: the flowchart as drawn, its lines as wide as deals go along them.

Red is what the map does not have, and a stage that takes much longer than the map says. Links that nobody
took are faint. A page shows the whole table of moves beside the picture.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from infield.mining.drawing.labels import Labels
from infield.mining.drawing.overlay_layout import Overlaid, Taken, overlaid
from infield.mining.drawing.rows import Ending
from infield.mining.drawing.shapes import Pill
from infield.mining.graph import Edge, Tip
from infield.process.drawing import flowchart
from infield.process.drawing.label import Label, fitted, lowest
from infield.process.drawing.labels import Labels as MapLabels
from infield.process.drawing.surroundings import MARGIN
from infield.process.drawing.svg import Node, Picture, element, path
from infield.process.values import ProcessMap

SAMPLE = 30.0
NOTES = ("note", "note-slow")

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
    "count-won": "fill:var(--good)",
    "pill-won": "fill:var(--good-soft);stroke:var(--good)",
    "caption": "fill:var(--muted)",
}


def overlay(
    process: ProcessMap,
    *,
    edges: Sequence[Edge],
    starts: Sequence[Tip] = (),
    stays_s: Mapping[str, float] | None = None,
    endings: Mapping[str, Ending] | None = None,
    language: str = "en",
    labels: Labels | None = None,
    map_labels: MapLabels | None = None,
) -> Picture:
    """Give the picture of a map with what really happened.

    `stays_s`: name of a stage → median seconds that deals stay in it. `endings`: names that mean won or lost.
    """
    labels, map_labels = labels or Labels(), map_labels or MapLabels()
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
    body = (*base.body[1:], *_pills(placed, labels), *(label.node() for label in words), *samples)
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
        data_source=item.source,
        data_target=drawn.target.removeprefix("stage:"),
    )


def _said(edge: Edge, labels: Labels) -> str:
    return labels.move.format(
        source=edge.source,
        target=edge.target,
        count=labels.number(edge.count),
        duration=labels.duration(edge.median_s),
    )


def _pills(placed: Overlaid, labels: Labels) -> Iterator[Node]:
    for item in placed.taken:
        if item.pill:
            tone = "count-bad" if item.stray else "count-back" if item.drawn.kind == "way_back" else "count"
            yield element("g", *_pill(item.pill, "pill-bad" if item.stray else "pill", tone))
    if placed.sale and (sold := placed.matched.sold):
        yield element(
            "g",
            element("title", _said(sold, labels)),
            *_pill(placed.sale, "pill-won", "count-won"),
            data_source=sold.source,
            data_target=sold.target,
            data_kind="sale",
        )


def _pill(shape: Pill, look: str, tone: str) -> tuple[Node, ...]:
    place, (count, time) = shape.place, shape.texts
    box = element(
        "rect",
        class_=look,
        x=place.left,
        y=place.top,
        width=place.right - place.left,
        height=place.bottom - place.top,
        rx=(place.bottom - place.top) / 2,
    )
    return box, replace(count, name=tone).node(), time.node()


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
    if any(text.name in NOTES for shape in layout.shapes if shape.kind != "no" for text in shape.texts):
        said = f"{said} {labels.stay_caption}"
    width = max(layout.width - 2 * MARGIN, 420.0)
    words.append(fitted(said, x=MARGIN, top=y + 12, width=width, size=12, name="caption"))
    return words, samples


def _sample(sign: str, x: float, y: float) -> Node:
    if sign == "pill":
        return element("rect", class_="pill", x=x, y=y - 7, width=SAMPLE, height=14, rx=7)
    if sign == "unused":
        return element("path", class_="edge line-line3 unused", d=path("M", x, y, "H", x + SAMPLE))
    return element("path", class_="taken line-bad", d=path("M", x, y, "H", x + SAMPLE), stroke_width=2.4)
