"""Where everything of a baseball diamond lies: gates on the way, their names beside it, the runner.

The bases are gates of the map, and between two bases a gate lies where the weights up to it end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from infield.process.drawing.bases import Round, round_of
from infield.process.drawing.label import Anchor, Label, fitted, lowest, spread
from infield.process.drawing.stops import Stop, stops, whole_weight
from infield.process.drawing.svg import number
from infield.process.drawing.text import line_height, text_width, wrap
from infield.process.texts import in_language
from infield.process.values import ProcessMap

type Point = tuple[float, float]

GUTTER = 64.0  # between the outermost base and a column of names
COLUMN = 190.0  # the widest that a name gets before it wraps
MARGIN = 24.0
SMALLEST, LARGEST = 175.0, 300.0  # from the middle to a base
BAND = 0.18  # the earth's share of the radius
FOUL = 40.0  # how far the grass goes on beyond a base
GATE, BASE = 9.0, 19.0
NAME, SMALL, SMALLER, BIG = 13.0, 12.0, 11.0, 31.0
BOLD = 620
GAP = 10.0
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiamondLabels:
    """The words on the picture; `{}` stands for a number or a name."""

    title: str = "Around the bases"
    bases: tuple[str, str, str, str] = ("First base", "Second base", "Third base", "Home")
    percent: str = "{} %"
    met: str = "weights met"
    explanation: str = (
        "In baseball a runner scores by going from home over three bases and back home. Here one round is a "
        "sale: the bases are stages, and each stage's exit gate lies as far along as the weight of its criteria."
    )
    progress: str = "The runner shows the weight of the criteria met so far, not the chance to win."


@dataclass(frozen=True, slots=True)
class Block:
    """The stops at one place of the round, with their name and weight before they have a place in px."""

    name: str
    position: Decimal
    """How far round it lies, from above 0 to 1."""
    lines: tuple[str, ...]
    weight: str | None

    @property
    def height(self) -> float:
        step = max(line_height(line, NAME) for line in self.lines)
        return step * len(self.lines) + (line_height(self.weight, SMALL) if self.weight else 0)

    @property
    def width(self) -> float:
        return max(
            *(text_width(line, NAME, BOLD) for line in self.lines), text_width(self.weight or "", SMALL)
        )

    def at(self, x: float, top: float, anchor: Anchor) -> tuple[Label, ...]:
        """Give its labels, the first with its upper edge at `top`."""
        name = Label(x=x, top=top, lines=self.lines, size=NAME, weight=BOLD, anchor=anchor)
        if not self.weight:
            return (name,)
        below = Label(x=x, top=name.box.bottom, lines=(self.weight,), size=SMALL, anchor=anchor, name="quiet")
        return (name, below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A stop drawn: where it lies, the line to its name, the name and the weight."""

    block: Block
    at: Point
    leader: tuple[Point, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The places of a diamond in px."""

    width: float
    height: float
    radius: float
    center: Point
    gates: tuple[Gate, ...]
    texts: tuple[Label, ...]
    """The heading, the bases' names, the big figure and the explanation."""
    progress: Decimal | None
    runner: Decimal | None
    """How far round the runner is, from 0 to 1."""

    def labels(self) -> tuple[Label, ...]:
        return (*(label for gate in self.gates for label in gate.labels), *self.texts)


def layout(process: ProcessMap, *, progress: Decimal | None, language: str, words: DiamondLabels) -> Field:
    """Place everything: gates on the way, their names beside it in two columns, texts above and below."""
    found = stops(process, language)
    whole, way = whole_weight(process), round_of(found)
    blocks = _blocks(found, way, words)
    right = [block for block in reversed(blocks) if block.position < HALF]
    left = [block for block in blocks if HALF < block.position < 1]
    radius = min(max(SMALLEST, _needed(right) * 0.45, _needed(left) * 0.45), LARGEST)
    center_x = MARGIN + radius + GUTTER + _widest(left)
    room = center_x + radius + GUTTER + _widest(right) - MARGIN

    heading = _heading(in_language(process.name, language, process.language), words, room)
    placed = [*_column(right, radius, 1), *_column(left, radius, -1), *_middle(blocks, radius)]
    above = min([-radius - FOUL, *(label.box.top for gate in placed for label in gate.labels)])
    center = (center_x, heading[-1].box.bottom + MARGIN - above)
    gates = tuple(_moved(gate, center) for gate in sorted(placed, key=lambda gate: gate.block.position))
    below = lowest((label for gate in gates for label in gate.labels), otherwise=0)
    footer = _explanation(max(below, center[1] + radius + FOUL), words, room, moving=progress is not None)
    return Field(
        width=room + 2 * MARGIN,
        height=footer.box.bottom + MARGIN,
        radius=radius,
        center=center,
        gates=gates,
        texts=(
            *heading,
            *_base_names(center, radius, [share * whole for share in way.shares[1:]], words),
            *_middle_text(center, progress, words),
            footer,
        ),
        progress=progress,
        runner=None if progress is None else way.runner(_share(progress, whole)),
    )


def along(share: float, radius: float, center: Point = (0.0, 0.0)) -> Point:
    """Give the point at `share` (0 to 1) of the way from home over the three bases back home.

    >>> along(0.25, 100), along(0.625, 100)
    ((100.0, 0.0), (-50.0, -50.0))
    """
    corners = ((0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0))
    side = min(int(share * 4), 3)
    (x, y), (to_x, to_y), part = corners[side], corners[side + 1], share * 4 - side
    return center[0] + radius * (x + (to_x - x) * part), center[1] + radius * (y + (to_y - y) * part)


def _heading(name: str, words: DiamondLabels, width: float) -> tuple[Label, Label]:
    title = fitted(name, x=MARGIN, top=MARGIN, width=width, size=16, weight=BOLD)
    below = fitted(words.title, x=MARGIN, top=title.box.bottom, width=width, size=NAME, name="quiet")
    return title, below


def _explanation(above: float, words: DiamondLabels, width: float, *, moving: bool) -> Label:
    text = f"{words.explanation} {words.progress}" if moving else words.explanation
    return fitted(text, x=MARGIN, top=above + MARGIN, width=width, size=SMALL, name="quiet")


def _blocks(found: tuple[Stop, ...], way: Round, words: DiamondLabels) -> list[Block]:
    """Give the stops as blocks; those that share a place (the last ones may) share a block."""
    places: dict[Decimal, list[Stop]] = {}
    for row, stop in enumerate(found):
        places.setdefault(way.gate(row, stop), []).append(stop)
    return [_block(position, together, words) for position, together in places.items()]


def _block(position: Decimal, together: list[Stop], words: DiamondLabels) -> Block:
    name = " / ".join(stop.name for stop in together)
    weight = sum((stop.weight for stop in together), Decimal(0))
    shown = words.percent.format(number(weight)) if weight else None
    return Block(name, position, wrap(name, COLUMN, NAME, BOLD, 3) or ("–",), shown)


def _needed(column: list[Block]) -> float:
    return sum(block.height + GAP for block in column)


def _widest(column: list[Block]) -> float:
    return max((block.width for block in column), default=0.0)


def _column(column: list[Block], radius: float, side: int) -> list[Gate]:
    """Place the blocks of one side (1 right, -1 left) as near as can be to the height of their gates."""
    points = [along(float(block.position), radius) for block in column]
    heights = [block.height for block in column]
    tops = spread([y - height / 2 for (_, y), height in zip(points, heights, strict=True)], heights, GAP)
    x = side * (radius + GUTTER)
    return [
        Gate(
            block=block,
            at=at,
            leader=(at, (side * (radius + 16), at[1]), (x - side * 8, top + block.height / 2)),
            labels=block.at(x, top, "start" if side > 0 else "end"),
        )
        for block, at, top in zip(column, points, tops, strict=True)
    ]


def _middle(blocks: list[Block], radius: float) -> list[Gate]:
    """Place the blocks exactly at second base, named above it, and at home, named below."""
    gates = []
    for block in blocks:
        top = radius + 30
        leader: tuple[Point, ...] = ((0.0, radius),)
        if block.position == HALF:
            top = -radius - FOUL - 8 - block.height
            leader = ((0.0, -radius), (0.0, top + block.height))
        if block.position in (HALF, 1):
            labels = block.at(0, top, "middle")
            gates.append(Gate(block=block, at=leader[0], leader=leader, labels=labels))
    return gates


def _moved(gate: Gate, by: Point) -> Gate:
    return replace(
        gate,
        at=(gate.at[0] + by[0], gate.at[1] + by[1]),
        leader=tuple((x + by[0], y + by[1]) for x, y in gate.leader),
        labels=tuple(replace(label, x=label.x + by[0], top=label.top + by[1]) for label in gate.labels),
    )


def _share(progress: Decimal, whole: Decimal) -> Decimal:
    return min(max(progress / (whole or 100), Decimal(0)), Decimal(1))


def written(progress: Decimal | None, words: DiamondLabels) -> str:
    """Write the progress with one decimal at most, cut off: only a finished round says 100."""
    if progress is None:
        return ""
    return words.percent.format(number(progress.quantize(Decimal("0.1"), ROUND_DOWN)))


def _middle_text(center: Point, progress: Decimal | None, words: DiamondLabels) -> tuple[Label, ...]:
    if progress is None:
        return ()
    x, y = center
    figure = Label(
        x=x,
        top=y - 32,
        lines=(written(progress, words),),
        size=BIG,
        weight=680,
        anchor="middle",
        name="figure",
    )
    met = fitted(words.met, x=x, top=figure.box.bottom, width=110, size=SMALL, anchor="middle", name="quiet")
    return figure, met


def _base_names(
    center: Point, radius: float, weights: Iterable[Decimal], words: DiamondLabels
) -> tuple[Label, ...]:
    """Name the bases on the lawn, each at its corner, with the weight gathered there."""
    (x, y), inner = center, radius * (1 - BAND) - 12
    places: tuple[tuple[float, float, Anchor], ...] = (
        (x + inner, y, "end"),
        (x, y - inner + 50, "middle"),
        (x - inner, y, "start"),
        (x, y + inner - 50, "middle"),
    )
    labels = []
    for name, (at_x, at_y, anchor), weight in zip(words.bases, places, weights, strict=True):
        lines = wrap(name, 90 if anchor == "middle" else 70, SMALLER, max_lines=2)
        if weight:
            lines += (words.percent.format(number(weight)),)
        label = Label(x=at_x, top=0, lines=lines, size=SMALLER, anchor=anchor, name="quiet")
        labels.append(replace(label, top=at_y - label.box.bottom / 2))
    return tuple(labels)
