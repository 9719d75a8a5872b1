"""A drawn process with its places in px: frozen values that are written as SVG and that tests can measure."""

from dataclasses import dataclass
from typing import Literal

from infield.mining.drawing.rows import Ending
from infield.mining.graph import Edge
from infield.process.drawing.label import Box, Label

type XY = tuple[float, float]
type MoveKind = Literal["usual", "skip", "back", "end"]
type MarkKind = Literal["begins", "stays", "repeat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A small sign with a figure at a box: deals that begin there or have not gone on, or a repeated step."""

    kind: MarkKind
    place: Box
    texts: tuple[Label, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A step of the process: its box, its name and count, a bar as long as it is frequent."""

    name: str
    place: Box
    texts: tuple[Label, ...]
    bar: Box
    ending: Ending | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """The figures of a move: how often it happened, and its median time."""

    place: Box
    texts: tuple[Label, Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A move with its line as path data; `tip` is the arrow's point and where it comes from, if it has one."""

    edge: Edge
    kind: MoveKind
    stray: bool
    """Whether a map was given and does not have this move."""
    width: float
    line: str
    tip: tuple[XY, XY] | None
    pill: Pill
    title: str
    ending: Ending | None = None
    """What the move ends in, where it goes to an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A part of the line in which the moves to one end gather."""

    ending: Ending
    width: float
    line: str
    tip: tuple[XY, XY] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything that is drawn, with `width` and `height` in px; nothing lies outside."""

    width: float
    height: float
    stations: tuple[Station, ...]
    moves: tuple[Move, ...]
    stems: tuple[Stem, ...]
    texts: tuple[Label, ...]
    samples: tuple[tuple[str, XY], ...]
    """What the legend explains: a kind of line or mark → the left end of its middle."""
