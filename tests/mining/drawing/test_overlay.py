from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from random import Random

import pytest
from tests.mining.drawing.generated_logs import edge
from tests.mining.drawing.lines import distance
from tests.process.drawing.reading import SVG, parsed
from tests.process.generated_maps import generated_map

from infield.mining.drawing.labels import Labels
from infield.mining.drawing.overlay import overlay
from infield.mining.drawing.overlay_layout import Overlaid, overlaid
from infield.mining.drawing.rows import Ending
from infield.mining.graph import Edge, Tip
from infield.process.drawing.label import Box
from infield.process.drawing.labels import Labels as MapLabels
from infield.process.drawing.layout import lay_out
from infield.process.flow import ways
from infield.process.values import ProcessMap, Stage, Transition, WayOut

SEEDS = range(30)
DAY_S = 86_400
ENDINGS: dict[str, Ending] = {"Gone": "lost"}
PROCESS = ProcessMap(
    name="Sale",
    stages=(
        Stage(key="lead", name="Lead", expected_days=Decimal(10)),
        Stage(key="offer", name="Offer", expected_days=Decimal(10)),
        Stage(key="deal", name="Deal", sale=True),
    ),
    transitions=(
        Transition(source="lead", target="offer"),
        Transition(source="offer", target="deal"),
        Transition(source="deal", target="offer", kind="way_back", rare=True),
    ),
    ways_out=(WayOut(key="lost", name="Lost", kind="no", sources=("offer",)),),
)
EDGES = (
    edge("Lead", "Offer", 100),
    edge("Offer", "Deal", 50),
    edge("Lead", "Deal", 20),
    edge("Offer", "Gone", 30),
    edge("Lead", "Gone", 9),
    edge("Lead", "Lead", 5),
    edge("Coffee", "Lead", 7),
)


def laid_out(
    process: ProcessMap = PROCESS, edges: tuple[Edge, ...] = EDGES, stays_s: dict[str, float] | None = None
) -> Overlaid:
    return overlaid(
        process,
        edges=edges,
        starts=(Tip(process.stages[0].key, 100),),
        stays_s=stays_s or {},
        endings=ENDINGS,
        language="en",
        labels=Labels(),
        map_labels=MapLabels(),
    )


SOLD = ProcessMap(
    name="Sale",
    stages=(
        Stage(key="offer", name="Offer"),
        Stage(key="deal", name="Deal", sale=True),
        Stage(key="live", name="Live", about="client"),
        Stage(key="served", name="Served", about="client"),
    ),
)


def test_sales_stand_at_their_gate_and_deals_go_on_from_there() -> None:
    edges = (edge("Offer", "Deal", 50), edge("Deal", "Sold", 40, 4), edge("Offer", "Sold", 2, 9))
    after = (edge("Sold", "Live", 30, 2), edge("Sold", "Served", 5), edge("Live", "Served", 20))
    placed = overlaid(
        SOLD,
        edges=(*edges, *after),
        starts=(),
        stays_s={},
        endings={"Sold": "won", "Gone": "lost"},
        language="en",
        labels=Labels(),
        map_labels=MapLabels(),
    )
    assert told(placed) == {
        ("offer", "deal"): 50,
        ("deal", "live"): 30,
        ("live", "served"): 20,
        ("deal", "served"): 5,
    }
    assert [item.source for item in placed.taken if item.edge and item.drawn.target == "stage:live"] == [
        "Sold"
    ]
    assert {(t.drawn.source, t.drawn.target) for t in placed.taken if t.stray} == {
        ("stage:deal", "stage:served")
    }
    assert placed.sale
    assert [text.lines for text in placed.sale.texts] == [("Sold 42",), ("4 d",)]
    solid = [shape.diamond for shape in placed.layout.shapes if shape.diamond]
    assert not any(placed.sale.place.overlaps(box) for box in solid)
    assert placed.unplaced == 0
    assert placed.matched.drawn == placed.matched.moves


def test_without_a_sale_nothing_stands_at_its_gate() -> None:
    assert laid_out().sale is None


