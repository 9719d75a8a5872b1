"""A map as a baseball diamond: a sale is one round, and each gate lies as far along as its weight says.

Progress is the weight of the criteria met, never a chance to win. The places come from `diamond_layout`.
"""

from collections.abc import Iterable
from decimal import Decimal

from infield.process.drawing.diamond_layout import (
    BAND,
    BASE,
    FOUL,
    GATE,
    DiamondLabels,
    Field,
    Gate,
    Point,
    along,
    layout,
    written,
)
from infield.process.drawing.svg import Node, Picture, element, number, path
from infield.process.texts import in_language
from infield.process.values import ProcessMap

RULES = {
    "grass": "fill:var(--grass)",
    "earth": "fill:var(--earth)",
    "lawn": "fill:var(--grass2)",
    "chalk": "fill:none;stroke:var(--chalk);stroke-width:2",
    "base": "fill:var(--card);stroke:var(--line3);stroke-width:1.5",
    "base.passed": "fill:var(--accent-soft);stroke:var(--accent)",
    "leader": "fill:none;stroke:var(--line3);stroke-width:1",
    "gate": "fill:var(--gate);stroke:var(--card);stroke-width:1.5",
    "gate.open": "fill:var(--card);stroke:var(--gate)",
    "gate.passed": "fill:var(--accent);stroke:var(--card)",
    "run": "fill:none;stroke:var(--accent);stroke-width:6;stroke-linecap:round;stroke-linejoin:round",
    "halo": "fill:var(--accent);fill-opacity:.25",
    "runner": "fill:var(--accent);stroke:var(--card);stroke-width:2",
    "quiet": "fill:var(--muted)",
    "backdrop": "fill:var(--card)",
}


def diamond(
    process: ProcessMap,
    *,
    progress: Decimal | None = None,
    language: str = "en",
    labels: DiamondLabels | None = None,
) -> str:
    """Give the baseball diamond of a map as a standalone SVG; `progress`: sum of weights met, 0 to 100."""
    return picture(process, progress=progress, language=language, labels=labels).standalone()


def picture(
    process: ProcessMap,
    *,
    progress: Decimal | None = None,
    language: str = "en",
    labels: DiamondLabels | None = None,
) -> Picture:
    """Give the diamond as a picture, to be inlined in a page or written to a file."""
    words = labels or DiamondLabels()
    field = layout(process, progress=progress, language=language, words=words)
    named = ", ".join(" ".join(filter(None, (gate.block.name, gate.block.weight))) for gate in field.gates)
    return Picture(
        kind="diamond",
        width=field.width,
        height=field.height,
        title=": ".join(filter(None, (in_language(process.name, language, process.language), words.title))),
        description=f"{named}. {written(field.progress, words)}".strip(),
        language=language,
        body=tuple(_drawn(field)),
        rules=RULES,
    )


def _drawn(field: Field) -> Iterable[Node]:
    yield element("rect", width=field.width, height=field.height, rx=12, class_="backdrop")
    yield from _ground(field.center, field.radius)
    for corner in range(4):
        yield _base(field, (corner + 1) / 4)
    yield from (
        element("path", d=_line(gate.leader), class_="leader") for gate in field.gates if len(gate.leader) > 1
    )
    if field.runner is not None:
        yield element("path", d=_line(_run(field, float(field.runner))), class_="run")
    yield from (_gate(gate, field.runner) for gate in field.gates)
    if field.runner is not None:
        x, y = along(float(field.runner), field.radius, field.center)
        yield element("circle", cx=x, cy=y, r=14, class_="halo")
        yield element("circle", cx=x, cy=y, r=8, class_="runner")
    yield from (label.node() for label in field.texts)


def _ground(center: Point, radius: float) -> Iterable[Node]:
    (x, y), out, band = center, radius + FOUL, radius * BAND
    foul = FOUL - band / 2 - 12  # how far above the middle the straight sides end and the arc begins
    arc = out + foul * foul / (2 * out - 2 * foul)
    grass = path("M", x, y + out - foul, "L", x + out, y - foul, "A", arc, arc)
    grass += path("", 0, 0, 0, x - out, y - foul, "Z")
    yield element("path", d=grass, class_="grass")
    yield element("path", d=_rhomb((x, y), radius + band / 2), class_="earth")
    yield element("path", d=_rhomb((x, y), radius - band), class_="lawn")
    yield element("path", d=_rhomb((x, y), radius), class_="chalk")


def _base(field: Field, share: float) -> Node:
    (x, y) = along(share, field.radius, field.center)
    passed = field.runner is not None and field.runner >= share
    shape = _rhomb((x, y), BASE)
    if share == 1:
        half = BASE * 0.75
        shape = path(
            "M", x - half, y - half, "H", x + half, "V", y + 2, "L", x, y + BASE, "L", x - half, y + 2, "Z"
        )
    return element("path", d=shape, class_="base passed" if passed else "base")


def _gate(gate: Gate, runner: Decimal | None) -> Node:
    state = "gate" if runner is None else "gate passed" if gate.block.position <= runner else "gate open"
    return element(
        "g",
        element("title", gate.block.name),
        element("path", d=_rhomb(gate.at, GATE), class_=state),
        *(label.node() for label in gate.labels),
    )


def _run(field: Field, share: float) -> tuple[Point, ...]:
    turns = [corner / 4 for corner in range(4) if corner / 4 < share]
    return tuple(along(at, field.radius, field.center) for at in (*turns, share))


def _line(points: Iterable[Point]) -> str:
    return "M " + " L ".join(f"{number(x)} {number(y)}" for x, y in points)


def _rhomb(center: Point, half: float) -> str:
    x, y = center
    return path("M", x, y - half, "L", x + half, y, "L", x, y + half, "L", x - half, y, "Z")
