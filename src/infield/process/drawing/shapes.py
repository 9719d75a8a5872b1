"""A flowchart with its places in px, before it is drawn: frozen values that a test or an overlay can read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from infield.process.drawing.label import Box, Label
from infield.process.drawing.nodes import LinkKind, NodeKind

type XY = tuple[float, float]

CHIP = 18.0
"""Width and height of a badge and of the letter of a condition, px."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A node with its place; its texts stand within it, apart from the beginning's, which stands below."""

    key: str
    kind: NodeKind
    title: str
    """The name in full, for those who do not see the picture."""
    place: Box
    texts: tuple[Label, ...]
    number: int = 0
    gate: str = ""
    """The weight on the gate, or nothing where there is no gate."""
    gate_half: float = 0.0
    """Half of the gate's diagonal in px, 0 without a gate; its middle is that of the right side."""
    badges: tuple[str, ...] = ()
    sale: bool = False

    @property
    def middle(self) -> XY:
        return (self.place.left + self.place.right) / 2, (self.place.top + self.place.bottom) / 2

    @property
    def chips(self) -> tuple[Box, ...]:
        """The places of the badges, from the right, on the upper side of the box."""
        right, top = self.place.right - 6, self.place.top - CHIP / 2
        lefts = [right - CHIP - (CHIP + 3) * number for number in range(len(self.badges))]
        return tuple(Box(left, top, left + CHIP, top + CHIP) for left in lefts)

    @property
    def diamond(self) -> Box | None:
        """The square around the gate."""
        if not self.gate_half:
            return None
        x, y, half = self.place.right, self.middle[1], self.gate_half
        return Box(x - half, y - half, x + half, y + half)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A link with its corners in px, from box to box."""

    source: str
    target: str
    kind: LinkKind
    title: str
    points: tuple[XY, ...]
    rare: bool = False
    tag: str = ""
    """The letter of its condition, or nothing."""
    tag_at: XY | None = None
    """The middle of the letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A department's strip of one band; `order` is the same for a department in every band."""

    key: str
    order: int
    place: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A run of columns of one buyer's phase: a line under its name."""

    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything that is drawn, with `width` and `height` in px; nothing lies outside."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    labels: tuple[Label, ...]
    lanes: tuple[Lane, ...] = ()
    brackets: tuple[Bracket, ...] = ()
    samples: Mapping[str, XY] = field(default_factory=dict)
    """Where the legend shows a line or a sign: its kind → the left end of its middle."""

    def shape(self, key: str) -> Shape:
        return next(shape for shape in self.shapes if shape.key == key)
