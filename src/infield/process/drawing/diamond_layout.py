"""Where everything of a baseball diamond lies: gates on the way, their names beside it, the runner.

The way is linear in weight: a base is a quarter of a sale, and a gate lies where the weights up to it end.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from infield.process.drawing.label import Anchor, Label, fitted, spread
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
NAME, SMALL, BIG = 13.0, 12.0, 31.0
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
        "sale: each stage's exit gate lies as far along as the weight of its criteria."
    )
    progress: str = "The runner shows the weight of the criteria met so far, not the chance to win."


@dataclass(frozen=True, slots=True)
class Block:
    """A stop's name and weight before they have a place."""

    stop: Stop
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

    stop: Stop
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
    runner: float | None
    """How far along the way the runner is, from 0 to 1."""

    def labels(self) -> tuple[Label, ...]:
        return (*(label for gate in self.gates for label in gate.labels), *self.texts)


def layout(process: ProcessMap, *, progress: Decimal | None, language: str, words: DiamondLabels) -> Field:
    """Place everything: gates on the way, their names beside it in two columns, texts above and below."""
    blocks = [_block(stop, words) for stop in stops(process, language)]
    right = [block for block in reversed(blocks) if block.stop.place < HALF]
    left = [block for block in blocks if HALF < block.stop.place < 1]
    radius = min(max(SMALLEST, _needed(right) * 0.45, _needed(left) * 0.45), LARGEST)
    center_x = MARGIN + radius + GUTTER + _widest(left)
    width = center_x + radius + GUTTER + _widest(right) + MARGIN

    heading = _heading(in_language(process.name, language, process.language), words, width - 2 * MARGIN)
    placed = [*_column(right, radius, 1), *_column(left, radius, -1), *_middle(blocks, radius)]
    above = min([-radius - FOUL, *(label.box.top for gate in placed for label in gate.labels)])
    center = (center_x, heading[-1].box.bottom + MARGIN - above)
    gates = tuple(_moved(gate, center) for gate in placed)
    below = max([center[1] + radius + FOUL, *(label.box.bottom for gate in gates for label in gate.labels)])

    runner = _runner(process, progress)
    explanation = words.explanation if progress is None else f"{words.explanation} {words.progress}"
    footer = fitted(
        explanation, x=MARGIN, top=below + MARGIN, width=width - 2 * MARGIN, size=SMALL, name="quiet"
    )
    return Field(
        width=width,
        height=footer.box.bottom + MARGIN,
        radius=radius,
        center=center,
        gates=gates,
        texts=(
            *heading,
            *_base_names(center, radius, words),
            *_middle_text(center, progress, words),
            footer,
        ),
        progress=progress,
        runner=runner,
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


def _block(stop: Stop, words: DiamondLabels) -> Block:
    weight = words.percent.format(number(stop.weight)) if stop.weight else None
    return Block(stop, wrap(stop.name, COLUMN, NAME, BOLD, 3) or ("–",), weight)


def _needed(column: list[Block]) -> float:
    return sum(block.height + GAP for block in column)


def _widest(column: list[Block]) -> float:
    return max((block.width for block in column), default=0.0)


def _column(column: list[Block], radius: float, side: int) -> list[Gate]:
    """Place the blocks of one side (1 right, -1 left) as near as can be to the height of their gates."""
    points = [along(float(block.stop.place), radius) for block in column]
    heights = [block.height for block in column]
    tops = spread([y - height / 2 for (_, y), height in zip(points, heights, strict=True)], heights, GAP)
    x = side * (radius + GUTTER)
    return [
        Gate(
            stop=block.stop,
            at=at,
            leader=(at, (side * (radius + 16), at[1]), (x - side * 8, top + block.height / 2)),
            labels=block.at(x, top, "start" if side > 0 else "end"),
        )
        for block, at, top in zip(column, points, tops, strict=True)
    ]


def _middle(blocks: list[Block], radius: float) -> list[Gate]:
    """Place the stops exactly at second base, named above it, and at home, named below."""
    gates = []
    for block in blocks:
        if block.stop.place == HALF:
            top = -radius - FOUL - 8 - block.height
            leader = ((0.0, -radius), (0.0, top + block.height))
            gates.append(
                Gate(stop=block.stop, at=leader[0], leader=leader, labels=block.at(0, top, "middle"))
            )
        if block.stop.place == 1:
            labels = block.at(0, radius + 30, "middle")
            gates.append(Gate(stop=block.stop, at=(0.0, radius), leader=(), labels=labels))
    return gates


def _moved(gate: Gate, by: Point) -> Gate:
    return Gate(
        stop=gate.stop,
        at=(gate.at[0] + by[0], gate.at[1] + by[1]),
        leader=tuple((x + by[0], y + by[1]) for x, y in gate.leader),
        labels=tuple(replace(label, x=label.x + by[0], top=label.top + by[1]) for label in gate.labels),
    )


def _runner(process: ProcessMap, progress: Decimal | None) -> float | None:
    if progress is None:
        return None
    return float(min(max(progress / (whole_weight(process) or 100), Decimal(0)), Decimal(1)))


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


def _base_names(center: Point, radius: float, words: DiamondLabels) -> tuple[Label, ...]:
    """Name the bases on the lawn, each at its corner."""
    (x, y), inner = center, radius * (1 - BAND) - 12
    size = SMALL - 1
    places: tuple[tuple[float, float, Anchor, Decimal], ...] = (
        (x + inner, y, "end", Decimal(25)),
        (x, y - inner + 50, "middle", Decimal(50)),
        (x - inner, y, "start", Decimal(75)),
        (x, y + inner - 50, "middle", Decimal(100)),
    )
    labels = []
    for name, (at_x, at_y, anchor, share) in zip(words.bases, places, strict=True):
        lines = (
            *wrap(name, 90 if anchor == "middle" else 70, size, max_lines=2),
            words.percent.format(share),
        )
        label = Label(x=at_x, top=0, lines=lines, size=size, anchor=anchor, name="quiet")
        labels.append(replace(label, top=at_y - label.box.bottom / 2))
    return tuple(labels)
