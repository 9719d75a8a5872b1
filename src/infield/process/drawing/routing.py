"""Which way each edge of a flowchart takes: along gutters, channels and empty cells, never through a box.

In: a `Grid` and its links. Out: a `Route` per link on the fine grid. There row r of the grid is line 2r+1
and the channel above it line 2r; likewise column c is line 2c+1 and the gutter before it 2c. So a box stands
where both numbers are odd, and everything else is free. No pixel is known here, only rough prices: a route
costs its length, its bends and the routes that it crosses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from random import Random

from infield.process.drawing.nodes import ONWARD, Link, LinkKind
from infield.process.drawing.placement import Cell, Grid

type Point = tuple[int, int]

EAST, WEST, SOUTH, NORTH = range(4)
STEPS: tuple[Point, ...] = ((0, 1), (0, -1), (1, 0), (-1, 0))

ACROSS, DOWN, NARROW = 84, 44, 40
"""Rough lengths in px of one step of the fine grid: beside a column, beside a row, beside column 0."""
BEND, CROSSING, TURN_NEAR, COMPANY = 70, 150, 30, 5
"""Prices in px: a bend; a certain crossing; a crossing that may be; each route in the same corridor."""
PASSES = 2
SHUFFLE = 0.7
"""How far the order of links is shuffled for another attempt."""

# What a side of a box costs in px, by kind of link: how it may leave and how it may enter.
# A side that is not listed is not used; a right side is entered only straight from the box beside it.
LEAVES: Mapping[LinkKind, Mapping[int, int]] = {
    "start": {EAST: 0},
    "forward": {EAST: 0},
    "branch": {EAST: 0, SOUTH: 10, NORTH: 10},
    "jump": {NORTH: 0, SOUTH: 0},
    "way_back": {NORTH: 0, SOUTH: 0, WEST: 10},
    "no": {SOUTH: 0, NORTH: 0},
    "not_now": {SOUTH: 0, NORTH: 0, WEST: 10},
}
ENTERS: Mapping[LinkKind, Mapping[int, int]] = {
    "start": {EAST: 0},
    "forward": {EAST: 0, SOUTH: 40, NORTH: 40},
    "branch": {EAST: 0, SOUTH: 0, NORTH: 0},
    "jump": {EAST: 60, SOUTH: 0, NORTH: 0},
    "way_back": {SOUTH: 0, NORTH: 0, WEST: 0},
    "no": {EAST: 0, SOUTH: 0, NORTH: 0},
    "not_now": {EAST: 80, SOUTH: 0, NORTH: 0, WEST: 0},
}


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one link: the fine points from the source's box to the target's, one per step."""

    link: Link
    points: tuple[Point, ...]

    def corners(self) -> tuple[Point, ...]:
        """Give the ends and the points where the route turns."""
        kept = [self.points[0]]
        for before, point, after in zip(self.points, self.points[1:], self.points[2:], strict=False):
            if (point[0] - before[0], point[1] - before[1]) != (after[0] - point[0], after[1] - point[1]):
                kept.append(point)
        return (*kept, self.points[-1])


def routes(grid: Grid, links: Sequence[Link]) -> Iterator[tuple[Route, ...]]:
    """Give one way after another to route all links, each in the order of `links`.

    They differ in which link comes first and may take the best way; which is best can be told only from the
    whole picture.
    """
    router = _Router(grid, links)
    order = sorted(range(len(links)), key=lambda i: (*_urgency(links[i], grid.cells), i))
    for dice in (Random(seed) for seed in count()):  # noqa: S311 - a search that must repeat itself, no secret
        yield _routed(router, links, order)
        order = sorted(order, key=lambda i: order.index(i) + dice.randrange(len(links)) * SHUFFLE)


def _routed(router: "_Router", links: Sequence[Link], order: Sequence[int]) -> tuple[Route, ...]:
    router.clear()
    found = {i: router.find(links[i]) for i in order}
    for _ in range(PASSES):
        for i in order:
            if router.troubled(found[i]):
                router.remove(found[i])
                found[i] = router.find(links[i])
    return tuple(Route(links[i], tuple(found[i].points)) for i in range(len(links)))


def _urgency(link: Link, cells: Mapping[str, Cell]) -> tuple[int, int]:
    (r0, c0), (r1, c1) = cells[link.source], cells[link.target]
    return (link.kind not in ONWARD, abs(r0 - r1) + 2 * abs(c0 - c1))


class _Way:
    """A route while it may still change: its points and the direction of each step."""

    __slots__ = ("directions", "points")

    def __init__(self, points: list[Point], directions: list[int]) -> None:
        self.points, self.directions = points, directions


