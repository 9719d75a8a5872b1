"""Arcs beside the spine, each with its figures on it: where they run so that one can follow and read them.

All is measured from the side of the spine outwards, whether that is right or left: `reach` is how far an arc
goes out, y grows downwards. An arc leaves the spine level, turns down in a quarter of an ellipse, runs
straight and turns back the same way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite, sqrt

from infield.process.drawing.label import Box

PILL = 20.0
"""Height in px of the figures on a move."""
APART = 9.0
"""Px between two arcs that run side by side, besides their widths."""
CLEAR = 4.0
STEP = 6.0
BENDS = (64.0, 32.0, 12.0)
NEAR_GAPS = 9
"""Figures stand in one of so many gaps around the middle of their arc."""
NOWHERE = Box(0, 0, 0, 0)
# What one would rather have than an arc one px nearer to the spine.
COVERS, TIGHTER_BEND, SLANTED, OFF_MIDDLE = 60.0, 6.0, 0.4, 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An arc to place, from port to port, with the width of the line and of its figures in px."""

    top: float
    bottom: float
    width: float
    pill_width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """An arc with its place; `pill` are its figures, in px from the side of the spine."""

    top: float
    bottom: float
    width: float
    reach: float
    bend: float
    pill: Box

    def out(self, y: float) -> float:
        """Give how far out the arc is at a height between its ends."""
        into = min(y - self.top, self.bottom - y)
        if into >= self.bend:
            return self.reach
        left = 1 - into / self.bend
        return self.reach * sqrt(max(0.0, 1 - left * left))

    def meets(self, box: Box) -> bool:
        """Tell whether the line goes through a box."""
        low, high = max(self.top, box.top), min(self.bottom, box.bottom)
        if low > high:
            return False
        outs = [self.out(low + (high - low) * part / 4) for part in range(5)]
        return max(outs) > box.left and min(outs) < box.right

    def beside(self, other: "Arc") -> bool:
        """Tell whether two arcs, where they have nearly their full reach, lie on or too near each other."""
        low = max(self.top + self.bend / 2, other.top + other.bend / 2)
        high = min(self.bottom - self.bend / 2, other.bottom - other.bend / 2)
        apart = APART + (self.width + other.width) / 2
        return low <= high and abs(self.reach - other.reach) < apart


def placed(wishes: Sequence[Wish], gaps: Sequence[tuple[float, float]]) -> list[Arc]:
    """Place arcs, the short ones inside, with their figures in the gaps between boxes (tops and bottoms).

    Figures never lie on other figures; lines under the figures of another are avoided where that is cheap.
    """
    done: dict[int, Arc] = {}
    for number in sorted(range(len(wishes)), key=lambda i: (wishes[i].bottom - wishes[i].top, i)):
        done[number] = _best(wishes[number], gaps, list(done.values()))
    return [done[number] for number in range(len(wishes))]


def _best(wish: Wish, gaps: Sequence[tuple[float, float]], others: Sequence[Arc]) -> Arc:
    best: tuple[float, Arc] | None = None
    reach = wish.pill_width / 2 + 10
    while best is None or reach < best[0]:
        for arc, price in _shapes(wish, reach):
            if any(arc.beside(other) for other in others):
                continue
            for y in _heights(wish, gaps):
                off = abs(y - (wish.top + wish.bottom) / 2)
                total = price + (reach - arc.out(y)) * SLANTED + off * OFF_MIDDLE
                if best and total >= best[0]:
                    continue
                pill = _pill(arc, y, wish.pill_width)
                total += _trouble(arc, pill, others)
                if isfinite(total) and (best is None or total < best[0]):
                    best = total, replace(arc, pill=pill)
        reach += STEP
    return best[1]


def _shapes(wish: Wish, reach: float) -> Iterator[tuple[Arc, float]]:
    """Give the arcs of one reach, with what each costs by itself; their figures have no place yet."""
    half = (wish.bottom - wish.top) / 2
    for rank, bend in enumerate(dict.fromkeys(min(bend, half) for bend in BENDS)):
        arc = Arc(top=wish.top, bottom=wish.bottom, width=wish.width, reach=reach, bend=bend, pill=NOWHERE)
        yield arc, reach + rank * TIGHTER_BEND


def _heights(wish: Wish, gaps: Sequence[tuple[float, float]]) -> Iterator[float]:
    """Give the heights at which figures lie in a gap."""
    center = wish.top + wish.bottom
    for top, bottom in sorted(gaps, key=lambda gap: abs(gap[0] + gap[1] - center))[:NEAR_GAPS]:
        middle, play = (top + bottom) / 2, (bottom - top - PILL) / 2 - 2
        yield from (y for y in (middle, middle - play, middle + play) if wish.top < y < wish.bottom)


def _pill(arc: Arc, y: float, width: float) -> Box:
    out = arc.out(y)
    return Box(out - width / 2, y - PILL / 2, out + width / 2, y + PILL / 2)


def _trouble(arc: Arc, pill: Box, others: Sequence[Arc]) -> float:
    """Give what the company of other arcs costs figures; without end where they may not be."""
    around = Box(pill.left - CLEAR, pill.top - CLEAR, pill.right + CLEAR, pill.bottom + CLEAR)
    if around.left < 0 or any(around.overlaps(other.pill) for other in others):
        return inf
    return COVERS * sum(other.meets(around) + arc.meets(other.pill) for other in others)
