"""Texts at their place in a picture, as values: what is drawn is what was measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from infield.process.drawing.svg import Node, element
from infield.process.drawing.text import line_height, text_width, wrap

_TOUCHING = 1e-6  # px: what adding up floats may leave between two boxes that share an edge

type Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Tell whether the two share more than an edge."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _TOUCHING and down > _TOUCHING

    def within(self, other: "Box") -> bool:
        """Tell whether this lies wholly inside the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Lines of text: `x` is where they are anchored, `top` the upper edge of the first."""

    x: float
    top: float
    lines: tuple[str, ...]
    size: float
    weight: int = 400
    anchor: Anchor = "start"
    name: str | None = None
    """A class of the picture's style sheet."""

    @property
    def width(self) -> float:
        return max((text_width(line, self.size, self.weight) for line in self.lines), default=0.0)

    @property
    def step(self) -> float:
        """The distance between two baselines in px."""
        return max((line_height(line, self.size) for line in self.lines), default=0.0)

    @property
    def box(self) -> Box:
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        return Box(left, self.top, left + self.width, self.top + self.step * len(self.lines))

    def node(self) -> Node:
        """Give the text element, one span a line."""
        first = self.top + self.step / 2 + self.size * 0.36
        spans = [
            element("tspan", line, x=self.x, y=first + self.step * row) for row, line in enumerate(self.lines)
        ]
        return element(
            "text",
            *spans,
            class_=self.name,
            font_size=self.size,
            font_weight=self.weight,
            text_anchor=None if self.anchor == "start" else self.anchor,
        )


def fitted(
    text: str,
    *,
    x: float,
    top: float,
    width: float,
    size: float,
    weight: int = 400,
    anchor: Anchor = "start",
    max_lines: int | None = None,
    name: str | None = None,
) -> Label:
    """Make a label of `text` wrapped to `width` px."""
    lines = wrap(text, width, size, weight, max_lines)
    return Label(x=x, top=top, lines=lines, size=size, weight=weight, anchor=anchor, name=name)


def lowest(labels: Iterable[Label], otherwise: float) -> float:
    """Give the lower edge of the lowest label in px, or `otherwise` where there is none."""
    return max((label.box.bottom for label in labels), default=otherwise)


def spread(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Give a top for each of a column of blocks, none overlapping, as near as can be to the tops wanted.

    The order is kept, at least `gap` px lie between two blocks, and the sum of squared moves is least
    (pool adjacent violators: blocks that push each other move as one, to the mean of their wishes).

    >>> spread([0, 0, 50], [10, 10, 10], 2)
    [-6.0, 6.0, 50.0]
    """
    offsets = [0.0]
    for height in heights:
        offsets.append(offsets[-1] + height + gap)
    groups: list[tuple[float, int]] = []
    for wish, offset in zip(wanted, offsets, strict=False):
        total, count = wish - offset, 1
        while groups and groups[-1][0] / groups[-1][1] >= total / count:
            total, count = total + groups[-1][0], count + groups[-1][1]
            groups.pop()
        groups.append((total, count))
    starts = [total / count for total, count in groups for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=False)]
