"""Where the figures of an edge of the map stand: on its line or just beside it, clear of all that must be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from infield.process.drawing.label import Box

HEIGHT = 20.0
CLEAR = 2.0
STEP = 7.0
# Prices of a place, in px of distance from the middle of the edge.
COVERS, BESIDE, ON_CORNER = 90.0, 70.0, 25.0

type XY = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An edge as its corners, with the width in px of its line and of its figures."""

    points: tuple[XY, ...]
    width: float
    figures: float


def places(lines: Sequence[Line], solid: Sequence[Box], within: Box) -> list[XY | None]:
    """Give the middle of the figures of each line, in the order of urgency; None where there is no room.

    No figures lie on a solid box or on other figures, or outside `within`; places on foreign lines cost.
    """
    boxes = [list(_boxes(line)) for line in lines]
    taken: list[Box] = []
    found: list[XY | None] = []
    for number, line in enumerate(lines):
        foreign = [box for other, others in enumerate(boxes) if other != number for box in others]
        best = _best(line, [*solid, *taken], foreign, within)
        found.append(best)
        if best:
            taken.append(around(best, line.figures))
    return found


def around(middle: XY, width: float) -> Box:
    """Give the box of figures with this middle."""
    x, y = middle
    return Box(x - width / 2, y - HEIGHT / 2, x + width / 2, y + HEIGHT / 2)


def _best(line: Line, solid: Sequence[Box], foreign: Sequence[Box], within: Box) -> XY | None:
    best: tuple[float, XY] | None = None
    for price, middle in sorted(_candidates(line)):
        if best and price >= best[0]:
            break
        box = around(middle, line.figures)
        room = Box(box.left - CLEAR, box.top - CLEAR, box.right + CLEAR, box.bottom + CLEAR)
        if not box.within(within) or any(room.overlaps(other) for other in solid):
            continue
        total = price + COVERS * sum(box.overlaps(other) for other in foreign)
        if best is None or total < best[0]:
            best = total, middle
    return best[1] if best else None


def _candidates(line: Line) -> Iterator[tuple[float, XY]]:
    """Give places along the line and beside it, with what each costs by itself."""
    whole = sum(_length(a, b) for a, b in pairwise(line.points))
    gone = 0.0
    for a, b in pairwise(line.points):
        length = _length(a, b)
        flat = a[1] == b[1]
        steps = max(2, int(length / STEP))
        for step in range(1, steps):
            part = step / steps
            x, y = a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
            off = abs(gone + length * part - whole / 2)
            tight = ON_CORNER if flat and length < line.figures else 0.0
            yield off + tight, (x, y)
            beside = HEIGHT / 2 + 3 + line.width / 2 if flat else line.figures / 2 + 4 + line.width / 2
            for away in (-beside, beside):
                yield off + BESIDE, ((x, y + away) if flat else (x + away, y))
        gone += length


def _boxes(line: Line) -> Iterator[Box]:
    half = line.width / 2 + 1
    for (x0, y0), (x1, y1) in pairwise(line.points):
        yield Box(min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half)


def _length(a: XY, b: XY) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])
