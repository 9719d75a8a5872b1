"""Processes made by chance from a seed, for the pictures: from two steps to forty, tidy ones and jungles."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from infield.mining.drawing.rows import Ending
from infield.mining.graph import Activity, Edge, Tip

NAMES = (
    "Prospecting",
    "Needs agreed",
    "W_Completeren aanvraag",
    "Security review by the buyer's own people",
    "Internationalisation-readiness-assessment",
    "R&D <pilot>",
    "要件定義と現状課題の整理",
    "การเจรจาต่อรองราคา",
    "Tarvekartoitus ja ratkaisuehdotus",
    "",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    stages: tuple[str, ...]
    edges: tuple[Edge, ...]
    activities: tuple[Activity, ...]
    starts: tuple[Tip, ...]
    ends: tuple[Tip, ...]
    endings: dict[str, Ending]


def edge(source: str, target: str, count: int, days: float = 1.0) -> Edge:
    return Edge(source, target, count, count, days * 86_400, days * 86_400, days * 86_400)


def generated(seed: int) -> Log:
    """Give a process; deals walk mostly down the list of steps, so that counts are those of real walks."""
    dice = Random(seed)  # noqa: S311 - processes that must repeat themselves, no secret
    size = dice.choice((2, 3, 6, 9, 14, 24, 36))
    names = [f"{dice.choice(NAMES)} {number}".strip() for number in range(size)]
    endings: dict[str, Ending] = {"Won": "won", "Lost": "lost", "Lost to a rival": "lost"}
    endings = dict(list(endings.items())[: dice.randrange(4)])
    wildness = dice.choice((0.05, 0.3, 0.8))
    walks = [_walk(names, list(endings), wildness, dice) for _ in range(300)]
    moves: dict[tuple[str, str], int] = {}
    visits: dict[str, int] = {}
    weight = dice.choice((1, 40, 12_345))
    for walk in walks:
        for step in walk:
            visits[step] = visits.get(step, 0) + weight
        for move in pairwise(walk):
            moves[move] = moves.get(move, 0) + weight
    listed = [name for name in names if dice.random() < 0.9]
    return Log(
        stages=tuple(listed),
        edges=tuple(edge(*move, count, dice.random() * 400) for move, count in moves.items()),
        activities=tuple(Activity(name, count, count) for name, count in visits.items()),
        starts=_tips([walk[0] for walk in walks], weight),
        ends=_tips([walk[-1] for walk in walks], weight),
        endings=endings,
    )


def _walk(names: list[str], ends: list[str], wildness: float, dice: Random) -> list[str]:
    at = 0
    walk: list[str] = []
    while at < len(names) and len(walk) < 60:
        walk.append(names[at])
        if ends and dice.random() < 1 / len(names):
            return [*walk, dice.choice(ends)]
        wild = dice.random() < wildness
        at = dice.randrange(len(names)) if wild else at + dice.choice((1, 1, 1, 2, 0))
    return [*walk, ends[0]] if ends else walk


def _tips(names: list[str], weight: int) -> tuple[Tip, ...]:
    return tuple(Tip(name, names.count(name) * weight) for name in dict.fromkeys(names))
