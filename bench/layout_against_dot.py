"""Hold the flowchart's layout against Graphviz `dot` on the same generated maps.

`python bench/layout_against_dot.py [MAPS]` draws each map with Infield and with `dot`, and counts crossings and
bends per edge of both with one counter. `dot` gets the same nodes and edges with the same sizes, from left to
right: with right-angled edges and its own curves, without lanes (it is free to put every node where it likes)
and with lanes as clusters.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from infield.process.drawing.layout import lay_out  # noqa: E402
from infield.process.drawing.shapes import Layout  # noqa: E402
from infield.process.values import ProcessMap  # noqa: E402
from tests.process.drawing.geometry import XY, bends, crossings  # noqa: E402
from tests.process.generated_maps import generated_map  # noqa: E402

type Figures = tuple[float, float]
"""Crossings of a picture, bends per edge."""

DRAWINGS: Mapping[str, tuple[str, bool]] = {
    "dot, right angles": ("ortho", False),
    "dot, straight parts": ("polyline", False),
    "dot, curves": ("true", False),
    "dot, right angles, lanes": ("ortho", True),
}
"""Name → the kind of edges, and whether lanes are given as clusters."""


def main(maps: int = 300) -> int:
    if not shutil.which("dot"):
        print("Graphviz is not installed: no `dot` was found. Install it (Debian: apt install graphviz) and try again.")
        return 2
    processes = [generated_map(seed) for seed in range(maps)]
    began = time.perf_counter()
    layouts = [lay_out(process) for process in processes]
    took = time.perf_counter() - began
    ours = [lines_of(layout) for layout in layouts]
    print(f"{maps} maps, {sum(len(layout.edges) for layout in layouts)} edges; layout {took / maps * 1000:.0f} ms a map")
    print(f"{'':26}{'crossings':>18} {'bends an edge':>19} {'maps with':>15}\n{'':26}{'median':>11} {'mean':>6} {'median':>12} {'mean':>6} {'fewer':>8} {'more':>6}")
    print(row("Infield, lanes and bands", ours, ours))
    free = [free_layout(process) for process in processes]
    print(row("Infield, as free as dot", [lines_of(layout) for layout in free], ours))
    for name, how in DRAWINGS.items():
        with ThreadPoolExecutor(2) as pool:
            theirs = list(pool.map(partial(by_dot, splines=how[0], lanes=how[1]), layouts))
        print(row(name, theirs, ours))
        if how == ("ortho", False):
            losses(processes, layouts, ours, theirs)
    return 0


def free_layout(process: ProcessMap) -> Layout:
    """Lay out a map without lanes and without bands: then it may put nodes as freely as `dot` may."""
    return lay_out(replace(process, departments=()), widest=99)


def lines_of(layout: Layout) -> Figures:
    return figures([edge.points for edge in layout.edges])


def row(name: str, theirs: Sequence[Figures | None], ours: Sequence[Figures]) -> str:
    drawn = [(t, o) for t, o in zip(theirs, ours, strict=True) if t]
    crossed, bent = [t[0] for t, _ in drawn], [t[1] for t, _ in drawn]
    fewer = sum(t[0] < o[0] for t, o in drawn)
    more = sum(t[0] > o[0] for t, o in drawn)
    failed = f"   (it crashed on {len(ours) - len(drawn)} maps)" if len(drawn) < len(ours) else ""
    return (
        f"{name:26}{median(crossed):11.1f} {mean(crossed):6.2f} {median(bent):12.2f} {mean(bent):6.2f}"
        f" {fewer:8} {more:6}{failed}"
    )


def losses(
    processes: Sequence[ProcessMap],
    layouts: Sequence[Layout],
    ours: Sequence[Figures],
    theirs: Sequence[Figures | None],
) -> None:
    """Print the maps on which we lose most crossings."""
    behind = [(o[0] - t[0], seed) for seed, (o, t) in enumerate(zip(ours, theirs, strict=True)) if t]
    for lost, seed in sorted(behind, reverse=True)[:6]:
        stages, edges = len(processes[seed].stages), len(layouts[seed].edges)
        lanes = len({lane.key for lane in layouts[seed].lanes})
        print(
            f"    map {seed}: {stages} stages, {lanes} lanes, {edges} edges:"
            f" {ours[seed][0]:.0f} crossings, {lost:.0f} more"
        )


def by_dot(layout: Layout, *, splines: str, lanes: bool) -> Figures | None:
    """Give the figures of `dot`'s picture, or None where it crashes (its right angles do at times)."""
    try:
        return figures(list(drawn_by_dot(layout, splines=splines, lanes=lanes)))
    except subprocess.CalledProcessError:
        return None


def figures(lines: Sequence[Sequence[XY]]) -> Figures:
    return crossings(lines), sum(bends(line) for line in lines) / max(1, len(lines))


def drawn_by_dot(layout: Layout, *, splines: str, lanes: bool) -> Iterator[list[XY]]:
    """Give the lines of the edges as `dot` draws them, curves as chains of short straight parts."""
    answer = subprocess.run(
        ["dot", "-Tjson"], input=as_dot(layout, splines, lanes), capture_output=True, text=True, check=True
    )
    for edge in json.loads(answer.stdout).get("edges", ()):
        points = _points(edge["pos"])
        yield _polyline(points) if splines == "true" else points[::3]


def as_dot(layout: Layout, splines: str, lanes: bool) -> str:
    """Write the graph of a layout for `dot`, with sizes in inches of 72 px."""
    lines = [f'digraph {{ rankdir=LR; splines={splines}; nodesep=0.35; ranksep=0.5; node [shape=box fixedsize=true]']
    for number, shape in enumerate(layout.shapes):
        place = shape.place
        lines.append(f"n{number} [width={(place.right - place.left) / 72:.2f} height={(place.bottom - place.top) / 72:.2f}]")
    names = {shape.key: number for number, shape in enumerate(layout.shapes)}
    if lanes:
        for order, members in _by_lane(layout).items():
            lines.append(f"subgraph cluster_{order} {{ {' '.join(f'n{names[key]};' for key in members)} }}")
    for edge in layout.edges:
        lines.append(f"n{names[edge.source]} -> n{names[edge.target]}")
    return "\n".join([*lines, "}"])


def _by_lane(layout: Layout) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for shape in layout.shapes:
        y = shape.middle[1]
        lane = next(lane for lane in layout.lanes if lane.place.top <= y <= lane.place.bottom)
        found.setdefault(lane.order, []).append(shape.key)
    return found


def _points(position: str) -> list[XY]:
    """Read the control points of an edge; the arrow's tip, given first, is its last point."""
    tip: XY | None = None
    points: list[XY] = []
    for word in position.split():
        if word[0] in "es":
            x, y = word[2:].split(",")
            tip = (float(x), float(y)) if word[0] == "e" else tip
        else:
            x, y = word.split(",")
            points.append((float(x), float(y)))
    return points


def _polyline(points: Sequence[XY], parts: int = 8) -> list[XY]:
    """Cut a chain of cubic Bézier curves into straight parts."""
    line = [points[0]]
    for start in range(0, len(points) - 3, 3):
        p = points[start : start + 4]
        for step in range(1, parts + 1):
            t = step / parts
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            line.append((sum(w * q[0] for w, q in zip(weights, p, strict=True)),
                         sum(w * q[1] for w, q in zip(weights, p, strict=True))))  # fmt: skip
    return line


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:2])))
