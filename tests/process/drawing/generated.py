"""Maps of every shape for the pictures: 3 to 25 stages, long names in four languages, uneven weights."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from random import Random

from infield.process.texts import LANGUAGES
from infield.process.values import BuyerPhase, Criterion, FunnelLevel, ProcessMap, Stage, Transition

WORDS = {
    "en": (
        "discovery",
        "requirements",
        "decision",
        "maker",
        "workshop",
        "proposal",
        "sales-qualified",
        "R&D",
    ),
    "fi": (
        "vaatimusmäärittely",
        "päätöksentekijä",
        "hankinta",
        "sopimusneuvottelu",
        "käyttöönottosuunnitelma",
    ),
    "ja": ("要件定義", "意思決定者の確認", "提案書", "予算の承認", "法務", "導入計画", "デモの実施"),
    "th": ("การวิเคราะห์", "ความต้องการ", "ผู้มีอำนาจตัดสินใจ", "ใบเสนอราคา", "การอนุมัติงบประมาณ", "แผนการติดตั้ง"),
}
PHASES: tuple[BuyerPhase, ...] = ("awareness", "consideration", "decision")
LEVELS: tuple[FunnelLevel, ...] = ("top", "middle", "bottom")


def maps(count: int) -> Iterator[tuple[ProcessMap, str]]:
    """Give `count` maps, always the same ones, each with the language to draw it in."""
    for seed in range(count):
        yield generated(Random(seed)), LANGUAGES[seed % 4]  # noqa: S311 no secret


def generated(random: Random) -> ProcessMap:
    """Make a map with a sale, often with stages after it, sometimes with a fork of two equal branches."""
    size = random.randint(3, 25)
    after = random.randint(0, min(3, size - 3))
    before = size - after
    weights = _weights(random, before)
    told = random.random() < 0.8
    stages = tuple(
        Stage(
            key=f"s{row}",
            name=_name(random),
            about="client" if row >= before else "deal",
            sale=row == before - 1,
            buyer_phase=("advocacy" if row >= before else PHASES[row * 3 // before]) if told else None,
            funnel_level=("after_sale" if row >= before else LEVELS[row * 3 // before]) if told else None,
            criteria=(Criterion(key=f"c{row}", text="met", weight=weights[row]),) if row < before else (),
        )
        for row in range(size)
    )
    return ProcessMap(name=_name(random), stages=stages, transitions=_fork(random, stages, weights))


def _name(random: Random) -> dict[str, str]:
    long = random.randint(1, 6)
    return {
        language: ("" if language in ("ja", "th") else " ").join(random.choices(words, k=long))
        for language, words in WORDS.items()
    }


def _weights(random: Random, count: int) -> list[Decimal]:
    """Share 100 out: evenly, by chance, nearly all to one stage, or with stages that carry none."""
    kind = random.choice(("chance", "one", "none", "first"))
    if kind == "one":
        rest = Decimal("0.5")
        weights = [rest] * count
        weights[random.randrange(count)] = 100 - rest * (count - 1)
        return weights
    if kind == "none":
        return [Decimal(0)] * count
    cuts = sorted(random.sample(range(1, 400), count - 1))
    weights = [Decimal(b - a) / 4 for a, b in zip([0, *cuts], [*cuts, 400], strict=True)]
    return sorted(weights, reverse=True) if kind == "first" else weights


def _fork(random: Random, stages: tuple[Stage, ...], weights: list[Decimal]) -> tuple[Transition, ...]:
    """Give no transitions, or, where two neighbours weigh alike, ways that make them alternatives."""
    keys = [stage.key for stage in stages]
    pairs = [row for row in range(1, len(weights) - 2) if weights[row] == weights[row + 1]]
    if not pairs or random.random() < 0.5:
        return ()
    fork = random.choice(pairs)
    ways = [Transition(source=a, target=b) for row, (a, b) in enumerate(pairwise(keys)) if row != fork]
    into = Transition(source=keys[fork - 1], target=keys[fork + 1], kind="branch")
    out = Transition(source=keys[fork], target=keys[fork + 2], kind="branch")
    return (*ways, into, out)
