"""The runner stands exactly at the share of the weights met, and no two texts cover each other."""

from decimal import Decimal
from itertools import combinations, pairwise
from math import dist

import pytest
from tests.process.drawing.generated import maps
from tests.process.drawing.reading import SVG, parsed

from infield.process.drawing.diamond import diamond, picture
from infield.process.drawing.diamond_layout import DiamondLabels, Field, along, layout
from infield.process.drawing.label import Box
from infield.process.drawing.stops import stops
from infield.process.values import Criterion, ProcessMap, Stage, Transition

FINNISH = DiamondLabels(
    title="Kierros pesien ympäri",
    bases=("Ykköspesä", "Kakkospesä", "Kolmospesä", "Kotipesä"),
    met="täytettyjen ehtojen painosta",
)
JAPANESE = DiamondLabels(
    title="ベースを一周", bases=("一塁", "二塁", "三塁", "本塁"), met="達成した条件の重み"
)
THAI = DiamondLabels(title="รอบเบส", bases=("เบสหนึ่ง", "เบสสอง", "เบสสาม", "โฮมเบส"), met="น้ำหนักเกณฑ์ที่ผ่าน")
WORDS = {"en": DiamondLabels(), "fi": FINNISH, "ja": JAPANESE, "th": THAI}


def stage(key: str, weight: int, *, sale: bool = False) -> Stage:
    criteria = (Criterion(key=f"{key}-met", text="met", weight=Decimal(weight)),)
    return Stage(key=key, name=key.title(), criteria=criteria, sale=sale)


BASES = ProcessMap(
    name="Diamond",
    stages=(stage("need", 25), stage("fit", 25), stage("terms", 25), stage("signed", 25, sale=True)),
)


def placed(process: ProcessMap, progress: str | None = None, language: str = "en") -> Field:
    share = None if progress is None else Decimal(progress)
    return layout(process, progress=share, language=language, words=WORDS[language])


def test_four_equal_stages_lie_on_the_four_bases() -> None:
    field = placed(BASES)
    (x, y), radius = field.center, field.radius
    assert {gate.block.name: gate.at for gate in field.gates} == {
        "Need": (x + radius, y),
        "Fit": (x, y - radius),
        "Terms": (x - radius, y),
        "Signed": (x, y + radius),
    }


@pytest.mark.parametrize(
    ("progress", "right", "up"),
    [("0", 0, -1), ("12.5", 0.5, -0.5), ("20", 0.8, -0.2), ("50", 0, 1), ("75", -1, 0), ("100", 0, -1)],
)
def test_the_runner_is_exactly_as_far_as_the_weights_met(progress: str, right: float, up: float) -> None:
    field = placed(BASES, progress)
    root = parsed(diamond(BASES, progress=Decimal(progress)))
    runner = next(circle for circle in root.iter(f"{SVG}circle") if circle.get("class") == "runner")
    assert float(runner.get("cx", "")) == pytest.approx(field.center[0] + right * field.radius, abs=0.01)
    assert float(runner.get("cy", "")) == pytest.approx(field.center[1] - up * field.radius, abs=0.01)


@pytest.mark.parametrize("progress", ["0.5", "20", "33.25", "62", "99.75"])
def test_the_length_run_is_the_share_of_the_whole_round(progress: str) -> None:
    root = parsed(diamond(BASES, progress=Decimal(progress)))
    drawn = next(path for path in root.iter(f"{SVG}path") if path.get("class") == "run").get("d", "")
    points = [tuple(map(float, point.split())) for point in drawn.removeprefix("M ").split(" L ")]
    length = sum(dist(a, b) for a, b in pairwise(points))
    whole = 4 * dist(along(0, placed(BASES).radius), along(0.25, placed(BASES).radius))
    assert length / whole * 100 == pytest.approx(float(progress), abs=0.01)


def test_the_big_figure_never_rounds_up_to_a_finished_round() -> None:
    shown = {text.text for text in parsed(diamond(BASES, progress=Decimal("99.96"))).iter(f"{SVG}tspan")}
    assert "99.9 %" in shown
    assert "100 %" in {
        text.text for text in parsed(diamond(BASES, progress=Decimal(100))).iter(f"{SVG}tspan")
    }


def test_gates_are_passed_up_to_the_runner() -> None:
    root = parsed(diamond(BASES, progress=Decimal(50)))
    states = [path.get("class") for path in root.iter(f"{SVG}path") if "gate" in path.get("class", "")]
    assert sorted(states, key=str) == ["gate open", "gate open", "gate passed", "gate passed"]


def test_a_map_without_progress_has_no_runner_and_no_promise() -> None:
    drawn = diamond(BASES)
    assert "runner" not in {circle.get("class") for circle in parsed(drawn).iter(f"{SVG}circle")}
    assert "chance to win" not in drawn
    assert "chance to win" in diamond(BASES, progress=Decimal(10))


def test_alternative_branches_share_one_gate_and_count_once() -> None:
    ways = (("talk", "pilot"), ("talk", "audit"), ("pilot", "sign"), ("audit", "sign"))
    process = ProcessMap(
        name="Fork",
        stages=(stage("talk", 40), stage("pilot", 20), stage("audit", 20), stage("sign", 40, sale=True)),
        transitions=tuple(Transition(source=a, target=b, kind="branch") for a, b in ways),
    )
    found = [(stop.name, float(stop.weight), float(stop.place)) for stop in stops(process, "en")]
    assert found == [("Talk", 40, 0.4), ("Pilot / Audit", 20, 0.6), ("Sign", 40, 1)]


