"""Sales process maps made by chance from a seed, for the pictures: plain ones and hard ones.

Each has 3 to 25 stages in 1 to 6 departments, with branches, ways back, jumps, ways out, conditions, phases,
and names in four languages, some of them far too long.
"""

from decimal import Decimal
from random import Random

from infield.process.values import (
    ABOUTS,
    Criterion,
    Department,
    Objective,
    ProcessMap,
    Stage,
    Transition,
    TransitionKind,
    WayOut,
)

LANGUAGES = ("en", "ja", "fi", "th")
NAMES = {
    "en": (
        "Prospecting",
        "First call",
        "Needs agreed",
        "Discovery, needs analysis and requirements",
        "Demo",
        "Proposal & price <draft>",
        "Negotiation",
        "Security review by the buyer's own people",
        "Verbal agreement",
        "Contract signed",
        "Implementation",
        "Live",
        "Marketing-qualified lead",
        "Internationalisation-readiness-assessment",
        "Pilot",
        "Committee",
    ),
    "ja": (
        "見込み客の発掘",
        "初回面談",
        "要件定義と現状課題の整理",
        "デモンストレーション",
        "提案",
        "価格交渉と社内稟議の支援",
        "契約締結",
        "導入",
        "稼働",
        "マーケティング有望リード",
        "紹介依頼",
        "概念実証",
    ),
    "fi": (
        "Prospektointi",
        "Ensitapaaminen",
        "Tarvekartoitus",
        "Vaatimusmäärittely ja nykytilan kartoitus",
        "Tarjous",
        "Sopimusneuvottelu",
        "Käyttöönottosuunnitelmakokous",
        "Päätös",
        "Järjestelmätoimittajavalintatyöryhmä",
        "Käyttöönotto",
        "Asiakkuuden hoito",
    ),
    "th": (
        "ค้นหาลูกค้า",
        "คัดกรองแล้ว",
        "ตกลงความต้องการ",
        "เสนอราคา",
        "เจรจาต่อรองเงื่อนไขและราคากับคณะกรรมการจัดซื้อ",
        "ปิดการขาย",
        "ติดตั้งระบบ",
        "ใช้งานและเติบโต",
        "ทดลองใช้",
        "ผู้มีอำนาจตัดสินใจอนุมัติงบประมาณ",
    ),
}
DEPARTMENTS = (
    "Marketing",
    "Sales development",
    "Field sales",
    "Solution engineering",
    "法務部",
    "Asiakaspalvelu",
)
CONDITIONS = (
    "if the buyer wants a pilot first",
    "予算が来期に持ち越された場合",
    "jos ostaja haluaa kokeilla ensin",
    "ถ้าผู้ซื้อต้องการทดลองก่อน",
    "if legal & security have to look at it, which takes a month and sometimes two",
)
PHASES = ("awareness", "consideration", "decision", "advocacy")


def generated_map(seed: int) -> ProcessMap:
    """Give the map of a seed; the same seed gives the same map."""
    dice = Random(seed)  # noqa: S311 - maps for tests, not secrets
    count = dice.randint(3, 25)
    language = LANGUAGES[seed % 4]
    departments = dice.randint(1, 6)
    sale = max(1, count - 1 - dice.randint(0, count // 3))
    stages = tuple(_stage(dice, place, count, sale, language, departments) for place in range(count))
    return ProcessMap(
        name=f"Process {seed} <of & by chance>",
        language=language,
        objective=Objective(text="A goal in one sentence") if dice.random() < 0.7 else None,
        departments=tuple(Department(key=f"d{n}", name=DEPARTMENTS[n]) for n in range(departments)),
        stages=stages,
        transitions=_transitions(dice, count),
        ways_out=tuple(_way_out(dice, n, sale) for n in range(dice.randint(0, 3))),
    )


def _stage(dice: Random, place: int, count: int, sale: int, language: str, departments: int) -> Stage:
    share = place / max(1, count - 1)
    home = (
        min(departments - 1, int(share * departments)) if dice.random() < 0.7 else dice.randrange(departments)
    )
    weight = dice.choice((5, 10, 20, Decimal("12.5"), 100)) if place <= sale and dice.random() < 0.85 else 0
    return Stage(
        key=f"s{place}",
        name=dice.choice(NAMES[language]),
        about=ABOUTS[3] if place > sale else "deal",
        sale=place == sale,
        department=f"d{home}" if dice.random() < 0.95 else None,
        buyer_phase=PHASES[min(3, int(share * 4))] if dice.random() < 0.8 else None,  # type: ignore[arg-type]
        criteria=(Criterion(key=f"c{place}", text="Yes or no", weight=Decimal(weight)),) if weight else (),
    )


def _transitions(dice: Random, count: int) -> tuple[Transition, ...]:
    """Give a way through most stages, with forks, and ways back and jumps across it."""
    found: list[Transition] = []
    seen: set[tuple[int, int]] = set()

    def add(source: int, target: int, kind: TransitionKind) -> None:
        if source == target or (source, target) in seen:
            return
        seen.add((source, target))
        when = dice.choice(CONDITIONS) if kind != "forward" and dice.random() < 0.5 else None
        found.append(
            Transition(
                source=f"s{source}", target=f"s{target}", kind=kind, when=when, rare=dice.random() < 0.1
            )
        )

    place = 0
    while place < count - 1:
        if dice.random() < 0.15 and place + 3 < count:
            for branch in (place + 1, place + 2):
                add(place, branch, "branch")
                add(branch, place + 3, "forward")
            place += 3
        else:
            add(place, place + 1, "forward")
            place += 1
    for _ in range(dice.randint(0, max(1, count // 4))):
        source = dice.randrange(1, count)
        add(source, max(0, source - dice.randint(1, 5)), "way_back")
    for _ in range(dice.randint(0, max(1, count // 6))):
        source = dice.randrange(count - 1)
        add(source, min(count - 1, source + dice.randint(2, 5)), "jump")
    return tuple(found)


def _way_out(dice: Random, number: int, sale: int) -> WayOut:
    sources = sorted(dice.sample(range(sale + 1), min(sale + 1, dice.choice((0, 1, 1, 2, 3, 5)))))
    later = dice.random() < 0.4
    target = f"s{dice.randrange(sources[0] + 1)}" if later and sources and dice.random() < 0.6 else None
    return WayOut(
        key=f"w{number}",
        name=dice.choice(("No", "Not this year", "Hävitty kilpailijalle", "失注", "ไม่ผ่านเกณฑ์")),
        kind="not_now" if later else "no",
        sources=tuple(f"s{source}" for source in sources),
        target=target,
    )
