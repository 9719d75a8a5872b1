"""What stands under the picture of a real process: how much of it is drawn, and what its signs mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from infield.mining.drawing.frequent import Frequent
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.shapes import XY, Move, Station
from infield.process.drawing.label import Label, fitted

LEFT, SAMPLE, BETWEEN, LINE = 24.0, 28.0, 24.0, 22.0
SMALL = 12.0
LEAST_WIDTH = 420.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """The texts, and where the sample of each sign stands: the left end of its middle."""

    texts: tuple[Label, ...]
    samples: tuple[tuple[str, XY], ...]
    right: float
    bottom: float


def legend(
    moves: Frequent,
    stations: Sequence[Station],
    drawn: Sequence[Move],
    labels: Labels,
    *,
    width: float,
    top: float,
) -> Legend:
    """Set the legend below `top`, in lines as wide as the picture."""
    right = max(width - LEFT, LEFT + LEAST_WIDTH)
    said = labels.caption.format(
        shown=labels.number(moves.shown),
        all=labels.number(moves.kinds),
        share=labels.percent(moves.share),
    )
    caption = fitted(said, x=LEFT, top=top, width=right - LEFT, size=SMALL + 1, name="quiet")
    texts: list[Label] = [caption]
    samples: list[tuple[str, XY]] = []
    x, y = LEFT, caption.box.bottom + 8
    for kind in _kinds(stations, drawn):
        label = fitted(
            getattr(labels, kind), x=x + SAMPLE + 8, top=y, width=right - LEFT, size=SMALL, name="quiet"
        )
        if label.box.right > right and x > LEFT:
            x, y = LEFT, y + LINE
            label = replace(label, x=x + SAMPLE + 8, top=y)
        texts.append(label)
        samples.append((kind, (x, label.top + label.step / 2)))
        x = label.box.right + BETWEEN
    return Legend(
        texts=tuple(texts),
        samples=tuple(samples),
        right=max(text.box.right for text in texts),
        bottom=max(text.box.bottom for text in texts),
    )


def _kinds(stations: Sequence[Station], drawn: Sequence[Move]) -> list[str]:
    """Give the signs in use, in the order in which they are explained."""
    kinds = {move.kind for move in drawn}
    marks = {mark.kind for station in stations for mark in station.marks}
    used = {
        "usual": "usual" in kinds,
        "skip": any(move.kind == "skip" and not move.stray for move in drawn),
        "way_back": "back" in kinds,
        "stray": any(move.stray for move in drawn),
        "measure": bool(drawn),
        "repeat": "repeat" in marks,
        "begins": "begins" in marks,
        "stays": "stays" in marks,
    }
    return [kind for kind, is_used in used.items() if is_used]
