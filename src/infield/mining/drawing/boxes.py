"""The boxes of steps: how tall each is, what stands in and at it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from infield.mining.drawing.labels import Labels
from infield.mining.drawing.rows import Ending
from infield.mining.drawing.shapes import Mark, MarkKind, Pill, Station
from infield.mining.graph import Activity, Edge
from infield.process.drawing.label import Box, Label, fitted
from infield.process.drawing.text import text_width

LEAST_WIDTH, END_WIDTH = 226.0, 156.0
LEAST_HEIGHT = 46.0
PADDING = 14.0
NAME, FIGURE, SMALL = 14.0, 13.0, 12.0
BAR = 4.0
PILL_HEIGHT = 20.0
SIGN = 15.0
"""Width of a mark's sign with the space after it, px."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a step shows, before it has a place."""

    activity: Activity
    share: float
    """How frequent it is, of the most frequent."""
    ending: Ending | None = None
    begins: int = 0
    stays: int = 0
    repeat: Edge | None = None
    ports: float = 0.0
    """The height in px that the lines at its sides need."""
    width: float = LEAST_WIDTH


def height(content: Content, labels: Labels) -> float:
    name, _ = _texts(content, labels)
    return max(LEAST_HEIGHT, name.box.bottom + 12 + BAR + 4, content.ports)


def station(content: Content, labels: Labels, left: float, top: float, tall: float) -> Station:
    """Give a step's box with its upper left corner at a point; name and count stand in its middle."""
    texts = _texts(content, labels)
    free = tall - (texts[0].box.bottom + 12 + BAR + 4)
    down = top + max(0.0, free) / 2
    place = Box(left, top, left + content.width, top + tall)
    most = content.width - 2 * PADDING + 8
    bar_top = place.bottom - BAR - 5
    bar_left = left + PADDING - 4
    return Station(
        name=content.activity.name,
        place=place,
        texts=tuple(replace(text, x=text.x + left, top=text.top + down) for text in texts),
        bar=Box(bar_left, bar_top, bar_left + max(BAR, most * content.share), bar_top + BAR),
        ending=content.ending,
        marks=tuple(_marks(content, labels, place)),
    )


def pill(edge: Edge, labels: Labels, x: float, y: float, name: str = "") -> Pill:
    """Give the figures of a move with their middle at a point; `name` stands before them."""
    count, time = _figures(edge, labels, name)
    wide, first = pill_width(edge, labels, name), text_width(count, SMALL, 680)
    left, top = x - wide / 2, y - PILL_HEIGHT / 2
    return Pill(
        place=Box(left, top, left + wide, top + PILL_HEIGHT),
        texts=(
            _line(count, left + 8, y, weight=680, name="count"),
            _line(time, left + 8 + first + 5, y, name="time"),
        ),
    )


def pill_width(edge: Edge, labels: Labels, name: str = "") -> float:
    count, time = _figures(edge, labels, name)
    return 16 + text_width(count, SMALL, 680) + 5 + text_width(time, SMALL)


def _figures(edge: Edge, labels: Labels, name: str) -> tuple[str, str]:
    return f"{name} {labels.number(edge.count)}".strip(), labels.duration(edge.median_s)


def width_for(contents: Sequence[Content], edges: Sequence[Edge], labels: Labels) -> float:
    """Give the width of all boxes at which the signs at them leave room for figures in the middle."""
    figures = max((pill_width(edge, labels) for edge in edges), default=0.0)
    wide = LEAST_WIDTH
    for content in contents:
        marks = {
            mark.kind: mark.place.right - mark.place.left for mark in _marks(content, labels, Box(0, 0, 0, 0))
        }
        side = max(marks.get("begins", 0.0), marks.get("stays", 0.0))
        wide = max(wide, figures + 2 * (side + 10) if side else 0.0, sum(marks.values()) + 20)
    return wide


def _line(text: str, x: float, y: float, *, weight: int = 400, name: str) -> Label:
    label = Label(x=x, top=0, lines=(text,), size=SMALL, weight=weight, name=name)
    return replace(label, top=y - label.step / 2)


def _texts(content: Content, labels: Labels) -> tuple[Label, Label]:
    count = labels.number(content.activity.count)
    room = text_width(count, FIGURE, 620)
    width = content.width - 2 * PADDING - room - 8
    name = fitted(
        content.activity.name or "–",
        x=PADDING,
        top=10,
        width=width,
        size=NAME,
        weight=620,
        max_lines=3,
        name="name",
    )
    figure = Label(
        x=content.width - PADDING,
        top=11,
        lines=(count,),
        size=FIGURE,
        weight=620,
        anchor="end",
        name="quiet",
    )
    return name, figure


def _marks(content: Content, labels: Labels, place: Box) -> Sequence[Mark]:
    """Give the marks at a box: above its left end, below its right end, on its upper right corner."""
    marks = []
    if content.begins:
        marks.append(_mark("begins", (labels.number(content.begins),), place.left + 4, place.top - 11))
    if content.stays:
        text = labels.number(content.stays)
        wide = SIGN + text_width(text, SMALL, 600)
        marks.append(_mark("stays", (text,), place.right - wide - 4, place.bottom + 11))
    if content.repeat:
        texts = labels.number(content.repeat.count), labels.duration(content.repeat.median_s)
        wide = 12 + SIGN + text_width(texts[0], SMALL, 600) + 5 + text_width(texts[1], SMALL)
        title = labels.repeated.format(name=content.activity.name, count=texts[0], duration=texts[1])
        marks.append(_mark("repeat", texts, place.right - wide - 8, place.top - 1, title, wide))
    return marks


def _mark(
    kind: MarkKind, texts: tuple[str, ...], left: float, y: float, title: str = "", wide: float = 0.0
) -> Mark:
    inset = 6.0 if wide else 0.0
    count = _line(texts[0], left + inset + SIGN, y, weight=600, name="count" if wide else "quiet")
    lines = (count, *(_line(text, count.box.right + 5, y, name="time") for text in texts[1:]))
    right = left + wide if wide else lines[-1].box.right
    return Mark(kind=kind, place=Box(left, y - 9, right, y + 9), texts=lines, title=title)
