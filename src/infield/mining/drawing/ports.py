"""Where moves leave and enter the sides of the boxes, so that lines beside each other do not cross.

At a side, first stand the moves whose other end is above, the near ones first; then those to an end beside the
spine; then those whose other end is below, the far ones first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from infield.mining.graph import Edge

type Side = Literal["left", "right"]
type Port = tuple[Edge, Side, int]
"""A move at the side of the box in this row."""

LINE, FIGURES = 6.0, 22.0
"""Px that a line needs beside its width, and that a line with figures in it needs."""
MARGIN = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A move that does not go straight down: the row it leaves and the row it enters, None for an end."""

    edge: Edge
    side: Side
    source: int
    target: int | None
    width: float
    rank: float = 0.0
    """Among the moves to ends: where the end stands, from above."""


def port_lists(courses: Iterable[Course]) -> dict[tuple[int, Side], list[Course]]:
    """Give the moves at each side of each row, from above."""
    lists: dict[tuple[int, Side], list[Course]] = {}
    for course in courses:
        lists.setdefault((course.source, course.side), []).append(course)
        if course.target is not None:
            lists.setdefault((course.target, course.side), []).append(course)
    for (row, _), found in lists.items():
        found.sort(key=lambda course: _order(course, row))
    return lists


def needed(courses: Sequence[Course]) -> float:
    """Give the height in px that a side needs for its moves."""
    return 2 * MARGIN + sum(_room(course) for course in courses)


def heights(courses: Sequence[Course], middle: float) -> list[float]:
    """Give the y of each move at a side with this middle."""
    y = middle - sum(_room(course) for course in courses) / 2
    found = []
    for course in courses:
        found.append(y + _room(course) / 2)
        y += _room(course)
    return found


def port_heights(
    lists: Mapping[tuple[int, Side], Sequence[Course]], middles: Sequence[float]
) -> dict[Port, float]:
    """Give the y of each move at each of its ends."""
    return {
        (course.edge, side, row): y
        for (row, side), courses in lists.items()
        for course, y in zip(courses, heights(courses, middles[row]), strict=True)
    }


def _room(course: Course) -> float:
    return FIGURES if course.target is None else LINE + course.width


def _order(course: Course, row: int) -> tuple[int, float, str, str]:
    names = course.edge.source, course.edge.target
    if course.target is None:
        return (1, course.rank, *names)
    other = course.target if row == course.source else course.source
    return (0, row - other, *names) if other < row else (2, row - other, *names)
