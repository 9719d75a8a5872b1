"""The flowchart of a map as SVG: its layout, drawn."""

from collections.abc import Callable, Iterator, Sequence

from infield.process.drawing.boxes import BADGES
from infield.process.drawing.labels import Labels
from infield.process.drawing.layout import lay_out
from infield.process.drawing.nodes import LinkKind
from infield.process.drawing.shapes import CHIP, XY, Edge, Lane, Layout, Shape, Tag
from infield.process.drawing.surroundings import BAR, SAMPLE
from infield.process.drawing.svg import Node, Picture, element, path
from infield.process.values import ProcessMap

RADIUS = 8.0
WAYS_OUT = ("no", "not_now")
COLOURS: dict[LinkKind, str] = {
    "start": "edge",
    "forward": "edge",
    "branch": "branch",
    "jump": "accent",
    "way_back": "back",
    "no": "line3",
    "not_now": "muted",
}
LANE_COLOURS = ("#b56aa8", "#8f79cc", "#5b86d4", "#35a0b4", "#4fa673", "#c59b37", "#c9705a", "#7d8794")

RULES = {
    "lane": "fill:var(--surface)",
    "lane-odd": "fill:var(--line);fill-opacity:.42",
    "frame": "fill:none;stroke:var(--line)",
    "lane-name": "fill:var(--muted)",
    "phase": "fill:var(--muted)",
    "bracket": "stroke:var(--line2);stroke-width:2",
    "objective": "fill:var(--muted)",
    "quiet": "fill:var(--muted)",
    "legend": "fill:var(--muted)",
    "condition": "fill:var(--ink2)",
    "box": "fill:var(--card);stroke:var(--accent);stroke-width:1.5",
    "side": "fill:var(--card);stroke:var(--branch);stroke-width:1.4;stroke-dasharray:4 3",
    "after_sale": "fill:var(--card);stroke:var(--good);stroke-width:1.6",
    "no": "fill:var(--line);stroke:var(--muted);stroke-width:1.2",
    "not_now": "fill:var(--line);stroke:var(--muted);stroke-width:1.2;stroke-dasharray:4 3",
    "badge": "fill:var(--accent)",
    "badge-after_sale": "fill:var(--good)",
    "badge-text": "fill:var(--on-accent);font-size:12px;font-weight:700;text-anchor:middle",
    "gate": "fill:var(--gate);stroke:var(--card);stroke-width:2",
    "gate-text": "fill:var(--on-gate);font-size:12px;font-weight:700;text-anchor:middle",
    "sale": "fill:none;stroke:var(--warn-line);stroke-width:2",
    "chip": "fill:var(--card);stroke:var(--muted);stroke-width:1.2",
    "chip-text": "fill:var(--muted);font-size:12px;font-weight:700;text-anchor:middle",
    "tag": "fill:var(--card);stroke-width:1.4",
    "tag-text": "font-size:12px;font-weight:700;text-anchor:middle",
    "event": "fill:var(--ink)",
    "play": "fill:var(--paper)",
    "paper": "fill:var(--paper)",
    "edge": "fill:none;stroke-width:1.6",
    "way_back": "stroke-dasharray:6 4",
    "jump": "stroke-dasharray:10 3 2 3",
    "leave": "stroke-dasharray:2.5 3",
    "rare": "stroke-width:1.1;stroke-dasharray:1.5 3.5",
    **{f"line-{name}": f"stroke:var(--{name})" for name in sorted(set(COLOURS.values()))},
    **{f"head-{name}": f"fill:var(--{name})" for name in sorted(set(COLOURS.values()))},
}
DASHES: dict[LinkKind, str] = {"way_back": "way_back", "jump": "jump", "not_now": "leave"}


def flowchart(process: ProcessMap, *, language: str = "en", labels: Labels | None = None) -> str:
    """Give the flowchart of a map as a standalone SVG, in `language` where its texts have it."""
    labels = labels or Labels()
    layout = lay_out(process, language=language, labels=labels)
    return picture(layout, language=language, labels=labels).standalone()


