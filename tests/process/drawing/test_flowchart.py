"""What the flowchart of a map shows, and where."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

import pytest

from infield.process.drawing.flowchart import flowchart
from infield.process.drawing.labels import Labels
from infield.process.drawing.layout import PAPER, lay_out
from infield.process.drawing.nodes import NodeKind
from infield.process.drawing.shapes import Layout
from infield.process.values import (
    BuyerPhase,
    Criterion,
    Department,
    ProcessMap,
    Stage,
    Transition,
    TransitionKind,
    WayOut,
)

SVG = "{http://www.w3.org/2000/svg}"


def stage(
    key: str,
    department: str | None = None,
    weight: int = 0,
    phase: BuyerPhase | None = None,
    sale: bool = False,
) -> Stage:
    criteria = (Criterion(key=f"c-{key}", text="Is it so?", weight=Decimal(weight)),) if weight else ()
    return Stage(
        key=key, name=key.title(), department=department, criteria=criteria, buyer_phase=phase, sale=sale
    )


def way(source: str, target: str, kind: TransitionKind = "forward", when: str | None = None) -> Transition:
    return Transition(source=source, target=target, kind=kind, when=when)


def straight(count: int) -> ProcessMap:
    return ProcessMap(name="Straight", stages=tuple(stage(f"s{n}") for n in range(count)))


SALES = ProcessMap(
    name="How we sell",
    departments=(
        Department(key="field", name="Field sales"),
        Department(key="unused", name="Nobody"),
        Department(key="solutions", name="Solutions"),
    ),
    stages=(
        stage("contact", "field", 30, "awareness"),
        stage("needs", "field", 30, "consideration"),
        stage("pilot", "solutions", phase="consideration"),
        stage("offer", "field", 40, "decision", sale=True),
        replace(stage("client", "solutions", phase="advocacy"), about="client"),
    ),
    transitions=(
        way("contact", "needs"),
        way("needs", "offer", "branch"),
        way("needs", "pilot", "branch", "if they want to try first"),
        way("pilot", "offer"),
        way("offer", "client"),
        way("offer", "needs", "way_back"),
    ),
    ways_out=(
        WayOut(key="lost", name="Lost", kind="no", sources=("offer",)),
        WayOut(key="no", name="No", kind="no"),
        WayOut(key="later", name="Later", kind="not_now", sources=("needs", "offer"), target="contact"),
    ),
)


def place(layout: Layout, key: str) -> tuple[float, float]:
    return layout.shape(f"stage:{key}").middle


def test_each_stage_stands_right_of_those_that_lead_to_it() -> None:
    layout = lay_out(SALES)
    left_to_right = [place(layout, key)[0] for key in ("contact", "needs", "pilot", "offer", "client")]
    assert left_to_right == sorted(set(left_to_right))


def test_alternatives_of_one_fork_share_a_column() -> None:
    fork = ProcessMap(
        name="Fork",
        stages=tuple(stage(key) for key in ("a", "b", "c", "d")),
        transitions=(way("a", "b", "branch"), way("a", "c", "branch"), way("b", "d"), way("c", "d")),
    )
    layout = lay_out(fork)
    assert place(layout, "b")[0] == place(layout, "c")[0]
    assert place(layout, "b")[1] != place(layout, "c")[1]


def test_lanes_are_the_departments_in_use_in_the_order_of_the_map() -> None:
    layout = lay_out(SALES)
    assert [lane.key for lane in layout.lanes] == ["field", "solutions"]
    assert [label.lines for label in layout.labels if label.name == "lane-name"] == [
        ("Field sales",),
        ("Solutions",),
    ]
    for lane, keys in zip(layout.lanes, (("contact", "needs", "offer"), ("pilot", "client")), strict=True):
        assert all(lane.place.top < place(layout, key)[1] < lane.place.bottom for key in keys)


def test_stages_without_department_share_a_lane_without_a_name() -> None:
    layout = lay_out(straight(3))
    assert len(layout.lanes) == 1
    assert not [label for label in layout.labels if label.name == "lane-name"]


def test_a_usual_way_within_a_lane_is_straight() -> None:
    edges = {edge.target: edge.points for edge in lay_out(straight(5)).edges}
    assert all(len(points) == 2 and points[0][1] == points[1][1] for points in edges.values())


@pytest.mark.parametrize(("stages", "bands"), [(8, 1), (9, 2), (14, 2), (25, 4)])
def test_a_long_map_folds_into_bands_of_about_equal_length(stages: int, bands: int) -> None:
    layout = lay_out(straight(stages), widest=8)
    rows: dict[float, int] = {}
    for shape in layout.shapes:
        if shape.kind == "stage":
            rows[shape.middle[1]] = rows.get(shape.middle[1], 0) + 1
    assert len(rows) >= bands
    assert max(rows.values()) <= 8
    assert max(rows.values()) - min(rows.values()) <= 1


def test_fourteen_stages_can_be_read_on_a_sheet_of_paper() -> None:
    departments = tuple(
        Department(key=f"d{n}", name=name) for n, name in enumerate(("Marketing", "Sales", "Care"))
    )
    stages = tuple(stage(f"stage number {n}", f"d{n * 3 // 14}", 10 if n < 10 else 0) for n in range(14))
    layout = lay_out(ProcessMap(name="Fourteen", departments=departments, stages=stages))
    scale = max(min(across / layout.width, down / layout.height) for across, down in PAPER)
    smallest = min(label.size for label in layout.labels)
    assert smallest * scale >= 6.5


@pytest.mark.parametrize(
    ("key", "kind"),
    [("contact", "stage"), ("pilot", "stage"), ("offer", "stage"), ("client", "after_sale")],
)
def test_kinds_of_stages(key: str, kind: NodeKind) -> None:
    assert lay_out(SALES).shape(f"stage:{key}").kind == kind


def test_a_stage_off_the_way_to_the_sale_is_a_side_stage_without_a_number() -> None:
    nurture = replace(SALES, stages=(*SALES.stages, stage("nurture", "field")))
    nurture = replace(nurture, transitions=(*SALES.transitions, way("needs", "nurture", "branch")))
    shape = lay_out(nurture).shape("stage:nurture")
    assert (shape.kind, shape.number) == ("side", 0)


def test_gates_carry_the_weight_and_the_sale_is_marked() -> None:
    layout = lay_out(SALES)
    gates = {shape.key: shape.gate for shape in layout.shapes if shape.gate}
    assert gates == {"stage:contact": "30", "stage:needs": "30", "stage:offer": "40"}
    assert [shape.key for shape in layout.shapes if shape.sale] == ["stage:offer"]


def test_a_way_out_of_few_stages_is_an_edge_to_its_box() -> None:
    layout = lay_out(SALES)
    assert [(e.source, e.target) for e in layout.edges if e.kind == "no"] == [("stage:offer", "out:lost")]
    assert layout.shape("out:lost").badges == ()


def test_a_no_for_now_of_few_stages_goes_to_its_target_without_a_box() -> None:
    layout = lay_out(SALES)
    later = {(e.source, e.target) for e in layout.edges if e.kind == "not_now"}
    assert later == {("stage:needs", "stage:contact"), ("stage:offer", "stage:contact")}
    assert "out:later" not in {shape.key for shape in layout.shapes}


def test_a_way_out_has_a_box_in_each_band_that_it_leaves_from() -> None:
    long = replace(straight(12), ways_out=(WayOut(key="no", name="No", kind="no", sources=("s1", "s10")),))
    layout = lay_out(long)
    boxes = [shape for shape in layout.shapes if shape.kind == "no"]
    assert [edge.source for edge in layout.edges if edge.kind == "no"] == ["stage:s1", "stage:s10"]
    assert abs(boxes[0].middle[1] - place(layout, "s1")[1]) < abs(boxes[1].middle[1] - place(layout, "s1")[1])
    assert len(boxes) == 2


def test_a_way_out_of_any_stage_is_a_badge_on_each_up_to_the_sale() -> None:
    layout = lay_out(SALES)
    marked = {shape.key for shape in layout.shapes if shape.badges == ("x",)}
    assert marked == {"stage:contact", "stage:needs", "stage:pilot", "stage:offer", "out:no"}
    words = " ".join(line for text in layout.shape("out:no").texts for line in text.lines)
    assert words == "No from any stage up to the sale"
    assert not [edge for edge in layout.edges if edge.target == "out:no"]


def test_a_condition_is_a_letter_on_its_edge_explained_in_the_legend() -> None:
    layout = lay_out(SALES)
    on_edge, in_legend = layout.tags
    assert (on_edge.letter, in_legend.letter) == ("A", "A")
    edge = next(edge for edge in layout.edges if edge.when)
    assert edge.target == "stage:pilot"
    assert [label.lines for label in layout.labels if label.name == "condition"] == [
        ("if they want to try first",)
    ]


def test_phases_stand_above_the_columns_of_their_stages() -> None:
    layout = lay_out(SALES)
    names = [label.lines[0] for label in layout.labels if label.name == "phase"]
    assert names == ["Awareness", "Consideration", "Decision", "Advocacy"]
    consideration = layout.brackets[1]
    assert consideration.left < place(layout, "needs")[0] < place(layout, "pilot")[0] < consideration.right


def test_ways_to_stages_that_the_map_does_not_have_are_left_out() -> None:
    broken = replace(SALES, transitions=(*SALES.transitions, way("offer", "nowhere")))
    assert len(lay_out(broken).edges) == len(lay_out(SALES).edges)


def test_a_way_from_a_stage_to_itself_is_drawn() -> None:
    circle = replace(SALES, transitions=(*SALES.transitions, way("needs", "needs", "way_back")))
    edge = lay_out(circle).edges[7]
    assert (edge.source, edge.target) == ("stage:needs", "stage:needs")
    assert len(edge.points) > 3


def test_one_stage_is_a_picture_too() -> None:
    assert len(lay_out(straight(1)).shapes) == 2


def test_texts_come_in_the_language_asked_for() -> None:
    two = ProcessMap(
        name={"en": "Sale", "ja": "販売"}, stages=(Stage(key="a", name={"en": "Offer", "ja": "提案"}),)
    )
    root = ET.fromstring(flowchart(two, language="ja", labels=Labels(start="開始")))  # noqa: S314 - our own
    texts = {"".join(node.itertext()) for node in root.iter(f"{SVG}text")}
    assert {"販売", "提案", "開始"} <= texts
    assert root.get("lang") == "ja"


def test_the_picture_says_which_stage_and_which_way_each_part_is() -> None:
    root = ET.fromstring(flowchart(SALES))  # noqa: S314 - our own
    stages = [node.get("data-stage") for node in root.iter(f"{SVG}g") if node.get("data-stage")]
    ways = {(node.get("data-source"), node.get("data-target")) for node in root.iter(f"{SVG}g")}
    assert stages == ["contact", "needs", "pilot", "offer", "client"]
    assert {("contact", "needs"), ("offer", "needs"), ("start", "contact")} <= ways
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert titles[0] == "How we sell"
    assert "Needs → Pilot (if they want to try first)" in titles


@pytest.mark.parametrize(("stages", "turn"), [(7, "landscape"), (1, "portrait")])
def test_it_prints_on_one_sheet_turned_as_it_needs(stages: int, turn: str) -> None:
    long_name = "\n".join(["A long name of one stage among many"] * 20)
    process = replace(straight(stages), name="P" if stages > 1 else long_name)
    assert f"@page{{size:A4 {turn};margin:10mm}}" in flowchart(process)


def test_what_users_write_stays_text() -> None:
    evil = replace(SALES, name='<script>alert(1)</script> & "more"')
    evil = replace(evil, stages=(replace(SALES.stages[0], name="]]><b onload=x>"), *SALES.stages[1:]))
    root = ET.fromstring(flowchart(evil))  # noqa: S314 - our own
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "g", "line", "path", "circle", "text", "tspan",
    }  # fmt: skip
    assert next(root.iter(f"{SVG}title")).text == '<script>alert(1)</script> & "more"'
