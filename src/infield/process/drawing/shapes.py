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
        """The places of the badges: at the corners, since the number has the upper left one."""
        left, right = self.place.left + 2 + CHIP / 2, self.place.right - 6 - CHIP / 2
        corners = [(right, self.place.top), (right, self.place.bottom), (left, self.place.bottom)]
        return tuple(
            Box(x - CHIP / 2, y - CHIP / 2, x + CHIP / 2, y + CHIP / 2)
            for x, y in corners[: len(self.badges)]
        )

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
    when: str = ""
    """The condition in full, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A department's strip of one band; `order` is the same for a department in every band."""

    key: str
    order: int
    shaded: bool
    """Whether it is darker than its neighbours in the band: every second one is."""
    place: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A run of columns of one buyer's phase: a line under its name."""

    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """The letter of a condition: on its edge and before its words in the legend."""

    letter: str
    kind: LinkKind
    middle: XY

    @property
    def place(self) -> Box:
        x, y = self.middle
        return Box(x - CHIP / 2, y - CHIP / 2, x + CHIP / 2, y + CHIP / 2)


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
    tags: tuple[Tag, ...] = ()
    samples: Mapping[str, XY] = field(default_factory=dict)
    """Where the legend shows a line or a sign: its kind → the left end of its middle."""

    def shape(self, key: str) -> Shape:
        return next(shape for shape in self.shapes if shape.key == key)