def picture(
    layout: Layout, *, language: str, labels: Labels, draw: Callable[[Edge], Node] | None = None
) -> Picture:
    """Draw a layout; `draw` draws each edge in its own way."""
    stages = [shape for shape in layout.shapes if shape.kind in ("stage", "side", "after_sale")]
    return Picture(
        kind="flowchart",
        width=layout.width,
        height=layout.height,
        title=layout.title,
        description=labels.description.format(
            stages=len(stages),
            lanes=len({lane.key for lane in layout.lanes}),
            steps=" · ".join(shape.title for shape in stages),
        ),
        language=language,
        body=tuple(_body(layout, draw or _edge)),
        rules=RULES,
    )


def _body(layout: Layout, draw: Callable[[Edge], Node]) -> Iterator[Node]:
    yield element("rect", class_="paper", width=layout.width, height=layout.height)
    yield element("g", *[part for lane in layout.lanes for part in _lane(lane)], aria_hidden="true")
    for bracket in layout.brackets:
        yield element("line", class_="bracket", x1=bracket.left, x2=bracket.right, y1=bracket.y, y2=bracket.y)
    for edge in sorted(layout.edges, key=_depth):
        yield draw(edge)
    for shape in layout.shapes:
        yield _shape(shape)
    for tag in layout.tags:
        yield _tag(tag)
    for label in layout.labels:
        yield label.node()
    yield element("g", *[_sample(kind, at) for kind, at in layout.samples.items()], aria_hidden="true")


def _depth(edge: Edge) -> tuple[bool, bool]:
    """Draw the usual way above the others where they share a line."""
    return edge.kind in ("forward", "start"), edge.kind == "branch"


def _lane(lane: Lane) -> Iterator[Node]:
    place = lane.place
    size = {"x": place.left, "y": place.top, "height": place.bottom - place.top}
    yield element("rect", class_="lane", width=place.right - place.left, **size)
    if lane.shaded:
        yield element("rect", class_="lane-odd", width=place.right - place.left, **size)
    yield element("rect", width=BAR, fill=LANE_COLOURS[lane.order % len(LANE_COLOURS)], **size)


def _edge(edge: Edge) -> Node:
    colour = COLOURS[edge.kind]
    classes = ["edge", f"line-{colour}", *([DASHES[edge.kind]] if edge.kind in DASHES else [])]
    return element(
        "g",
        element("title", f"{edge.title} ({edge.when})" if edge.when else edge.title),
        element(
            "path", class_=" ".join([*classes, *(["rare"] if edge.rare else [])]), d=rounded(edge.points)
        ),
        arrow_head(edge.points[-2], edge.points[-1], colour),
        data_kind=edge.kind,
        data_source=_stage(edge.source),
        data_target=_stage(edge.target),
    )


def _stage(key: str) -> str:
    return key.removeprefix("stage:")


def rounded(points: Sequence[XY], radius: float = RADIUS, short: float = 4.0) -> str:
    """Give the path through points with rounded bends; it ends `short` px early, under the arrow's head."""
    steps: list[str | float] = ["M", *points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _length(before, here) / 2, _length(here, after) / 2)
        steps += ["L", *_toward(here, before, reach), "Q", *here, *_toward(here, after, reach)]
    steps += ["L", *_toward(points[-1], points[-2], short)]
    return path(*steps)


def _length(a: XY, b: XY) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _toward(here: XY, there: XY, distance: float) -> XY:
    part = distance / (_length(here, there) or 1)
    return here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part


def arrow_head(before: XY, end: XY, colour: str, size: float = 1.0) -> Node:
    """Give the head of an arrow at the end of an edge; `size` 1 is 8 px long."""
    back = _toward(end, before, 8 * size)
    half = 3.6 * size
    across = (half, 0.0) if before[0] == end[0] else (0.0, half)
    one, other = (back[0] + across[0], back[1] + across[1]), (back[0] - across[0], back[1] - across[1])
    return element("path", class_=f"head-{colour}", d=path("M", *end, "L", *one, "L", *other, "Z"))