@cache
def by_chance(seed: int) -> Overlaid:
    """Give a generated map with moves along about two thirds of its ways, and some beside them."""
    process, dice = generated_map(seed), Random(seed)  # noqa: S311 - must repeat itself, no secret
    taken = [(way.source, way.target) for way in ways(process) if dice.random() < 0.7]
    keys = [stage.key for stage in process.stages]
    taken += [(dice.choice(keys), dice.choice(keys)) for _ in range(6)]
    edges = tuple(edge(*pair, dice.randrange(1, 3000), dice.random() * 300) for pair in dict.fromkeys(taken))
    return laid_out(process, edges, {key: dice.random() * 60 * DAY_S for key in keys})


def told(placed: Overlaid) -> dict[tuple[str, str], int]:
    return {
        (item.drawn.source.split(":")[-1], item.drawn.target.split(":")[-1]): item.edge.count
        for item in placed.taken
        if item.edge
    }


def test_moves_stand_on_the_ways_of_the_map_and_the_others_are_strays() -> None:
    placed = laid_out()
    strays = {(t.drawn.source, t.drawn.target) for t in placed.taken if t.stray}
    assert told(placed) == {
        ("lead", "offer"): 100,
        ("offer", "deal"): 50,
        ("offer", "lost"): 30,
        ("lead", "deal"): 20,
        ("lead", "lost"): 9,
    }
    assert strays == {("stage:lead", "stage:deal"), ("stage:lead", "out:lost")}


def test_the_share_drawn_counts_moves_between_names_that_the_map_does_not_know() -> None:
    assert (laid_out().matched.drawn, laid_out().matched.moves) == (209, 216)


def test_only_the_most_frequent_strays_are_drawn() -> None:
    stages = tuple(Stage(key=f"s{n}", name=f"S{n}") for n in range(8))
    process = ProcessMap(name="Sale", stages=stages)
    wild = [
        edge(f"s{a}", f"s{b}", 100 + 10 * a + b) for a in range(8) for b in range(8) if b not in (a, a + 1)
    ]
    kept = laid_out(process, tuple(wild)).matched.strays.values()
    assert [e.count for e in kept] == sorted((e.count for e in wild), reverse=True)[:10]


def test_nodes_keep_the_order_and_rows_that_they_have_on_the_map() -> None:
    plain = {shape.key: shape.middle for shape in lay_out(PROCESS).shapes}
    ours = {shape.key: shape.middle for shape in laid_out().layout.shapes}
    assert sorted(plain, key=lambda key: plain[key][0]) == sorted(ours, key=lambda key: ours[key][0])
    for a, b in combinations(plain, 2):
        assert (plain[a][1] == plain[b][1]) == (ours[a][1] == ours[b][1])


def notes(stays_s: dict[str, float]) -> dict[str, tuple[str, str | None]]:
    return {
        shape.key: (text.lines[0], text.name)
        for shape in laid_out(stays_s=stays_s).layout.shapes
        for text in shape.texts
        if text.name in ("note", "note-slow")
    }


def test_a_stage_shows_real_and_usual_days_in_red_only_beyond_a_fifth_more() -> None:
    found = notes({"Lead": 12 * DAY_S, "Offer": 12.1 * DAY_S, "Deal": 99 * DAY_S, "Coffee": 1.0})
    assert found["stage:lead"] == ("12 d / 10 d", "note")
    assert found["stage:offer"] == ("12 d / 10 d", "note-slow")
    assert found["stage:deal"] == ("99 d", "note")


def test_a_way_out_without_lines_shows_how_many_left_so() -> None:
    anywhere = replace(PROCESS, ways_out=(WayOut(key="lost", name="Lost", kind="no"),))
    stages = tuple(Stage(key=f"s{n}", name=f"S{n}") for n in range(9))
    process = replace(anywhere, stages=stages, transitions=())
    edges = (edge("S1", "Gone", 30), edge("S2", "Gone", 9))
    shapes = laid_out(process, edges).layout.shapes
    assert [t.lines[0] for s in shapes for t in s.texts if t.name == "note" and s.kind == "no"] == ["39"]


