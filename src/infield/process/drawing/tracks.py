"""Which edge runs beside which: every stretch in a gutter or a channel gets a track of its own.

In: routes on the fine grid. Out: their stretches with tracks, numbers of steps from the middle of a line.
Stretches that touch have different tracks, so no two edges run on top of each other but those that share a
bar. The order of the tracks is searched for the fewest crossings, counted exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from infield.process.drawing.routing import Route
from infield.process.drawing.stretches import BACK_TRACK, Bar, Line, Stretch, bars_of, cut, eastward

ROUNDS = 4
OVERLAP = 5
"""Price of an order that would push two edges onto each other, in crossings."""


def arranged(routes: Sequence[Route]) -> list[list[Stretch]]:
    """Give the stretches of each route, with the tracks of their bars settled."""
    parts = [cut(number, route) for number, route in enumerate(routes)]
    lines: dict[Line, list[Bar]] = {}
    for bar in bars_of(routes, parts):
        lines.setdefault(bar.line, []).append(bar)
    rules = _entry_rules(routes, parts)
    # Gutters and channels first: the middle lines of rows and columns follow their turns.
    order = sorted(lines, key=lambda line: (line[1] % 2, line))
    for _ in range(ROUNDS):
        for line in order:
            if line[0] and line[1] % 2:
                _arrange_row(lines[line])
            else:
                lines[line] = _arrange(lines[line], rules)
    _move_entries(routes, parts)
    return parts


def crossings(routes: Iterable[Sequence[Stretch]]) -> int:
    """Count the crossings of all edges, exactly as they will be drawn."""
    flat: list[tuple[int, float, float, float]] = []
    upright: list[tuple[int, float, float, float]] = []
    for parts in routes:
        for part in parts:
            low, high = sorted((_end(part.start, part.before), _end(part.end, part.after)))
            across = part.line[1] + 0.001 * part.bar.track
            (flat if part.line[0] else upright).append((part.route, across, low, high))
    return sum(
        left < x < right and top < y < bottom and one != other
        for one, y, left, right in flat
        for other, x, top, bottom in upright
    )


def _end(at: float, turn: Stretch | None) -> float:
    return at + 0.001 * turn.bar.track if turn else at


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
    ordered = [bars[i] for i in order]
    _stack(ordered)
    return ordered


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


def _stack(ordered: Sequence[Bar]) -> None:
    """Give tracks in this order, as few as will do, centred within each group that hangs together."""
    level: dict[int, int] = {}
    for place, bar in enumerate(ordered):
        before = [level[id(other)] for other in ordered[:place] if other.touches(bar)]
        level[id(bar)] = max(before, default=-1) + 1
    for group in _together(ordered):
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


def _entry_rules(routes: Sequence[Route], parts: Sequence[list[Stretch]]) -> dict[tuple[int, int], int]:
    """Give the pairs of bars of one gutter of which the first should stand to the left of the second.

    Both meet the middle line of one row: the first comes from the gate on the left, the second goes into the
    box on the right. The other way round they would lie on top of each other.
    """
    rules: dict[tuple[int, int], int] = {}
    for leaving, entering in _meetings(routes, parts):
        if leaving.after and entering.before and leaving.end == entering.start:
            pair = (id(leaving.after.bar), id(entering.before.bar))
            rules[pair] = rules.get(pair, 0) + 1
    return rules


def _meetings(routes: Sequence[Route], parts: Sequence[list[Stretch]]) -> list[tuple[Stretch, Stretch]]:
    """Give the pairs of a stretch from a gate and one to another target's left side that meet in a row."""
    leaving = [way for way in parts if eastward(way[0])]
    entering = [way for way in parts if eastward(way[-1]) and len(way) > 1]
    return [
        (a[0], b[-1])
        for a in leaving
        for b in entering
        if a[0].line == b[-1].line
        and a[0].low <= b[-1].high
        and b[-1].low <= a[0].high
        and not _share(routes, a, b)
    ]


def _share(routes: Sequence[Route], a: Sequence[Stretch], b: Sequence[Stretch]) -> bool:
    """Tell whether two routes leave by the same gate or enter by the same left side."""
    one, other = routes[a[0].route].link, routes[b[0].route].link
    same_gate = one.source == other.source and eastward(b[0])
    return same_gate or (one.target == other.target and eastward(a[-1]))


def _move_entries(routes: Sequence[Route], parts: Sequence[list[Stretch]]) -> None:
    """Let a left side give way by a step where an edge from a gate lies on the middle line before it."""
    for leaving, entering in _meetings(routes, parts):
        turn = entering.before
        assert turn  # noqa: S101 - it has more than one stretch
        clear = leaving.end == entering.start and leaving.after and leaving.after.bar.track < turn.bar.track
        if not clear:
            entering.bar.track = 1.0 if turn.start > turn.end else -1.0
