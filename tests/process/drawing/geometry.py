"""Plain geometry for judging a picture: it knows points and rectangles, nothing of how they were found."""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

type XY = tuple[float, float]
type Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""
type Polyline = Sequence[XY]

SLACK = 0.05


def meet(a: Rectangle, b: Rectangle) -> bool:
    """Tell whether two rectangles share more than an edge."""
    return a[0] < b[2] - SLACK and b[0] < a[2] - SLACK and a[1] < b[3] - SLACK and b[1] < a[3] - SLACK


def inside(a: Rectangle, b: Rectangle) -> bool:
    """Tell whether `a` lies within `b`."""
    return a[0] >= b[0] - SLACK and a[1] >= b[1] - SLACK and a[2] <= b[2] + SLACK and a[3] <= b[3] + SLACK


def runs_through(line: Polyline, area: Rectangle) -> bool:
    """Tell whether a line of upright and level parts has a stretch inside a rectangle; its rim is outside."""
    return any(_within(p, q, area) for p, q in pairwise(line))


def _within(p: XY, q: XY, area: Rectangle) -> bool:
    left, right = (p[0], q[0]) if p[0] < q[0] else (q[0], p[0])
    top, bottom = (p[1], q[1]) if p[1] < q[1] else (q[1], p[1])
    return (
        left <= area[2] - SLACK
        and right >= area[0] + SLACK
        and top <= area[3] - SLACK
        and bottom >= area[1] + SLACK
    )


def shared_length(a: Polyline, b: Polyline, nearer_than: float = 1.0) -> float:
    """Give for how many px two lines of upright and level parts run on top of each other."""
    total = 0.0
    for p, q in pairwise(a):
        for r, s in pairwise(b):
            for here, there in ((0, 1), (1, 0)):
                if p[here] == q[here] and r[here] == s[here] and abs(p[here] - r[here]) < nearer_than:
                    overlap = min(max(p[there], q[there]), max(r[there], s[there])) - max(
                        min(p[there], q[there]), min(r[there], s[there])
                    )
                    total += max(0.0, overlap)
    return total


def crossings(lines: Iterable[Polyline]) -> int:
    """Count the points at which one line goes from one side of another to its other side.

    Works for any straight parts. Ends that touch do not count, and a stretch that two lines share counts as
    a crossing only if they part on other sides than they came from.
    """
    return sum(_cross(list(a), list(b)) for a, b in combinations(list(lines), 2))


def _cross(a: Sequence[XY], b: Sequence[XY]) -> int:
    """Count by moving one line aside by less than any gap, which turns shared stretches into plain crossings.

    Of the two sides the better one is taken, so a shared stretch without a real crossing counts nothing.
    """
    shift = 0.013
    counts = []
    for dx, dy in (
        (shift, shift * 0.7),
        (-shift, shift * 0.7),
        (shift, -shift * 0.7),
        (-shift, -shift * 0.7),
    ):
        moved = [(x + dx, y + dy) for x, y in b]
        counts.append(sum(_segments_cross(p, q, r, s) for p, q in pairwise(a) for r, s in pairwise(moved)))
    return min(counts)


def _segments_cross(p: XY, q: XY, r: XY, s: XY) -> bool:
    if max(p[0], q[0]) < min(r[0], s[0]) or max(r[0], s[0]) < min(p[0], q[0]):
        return False
    if max(p[1], q[1]) < min(r[1], s[1]) or max(r[1], s[1]) < min(p[1], q[1]):
        return False
    return _turn(p, q, r) * _turn(p, q, s) < 0 and _turn(r, s, p) * _turn(r, s, q) < 0


def _turn(p: XY, q: XY, r: XY) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def bends(line: Polyline, least_sine: float = 0.1) -> int:
    """Count the corners of a line; parts shorter than half a px and turns of few degrees are left out."""
    kept = [line[0]]
    for point in line[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > 0.5:
            kept.append(point)
    count = 0
    for p, q, r in zip(kept, kept[1:], kept[2:], strict=False):
        a, b = (q[0] - p[0], q[1] - p[1]), (r[0] - q[0], r[1] - q[1])
        sizes = ((a[0] ** 2 + a[1] ** 2) * (b[0] ** 2 + b[1] ** 2)) ** 0.5
        dot, turn = a[0] * b[0] + a[1] * b[1], a[0] * b[1] - a[1] * b[0]
        count += abs(turn) / sizes > least_sine or dot < 0
    return count
