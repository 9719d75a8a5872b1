"""The funnel of real deals as a picture: a band a stage, as high as the number of deals that entered it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from infield.process.drawing.label import Label, fitted, lowest
from infield.process.drawing.svg import Node, Picture, element, path

type Tone = Literal["band", "leak", "won"]

WIDTH, NARROWEST = 1120.0, 92.0
TALLEST, THINNEST = 232.0, 2.0
MARGIN, GAP = 16.0, 10.0
COUNT, NAME = 16.0, 12.0
NAME_LINES = 3
KEEPS = 0.62
"""The share of its width over which a band keeps its height before it bends to the next one's."""

RULES = {
    "quiet": "fill:var(--muted)",
    "band": "fill:var(--accent)",
    "leak": "fill:var(--bad)",
    "won": "fill:var(--good)",
    "cut": "stroke:var(--card);stroke-width:2",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One band: what it is called, how many deals, how the number is written, and what it stands for."""

    name: str
    deals: int
    figure: str
    tone: Tone = "band"


def funnel_picture(levels: Sequence[Level], title: str, description: str, language: str = "en") -> Picture:
    """Give the picture of at least one level, from left to right; it widens where there are many."""
    step = max(WIDTH / len(levels), NARROWEST)
    labels = [_labels(level, MARGIN / 2 + step * place, step) for place, level in enumerate(levels)]
    top = lowest((label for pair in labels for label in pair), MARGIN) + MARGIN
    most = max((level.deals for level in levels), default=0) or 1
    heights = [max(level.deals / most * TALLEST, THINNEST) for level in levels]
    return Picture(
        kind="real-funnel",
        width=step * len(levels),
        height=top + TALLEST + MARGIN,
        title=title,
        description=description,
        language=language,
        body=tuple(_drawn(levels, labels, heights, step, top + TALLEST / 2)),
        rules=RULES,
    )


def _labels(level: Level, x: float, step: float) -> tuple[Label, Label]:
    room = step - GAP
    figure = fitted(level.figure, x=x, top=MARGIN, width=room, size=COUNT, weight=680, max_lines=1)
    name = fitted(
        level.name, x=x, top=figure.box.bottom, width=room, size=NAME, max_lines=NAME_LINES, name="quiet"
    )
    return figure, name


def _drawn(
    levels: Sequence[Level],
    labels: Sequence[tuple[Label, Label]],
    heights: Sequence[float],
    step: float,
    middle: float,
) -> Iterable[Node]:
    for place, (level, here) in enumerate(zip(levels, heights, strict=True)):
        after = heights[place + 1] if place + 1 < len(levels) else here
        strength = 0.92 - 0.5 * place / len(levels) if level.tone == "band" else 0.9
        outline = _outline(step * place, step, here / 2, after / 2, middle)
        yield element("path", d=outline, class_=level.tone, fill_opacity=round(strength, 3))
    for place, (here, after) in enumerate(pairwise(heights), 1):
        half = max(here, after) / 2
        x = step * place
        yield element("line", x1=x, x2=x, y1=middle - half, y2=middle + half, class_="cut")
    yield from (label.node() for pair in labels for label in pair)


def _outline(left: float, step: float, here: float, after: float, middle: float) -> str:
    bend, right = left + step * KEEPS, left + step
    halfway = (bend + right) / 2
    return path(
        *("M", left, middle - here, "H", bend),
        *("C", halfway, middle - here, halfway, middle - after, right, middle - after),
        *("V", middle + after, "C", halfway, middle + after, halfway, middle + here, bend, middle + here),
        *("H", left, "Z"),
    )
