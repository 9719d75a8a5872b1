"""From lines and tracks to px: every gutter and channel is as wide as its tracks need.

In: a grid, the heights of its rows' boxes, the stretches of its routes. Out: the place of each line of the
fine grid, and from it the place of each box and the corners of each edge.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from infield.process.drawing.placement import Grid
from infield.process.drawing.shapes import XY
from infield.process.drawing.stretches import Bar, Line, Stretch

BOX_WIDTH = 135.0
START_WIDTH = 40.0
PITCH = 7.0
ROOMY_PITCH = 13.0
"""Distances of two tracks; the roomy one leaves space for a letter on a line."""
ROOM = 24.0
"""What a gutter gets more for a letter on an edge that goes straight across it."""
PORT_PITCH, PORTS_WIDTH = 18.0, 82.0
ENTRY_STEP = 10.0
"""How far a left side gives way, per track."""
RADIUS = 8.0
"""Of the bends; an edge also runs straight at least this far before it enters a box."""
ARROW = 9.0
BESIDE = 13.0
CHANNEL_EDGE = 13.0
EMPTY_CHANNEL = 18.0
MOST_TALLER = 16.0
"""What a channel gets more at most, for figures on its edges."""
HEADING_HEIGHT = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """The middle of each line of the fine grid in px, and the distance of two tracks on it."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    columns: tuple[float, ...]
    """Widths of the vertical lines: gutters and columns in turn."""
    rows: tuple[float, ...]
    """Heights of the horizontal lines: channels and rows in turn."""
    pitch: Mapping[Line, float]

    def along(self, part: Stretch) -> float:
        """Give where a stretch lies across its line: the y of a horizontal one, the x of a vertical one."""
        middle = self.y[part.line[1]] if part.line[0] else self.x[part.line[1]]
        return middle + part.bar.track * self.pitch[part.line]

    def corners(self, parts: Sequence[Stretch], start: XY, end: XY) -> tuple[XY, ...]:
        """Give the corners of an edge from `start` to `end`, points on the sides of two boxes.

        Of both only the coordinate across the side counts; where on the side it begins follows its track.
        """
        places = [self.along(part) for part in parts]
        first, last = parts[0], parts[-1]
        points = [(start[0], places[0]) if first.line[0] else (places[0], start[1])]
        for part, here, there in zip(parts, places, places[1:], strict=False):
            points.append((there, here) if part.line[0] else (here, there))
        points.append((end[0], places[-1]) if last.line[0] else (places[-1], end[1]))
        return tuple(points)


def coordinates(
    grid: Grid,
    bars: Iterable[Bar],
    heights: Sequence[float],
    gates: Sequence[float],
    *,
    left: float,
    top: float,
    roomy: Collection[Line] = (),
    wide: Collection[Line] = (),
    figures: float = 0.0,
) -> Coordinates:
    """Give the coordinates of a grid whose left margin begins at `left` and whose first channel at `top`.

    `heights`: of the tallest content of each row, px. `gates`: how far gates stick out of each column, px.
    `roomy` lines have their tracks farther apart, `wide` gutters have room for a letter across.
    `figures`: what every gutter gets more, for figures on its edges; then all tracks are farther apart.
    """
    most: dict[Line, float] = {}
    for bar in bars:
        most[bar.line] = max(most.get(bar.line, 0.0), abs(bar.track))
    if figures:
        roomy = [*roomy, *most]
    pitch = {line: _pitch(line, 2 * track, roomy) for line, track in most.items()}
    columns = [
        _column(number, grid, most, pitch, gates, wide) + (figures if number > 2 and number % 2 == 0 else 0)
        for number in range(2 * grid.columns)
    ]
    columns.append(_column(2 * grid.columns, grid, most, pitch, gates, wide))
    taller = min(figures / 2, MOST_TALLER)
    rows = [
        _row(number, grid, most, pitch, heights) + (0 if number % 2 else taller)
        for number in range(2 * len(grid.rows) + 1)
    ]
    x = [
        here + shift
        for here, shift in zip(_middles(columns, left), _shifts(columns, grid, gates), strict=True)
    ]
    return Coordinates(
        x=tuple(x), y=tuple(_middles(rows, top)), columns=tuple(columns), rows=tuple(rows), pitch=pitch
    )


def _pitch(line: Line, steps: float, roomy: Collection[Line]) -> float:
    flat, number = line
    if number % 2 == 0:
        return ROOMY_PITCH if line in roomy else PITCH
    if flat:
        return ENTRY_STEP
    width = PORTS_WIDTH if number > 1 else START_WIDTH
    return min(PORT_PITCH, width / max(steps, 1))


def _column(
    number: int,
    grid: Grid,
    most: Mapping[Line, float],
    pitch: Mapping[Line, float],
    gates: Sequence[float],
    wide: Collection[Line],
) -> float:
    if number % 2:
        return START_WIDTH if number == 1 else BOX_WIDTH
    line = (False, number)
    tracks = 2 * most.get(line, 0.0) * pitch.get(line, 0.0)
    tracks += ROOM if line in wide else 0
    if number == 0:
        return tracks + (2 * RADIUS if line in most else RADIUS)
    if number == 2 * grid.columns:
        return tracks + gates[-1] + (RADIUS if line in most else 0) + RADIUS
    return tracks + gates[number // 2 - 1] + RADIUS + BESIDE


def _shifts(columns: Sequence[float], grid: Grid, gates: Sequence[float]) -> list[float]:
    """Give how far the tracks of a gutter stand off its middle: gates on the left, arrows on the right."""
    shifts = [0.0] * len(columns)
    for number in range(2, 2 * grid.columns, 2):
        shifts[number] = (gates[number // 2 - 1] - ARROW) / 2
    shifts[-1] = gates[-1] / 2
    return shifts


def _row(
    number: int, grid: Grid, most: Mapping[Line, float], pitch: Mapping[Line, float], heights: Sequence[float]
) -> float:
    line = (True, number)
    tracks = 2 * most.get(line, 0.0) * pitch.get(line, 0.0)
    if number % 2:
        if grid.rows[number // 2].heading:
            return HEADING_HEIGHT
        return max(heights[number // 2], tracks + 2 * RADIUS)
    return EMPTY_CHANNEL if line not in most else tracks + 2 * CHANNEL_EDGE


def _middles(sizes: Sequence[float], start: float) -> list[float]:
    middles = []
    for size in sizes:
        middles.append(start + size / 2)
        start += size
    return middles
