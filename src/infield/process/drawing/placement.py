"""Where the nodes of a flowchart stand: a grid with a column per step and a row per lane.

In: a `Graph`. Out: a `Grid`: for each node its row and column, for each row its band and lane. A column is
the longest onward way from the beginning; alternatives of one fork share it. A long map folds into bands, one
below the other. No pixel is known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from infield.process.drawing.nodes import ONWARD, START, Graph, Node

WIDEST = 8
"""More columns of stages than this fold into bands."""

type Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the grid; a heading row holds no node, only the buyer's phases of the band below it."""

    band: int
    lane: str
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells of nodes as (row, column); column 0 is the narrow one of the beginning."""

    rows: tuple[Row, ...]
    columns: int
    cells: Mapping[str, Cell]


def place(graph: Graph, lanes: Sequence[str], *, widest: int = WIDEST) -> Grid:
    """Give each node a cell of its own; `lanes` is the order of the lanes, only those in use are drawn.

    A map of more than `widest` columns folds into bands of about equal length.
    """
    rank = _ranks(graph)
    columns = max(rank.values()) + 1
    bands = ceil(columns / widest)
    # The bands' lengths differ by one at most.
    spots = [(column * bands // columns, column) for column in range(columns)]
    begins = [next(column for b, column in spots if b == band) for band in range(bands)]
    width = ceil(columns / bands)
    used = [lane for lane in (*lanes, "") if any(n.lane == lane and n.key in rank for n in graph.nodes)]
    board = _Board(bands=bands, width=width, lanes=used)
    for node in _by_rank(graph, rank):
        before = [board.cells[k.source] for k in graph.links if k.target == node.key and k.kind in ONWARD
                  and k.source in board.cells]  # fmt: skip
        band = spots[rank[node.key]][0]
        board.put(node, band, 1 + rank[node.key] - begins[band], before)
    for node in graph.nodes:
        if node.way_out:
            sources = [k.source for k in graph.links if k.target == node.key]
            board.put_end(node, sources)
    return board.grid(graph)


def _by_rank(graph: Graph, rank: Mapping[str, int]) -> list[Node]:
    """Give the stages column by column, the usual way first, so that it keeps a straight line."""
    usual = {link.target for link in graph.links if link.kind == "forward"}
    stages = [node for node in graph.nodes if node.key in rank]
    return sorted(stages, key=lambda n: (rank[n.key], n.kind == "side", n.key not in usual))


def _ranks(graph: Graph) -> dict[str, int]:
    """Give the column of each stage: the longest onward way to it.

    One that no onward way enters stands after the one that jumps to it, or the one listed before it.
    """
    stages = [node.key for node in graph.nodes if node.stage]
    place = {key: number for number, key in enumerate(stages)}
    onward = _without_circles(
        [(link.source, link.target) for link in graph.links if link.kind in ONWARD and link.source != START],
        [link.target for link in graph.links if link.kind == "start"] + stages,
    )
    entered = {target for _, target in onward} | {k.target for k in graph.links if k.kind == "start"}
    adrift = [(stages[place[key] - 1], key) for key in stages if key not in entered and place[key]]
    jumps = {k.target: k.source for k in graph.links if k.kind in ("jump", "not_now") and k.source in place}
    adrift = [(jumps.get(key, before), key) for before, key in adrift]
    steps = onward + [step for step in adrift if not _leads(onward + adrift, step[1], step[0])]
    rank = dict.fromkeys(stages, 0)
    for _ in stages:
        for source, target in steps:
            rank[target] = max(rank[target], rank[source] + 1)
    return _close_gaps(rank)


def _close_gaps(rank: dict[str, int]) -> dict[str, int]:
    dense = {old: new for new, old in enumerate(sorted(set(rank.values())))}
    return {key: dense[value] for key, value in rank.items()}


def _leads(steps: Iterable[tuple[str, str]], source: str, target: str) -> bool:
    seen = {source}
    while new := {b for a, b in steps if a in seen} - seen:
        seen |= new
    return target in seen


def _without_circles(steps: Sequence[tuple[str, str]], order: Sequence[str]) -> list[tuple[str, str]]:
    """Leave out the steps that close a circle, going deep first from the stages in `order`."""
    after: dict[str, list[str]] = {}
    for source, target in steps:
        after.setdefault(source, []).append(target)
    state: dict[str, int] = {}
    kept: list[tuple[str, str]] = []

    def visit(key: str) -> None:
        state[key] = 1
        for target in after.get(key, ()):
            if state.get(target) == 1:
                continue
            kept.append((key, target))
            if target not in state:
                visit(target)
        state[key] = 2

    for key in order:
        if key not in state:
            visit(key)
    return kept


class _Board:
    """The grid while it is being filled: per band and lane as many rows as some column needs."""

    def __init__(self, *, bands: int, width: int, lanes: Sequence[str]) -> None:
        self.bands, self.width, self.lanes = bands, width, lanes
        self.depth: dict[tuple[int, str], int] = {}
        self.taken: dict[tuple[int, str, int, int], str] = {}
        self.at: dict[str, tuple[int, str, int, int]] = {}
        self.cells = self.at

    def put(self, node: Node, band: int, column: int, before: Iterable[tuple[int, str, int, int]]) -> None:
        """Put a node in its lane, in the row of the one before it where that is free."""
        wanted = next((row for b, lane, row, _ in before if (b, lane) == (band, node.lane)), 0)
        row = min(
            (row for row in range(64) if (band, node.lane, row, column) not in self.taken),
            key=lambda row: (abs(row - wanted), row),
        )
        self._take(node, (band, node.lane, row, column))

    def _take(self, node: Node, spot: tuple[int, str, int, int]) -> None:
        band, lane, row, _ = spot
        self.depth[band, lane] = max(self.depth.get((band, lane), 0), row + 1)
        self.taken[spot] = node.key
        self.at[node.key] = spot

    def put_end(self, node: Node, sources: Sequence[str]) -> None:
        """Put a way out where the way to it is short: in an empty cell, else in a new row of the lane."""
        spots = [self.at[source] for source in sources if source in self.at]
        last = max(self.at.values(), key=lambda spot: (spot[0], spot[3]))
        if spots:
            self._take(node, min(self._empty(spots), key=lambda spot: self._distance(spot, spots)))
        else:
            self._take(node, min(self._empty([last]), key=self._aside))

    def _empty(self, spots: Sequence[tuple[int, str, int, int]]) -> list[tuple[int, str, int, int]]:
        """Give the empty cells of the bands of `spots`, with one new row for each lane in use there."""
        found = []
        for band in {spot[0] for spot in spots}:
            for lane in self.lanes:
                depth = self.depth.get((band, lane), 0)
                if depth:
                    found += [
                        (band, lane, row, column)
                        for row in range(depth + 1)
                        for column in range(1, self.width + 1)
                        if (band, lane, row, column) not in self.taken
                    ]
        return found

    def _distance(self, spot: tuple[int, str, int, int], spots: Sequence[tuple[int, str, int, int]]) -> float:
        band, lane, row, column = spot
        far = 0.0
        for other_band, other_lane, other_row, other_column in spots:
            lanes_apart = abs(self.lanes.index(lane) - self.lanes.index(other_lane))
            back = max(0, other_column - column)
            same_row = (lane, row) == (other_lane, other_row)
            far += 1.2 * lanes_apart + abs(row - other_row if lane == other_lane else row) * 1.1
            far += abs(column - other_column) * 1.3 + back * 2 + 6 * (band != other_band)
            far += 3 if same_row and self._between(spot, other_column) else 0
        blocking = any(self.at_row(band, lane, row, c) for c in range(column + 1, self.width + 1))
        grows = row >= self.depth[band, lane]
        return far + 2.5 * blocking + 2.5 * grows

    def _aside(self, spot: tuple[int, str, int, int]) -> tuple[bool, int, int]:
        """Rank the cells for a way out without edges: as far right as the rows that are there allow."""
        band, lane, row, column = spot
        return row >= self.depth[band, lane], self.width - column, -self.lanes.index(lane)

    def _between(self, spot: tuple[int, str, int, int], column: int) -> bool:
        band, lane, row, own = spot
        return any(self.at_row(band, lane, row, c) for c in range(min(own, column) + 1, max(own, column)))

    def at_row(self, band: int, lane: str, row: int, column: int) -> bool:
        return (band, lane, row, column) in self.taken

    def grid(self, graph: Graph) -> Grid:
        """Number the rows from the top, with a heading row above each band but the first."""
        rows: list[Row] = []
        first: dict[tuple[int, str], int] = {}
        for band in range(self.bands):
            if band:
                rows.append(Row(band, "", heading=True))
            for lane in self.lanes:
                if depth := self.depth.get((band, lane), 0):
                    first[band, lane] = len(rows)
                    rows += [Row(band, lane)] * depth
        cells = {key: (first[band, lane] + row, column) for key, (band, lane, row, column) in self.at.items()}
        entry = next(cells[link.target] for link in graph.links if link.kind == "start")
        cells[START] = (entry[0], 0)
        return Grid(rows=tuple(rows), columns=self.width + 1, cells=cells)
