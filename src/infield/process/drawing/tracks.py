"""Which edge runs beside which: every stretch in a gutter or a channel gets a track of its own.

In: routes on the fine grid. Out: for each stretch of each route its line and its track, a number of steps from
the middle of that line. Stretches that touch have different tracks, so no two edges run on top of each other;
the only ones that share are those that leave a box by the same gate or enter it by the same left side.
The order of the tracks is searched for the fewest crossings, counted exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from infield.process.drawing.routing import Route

ROUNDS = 4
BACK_TRACK = 2
"""Where edges leave a left side or go straight back into a right one, clear of the gate."""
OVERLAP = 5
"""Price of an order that would push two edges onto each other, in crossings."""

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
    bar: "Bar | None" = None
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


def stretches(routes: Sequence[Route]) -> list[list[Stretch]]:
    """Give the stretches of each route, with their tracks settled (in their bars)."""
    cut = [_cut(number, route) for number, route in enumerate(routes)]
    bars = _bars(routes, cut)
    lines: dict[Line, list[Bar]] = {}
    for bar in bars:
        lines.setdefault(bar.line, []).append(bar)
    rules = _entry_rules(routes, cut)
    # Gutters and channels first: the middle lines of rows and columns follow their turns.
    order = sorted(lines, key=lambda line: (line[1] % 2, line))
    arranged = {line: list(bars) for line, bars in lines.items()}
    for _ in range(ROUNDS):
        for line in order:
            if line[0] and line[1] % 2:
                _arrange_row(lines[line])
            else:
                arranged[line] = _arrange(arranged[line], rules)
    _move_entries(routes, cut, rules)
    return cut


def crossings(cut: Iterable[Sequence[Stretch]]) -> int:
    """Count the crossings of all edges, exactly as they will be drawn."""
    flat: list[tuple[int, float, float, float]] = []
    upright: list[tuple[int, float, float, float]] = []
    for parts in cut:
        for part in parts:
            assert part.bar  # noqa: S101 - stretches come with their bars
            low, high = sorted((_end(part, part.start, part.before), _end(part, part.end, part.after)))
            across = part.line[1] + 0.001 * part.bar.track
            (flat if part.line[0] else upright).append((part.route, across, low, high))
    return sum(
        left < x < right and top < y < bottom and one != other
        for one, y, left, right in flat
        for other, x, top, bottom in upright
    )


def _end(part: Stretch, at: float, turn: Stretch | None) -> float:
    return at + 0.001 * turn.bar.track if turn and turn.bar else at


def _cut(number: int, route: Route) -> list[Stretch]:
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
    for a, b in pairwise(found):
        a.after, b.before = b, a
    return found


def _bars(routes: Sequence[Route], cut: Sequence[list[Stretch]]) -> list[Bar]:
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
        for a, b in pairwise(parts):
            _connect(a, b)
            _connect(b, a)
    return bars


def _company(source: str, target: str, parts: Sequence[Stretch], place: int) -> tuple[object, ...]:
    """Name the group of a stretch: at a gate, at a left side, in the first gutter after or before them."""
    part, last = parts[place], len(parts) - 1
    by_gate, by_left = _eastward(parts[0]), _eastward(parts[-1])
    if place == 0 and by_gate:
        return ("exit", source, part.line)
    if place == 0 and _westward(part):
        return ("up" if part.after and part.after.end < part.after.start else "down", source, part.line)
    if place == last and by_left:
        return ("entry", target, part.line, (part.before.start < part.before.end) if part.before else None)
    if place == 1 and by_gate and last > 1:
        return ("fan", source, part.line)
    if place == last - 1 and by_left and last > 1:
        return ("join", target, part.line)
    return ("own", id(part))


def _eastward(part: Stretch) -> bool:
    return part.line[0] and part.line[1] % 2 == 1 and part.end > part.start


def _westward(part: Stretch) -> bool:
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
    assert here.bar and there.bar  # noqa: S101 - set just before
    at = float(there.line[1])
    far = there.end if here.after is there else there.start
    side = 1 if far > here.line[1] else -1
    if (at, side, there.bar) not in here.bar.ends:
        here.bar.ends.append((at, side, there.bar))


def _position(bar: Bar, at: float) -> float:
    """Give the exact place of an end of a bar: where it turns into another bar, that bar's track counts."""
    return at + 0.001 * max(
        (other.track for place, _, other in bar.ends if place == at),
        key=lambda track: -track if at == bar.low else track,
        default=0.0,
    )


def crossings_if_before(first: Bar, second: Bar) -> int:
    """Count the crossings near two bars of one line if `first` has the lower track."""
    return _cut_by(first, second, 1) + _cut_by(second, first, -1)


def _cut_by(turning: Bar, passed: Bar, side: int) -> int:
    count = 0
    for at, turns, other in turning.ends:
        if turns != side or not passed.low <= at <= passed.high:
            continue
        exact = at + 0.001 * other.track
        low = passed.low if passed.low < at else _position(passed, passed.low)
        high = passed.high if passed.high > at else _position(passed, passed.high)
        count += low < exact < high
    return count


def _arrange(bars: list[Bar], rules: Mapping[tuple[int, int], int]) -> list[Bar]:
    """Order the bars of one line for the fewest crossings, then give them tracks; gives the order."""
    if len(bars) == 1:
        bars[0].track = 0.0
        return bars
    price = _prices(bars, rules)
    order = _sifted(list(range(len(bars))), price)
    arranged = [bars[i] for i in order]
    _stack(arranged)
    return arranged


