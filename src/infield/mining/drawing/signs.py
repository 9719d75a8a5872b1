"""How the parts of a real process look: boxes, lines, figures, marks, and the samples in the legend."""

from collections.abc import Iterator
from dataclasses import replace

from infield.mining.drawing.legend import SAMPLE
from infield.mining.drawing.moves import head_length
from infield.mining.drawing.shapes import XY, Mark, MarkKind, Move, Station, Stem
from infield.process.drawing.label import Box
from infield.process.drawing.svg import Node, element, path

RULES = {
    "backdrop": "fill:var(--surface)",
    "box": "fill:var(--card);stroke:var(--accent);stroke-width:1.5",
    "won": "fill:var(--good-soft);stroke:var(--good);stroke-width:1.5",
    "lost": "fill:var(--line);stroke:var(--muted);stroke-width:1.3",
    "bar": "fill:var(--accent);fill-opacity:.55",
    "bar-won": "fill:var(--good);fill-opacity:.6",
    "bar-lost": "fill:var(--muted);fill-opacity:.55",
    "quiet": "fill:var(--muted)",
    "time": "fill:var(--muted)",
    "line": "fill:none",
    "pill": "fill:var(--card);stroke:var(--line2)",
    "pill-stray": "fill:var(--card);stroke:var(--bad)",
    "sign": "fill:var(--muted)",
    "turn": "fill:none;stroke:var(--back);stroke-width:1.6",
    "turn-head": "fill:var(--back)",
    "count": "fill:var(--ink)",
    "count-back": "fill:var(--back)",
    "count-stray": "fill:var(--bad)",
    **{
        f"{what}-{name}": f"{how}:var(--{colour})"
        for name, colour in {
            "usual": "edge",
            "skip": "edge",
            "back": "back",
            "stray": "bad",
            "won": "good",
            "lost": "edge",
        }.items()
        for what, how in (("line", "stroke"), ("head", "fill"))
    },
}
BACK_DASH = "7 5"


def move_line(move: Move) -> Node:
    """Give the line of a move with its arrow."""
    look = _look(move)
    return element(
        "g",
        element("title", move.title),
        element(
            "path",
            class_=f"line line-{look}",
            d=move.line,
            stroke_width=move.width,
            stroke_dasharray=BACK_DASH if move.kind == "back" else None,
        ),
        _head(move.tip, move.width, look) if move.tip else None,
        data_source=move.edge.source,
        data_target=move.edge.target,
        data_kind=move.kind,
    )


def move_pill(move: Move) -> Node:
    """Give the figures of a move."""
    place, look = move.pill.place, _look(move)
    count, time = move.pill.texts
    coloured = {"back": "count-back", "stray": "count-stray"}.get(look, "count")
    return element(
        "g",
        element("title", move.title),
        _rectangle(place, "pill-stray" if move.stray else "pill", (place.bottom - place.top) / 2),
        replace(count, name=coloured).node(),
        time.node(),
    )


def stem(part: Stem) -> Node:
    """Give a part of the line in which moves to an end gather."""
    return element(
        "g",
        element("path", class_=f"line line-{part.ending}", d=part.line, stroke_width=part.width),
        _head(part.tip, part.width, part.ending) if part.tip else None,
    )


def station(shape: Station) -> Node:
    """Give a step: box, name, count, bar."""
    kind = shape.ending or "box"
    return element(
        "g",
        element("title", shape.name),
        _rectangle(shape.place, kind, 10),
        *(text.node() for text in shape.texts),
        _rectangle(shape.bar, "bar" if kind == "box" else f"bar-{kind}", 2),
        data_step=shape.name,
    )


def mark(sign: Mark) -> Node:
    """Give a small sign at a box."""
    y = (sign.place.top + sign.place.bottom) / 2
    framed = sign.kind == "repeat"
    return element(
        "g",
        element("title", sign.title) if sign.title else None,
        _rectangle(sign.place, "pill", 9) if framed else None,
        *_sign(sign.kind, sign.place.left + (6 if framed else 0), y),
        *(text.node() for text in sign.texts),
        data_mark=sign.kind,
    )


def sample(kind: str, at: XY) -> Node:
    """Give what the legend shows before its words."""
    x, y = at
    if kind in ("begins", "stays", "repeat"):
        return element("g", *_sign(kind, x + SAMPLE / 2 - 5, y))  # type: ignore[arg-type]
    if kind == "measure":
        return _rectangle(Box(x, y - 7, x + SAMPLE, y + 7), "pill", 7)
    look = {"way_back": "back"}.get(kind, kind)
    dash = BACK_DASH if look == "back" else None
    width = 5 if kind == "usual" else 2
    line = path("M", x, y, "H", x + SAMPLE)
    return element("path", class_=f"line line-{look}", d=line, stroke_width=width, stroke_dasharray=dash)


def _look(move: Move) -> str:
    return "stray" if move.stray else move.ending or move.kind


def _rectangle(place: Box, name: str, round_: float) -> Node:
    return element(
        "rect",
        class_=name,
        x=place.left,
        y=place.top,
        width=place.right - place.left,
        height=place.bottom - place.top,
        rx=round_,
    )


def _head(tip: tuple[XY, XY], width: float, look: str) -> Node:
    """Give an arrow's head with its point at the first place, seen from the second."""
    (x, y), (from_x, from_y) = tip
    long, half = head_length(width), 3.4 + 0.55 * width
    if from_x == x:
        back = y - long if y > from_y else y + long
        return element(
            "path", class_=f"head-{look}", d=path("M", x, y, "L", x - half, back, "L", x + half, back, "Z")
        )
    back = x - long if x > from_x else x + long
    return element(
        "path", class_=f"head-{look}", d=path("M", x, y, "L", back, y - half, "L", back, y + half, "Z")
    )


def _sign(kind: MarkKind, x: float, y: float) -> Iterator[Node]:
    """Give a sign of 10 px: a triangle to begin, a square to stay, a turning arrow to repeat."""
    if kind == "begins":
        yield element("path", class_="sign", d=path("M", x, y - 5, "L", x + 9, y, "L", x, y + 5, "Z"))
    elif kind == "stays":
        yield element("rect", class_="sign", x=x, y=y - 4.5, width=9, height=9, rx=1.5)
    else:
        yield element(
            "path", class_="turn", d=path("M", x + 8, y - 2.5, "A", 4.2, 4.2, 0, 1, 0, x + 9, y + 1.5)
        )
        yield element(
            "path",
            class_="turn-head",
            d=path("M", x + 10.5, y - 5, "L", x + 10, y + 0.5, "L", x + 5, y - 2, "Z"),
        )
