from functools import cache
from itertools import combinations

import pytest
from tests.mining.drawing.generated_logs import Log, edge, generated
from tests.mining.drawing.lines import distance, points
from tests.process.drawing.reading import SVG, parsed

from infield.mining.drawing.frequent import frequent
from infield.mining.drawing.labels import Labels
from infield.mining.drawing.layout import Found, lay_out
from infield.mining.drawing.process_graph import process_graph
from infield.mining.drawing.rows import rows
from infield.mining.drawing.shapes import Layout
from infield.mining.graph import Activity, Tip
from infield.process.drawing.label import Box
from infield.process.drawing.svg import Picture
from infield.process.values import ProcessMap, Stage

SEEDS = range(40)


@cache
def laid_out(seed: int) -> Layout:
    log = generated(seed)
    found = Found(
        rows=rows(log.stages, log.activities, log.edges, log.endings),
        moves=frequent(log.edges),
        activities=log.activities,
        starts=log.starts,
        ends=log.ends,
        endings=log.endings,
    )
    return lay_out(found, Labels(number="{:,}".format))


def drawn(log: Log) -> Picture:
    return process_graph(
        log.stages,
        edges=log.edges,
        activities=log.activities,
        starts=log.starts,
        ends=log.ends,
        endings=log.endings,
    )


def shrunk(box: Box, by: float) -> Box:
    return Box(box.left + by, box.top + by, box.right - by, box.bottom - by)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_box_figures_or_texts_cover_each_other(seed: int) -> None:
    layout = laid_out(seed)
    boxes = [station.place for station in layout.stations]
    pills = [move.pill.place for move in layout.moves]
    assert not any(a.overlaps(b) for a, b in combinations([*boxes, *pills], 2))
    outside = [m.place for s in layout.stations for m in s.marks if m.kind != "repeat"]
    assert not any(mark.overlaps(other) for mark in outside for other in [*boxes, *pills])
    assert not any(a.box.overlaps(b.box) for a, b in combinations(layout.texts, 2))


@pytest.mark.parametrize("seed", SEEDS)
def test_signs_of_repetition_cover_no_words_and_no_figures(seed: int) -> None:
    layout = laid_out(seed)
    words = [text.box for station in layout.stations for text in station.texts]
    pills = [move.pill.place for move in layout.moves]
    signs = [m.place for s in layout.stations for m in s.marks if m.kind == "repeat"]
    assert not any(sign.overlaps(other) for sign in signs for other in [*words, *pills])


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_lies_on_the_page_and_words_in_their_boxes(seed: int) -> None:
    layout = laid_out(seed)
    page = Box(0, 0, layout.width, layout.height)
    places = [s.place for s in layout.stations] + [m.pill.place for m in layout.moves]
    places += [m.place for s in layout.stations for m in s.marks] + [t.box for t in layout.texts]
    assert all(place.within(page) for place in places)
    for station in layout.stations:
        assert all(text.box.within(station.place) for text in station.texts)
        assert station.bar.within(station.place)
        assert not any(text.box.overlaps(station.bar) for text in station.texts)
    for move in layout.moves:
        assert all(page.left < x < page.right and page.top < y < page.bottom for x, y in points(move.line))
        assert all(text.box.left >= move.pill.place.left for text in move.pill.texts)
        assert all(text.box.right <= move.pill.place.right for text in move.pill.texts)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_goes_through_a_box(seed: int) -> None:
    layout = laid_out(seed)
    boxes = [shrunk(station.place, 1) for station in layout.stations]
    for line in [*(move.line for move in layout.moves), *(stem.line for stem in layout.stems)]:
        for x, y in points(line):
            assert not any(box.left < x < box.right and box.top < y < box.bottom for box in boxes)


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_lie_on_their_own_line(seed: int) -> None:
    for move in laid_out(seed).moves:
        x = (move.pill.place.left + move.pill.place.right) / 2
        y = (move.pill.place.top + move.pill.place.bottom) / 2
        assert distance(points(move.line), (x, y)) < 1.5


@pytest.mark.parametrize("seed", SEEDS)
def test_a_move_leaves_its_box_and_comes_to_its_box(seed: int) -> None:
    layout = laid_out(seed)
    places = {station.name: station.place for station in layout.stations}
    for move in layout.moves:
        start, source = points(move.line)[0], places[move.edge.source]
        assert shrunk(source, -0.1).left <= start[0] <= source.right + 0.1
        assert source.top <= start[1] <= source.bottom + 0.1
        if move.tip:
            (x, y), target = move.tip[0], places[move.edge.target]
            assert x in (target.left, target.right) or y == target.top
            assert target.left <= x <= target.right
            assert target.top <= y <= target.bottom


def test_the_same_log_gives_the_same_picture() -> None:
    assert drawn(generated(5)).standalone() == drawn(generated(5)).standalone()


