"""A map as a funnel: its stages from the top down to the sale, with funnel level and buyer phase beside them.

Without counts the shape narrows evenly and says only the order; with counts a band is as wide as its stage
has cases. The places come from `funnel_layout`.
"""

from collections.abc import Iterable, Mapping

from infield.process.drawing.funnel_layout import SHAPE, Band, Funnel, FunnelLabels, layout
from infield.process.drawing.svg import Node, Picture, element, path
from infield.process.texts import in_language
from infield.process.values import ProcessMap

RULES = {
    "backdrop": "fill:var(--card)",
    "quiet": "fill:var(--muted)",
    "won": "fill:var(--good)",
    "line": "stroke:var(--line);stroke-width:1",
    "band": "fill:var(--accent);stroke:var(--card);stroke-width:2",
    "after": "fill:var(--good);stroke:var(--card);stroke-width:2",
    "bar": "fill:var(--line2)",
    "sale": "fill:var(--good)",
    "sale-line": "stroke:var(--good);stroke-width:1.5;stroke-dasharray:4 4",
}


def funnel(
    process: ProcessMap,
    *,
    counts: Mapping[str, int] | None = None,
    language: str = "en",
    labels: FunnelLabels | None = None,
) -> str:
    """Give the funnel of a map as a standalone SVG; `counts`: stage key → cases that entered it."""
    return picture(process, counts=counts, language=language, labels=labels).standalone()


def picture(
    process: ProcessMap,
    *,
    counts: Mapping[str, int] | None = None,
    language: str = "en",
    labels: FunnelLabels | None = None,
) -> Picture:
    """Give the funnel as a picture, to be inlined in a page or written to a file."""
    words = labels or FunnelLabels()
    shape = layout(process, counts=counts, language=language, words=words)
    names = [in_language(process.stage(band.key).name, language, process.language) for band in shape.bands]
    if counts is not None:
        names = [f"{name} ({counts.get(band.key, 0)})" for name, band in zip(names, shape.bands, strict=True)]
    return Picture(
        kind="funnel",
        width=shape.width,
        height=shape.height,
        title=": ".join(filter(None, (in_language(process.name, language, process.language), words.title))),
        description=", ".join(names),
        language=language,
        body=tuple(_drawn(shape)),
        rules=RULES,
    )


def _drawn(shape: Funnel) -> Iterable[Node]:
    yield element("rect", width=shape.width, height=shape.height, rx=12, class_="backdrop")
    for bracket in shape.brackets:
        height = bracket.bottom - bracket.top
        yield element("rect", x=bracket.x, y=bracket.top, width=4, height=height, rx=2, class_="bar")
        yield bracket.label.node()
    for band in shape.bands:
        yield element("line", x1=shape.left, x2=shape.center, y1=band.bottom, y2=band.bottom, class_="line")
    for row, band in enumerate(shape.bands):
        yield _band(band, shape, max(0.92 - 0.62 * row / len(shape.bands), 0.3))
    yield from _sale(shape)
    yield from (label.node() for label in (shape.won, *shape.texts))


def _band(band: Band, shape: Funnel, strength: float) -> Node:
    outline = _stepped(band, shape.center) if shape.counted else _straight(band, shape.center)
    name = "after" if band.after_sale else "band"
    shown = element("path", d=outline, class_=name, fill_opacity=0.9 if band.after_sale else strength)
    return element("g", *(label.node() for label in band.labels), shown)


def _straight(band: Band, x: float) -> str:
    above, below = band.upper / 2, band.lower / 2
    return path("M", x - above, band.top, "H", x + above, "L", x + below, band.bottom, "H", x - below, "Z")


def _stepped(band: Band, x: float) -> str:
    """Give an outline that keeps its width for a while, then bends softly to the width of the next."""
    above, below = band.upper / 2, band.lower / 2
    bend = (band.top + band.bottom) / 2
    middle = (bend + band.bottom) / 2
    return path(
        *("M", x - above, band.top, "H", x + above, "V", bend),
        *("C", x + above, middle, x + below, middle, x + below, band.bottom),
        *("H", x - below, "C", x - below, middle, x - above, middle, x - above, bend, "Z"),
    )


def _sale(shape: Funnel) -> Iterable[Node]:
    x, y = shape.center, shape.sale
    yield element("line", x1=shape.won.box.right + 10, x2=x + SHAPE / 2, y1=y, y2=y, class_="sale-line")
    yield element(
        "path", d=path("M", x, y - 11, "L", x + 11, y, "L", x, y + 11, "L", x - 11, y, "Z"), class_="sale"
    )
