"""The box of a node: how its name is broken into lines, and how tall that makes it."""

from dataclasses import dataclass, replace

from infield.process.drawing.coordinates import BOX_WIDTH, START_WIDTH
from infield.process.drawing.label import Box, Label, fitted
from infield.process.drawing.labels import Labels
from infield.process.drawing.nodes import Node
from infield.process.drawing.shapes import XY, Shape
from infield.process.drawing.svg import number
from infield.process.drawing.text import keeps_words, text_width
from infield.process.texts import in_language
from infield.process.values import ProcessMap

NAME_SIZES = (13.0, 12.0, 11.0)
NAME_LINES, MOST_LINES = 4, 12
SMALL = 12.0
PADDING, RIGHT_PADDING = 10.0, 3.0
LEAST_HEIGHT, ROUND = 48.0, 16.0
GATE_HALF, MOST_GATE = 14.0, 19.0
BADGES = "xyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a box, with the texts at their places within a box whose corner is at 0, 0."""

    node: Node
    title: str
    texts: tuple[Label, ...]
    width: float
    height: float
    gate: str = ""
    gate_half: float = 0.0
    sale: bool = False

    @property
    def room(self) -> float:
        """The height in px that its row must have for it."""
        return (
            self.height
            if self.node.kind != "start"
            else 2 * max(t.box.bottom for t in self.texts) - ROUND * 2
        )

    def at_least(self, height: float) -> "Content":
        """Give the same content in a box of at least this height."""
        grow = max(0.0, height - self.height)
        texts = tuple(moved(text, 0, grow / 2) for text in self.texts)
        return replace(self, texts=texts, height=self.height + grow)

    def at(self, middle: XY) -> Shape:
        """Give the node with its middle at a point."""
        left, top = middle[0] - self.width / 2, middle[1] - self.height / 2
        return Shape(
            key=self.node.key,
            kind=self.node.kind,
            title=self.title,
            place=Box(left, top, left + self.width, top + self.height),
            texts=tuple(moved(text, left, top) for text in self.texts),
            number=self.node.number,
            gate=self.gate,
            gate_half=self.gate_half,
            badges=tuple(BADGES[number] for number in self.node.badges),
            sale=self.sale,
        )


def moved(label: Label, right: float, down: float) -> Label:
    return replace(label, x=label.x + right, top=label.top + down)


def content(
    node: Node, process: ProcessMap, language: str, labels: Labels, *, sale: bool, note: str = ""
) -> Content:
    """Give what stands in the box of a node; a note stands under its name."""
    if node.kind == "start":
        return _start(node, labels)
    source = node.stage or node.way_out
    assert source  # noqa: S101 - all but the beginning are one of them
    title = in_language(source.name, language, process.language)
    weight = number(node.stage.weight) if node.stage and node.stage.weight else ""
    half = min(MOST_GATE, max(GATE_HALF, text_width(weight, SMALL, 700) / 2 + 4)) if weight or sale else 0.0
    texts = _texts(node, title, BOX_WIDTH - PADDING - RIGHT_PADDING - half, process, language, labels)
    if note:
        width = BOX_WIDTH - 2 * PADDING - half
        below = texts[-1].box.bottom + 2
        texts = (
            *texts,
            fitted(note, x=PADDING, top=below, width=width, size=SMALL, max_lines=2, name="note"),
        )
    tall = texts[-1].box.bottom
    height = max(LEAST_HEIGHT, tall + 2 * PADDING - 4)
    return Content(
        node=node,
        title=title,
        texts=tuple(moved(text, 0, (height - tall) / 2) for text in texts),
        width=BOX_WIDTH,
        height=height,
        gate=weight,
        gate_half=half,
        sale=sale,
    )


def _start(node: Node, labels: Labels) -> Content:
    text = fitted(
        labels.start,
        x=ROUND,
        top=2 * ROUND + 2,
        width=START_WIDTH,
        size=SMALL,
        weight=600,
        anchor="middle",
        max_lines=3,
        name="small",
    )
    return Content(node=node, title=labels.start, texts=(text,), width=2 * ROUND, height=2 * ROUND)


def _texts(
    node: Node, title: str, width: float, process: ProcessMap, language: str, labels: Labels
) -> tuple[Label, ...]:
    name = _name(title, width)
    if not node.way_out or not node.leaves:
        return (name,)
    words = _leaves_from(node, process, language, labels)
    return (
        name,
        fitted(words, x=PADDING, top=name.box.bottom + 2, width=width, size=SMALL, max_lines=6, name="quiet"),
    )


def _leaves_from(node: Node, process: ProcessMap, language: str, labels: Labels) -> str:
    """Say where a way out without edges leaves from: any stage, those with its badge, or those named."""
    assert node.way_out  # noqa: S101 - asked for ways out only
    if not node.way_out.sources:
        return labels.from_any
    if node.badges:
        return labels.from_marked.format(badge=BADGES[node.badges[0]])
    names = [in_language(process.stage(key).name, language, process.language) for key in node.leaves]
    return labels.from_named.format(stages=labels.comma.join(names))


def _name(title: str, width: float) -> Label:
    """Set a name in up to four lines without cutting a word, in smaller letters where that helps.

    A name that is still too long takes the smallest letters and as many lines as it needs.
    """
    tries = [
        fitted(
            title or "–",
            x=PADDING,
            top=0,
            width=width,
            size=size,
            weight=600,
            max_lines=MOST_LINES,
            name="name",
        )
        for size in NAME_SIZES
    ]
    short = [label for label in tries if len(label.lines) <= NAME_LINES]
    whole = [label for label in short if label.size >= SMALL and keeps_words(title, width, label.size, 600)]
    return (whole or short or tries[-1:])[0]