def _shape(shape: Shape) -> Node:
    if shape.kind == "start":
        return _start(shape)
    place = shape.place
    kind = "box" if shape.kind == "stage" else shape.kind
    parts = [
        element("title", shape.title),
        element(
            "rect",
            class_=kind,
            x=place.left,
            y=place.top,
            width=place.right - place.left,
            height=place.bottom - place.top,
            rx=4 if shape.kind in WAYS_OUT else 10,
        ),
        *[text.node() for text in shape.texts],
        *_number(shape),
        *_gate(shape),
        *_chips(shape),
    ]
    stage = _stage(shape.key) if shape.kind not in WAYS_OUT else None
    way_out = shape.key.removeprefix("out:").partition("@")[0] if shape.kind in WAYS_OUT else None
    return element("g", *parts, data_stage=stage, data_way_out=way_out, data_kind=shape.kind)


def _start(shape: Shape) -> Node:
    x, y = shape.middle
    return element(
        "g",
        element("circle", class_="event", cx=x, cy=y, r=(shape.place.right - shape.place.left) / 2),
        element("path", class_="play", d=path("M", x - 4, y - 6, "L", x + 6.5, y, "L", x - 4, y + 6, "Z")),
        *[text.node() for text in shape.texts],
        data_kind="start",
    )


def _number(shape: Shape) -> Iterator[Node]:
    if not shape.number:
        return
    x, y = shape.place.left + 9, shape.place.top
    yield element("circle", class_="badge" if shape.kind == "stage" else "badge-after_sale", cx=x, cy=y, r=9)
    yield element("text", str(shape.number), class_="badge-text", x=x, y=y + 4.3)


def _gate(shape: Shape) -> Iterator[Node]:
    if not shape.gate_half:
        return
    x, y = shape.place.right, shape.middle[1]
    if shape.sale:
        yield element("path", class_="sale", d=_diamond(x, y, shape.gate_half + 3))
    yield element("path", class_="gate", d=_diamond(x, y, shape.gate_half))
    yield element("text", shape.gate, class_="gate-text", x=x, y=y + 4.3)


def _diamond(x: float, y: float, half: float) -> str:
    return path("M", x - half, y, "L", x, y - half, "L", x + half, y, "L", x, y + half, "Z")


def _chips(shape: Shape) -> Iterator[Node]:
    for place, sign in zip(shape.chips, shape.badges, strict=True):
        yield element("rect", class_="chip", x=place.left, y=place.top, width=CHIP, height=CHIP, rx=5)
        yield element("text", sign, class_="chip-text", x=place.left + CHIP / 2, y=place.top + CHIP / 2 + 4)


def _tag(tag: Tag) -> Node:
    colour, at = COLOURS[tag.kind], tag.middle
    return element(
        "g",
        element("circle", class_=f"tag line-{colour}", cx=at[0], cy=at[1], r=CHIP / 2),
        element("text", tag.letter, class_=f"tag-text head-{colour}", x=at[0], y=at[1] + 4.3),
    )


def _sample(kind: str, at: XY) -> Node:
    x, y = at
    middle = x + SAMPLE / 2
    if kind in ("gate", "sale"):
        ring = element("path", class_="sale", d=_diamond(middle, y, 10)) if kind == "sale" else None
        return element("g", ring, element("path", class_="gate", d=_diamond(middle, y, 8)))
    if kind == "badge":
        return element(
            "g",
            element("rect", class_="chip", x=middle - 8, y=y - 8, width=16, height=16, rx=4),
            element("text", BADGES[0], class_="chip-text", x=middle, y=y + 4),
        )
    colour, dash = ("edge", "rare") if kind == "rare" else (COLOURS[kind], DASHES.get(kind, ""))  # type: ignore[index,call-overload]
    return element("line", class_=f"edge line-{colour} {dash}".strip(), x1=x, x2=x + SAMPLE, y1=y, y2=y)
