"""Routes keep to free cells, tracks keep edges apart, and their crossings are counted as they are drawn."""

from itertools import pairwise

import pytest
from tests.process.drawing.geometry import XY
from tests.process.drawing.geometry import crossings as crossings_of_lines
from tests.process.generated_maps import generated_map

from infield.process.drawing.nodes import graph_of
from infield.process.drawing.placement import Grid, place
from infield.process.drawing.routing import Route, routes
from infield.process.drawing.stretches import Stretch
from infield.process.drawing.tracks import arranged, crossings


def routed(seed: int) -> tuple[Grid, tuple[Route, ...]]:
    process = generated_map(seed)
    graph = graph_of(process)
    grid = place(graph, [department.key for department in process.departments])
    return grid, next(routes(grid, graph.links))


def drawn(parts: list[Stretch]) -> list[XY]:
    """Draw a route with 100 px between lines and 1 px between tracks."""
    across = [100.0 * part.line[1] + part.bar.track for part in parts]
    first, last = parts[0], parts[-1]
    points = [(100 * first.start, across[0]) if first.line[0] else (across[0], 100 * first.start)]
    for (one, here), (_, there) in pairwise(zip(parts, across, strict=True)):
        points.append((there, here) if one.line[0] else (here, there))
    return [*points, (100 * last.end, across[-1]) if last.line[0] else (across[-1], 100 * last.end)]


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_crossings_of_tracks_are_those_of_the_lines(seed: int) -> None:
    parts = arranged(routed(seed)[1])
    assert crossings(parts) == crossings_of_lines([drawn(one) for one in parts])


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_routes_go_step_by_step_through_free_cells(seed: int) -> None:
    grid, ways = routed(seed)
    boxes = {(2 * row + 1, 2 * column + 1) for row, column in grid.cells.values()}
    for way in ways:
        assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1 for a, b in pairwise(way.points))
        assert not boxes & set(way.points[1:-1])


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_bars_that_touch_have_tracks_of_their_own(seed: int) -> None:
    parts = arranged(routed(seed)[1])
    bars = {id(part.bar): part.bar for one in parts for part in one}
    in_gutters = [bar for bar in bars.values() if bar.line[1] % 2 == 0]
    for number, bar in enumerate(in_gutters):
        for other in in_gutters[:number]:
            if bar.line == other.line and bar.touches(other):
                assert bar.track != other.track