def test_forward_moves_past_a_step_go_right_and_ways_back_left() -> None:
    log = generated(0)
    log_ = [edge("a", "b", 9), edge("b", "c", 9), edge("a", "c", 5), edge("c", "a", 4)]
    found = Found(
        rows=rows("abc", [Activity(n, 9, 9) for n in "abc"], log_, {}),
        moves=frequent(log_, share=1),
        activities=[Activity(name, 9, 9) for name in "abc"],
        starts=log.starts,
        ends=(),
        endings={},
    )
    layout = lay_out(found, Labels())
    kinds = {(m.edge.source, m.edge.target): m.kind for m in layout.moves}
    assert kinds == {("a", "b"): "usual", ("b", "c"): "usual", ("a", "c"): "skip", ("c", "a"): "back"}
    spine = layout.stations[0].place
    sides = {m.kind: m.pill.place for m in layout.moves}
    assert sides["skip"].left > spine.right
    assert sides["back"].right < spine.left


def test_lines_are_as_wide_as_the_count_to_the_power_of_seven_tenths() -> None:
    log_ = [edge("a", "b", 1000), edge("b", "c", 500)]
    picture = process_graph("abc", edges=log_, activities=[Activity(name, 9, 9) for name in "abc"])
    widths = [
        float(path.get("stroke-width", "0"))
        for path in parsed(picture.standalone()).iter(f"{SVG}path")
        if "line-usual" in path.get("class", "")
    ]
    assert sorted(widths[:2]) == [pytest.approx(13 * 0.5**0.7, abs=0.01), 13]


def strays(process: ProcessMap | None) -> set[str]:
    log_ = [edge("a", "b", 9), edge("b", "c", 9), edge("a", "c", 5), edge("c", "b", 3)]
    svg = process_graph(
        "abc", edges=log_, activities=[Activity(n, 9, 9) for n in "abc"], process=process, share=1
    ).standalone()
    groups = [g for g in parsed(svg).iter(f"{SVG}g") if g.get("data-kind")]
    return {
        g.get("data-source", "") + g.get("data-target", "")
        for g in groups
        if any("line-stray" in p.get("class", "") for p in g)
    }


def test_a_move_is_red_only_if_a_map_is_given_that_does_not_have_it() -> None:
    process = ProcessMap(name="Sale", stages=tuple(Stage(key=key, name=key) for key in "abc"))
    assert strays(process) == {"ac", "cb"}
    assert strays(None) == set()


def test_moves_to_an_end_gather_in_one_arrow_to_its_box() -> None:
    layout = next(found for seed in SEEDS if len((found := laid_out(seed)).stems) > 4)
    ends = {s.name: s for s in layout.stations if s.ending}
    arrows = [stem.tip for stem in layout.stems if stem.tip]
    assert sorted(tip[0] for tip in arrows) == sorted(
        (s.place.left, (s.place.top + s.place.bottom) / 2)
        for s in ends.values()
        if any(move.edge.target == s.name for move in layout.moves)
    )


def test_names_are_text_and_not_markup() -> None:
    picture = process_graph(
        ["<b>&"], edges=[], activities=[Activity("<b>&", 1, 1)], starts=[Tip("<b>&", 1)], language="fi"
    )
    root = parsed(picture.standalone())
    assert any(text.text == "<b>&" for text in root.iter(f"{SVG}tspan"))
    assert root.get("role") == "img"
    assert root.get("lang") == "fi"


def test_words_and_figures_are_those_of_the_caller() -> None:
    labels = Labels(
        title="Prosessi",
        caption="{shown}/{all}: {share}",
        number=lambda count: f"{count:,}".replace(",", "\u00a0"),
        duration=lambda seconds: f"{seconds / 86_400:.0f} pv",
        percent=lambda share: f"{share * 100:.0f} %",
    )
    picture = process_graph(
        "ab",
        edges=[edge("a", "b", 12_345, 3)],
        activities=[Activity(name, 12_345, 1) for name in "ab"],
        labels=labels,
    )
    root = parsed(picture.standalone())
    shown = {text.text for text in root.iter(f"{SVG}tspan")}
    assert {"12\u00a0345", "3 pv", "1/1: 100 %"} <= shown
    assert root.findtext(f"{SVG}title") == "Prosessi"


def test_a_log_without_steps_gives_an_empty_picture() -> None:
    root = parsed(process_graph([], edges=[], activities=[]).standalone())
    assert not [g for g in root.iter(f"{SVG}g") if g.get("data-step")]
    assert root.findtext(f"{SVG}desc") == "No moves."


def test_the_caption_says_what_share_of_all_moves_is_drawn() -> None:
    edges = [edge("a", "b", 90), edge("b", "a", 9), edge("a", "c", 1)]
    activities = [Activity(name, 9, 9) for name in "abc"]
    svg = process_graph("abc", edges=edges, activities=activities, share=0.5, most=1).standalone()
    assert "3 of 3 kinds of moves are drawn: 100% of all moves." in svg