def _prices(bars: Sequence[Bar], rules: Mapping[tuple[int, int], int]) -> list[list[int]]:
    """Give the price of each bar standing before each other one; less for the same is never negative."""
    price = [[0] * len(bars) for _ in bars]
    for a, b in combinations(range(len(bars)), 2):
        if bars[a].touches(bars[b]):
            price[a][b] = crossings_if_before(bars[a], bars[b])
            price[b][a] = crossings_if_before(bars[b], bars[a])
            if rules:
                price[a][b] += OVERLAP * rules.get((id(bars[b]), id(bars[a])), 0)
                price[b][a] += OVERLAP * rules.get((id(bars[a]), id(bars[b])), 0)
    return price


def _sifted(order: list[int], price: Sequence[Sequence[int]]) -> list[int]:
    """Take each bar out and put it where it costs least, until nothing gets better."""
    better = True
    while better:
        better = False
        for item in tuple(order):
            at = order.index(item)
            rest = order[:at] + order[at + 1 :]
            cost = [0]
            for other in rest:
                cost.append(cost[-1] + price[other][item] - price[item][other])
            best = min(range(len(cost)), key=lambda place: (cost[place], abs(place - at)))
            if cost[best] < cost[at]:
                order = [*rest[:best], item, *rest[best:]]
                better = True
    return order


def _stack(arranged: Sequence[Bar]) -> None:
    """Give tracks in this order, as few as will do, centred within each group that hangs together."""
    level: dict[int, int] = {}
    for place, bar in enumerate(arranged):
        before = [level[id(other)] for other in arranged[:place] if other.touches(bar)]
        level[id(bar)] = max(before, default=-1) + 1
    for group in _together(arranged):
        top = max(level[id(bar)] for bar in group)
        for bar in group:
            bar.track = level[id(bar)] - top / 2


def _together(bars: Iterable[Bar]) -> list[list[Bar]]:
    groups: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: bar.low):
        if groups and bar.low <= max(other.high for other in groups[-1]):
            groups[-1].append(bar)
        else:
            groups.append([bar])
    return groups


def _arrange_row(bars: Sequence[Bar]) -> None:
    """Give tracks on the middle line of a row: gates and left sides in the middle, others above or below."""
    fixed = [bar for bar in bars if bar.pinned]
    sides: dict[int, list[Bar]] = {-1: [], 1: []}
    for bar in bars:
        if bar.pinned:
            continue
        near = [other for other in fixed if other.touches(bar)]
        above = sum(crossings_if_before(bar, other) for other in near)
        below = sum(crossings_if_before(other, bar) for other in near)
        sides[-1 if above <= below else 1].append(bar)
    for side, group in sides.items():
        if group:
            _stack_beside(group, fixed, side)


def _stack_beside(group: Sequence[Bar], fixed: Sequence[Bar], side: int) -> None:
    """Stack the bars of one side outwards; the first steps stay free for sides of boxes."""
    price = _prices(group, {})
    order = [group[i] for i in _sifted(list(range(len(group))), price)]
    done: list[Bar] = []
    for bar in order if side > 0 else order[::-1]:
        used = [abs(other.track) for other in done if other.touches(bar)]
        start = BACK_TRACK + 1.0 if any(other.touches(bar) for other in fixed) else 0.0
        bar.track = side * max([start, *(track + 1 for track in used)])
        done.append(bar)


def _entry_rules(routes: Sequence[Route], cut: Sequence[list[Stretch]]) -> dict[tuple[int, int], int]:
    """Give the pairs of bars of one gutter of which the first should stand to the left of the second.

    Both meet the middle line of one row: the first comes from the gate on the left, the second goes into the
    box on the right. The other way round they would lie on top of each other.
    """
    rules: dict[tuple[int, int], int] = {}
    for leaving, entering in _meetings(routes, cut):
        if leaving.after and entering.before and leaving.end == entering.start:
            pair = (id(leaving.after.bar), id(entering.before.bar))
            rules[pair] = rules.get(pair, 0) + 1
    return rules


def _meetings(routes: Sequence[Route], cut: Sequence[list[Stretch]]) -> list[tuple[Stretch, Stretch]]:
    """Give the pairs of a stretch from a gate and one to another target's left side that meet in a row."""
    leaving = [parts[0] for parts in cut if _eastward(parts[0])]
    entering = [parts[-1] for parts in cut if _eastward(parts[-1]) and len(parts) > 1]
    return [
        (a, b)
        for a in leaving
        for b in entering
        if a.line == b.line and a.low <= b.high and b.low <= a.high and not _share(routes, a.route, b.route)
    ]


def _share(routes: Sequence[Route], a: int, b: int) -> bool:
    one, other = routes[a].link, routes[b].link
    return one.source == other.source or one.target == other.target


def _move_entries(
    routes: Sequence[Route], cut: Sequence[list[Stretch]], rules: Mapping[tuple[int, int], int]
) -> None:
    """Let a left side give way by a step where an edge from a gate lies on the middle line before it."""
    for leaving, entering in _meetings(routes, cut):
        assert entering.bar and entering.before and entering.before.bar  # noqa: S101 - more than one stretch
        if leaving.end == entering.start and leaving.after and leaving.after.bar:
            if leaving.after.bar.track < entering.before.bar.track:
                continue
        entering.bar.track = 1.0 if entering.before.start > entering.before.end else -1.0
