"""The real process by itself as SVG: what happened most, down a spine; skips and ways back beside it.

In: the rows that `mining.graph` gives, the stages in their natural order, and which names mean won or lost.
The counts and times stand on the lines; a page shows the whole table beside the picture.
"""

from collections.abc import Iterator, Mapping, Sequence

from infield.mining.drawing.frequent import MOST, SHARE, frequent
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.layout import Found, lay_out
from infield.mining.drawing.permitted import permitted
from infield.mining.drawing.rows import Ending, rows
from infield.mining.drawing.shapes import Layout, Move
from infield.mining.drawing.signs import RULES, mark, move_line, move_pill, sample, station, stem
from infield.mining.graph import Activity, Edge, Tip
from infield.process.drawing.svg import Node, Picture, element
from infield.process.values import ProcessMap


def process_graph(
    stages: Sequence[str],
    *,
    edges: Sequence[Edge],
    activities: Sequence[Activity],
    starts: Sequence[Tip] = (),
    ends: Sequence[Tip] = (),
    endings: Mapping[str, Ending] | None = None,
    process: ProcessMap | None = None,
    language: str = "en",
    labels: Labels | None = None,
    share: float = SHARE,
    most: int = MOST,
) -> Picture:
    """Give the picture of a real process.

    `stages`: names in their order down the spine; others find their place. `endings`: names that mean won or
    lost. With `process`, moves that this map does not permit are red. The most frequent moves are drawn, until
    they make up `share` of all or are `most`. No activities give an empty picture.
    """
    labels = labels or Labels()
    names = [activity.name for activity in activities]
    found = Found(
        rows=rows(stages, activities, edges, endings or {}),
        moves=frequent(edges, share=share, most=most),
        activities=activities,
        starts=starts,
        ends=ends,
        endings=endings or {},
        permitted=None if process is None else permitted(process, names, endings or {}),
    )
    return picture(lay_out(found, labels), language=language, labels=labels)


def picture(layout: Layout, *, language: str, labels: Labels) -> Picture:
    """Draw a layout."""
    return Picture(
        kind="process-graph",
        width=layout.width,
        height=layout.height,
        title=labels.title,
        description=_description(layout, labels),
        language=language,
        body=tuple(_body(layout)),
        rules=RULES,
    )


def _description(layout: Layout, labels: Labels) -> str:
    if not layout.moves:
        return labels.nothing
    first = max((move.edge for move in layout.moves), key=lambda edge: edge.count)
    spine = [station.name for station in layout.stations if not station.ending]
    return labels.description.format(
        steps=labels.number(len(layout.stations)),
        first=spine[0],
        last=spine[-1],
        source=first.source,
        target=first.target,
        count=labels.number(first.count),
    )


def _body(layout: Layout) -> Iterator[Node]:
    yield element("rect", class_="backdrop", width=layout.width, height=layout.height, rx=12)
    yield from (stem(part) for part in layout.stems)
    yield from (move_line(move) for move in sorted(layout.moves, key=_depth))
    yield from (station(shape) for shape in layout.stations)
    yield from (mark(sign) for shape in layout.stations for sign in shape.marks)
    yield from (move_pill(move) for move in layout.moves)
    yield from (label.node() for label in layout.texts)
    yield element("g", *(sample(kind, at) for kind, at in layout.samples), aria_hidden="true")


def _depth(move: Move) -> tuple[bool, bool, float]:
    """Draw the ends lowest, strays highest, and the thin above the wide."""
    return move.kind != "end", move.stray, -move.width
