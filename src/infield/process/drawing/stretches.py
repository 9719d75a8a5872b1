"""The straight stretches of the routes of a picture, and which of them share a line.

In: routes on the fine grid. Out: stretches, each in a bar. A bar is what gets a track of its own: mostly one
stretch, but those that leave a box by the same gate, or enter it by the same left side, share one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from infield.process.drawing.routing import Route

BACK_TRACK = 2
"""Where edges leave a left side or go straight back into a right one, clear of the gate."""

type Line = tuple[bool, int]
"""Whether it is horizontal, and its number on the fine grid."""


@dataclass(eq=False, slots=True)
class Stretch:
    """A straight part of a route between two corners; `start` and `end` are where along its line.

    At a box they are half a step off the box's own line, so that its two sides differ.
    """

    route: int
    line: Line
    start: float
    end: float
    bar: "Bar" = field(init=False, repr=False)
    before: "Stretch | None" = None
    after: "Stretch | None" = None

    @property
    def low(self) -> float:
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        return max(self.start, self.end)


@dataclass(eq=False, slots=True)
class Bar:
    """The stretches that share a track on a line; `track` counts steps from the middle of the line."""

    line: Line
    members: list[Stretch]
    pinned: bool = False
    track: float = 0.0
    low: float = 0.0
    high: float = 0.0
    ends: list[tuple[float, int, "Bar"]] = field(default_factory=list)
    """Where the bar is left: the place along it, the side it turns to (-1 or 1), the bar it turns into."""

    def span(self) -> None:
        self.low = min(member.low for member in self.members)
        self.high = max(member.high for member in self.members)

    def touches(self, other: "Bar") -> bool:
        return self.low <= other.high and other.low <= self.high


def cut(number: int, route: Route) -> list[Stretch]:
    """Give the stretches of a route, which has this number."""
    corners = route.corners()
    found: list[Stretch] = []
    last = len(corners) - 2
    for place, (a, b) in enumerate(pairwise(corners)):
        flat = a[0] == b[0]
        start, end = (float(a[1]), float(b[1])) if flat else (float(a[0]), float(b[0]))
        step = 0.5 if end > start else -0.5
        start += step if place == 0 else 0
        end -= step if place == last else 0
        found.append(Stretch(number, (flat, a[0] if flat else a[1]), start, end))
    for before, after in pairwise(found):
        before.after, after.before = after, before
    return found


def bars_of(routes: Sequence[Route], cut: Sequence[list[Stretch]]) -> list[Bar]:
    """Put the stretches that share a way out of a gate, or a way into a left side, into one bar."""
    groups: dict[tuple[object, ...], list[Stretch]] = {}
    for number, parts in enumerate(cut):
        link = routes[number].link
        for place, part in enumerate(parts):
            groups.setdefault(_company(link.source, link.target, parts, place), []).append(part)
    bars = []
    for name, members in groups.items():
        for group in _apart(members) if name[0] in ("fan", "join") else [members]:
            bar = Bar(group[0].line, group, pinned=name[0] in ("exit", "entry", "up", "down"))
            bar.track = {"up": -BACK_TRACK, "down": BACK_TRACK}.get(str(name[0]), 0)
            bar.span()
            bars.append(bar)
            for member in group:
                member.bar = bar
    for parts in cut:
        for before, after in pairwise(parts):
            _connect(before, after)
            _connect(after, before)
    return bars


def _company(source: str, target: str, parts: Sequence[Stretch], place: int) -> tuple[object, ...]:
    """Name the group of a stretch: at a gate, at a left side, in the first gutter after or before them."""
    part, last = parts[place], len(parts) - 1
    by_gate, by_left = eastward(parts[0]), eastward(parts[-1])
    if place == 0 and by_gate:
        return ("exit", source, part.line)
    if place == 0 and westward(part):
        return ("up" if part.after and part.after.end < part.after.start else "down", source, part.line)
    if place == last and by_left:
        return ("entry", target, part.line, (part.before.start < part.before.end) if part.before else None)
    if place == 1 and by_gate and last > 1:
        return ("fan", source, part.line)
    if place == last - 1 and by_left and last > 1:
        return ("join", target, part.line)
    return ("own", id(part))


def eastward(part: Stretch) -> bool:
    """Tell whether a stretch runs along the middle of a row to the right: from a gate or to a left side."""
    return part.line[0] and part.line[1] % 2 == 1 and part.end > part.start


def westward(part: Stretch) -> bool:
    """Tell whether it runs to the left there: from a left side."""
    return part.line[0] and part.line[1] % 2 == 1 and part.end < part.start


def _apart(members: Sequence[Stretch]) -> list[list[Stretch]]:
    """Split stretches on one line into groups that hang together."""
    groups: list[list[Stretch]] = []
    for member in sorted(members, key=lambda m: m.low):
        if groups and member.low <= max(other.high for other in groups[-1]):
            groups[-1].append(member)
        else:
            groups.append([member])
    return groups


def _connect(here: Stretch, there: Stretch) -> None:
    """Note on the bar of `here` that it turns into the bar of `there`, and to which side."""
    at = float(there.line[1])
    far = there.end if here.after is there else there.start
    side = 1 if far > here.line[1] else -1
    if (at, side, there.bar) not in here.bar.ends:
        here.bar.ends.append((at, side, there.bar))