def test_the_bases_are_the_gates_nearest_to_the_quarters() -> None:
    weights = (10, 10, 15, 20, 15, 30)
    stages = tuple(stage(f"s{row}", weight, sale=row == 5) for row, weight in enumerate(weights))
    field = placed(ProcessMap(name="Six", stages=stages), "37.5")
    on_bases = [gate.block.name for gate in field.gates if gate.block.position * 4 % 1 == 0]
    assert on_bases == ["S1", "S3", "S4", "S5"]  # 20, 55, 70 and 100 % gathered
    assert field.runner == Decimal("0.375")  # halfway from 20 to 55 is halfway from first to second base


def test_where_the_last_stages_carry_no_weight_they_make_the_last_side() -> None:
    laps = (("first", 30), ("second", 40), ("third", 30), ("conclude", 0), ("score", 0))
    stages = tuple(stage(key, weight, sale=key == "score") for key, weight in laps)
    field = placed(ProcessMap(name="Laps", stages=stages), "100")
    assert [(gate.block.name, float(gate.block.position)) for gate in field.gates] == [
        ("First", 0.25),
        ("Second", 0.5),
        ("Third", 0.75),
        ("Conclude", 0.875),
        ("Score", 1),
    ]
    assert field.runner == Decimal("0.75")


def test_a_map_with_too_few_stages_keeps_its_bases_at_the_quarters() -> None:
    field = placed(ProcessMap(name="Two", stages=(stage("a", 40), stage("b", 60, sale=True))), "40")
    assert [float(gate.block.position) for gate in field.gates] == [0.4, 1]
    assert field.runner == Decimal("0.4")


def test_stages_without_weight_have_no_gate_unless_no_stage_has_any() -> None:
    weighted = ProcessMap(name="Some", stages=(stage("a", 50), stage("b", 0), stage("c", 50, sale=True)))
    unweighted = ProcessMap(name="None", stages=(stage("a", 0), stage("b", 0, sale=True)))
    assert [stop.keys for stop in stops(weighted, "en")] == [("a",), ("c",)]
    assert [stop.place for stop in stops(unweighted, "en")] == [Decimal("0.5"), 1]


def test_ways_that_run_in_a_circle_still_give_a_picture() -> None:
    circle = ProcessMap(
        name="Circle",
        stages=(stage("a", 50), stage("b", 0), stage("c", 50, sale=True)),
        transitions=tuple(Transition(source=a, target=b) for a, b in (("a", "b"), ("b", "a"), ("b", "c"))),
    )
    assert [stop.place for stop in stops(circle, "en")][-1] == 1


def test_a_map_without_a_way_to_its_sale_is_drawn_in_the_listed_order() -> None:
    broken = ProcessMap(
        name="Broken",
        stages=(stage("a", 50), stage("b", 50, sale=True)),
        transitions=(Transition(source="b", target="a"),),
    )
    assert [stop.place for stop in stops(broken, "en")] == [Decimal("0.5"), 1]


@pytest.mark.slow
def test_no_two_texts_overlap_and_all_lie_within_the_picture_on_300_maps() -> None:
    for process, language in maps(300):
        field = placed(process, "88.8", language)
        boxes = [label.box for label in field.labels()]
        assert all(box.within(Box(0, 0, field.width, field.height)) for box in boxes)
        assert [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])] == []


def test_no_name_covers_the_way_or_a_base() -> None:
    for process, language in maps(100):
        field = placed(process, "50", language)
        (x, y), reach = field.center, field.radius + 20
        for label in (label for gate in field.gates for label in gate.labels):
            box = label.box
            nearest_x = max(box.left - x, x - box.right, 0)
            nearest_y = max(box.top - y, y - box.bottom, 0)
            assert nearest_x + nearest_y >= reach


def test_the_lines_to_the_names_do_not_cross() -> None:
    for process, language in maps(100):
        field = placed(process, None, language)
        for side in (-1, 1):
            lines = [gate.leader for gate in field.gates if len(gate.leader) == 3]
            lines = [line for line in lines if (line[2][0] - line[0][0]) * side > 0]
            ends = [end[1] for _, bend, end in sorted(lines, key=lambda line: line[1][1])]
            assert ends == sorted(ends)


def test_every_map_gives_the_same_well_formed_picture_twice_without_inline_styles() -> None:
    for process, language in maps(40):
        drawn = diamond(process, progress=Decimal("41.5"), language=language, labels=WORDS[language])
        assert drawn == diamond(process, progress=Decimal("41.5"), language=language, labels=WORDS[language])
        assert not [node for node in parsed(drawn).iter() if "style" in node.attrib]


def test_a_typed_name_cannot_break_out() -> None:
    evil = ProcessMap(name='<b>"&', stages=(Stage(key="a", name="</text><script>", sale=True),))
    root = parsed(picture(evil).inline())
    assert root.get("aria-label", "").startswith('<b>"&')
    assert not list(root.iter(f"{SVG}script"))
