"""Hold the flowchart's layout against Graphviz `dot` on the same generated maps.

`python bench/layout_against_dot.py [MAPS]` draws each map with Infield and with `dot`, and counts crossings
and bends of both with one counter. `dot` gets the same nodes and edges, of the same sizes, left to right. It
knows no lanes, no bands and no gates: it puts every node where it likes. So Infield draws each map twice, as
users get it, and as free as `dot`, without lanes and bands; and `dot` once more, with lanes as clusters.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.process.drawing.geometry import XY, bends, crossings, shared_length  # noqa: E402
from tests.process.generated_maps import generated_map  # noqa: E402

from infield.process.drawing.layout import lay_out  # noqa: E402
from infield.process.drawing.shapes import Layout  # noqa: E402
from infield.process.values import ProcessMap  # noqa: E402

DRAWINGS: Mapping[str, tuple[str, bool]] = {
    "dot, right angles": ("ortho", False),
    "dot, straight parts": ("polyline", False),
    "dot, curves": ("true", False),
    "dot, right angles, lanes as clusters": ("ortho", True),
}
"""Name → the kind of edges, and whether lanes are given as clusters."""
NO_DOT = "Graphviz is not installed: no `dot` was found (on Debian: apt install graphviz)."


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one picture: crossings, the bends of each edge, pairs of edges that run on top of each other."""

    crossings: int
    bends: tuple[int, ...]
    covering: int


def main(maps: int = 300) -> int:
    if not shutil.which("dot"):
        print(NO_DOT)
        return 2
    processes = [generated_map(seed) for seed in range(maps)]
    began = time.perf_counter()
    layouts = [lay_out(process) for process in processes]
    took = (time.perf_counter() - began) / maps * 1000
    ours = [figures([edge.points for edge in layout.edges]) for layout in layouts]
    free = [figures([edge.points for edge in free_layout(process).edges]) for process in processes]
    print(f"{maps} maps, {sum(len(one.bends) for one in ours)} edges; our layout takes {took:.0f} ms a map")
    print(f"{'':37}crossings a map   bends an edge   edges on   fewer/more crossings")
    print(f"{'':37}{'median':>8} {'mean':>6} {'median':>8} {'mean':>6} {'another':>9}   than ours, maps")
    print(row("Infield: lanes, bands, gates", ours, ours))
    print(row("Infield, no lanes and bands", free, free))
    for name, (splines, lanes) in DRAWINGS.items():
        with ThreadPoolExecutor(2) as pool:
            theirs = list(pool.map(partial(by_dot, splines=splines, lanes=lanes), layouts))
        print(row(name, theirs, ours if lanes else free))
        if splines == "ortho" and not lanes:
            losses(layouts, free, theirs)
    return 0


def free_layout(process: ProcessMap) -> Layout:
    """Lay out a map without lanes and bands, so that nodes stand where they like, as those of `dot` do."""
    return lay_out(replace(process, departments=()), widest=99)


def row(name: str, theirs: Sequence[Figures | None], ours: Sequence[Figures]) -> str:
    drawn = [(one, own) for one, own in zip(theirs, ours, strict=True) if one]
    crossed = [one.crossings for one, _ in drawn]
    bent = [bends for one, _ in drawn for bends in one.bends]
    fewer = sum(one.crossings < own.crossings for one, own in drawn)
    more = sum(one.crossings > own.crossings for one, own in drawn)
    failed = f"   crashed on {len(ours) - len(drawn)} maps" if len(drawn) < len(ours) else ""
    return (
        f"{name:37}{median(crossed):8.1f} {mean(crossed):6.2f} {median(bent):8.1f} {mean(bent):6.2f}"
        f" {sum(one.covering for one, _ in drawn):9}   {fewer}/{more}{failed}"
    )


def losses(layouts: Sequence[Layout], ours: Sequence[Figures], theirs: Sequence[Figures | None]) -> None:
    """Print the maps on which we lose most crossings."""
    pairs = enumerate(zip(ours, theirs, strict=True))
    behind = [(own.crossings - one.crossings, seed) for seed, (own, one) in pairs if one]
    for lost, seed in sorted(behind, reverse=True)[:5]:
        shapes, edges = len(layouts[seed].shapes), len(layouts[seed].edges)
        print(f"    map {seed}: {shapes} nodes, {edges} edges, {ours[seed].crossings} crossings, {lost} more")


def by_dot(layout: Layout, *, splines: str, lanes: bool) -> Figures | None:
    """Give the figures of `dot`'s picture, or None where it crashes (its right angles do at times)."""
    try:
        return figures(list(drawn_by_dot(layout, splines=splines, lanes=lanes)))
    except subprocess.CalledProcessError:
        return None


def figures(lines: Sequence[Sequence[XY]]) -> Figures:
    covering = sum(
        shared_length(a, b) > 2 and a[0] != b[0] and a[-1] != b[-1] for a, b in combinations(lines, 2)
    )
    return Figures(crossings(lines), tuple(bends(line) for line in lines), covering)


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
    lines = ["digraph { rankdir=LR; nodesep=0.35; ranksep=0.5; node [shape=box fixedsize=true]"]
    lines.append(f"splines={splines}")
    for number, shape in enumerate(layout.shapes):
        place = shape.place
        width, height = (place.right - place.left) / 72, (place.bottom - place.top) / 72
        lines.append(f"n{number} [width={width:.2f} height={height:.2f}]")
    names = {shape.key: number for number, shape in enumerate(layout.shapes)}
    if lanes:
        for order, members in _by_lane(layout).items():
            lines.append(f"subgraph cluster_{order} {{ {' '.join(f'n{names[key]};' for key in members)} }}")
    lines += [f"n{names[edge.source]} -> n{names[edge.target]}" for edge in layout.edges]
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
