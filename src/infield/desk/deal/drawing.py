"""A deal on the baseball diamond, small enough for the side of a page: where it is, and the four bases.

It tells how much of a sale's weights is met, never a chance to win. Size in px: 320 × 226.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from infield.process.drawing.bases import Round, round_of
from infield.process.drawing.diamond_layout import Point, along
from infield.process.drawing.stops import Stop, stops, whole_weight
from infield.process.drawing.svg import Node, element, number, path
from infield.process.drawing.text import wrap
from infield.process.values import ProcessMap

WIDTH, HEIGHT = 320, 226
CENTER: Point = (160.0, 110.0)
RADIUS, BAND, BASE = 70.0, 22.0, 9.0
NAME = 11.0
NAME_WIDTH, NAME_LINES = 66.0, 3
LINE = 13.5


@dataclass(frozen=True, slots=True)
class Words:
    """`bases`: first, second, third, home; `sentence`: what a screen reader says."""

    bases: tuple[str, str, str, str]
    sentence: str


def infield(process: ProcessMap, progress: Decimal, language: str, words: Words) -> str:
    """Give the diamond as an `svg` element; `progress`: the weights met, 0 to 100 percent of a sale."""
    gates = stops(process, language)
    ground = round_of(gates)
    whole = whole_weight(process)
    share = min(Decimal(1), progress / whole) if whole else Decimal(0)
    body = (
        *_ground(),
        *_run(float(ground.runner(share))),
        *_bases(ground.runner(share)),
        *_names(ground, gates, words),
        *_percent(progress),
    )
    return str(
        element(
            "svg",
            *body,
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            class_="diamond",
            role="img",
            aria_label=words.sentence,
        )
    )


def _ground() -> Iterable[Node]:
    x, y = CENTER
    out = RADIUS + 34
    yield element(
        "path",
        d=path(
            "M",
            x,
            y + RADIUS + 18,
            "L",
            x - out,
            y - 14,
            "A",
            out + 12,
            out + 12,
            0,
            0,
            1,
            x + out,
            y - 14,
            "Z",
        ),
        class_="grass",
    )
    yield element("path", d=_rhomb(CENTER, RADIUS), class_="earth", stroke_width=BAND)
    yield element("path", d=_rhomb(CENTER, RADIUS - BAND / 2), class_="lawn")


def _run(share: float) -> Iterable[Node]:
    points = [along(at, RADIUS, CENTER) for at in (0.0, 0.25, 0.5, 0.75) if at < share]
    end = along(share, RADIUS, CENTER)
    line = "M " + " L ".join(f"{number(x)} {number(y)}" for x, y in (*points, end))
    if points:
        yield element("path", d=line, class_="run")
    yield element("circle", cx=end[0], cy=end[1], r=13, class_="halo")


def _bases(runner: Decimal) -> Iterable[Node]:
    for corner in (1, 2, 3):
        passed = runner >= Decimal(corner) / 4
        spot = along(corner / 4, RADIUS, CENTER)
        yield element("path", d=_rhomb(spot, BASE + 1), class_="base is-passed" if passed else "base")
    x, y = along(0.0, RADIUS, CENTER)
    plate = path("M", x - 9, y - 8, "H", x + 9, "V", y, "L", x, y + 9, "L", x - 9, y, "Z")
    yield element("path", d=plate, class_="base is-passed" if runner >= 1 else "base")
    end = along(float(runner), RADIUS, CENTER)
    yield element("circle", cx=end[0], cy=end[1], r=7, class_="runner")


def _names(ground: Round, gates: tuple[Stop, ...], words: Words) -> Iterable[Node]:
    x, y = CENTER
    places = (
        (x + RADIUS + 16, y, "start", NAME_WIDTH),
        (x, y - RADIUS - 24, "middle", WIDTH),
        (x - RADIUS - 16, y, "end", NAME_WIDTH),
        (x, y + RADIUS + 30, "middle", WIDTH),
    )
    for number_, (left, top, anchor, width) in enumerate(places):
        last = ground.last_stops[number_ + 1] if ground.last_stops else None
        name = gates[last - 1].name if last else ""
        text = f"{words.bases[number_]} · {name}" if name else words.bases[number_]
        lines = wrap(text, width, NAME, 560, NAME_LINES)
        begins = top - LINE * (len(lines) - 1) / 2 + 4
        for row, line in enumerate(lines):
            yield element("text", line, x=left, y=begins + row * LINE, text_anchor=anchor, font_size=NAME)


def _percent(progress: Decimal) -> Iterable[Node]:
    x, y = CENTER
    yield element(
        "text",
        number(progress.quantize(Decimal(1))),
        element("tspan", "%", dx=2, font_size=14, font_weight=500),
        x=x,
        y=y + 9,
        text_anchor="middle",
        font_size=28,
        font_weight=700,
        class_="percent",
    )


def _rhomb(center: Point, half: float) -> str:
    x, y = center
    return path("M", x, y - half, "L", x + half, y, "L", x, y + half, "L", x - half, y, "Z")
