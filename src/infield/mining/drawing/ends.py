"""Moves to the ends of the process: they go level to the right, gather in a line, and so come to one box each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from infield.mining.drawing.boxes import Content, height, pill_width, station
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.moves import head_length, move
from infield.mining.drawing.ports import Course
from infield.mining.drawing.shapes import Move, Station, Stem
from infield.process.drawing.label import spread
from infield.process.drawing.svg import path

FROM_ARCS, BETWEEN, TO_BOX = 16.0, 22.0, 30.0
BEND = 12.0
GAP = 28.0

type Lead = tuple[Course, float]
"""A move to an end, and the y at which it leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The boxes of the ends, the moves to them, and the lines in which those gather."""

    stations: tuple[Station, ...] = ()
    moves: tuple[Move, ...] = ()
    stems: tuple[Stem, ...] = ()


def gather(
    leads: Sequence[Lead],
    contents: Sequence[Content],
    labels: Labels,
    width_of: Callable[[int], float],
    *,
    start: float,
    left: float,
    top: float,
) -> Gathered:
    """Place the ends right of `left`, each at the mean height of its moves, which leave at x = `start`."""
    if not contents:
        return Gathered()
    figures = max((pill_width(course.edge, labels) for course, _ in leads), default=0.0)
    middle = left + FROM_ARCS + figures / 2
    trunk = left + FROM_ARCS + figures + 14 + BEND
    to_box = trunk + BETWEEN * (len(contents) - 1) + TO_BOX
    own = [_to(content, leads) for content in contents]
    tall = [height(content, labels) for content in contents]
    boxes = [
        station(content, labels, to_box, y, high)
        for content, y, high in zip(contents, _tops(own, tall, top), tall, strict=True)
    ]
    lanes = _lanes(own, trunk)
    moves: list[Move] = []
    stems: list[Stem] = []
    for found, box, x in zip(own, boxes, lanes, strict=True):
        y = (box.place.top + box.place.bottom) / 2
        bare = (_lead(lead, start, x, y, middle, labels) for lead in found)
        moves += [replace(lead, ending=box.ending) for lead in bare]
        stems += _stems(found, box, x, y, width_of)
    return Gathered(stations=tuple(boxes), moves=tuple(moves), stems=tuple(stems))


def _to(content: Content, leads: Sequence[Lead]) -> list[Lead]:
    found = [lead for lead in leads if lead[0].edge.target == content.activity.name]
    return sorted(found, key=lambda lead: lead[1])


def _tops(own: Sequence[Sequence[Lead]], tall: Sequence[float], top: float) -> list[float]:
    wanted = [_mean(found, top) - high / 2 for found, high in zip(own, tall, strict=True)]
    tops = spread(wanted, tall, GAP)
    return [y + max(0.0, top - tops[0]) for y in tops]


def _mean(leads: Sequence[Lead], otherwise: float) -> float:
    """Give the height of the middle of all that comes: the line of a single move then goes straight."""
    count = sum(course.edge.count for course, _ in leads)
    return sum(course.edge.count * y for course, y in leads) / count if count else otherwise


def _lanes(own: Sequence[Sequence[Lead]], first: float) -> list[float]:
    """Give the x at which each end gathers its moves; those that gather from the fewest rows come first."""
    spans = [found[-1][1] - found[0][1] if found else 0.0 for found in own]
    order = sorted(range(len(own)), key=lambda i: (spans[i], i))
    return [first + BETWEEN * order.index(i) for i in range(len(own))]


def _lead(lead: Lead, start: float, x: float, y: float, middle: float, labels: Labels) -> Move:
    """Give a move that goes level to x and there bends towards the y of its box."""
    course, at = lead
    bend = min(BEND, abs(y - at))
    ahead = bend if y > at else -bend
    line = path("M", start, at, "H", x - bend, "Q", x, at, x, at + ahead)
    return move(
        course.edge, "end", width=course.width, line=line, tip=None, figures=(middle, at), labels=labels
    )


def _stems(
    leads: Sequence[Lead], box: Station, x: float, y: float, width_of: Callable[[int], float]
) -> Iterator[Stem]:
    """Give the line in which moves gather, wider where more have come together, and its arrow to the box."""
    if not leads or not box.ending:
        return
    above = [lead for lead in leads if lead[1] <= y]
    below = [lead for lead in reversed(leads) if lead[1] > y]
    widest = 0.0
    for found, down in ((above, 1), (below, -1)):
        count = 0
        stops = [at for _, at in found] + [y]
        for (course, _), (at, until) in zip(found, pairwise(stops), strict=True):
            count += course.edge.count
            begin = at + down * min(BEND, abs(y - at))
            last = until if until == y else until + down * min(BEND, abs(y - until))
            if (last - begin) * down > 0:
                widest = max(widest, width_of(count))
                yield Stem(ending=box.ending, width=width_of(count), line=path("M", x, begin, "V", last))
    width = width_of(sum(course.edge.count for course, _ in leads))
    line = path("M", x - widest / 2, y, "H", box.place.left - head_length(width) + 1)
    yield Stem(ending=box.ending, width=width, line=line, tip=((box.place.left, y), (x, y)))
