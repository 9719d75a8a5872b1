"""The people of an organization and its deals, and who has which part in which: a small picture.

In: names and ties. Out: an `svg` element, 360 wide, as high as its rows; nothing in it depends on a locale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from infield.process.drawing.svg import Node, element, path
from infield.process.drawing.text import wrap

WIDTH = 360.0
BOX_WIDTH, BOX_HEIGHT, ROW = 146.0, 54.0, 62.0
LEFT, RIGHT, TOP = 10.0, 204.0, 42.0
PADDING = 10.0
NAME, MORE, LINE = 12.0, 11.0, 15.0
MOST = 8
"""So many people and so many deals are drawn; the lists on the page have all."""

WAYS = {
    "decision_maker": "decides",
    "approver": "decides",
    "champion": "pushes",
    "blocker": "blocks",
    "gatekeeper": "blocks",
}
"""How a tie is drawn, by the part in the decision; others are plain."""


@dataclass(frozen=True, slots=True)
class Box:
    """A person with their parts, or a deal with its stage."""

    name: str
    more: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A person, by place, has a part (a key of deals' roles) in a deal, by place."""

    person: int
    deal: int
    role: str


def relations(
    organization: str, people: Sequence[Box], deals: Sequence[Box], ties: Iterable[Tie], sentence: str
) -> str:
    """Draw up to MOST people on the left, as many deals on the right, and the ties between them.

    `sentence`: what a screen reader says. A tie whose person or deal is not drawn is left out.
    """
    shown_people, shown_deals = people[:MOST], deals[:MOST]
    drawn = [tie for tie in ties if tie.person < len(shown_people) and tie.deal < len(shown_deals)]
    tied_people, tied_deals = {tie.person for tie in drawn}, {tie.deal for tie in drawn}
    height = TOP + ROW * max(len(shown_people), len(shown_deals), 1) + PADDING
    return str(
        element(
            "svg",
            element("rect", class_="frame", x=1, y=1, width=WIDTH - 2, height=height - 2, rx=12),
            *_lines(organization, LEFT + 4, 25, NAME + 1, WIDTH - 2 * LEFT - 8, 1, "whole"),
            *(_tie(tie) for tie in drawn),
            *_boxes(shown_people, LEFT, "person", tied_people),
            *_boxes(shown_deals, RIGHT, "deal", tied_deals),
            viewBox=f"0 0 {WIDTH:g} {height:g}",
            class_="relations",
            role="img",
            aria_label=sentence,
        )
    )


def _boxes(some: Sequence[Box], x: float, what: str, tied: set[int]) -> Iterable[Node]:
    for place, one in enumerate(some):
        y = TOP + ROW * place
        kind = f"box is-{what}" + ("" if place in tied else " is-alone")
        yield element("rect", class_=kind, x=x, y=y, width=BOX_WIDTH, height=BOX_HEIGHT, rx=8)
        names = wrap(one.name, BOX_WIDTH - 2 * PADDING, NAME, 700, 2)
        first = y + BOX_HEIGHT / 2 + 4 - LINE * (len(names) - 1 + bool(one.more)) / 2
        yield from _lines(one.name, x + PADDING, first, NAME, BOX_WIDTH - 2 * PADDING, 2, "name")
        below = first + LINE * len(names)
        yield from _lines(one.more, x + PADDING, below, MORE, BOX_WIDTH - 2 * PADDING, 1, "more")


def _lines(text: str, x: float, y: float, size: float, room: float, most: int, kind: str) -> Iterable[Node]:
    for place, line in enumerate(wrap(text, room, size, 400 if kind == "more" else 700, most)):
        yield element("text", line, class_=kind, x=x, y=y + LINE * place, font_size=size)


def _tie(tie: Tie) -> Node:
    middle = BOX_HEIGHT / 2
    y1, y2 = TOP + ROW * tie.person + middle, TOP + ROW * tie.deal + middle
    x1, x2 = LEFT + BOX_WIDTH, RIGHT
    bend = (x2 - x1) / 2
    return element(
        "path",
        class_=f"tie is-{WAYS.get(tie.role, 'plain')}",
        d=path("M", x1, y1, "C", x1 + bend, y1, x2 - bend, y2, x2, y2),
    )