class _Router:
    """The fine grid with the traffic on it."""

    def __init__(self, grid: Grid, links: Sequence[Link]) -> None:
        self.cells = grid.cells
        self.height, self.width = 2 * len(grid.rows) + 1, 2 * grid.columns + 1
        size = self.height * self.width
        self.blocked = [False] * size
        for row, column in grid.cells.values():
            self.blocked[self._at((2 * row + 1, 2 * column + 1))] = True
        for number, row_ in enumerate(grid.rows):
            if row_.heading:
                for column in range(grid.columns):
                    self.blocked[self._at((2 * number + 1, 2 * column + 1))] = True
        # A heading row has no middle line to run along: only its gutters are passed, up and down.
        self.heading_lines = {2 * number + 1 for number, row_ in enumerate(grid.rows) if row_.heading}
        self.size = size
        self.clear()
        self.leaving_east = {link.source for link in links if link.kind in ("start", "forward")}
        self.going_back = {link.source for link in links if link.kind == "way_back"}
        self.x = [0]
        for j in range(1, self.width):
            self.x.append(self.x[-1] + (NARROW if j <= 2 else ACROSS))
        self.neighbours = [self._around(p) for p in range(size)]

    def clear(self) -> None:
        """Take all routes off the grid."""
        self.straight = ([0] * self.size, [0] * self.size)
        self.bends = [0] * self.size

    def _at(self, point: Point) -> int:
        return point[0] * self.width + point[1]

    def _around(self, place: int) -> list[tuple[int, int, int]]:
        """Give the steps from a place as (direction, next place, length)."""
        i, j = divmod(place, self.width)
        found = []
        for direction, (di, dj) in enumerate(STEPS):
            row, column = i + di, j + dj
            if not (0 <= row < self.height and 0 <= column < self.width):
                continue
            if dj and i in self.heading_lines:
                continue
            length = abs(self.x[column] - self.x[j]) if dj else DOWN
            found.append((direction, row * self.width + column, length))
        return found

    def find(self, link: Link) -> _Way:
        """Find the cheapest way of a link through the present traffic, and add it to the traffic."""
        way = self._cheapest(link)
        self._count(way, 1)
        return way

    def remove(self, way: _Way) -> None:
        self._count(way, -1)

    def _count(self, way: _Way, by: int) -> None:
        places = [self._at(point) for point in way.points]
        for place, before, after in zip(places[1:-1], way.directions, way.directions[1:], strict=False):
            if before == after:
                self.straight[before >> 1][place] += by
            else:
                self.bends[place] += by

    def troubled(self, way: _Way) -> bool:
        """Say whether a way meets another one anywhere, so that looking for a better one may pay."""
        places = [self._at(point) for point in way.points]
        for place, before, after in zip(places[1:-1], way.directions, way.directions[1:], strict=False):
            straight = before == after
            if self.straight[1 - (before >> 1)][place] > 0:
                return True
            if self.bends[place] - (not straight) > 0 or self.straight[before >> 1][place] - straight > 0:
                return True
        return False

    def _sides(self, link: Link) -> tuple[Mapping[int, int], Mapping[int, int]]:
        leaves, enters = LEAVES[link.kind], ENTERS[link.kind]
        if link.source == link.target:
            return {EAST: 0}, {SOUTH: 0, NORTH: 0}
        if link.kind in ("jump", "no", "not_now") and link.source not in self.leaving_east:
            leaves = {**leaves, EAST: 0}
        if link.kind == "not_now" and link.source in self.going_back:
            # A left side is for one kind only: two kinds of lines on top of each other cannot be told apart.
            leaves = {side: price for side, price in leaves.items() if side != WEST}
        return leaves, enters

    def _cheapest(self, link: Link) -> _Way:
        leaves, enters = self._sides(link)
        (r0, c0), (r1, c1) = self.cells[link.source], self.cells[link.target]
        start = self._at((2 * r0 + 1, 2 * c0 + 1))
        goal_i, goal_j = 2 * r1 + 1, 2 * c1 + 1
        goal = self._at((goal_i, goal_j))
        ahead = [abs(x - self.x[goal_j]) for x in self.x]
        width, blocked, neighbours = self.width, self.blocked, self.neighbours
        best = {
            place * 4 + direction: float(length + leaves[direction])
            for direction, place, length in neighbours[start]
            if direction in leaves and (not blocked[place] or place == goal != start)
        }
        came = dict.fromkeys(best, -1)
        heap = [(cost, cost, state) for state, cost in sorted(best.items())]
        while heap:
            _, cost, state = heappop(heap)
            place, heading = state >> 2, state & 3
            if place == goal:
                return self._traced(start, state, came)
            if cost > best[state]:
                continue
            for direction, onward, length in neighbours[place]:
                extra = 0
                if direction ^ 1 == heading:
                    continue
                if onward == goal and self._may_enter(enters, direction, state, came):
                    extra = enters[direction]
                elif blocked[onward]:
                    continue
                price = cost + length + extra + self._passing(place, heading, direction)
                next_state = onward * 4 + direction
                if price < best.get(next_state, 1e9):
                    best[next_state] = price
                    came[next_state] = state
                    i, j = divmod(onward, width)
                    heappush(heap, (price + ahead[j] + DOWN * abs(i - goal_i), price, next_state))
        raise ValueError("no_way")

    def _may_enter(
        self, enters: Mapping[int, int], direction: int, state: int, came: Mapping[int, int]
    ) -> bool:
        return direction in enters and (direction != WEST or self._straight(state, came))

    def _straight(self, state: int, came: Mapping[int, int]) -> bool:
        """Say whether a way has gone west all the time."""
        while state != -1:
            if state & 3 != WEST:
                return False
            state = came[state]
        return True

    def _passing(self, place: int, heading: int, direction: int) -> float:
        """Give the price of going through a place: bends, crossings and the company of other routes."""
        along, across = self.straight[heading >> 1][place], self.straight[1 - (heading >> 1)][place]
        if heading == direction:
            return CROSSING * across + TURN_NEAR * self.bends[place] + COMPANY * along
        return BEND + TURN_NEAR * (along + across) + COMPANY * self.bends[place]

    def _traced(self, start: int, state: int, came: Mapping[int, int]) -> _Way:
        points, directions = [], []
        while state != -1:
            points.append(divmod(state >> 2, self.width))
            directions.append(state & 3)
            state = came[state]
        points.append(divmod(start, self.width))
        return _Way(points[::-1], directions[::-1])
