"""The lines of moves: straight down the spine, or in an arc beside it, each with its arrow and figures."""

from infield.mining.drawing.arcs import Arc
from infield.mining.drawing.boxes import pill
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.ports import Course
from infield.mining.drawing.shapes import XY, Move, MoveKind
from infield.mining.graph import Edge
from infield.process.drawing.label import Box
from infield.process.drawing.svg import path

PILL_BELOW = 19.0
"""Px from a box to the middle of the figures on the move that leaves it downwards."""
SOFT = 0.4477
"""Where the handles of a cubic curve lie that is a quarter of an ellipse, from its corner."""


def head_length(width: float) -> float:
    """Give the length in px of the arrow's head on a line."""
    return 7 + 0.45 * width


def move(
    edge: Edge,
    kind: MoveKind,
    *,
    width: float,
    line: str,
    tip: tuple[XY, XY] | None,
    figures: XY,
    labels: Labels,
) -> Move:
    """Give a move with its figures around a point."""
    title = labels.move.format(
        source=edge.source,
        target=edge.target,
        count=labels.number(edge.count),
        duration=labels.duration(edge.median_s),
    )
    return Move(
        edge=edge,
        kind=kind,
        stray=False,
        width=width,
        line=line,
        tip=tip,
        pill=pill(edge, labels, *figures),
        title=title,
    )


def straight(edge: Edge, width: float, above: Box, below: Box, labels: Labels) -> Move:
    """Give a move from one box down to the next."""
    x = (above.left + above.right) / 2
    return move(
        edge,
        "usual",
        width=width,
        line=path("M", x, above.bottom, "V", below.top - head_length(width) + 1),
        tip=((x, below.top), (x, above.bottom)),
        figures=(x, above.bottom + PILL_BELOW),
        labels=labels,
    )


def bow(course: Course, arc: Arc, base: float, labels: Labels) -> Move:
    """Give a move in an arc from and to the side of the spine at x = `base`."""
    sign, down = (1, 1) if course.side == "right" else (-1, -1)
    first, last = (arc.top, arc.bottom) if down > 0 else (arc.bottom, arc.top)
    far, bend, head = base + sign * arc.reach, down * arc.bend, sign * head_length(arc.width)
    return move(
        course.edge,
        "skip" if down > 0 else "back",
        width=arc.width,
        line=path(
            *("M", base, first, "C", far - (far - base) * SOFT, first, far, first + bend * SOFT),
            *(far, first + bend, "V", last - bend),
            *("C", far, last - bend * SOFT, far - (far - base) * SOFT, last, base + head - sign, last),
        ),
        tip=((base, last), (far, last)),
        figures=(
            base + sign * (arc.pill.left + arc.pill.right) / 2,
            (arc.pill.top + arc.pill.bottom) / 2,
        ),
        labels=labels,
    )
