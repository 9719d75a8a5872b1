"""Laying out a real process: the spine from top to bottom, arcs on both sides, ends gathered on the right."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from infield.mining.drawing.arcs import Arc, Wish, placed
from infield.mining.drawing.boxes import END_WIDTH, Content, height, pill_width, station, width_for
from infield.mining.drawing.ends import Gathered, gather
from infield.mining.drawing.frequent import Frequent
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.legend import legend
from infield.mining.drawing.moves import bow, straight
from infield.mining.drawing.ports import Course, Port, Side, needed, port_heights, port_lists
from infield.mining.drawing.rows import Ending, Rows
from infield.mining.drawing.shapes import Layout, Move, Station
from infield.mining.graph import Activity, Edge, Tip
from infield.process.drawing.label import Box

GAP = 44.0
MARGIN = 24.0
WIDEST_LINE, THINNEST_LINE = 13.0, 1.3
LEAST_TIP = 0.01
"""Deals that begin or stay at a step are marked from this share of all deals on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the log says, as the layout needs it."""

    rows: Rows
    moves: Frequent
    activities: Sequence[Activity]
    starts: Sequence[Tip]
    ends: Sequence[Tip]
    endings: Mapping[str, Ending]
    permitted: Collection[tuple[str, str]] | None = None
    """The moves of a map; None without one."""


def lay_out(found: Found, labels: Labels) -> Layout:
    """Give the places of all that the picture of a real process shows."""
    width_of = _line_width(found.moves.edges)
    widths = {edge: width_of(edge.count) for edge in found.moves.edges}
    courses = [c for edge in found.moves.edges if (c := _course(edge, found.rows, widths[edge]))]
    lists = port_lists(courses)
    contents = _contents(found, labels)
    spine = _spine([contents[name] for name in found.rows.spine], lists, labels)
    wide = max((box.right for box in spine), default=0.0)
    middles = [(box.top + box.bottom) / 2 for box in spine]
    ports = port_heights(lists, middles)
    gaps = [(a.bottom, b.top) for a, b in pairwise(spine)]
    sides: dict[Side, list[tuple[Course, Arc]]] = {
        side: _arcs([c for c in courses if c.side == side and c.target is not None], ports, gaps, labels)
        for side in ("left", "right")
    }
    left = MARGIN + max((arc.pill.right for _, arc in sides["left"]), default=0.0)
    right = max((max(arc.pill.right, arc.reach + arc.width) for _, arc in sides["right"]), default=0.0)
    stations = {
        name: station(contents[name], labels, left, box.top, box.bottom - box.top)
        for name, box in zip(found.rows.spine, spine, strict=True)
    }
    leads = [(c, ports[c.edge, "right", c.source]) for c in courses if c.target is None]
    ends = [contents[name] for name in found.rows.ends]
    gathered = gather(leads, ends, labels, width_of, start=left + wide, left=left + wide + right, top=MARGIN)
    moves = [
        *(
            straight(edge, widths[edge], stations[edge.source].place, stations[edge.target].place, labels)
            for edge in found.moves.edges
            if _is_straight(edge, found.rows)
        ),
        *(bow(course, arc, left, labels) for course, arc in sides["left"]),
        *(bow(course, arc, left + wide, labels) for course, arc in sides["right"]),
        *gathered.moves,
    ]
    judged = [replace(move, stray=_is_stray(move.edge, found.permitted)) for move in moves]
    return _finished(found, labels, list(stations.values()), judged, gathered)


def _is_stray(edge: Edge, allowed: Collection[tuple[str, str]] | None) -> bool:
    return allowed is not None and (edge.source, edge.target) not in allowed


def _finished(
    found: Found, labels: Labels, stations: Sequence[Station], moves: Sequence[Move], gathered: Gathered
) -> Layout:
    everything = (*stations, *gathered.stations)
    shapes = [s.place for s in everything] + [move.pill.place for move in moves]
    width = max((box.right for box in shapes), default=0.0) + MARGIN
    bottom = max(
        [MARGIN] + [box.bottom for box in shapes] + [m.place.bottom for s in everything for m in s.marks]
    )
    words = legend(found.moves, everything, moves, labels, width=width, top=bottom + 26)
    return Layout(
        width=max(width, words.right + MARGIN),
        height=words.bottom + MARGIN - 8,
        stations=everything,
        moves=tuple(moves),
        stems=gathered.stems,
        texts=words.texts,
        samples=words.samples,
    )


def _line_width(edges: Sequence[Edge]) -> Callable[[int], float]:
    """Give what tells the width of a line in px: it grows with the count to the power of 0.7."""
    most = max((edge.count for edge in edges), default=1)
    return lambda count: max(THINNEST_LINE, WIDEST_LINE * (min(count, most) / most) ** 0.7)


def _is_straight(edge: Edge, rows: Rows) -> bool:
    return (edge.source, edge.target) in set(pairwise(rows.spine))


def _course(edge: Edge, rows: Rows, width: float) -> Course | None:
    """Give the way of a move beside the spine; None if it goes straight down or comes from an end."""
    if edge.source in rows.ends or _is_straight(edge, rows):
        return None
    source = rows.spine.index(edge.source)
    if edge.target in rows.ends:
        rank = rows.ends.index(edge.target)
        return Course(edge=edge, side="right", source=source, target=None, width=width, rank=rank)
    target = rows.spine.index(edge.target)
    side: Side = "right" if target > source else "left"
    return Course(edge=edge, side=side, source=source, target=target, width=width)


def _contents(found: Found, labels: Labels) -> dict[str, Content]:
    most = max((activity.count for activity in found.activities), default=1)
    deals = sum(tip.deals for tip in found.starts)
    starts = {tip.name: tip.deals for tip in found.starts if tip.deals >= LEAST_TIP * deals}
    ends = {tip.name: tip.deals for tip in found.ends if tip.deals >= LEAST_TIP * deals}
    repeats = {edge.source: edge for edge in found.moves.repeats}
    contents = {
        activity.name: Content(
            activity=activity,
            share=activity.count / most,
            ending=found.endings.get(activity.name),
            width=END_WIDTH,
            begins=starts.get(activity.name, 0),
            stays=0 if activity.name in found.rows.ends else ends.get(activity.name, 0),
            repeat=repeats.get(activity.name),
        )
        for activity in found.activities
    }
    wide = width_for([contents[name] for name in found.rows.spine], found.moves.edges, labels)
    return contents | {name: replace(contents[name], width=wide) for name in found.rows.spine}


def _spine(
    contents: Sequence[Content], lists: Mapping[tuple[int, Side], Sequence[Course]], labels: Labels
) -> list[Box]:
    """Give the boxes from top to bottom, each as tall as its words and its lines need; x is from its left."""
    boxes = []
    top = MARGIN + 18
    for row, content in enumerate(contents):
        ports = max(needed(lists.get((row, "left"), ())), needed(lists.get((row, "right"), ())))
        tall = height(replace(content, ports=ports), labels)
        boxes.append(Box(0, top, content.width, top + tall))
        top += tall + GAP
    return boxes


def _arcs(
    courses: Sequence[Course],
    ports: Mapping[Port, float],
    gaps: Sequence[tuple[float, float]],
    labels: Labels,
) -> list[tuple[Course, Arc]]:
    wishes = []
    for course in courses:
        assert course.target is not None  # noqa: S101 - moves to ends are gathered instead
        ys = [ports[course.edge, course.side, row] for row in (course.source, course.target)]
        wide = pill_width(course.edge, labels)
        wishes.append(Wish(top=min(ys), bottom=max(ys), width=course.width, pill_width=wide))
    return list(zip(courses, placed(wishes, gaps), strict=True))