def test_moves_to_a_way_out_of_a_folded_map_go_to_its_box_in_their_band() -> None:
    stages = tuple(Stage(key=f"s{n}", name=f"S{n}") for n in range(16))
    lost = WayOut(key="lost", name="Lost", kind="no", sources=("s1", "s14"))
    process = ProcessMap(name="Sale", stages=stages, ways_out=(lost,))
    ended = [edge(f"s{n}", "Gone", 100 + n) for n in (1, 2, 13, 14)]
    placed = laid_out(process, tuple(ended))
    targets = {item.drawn.source: item.drawn.target for item in placed.taken if item.edge}
    assert targets["stage:s1"] == targets["stage:s2"] != targets["stage:s13"] == targets["stage:s14"]
    assert sum(item.edge.count for item in placed.taken if item.edge) == 430


def test_red_lines_are_the_strays_and_faint_ones_those_that_nobody_took() -> None:
    root = parsed(overlay(PROCESS, edges=EDGES, endings=ENDINGS).standalone())
    looks = {
        (g.get("data-source"), g.get("data-target")): g.findall(f"{SVG}path")[0].get("class", "").split()
        for g in root.iter(f"{SVG}g")
        if g.get("data-target")
    }
    assert {pair for pair, look in looks.items() if "line-bad" in look} == {
        ("lead", "deal"),
        ("lead", "out:lost"),
    }
    assert {pair for pair, look in looks.items() if "unused" in look} == {("deal", "offer")}


def test_the_caption_explains_the_times_in_boxes_only_where_there_are_some() -> None:
    words = Labels().stay_caption
    said = [
        " ".join(span.text or "" for span in parsed(svg).iter(f"{SVG}tspan"))
        for svg in (
            overlay(PROCESS, edges=EDGES, endings=ENDINGS).standalone(),
            overlay(PROCESS, edges=EDGES, stays_s={"Lead": 1.0}).standalone(),
        )
    ]
    assert [words in text for text in said] == [False, True]


def test_a_map_on_which_nothing_happened_has_only_faint_lines() -> None:
    root = parsed(overlay(PROCESS, edges=()).standalone())
    groups = [g for g in root.iter(f"{SVG}g") if g.get("data-target") and g.get("data-kind") != "start"]
    assert len(groups) == 4
    assert all("unused" in g.findall(f"{SVG}path")[0].get("class", "") for g in groups)


def test_the_same_log_gives_the_same_picture() -> None:
    first, second = (overlay(generated_map(3), edges=EDGES).standalone() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_cover_no_box_no_word_and_no_other_figures(seed: int) -> None:
    placed = by_chance(seed)
    pills = [item.pill.place for item in placed.taken if item.pill]
    boxes = [shape.place for shape in placed.layout.shapes]
    diamonds = [shape.diamond for shape in placed.layout.shapes if shape.diamond]
    words = [label.box for label in placed.layout.labels]
    assert not any(a.overlaps(b) for a, b in combinations(pills, 2))
    assert not any(pill.overlaps(other) for pill in pills for other in [*boxes, *diamonds, *words])
    assert all(pill.within(Box(0, 0, placed.layout.width, placed.layout.height)) for pill in pills)


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_stand_on_or_right_beside_their_line(seed: int) -> None:
    for item in by_chance(seed).taken:
        if item.pill:
            place = item.pill.place
            middle = (place.left + place.right) / 2, (place.top + place.bottom) / 2
            assert distance(list(item.drawn.points), middle) <= (place.right - place.left) / 2 + 9


@pytest.mark.parametrize("seed", SEEDS)
def test_every_move_that_is_drawn_has_its_figures(seed: int) -> None:
    assert by_chance(seed).unplaced == 0


def test_words_in_boxes_stay_there_with_their_notes() -> None:
    for seed in SEEDS:
        for shape in by_chance(seed).layout.shapes:
            assert shape.kind == "start" or all(text.box.within(shape.place) for text in shape.texts)
