"""The letters of the conditions: each stands on its own edge, near where it leaves, clear of all else."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from infield.process.drawing.label import Box
from infield.process.drawing.shapes import CHIP, XY

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CLEAR = 2.0
"""Px between a letter's rim and anything else."""
STEP = 5.0


def place_of(middle: XY) -> Box:
    """Give the square of a letter around its middle."""
    x, y = middle
    return Box(x - CHIP / 2, y - CHIP / 2, x + CHIP / 2, y + CHIP / 2)


def spot(points: Sequence[XY], busy: Sequence[Box]) -> XY | None:
    """Give the first place along an edge at which a letter is clear of all `busy` boxes, or None.

    Places where the line is hidden under the letter at a bend are left out.
    """
    half = CHIP / 2
    for x, y in _along(points, half + 4):
        around = Box(x - half - CLEAR, y - half - CLEAR, x + half + CLEAR, y + half + CLEAR)
        if not any(around.overlaps(box) for box in busy):
            return x, y
    return None


def _along(points: Sequence[XY], margin: float) -> Iterator[XY]:
    for (x0, y0), (x1, y1) in pairwise(points):
        length = abs(x1 - x0) + abs(y1 - y0)
        at = margin
        while at <= length - margin:
            yield x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length
            at += STEP


def lines_of(points: Iterable[XY]) -> Iterator[Box]:
    """Give the stretches of an edge as thin boxes."""
    for (x0, y0), (x1, y1) in pairwise(points):
        yield Box(min(x0, x1) - 0.5, min(y0, y1) - 0.5, max(x0, x1) + 0.5, max(y0, y1) + 0.5)
