"""Over 300 generated maps nothing in the flowchart covers anything else, judged by plain geometry."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pytest
from tests.process.drawing.geometry import Rectangle, inside, meet, runs_through, shared_length
from tests.process.generated_maps import generated_map

from infield.process.drawing.flowchart import flowchart
from infield.process.drawing.label import Box
from infield.process.drawing.layout import PAPER, lay_out
from infield.process.drawing.shapes import Edge, Layout, Shape
from infield.process.drawing.text import text_width
from infield.process.starter_maps import STARTERS, starter_text
from infield.process.yaml_file import read

MAPS, CHUNK = 304, 19
MIDDLE_OF_LINE = 1.0


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, MAPS, CHUNK))
def test_nothing_covers_anything_else(first: int) -> None:
    faults = [
        f"map {seed}: {fault}"
        for seed in range(first, first + CHUNK)
        for fault in faults_of(lay_out(generated_map(seed)))
    ]
    assert faults == []


def faults_of(layout: Layout) -> Iterator[str]:
    yield from _boxes(layout.shapes)
    yield from _texts(layout)
    yield from _edges(layout)
    yield from _letters(layout)
    yield from _outside(layout)


def rectangle(box: Box) -> Rectangle:
    return box.left, box.top, box.right, box.bottom


def solids(shape: Shape) -> list[Rectangle]:
    """Give all that a node covers: its box, its gate, its number, its badges."""
    boxes = [shape.place, *shape.chips, *([shape.diamond] if shape.diamond else [])]
    left, top = shape.place.left, shape.place.top
    number = [(left, top - 9, left + 18, top + 9)] if shape.number else []
    return [rectangle(box) for box in boxes] + number


def _boxes(shapes: Sequence[Shape]) -> Iterator[str]:
    covered = [(shape.key, solids(shape)) for shape in shapes]
    for (a, here), (b, there) in combinations(covered, 2):
        if any(meet(one, other) for one in here for other in there):
            yield f"{a} and {b} overlap"


def _free_texts(layout: Layout) -> list[tuple[str, Rectangle]]:
    """Give the texts that stand in no box, with the letters of conditions."""
    texts = [(" ".join(label.lines), rectangle(label.box)) for label in layout.labels]
    texts += [(tag.letter, rectangle(tag.place)) for tag in layout.tags]
    return texts + [
        (" ".join(text.lines), rectangle(text.box))
        for shape in layout.shapes
        if shape.kind == "start"
        for text in shape.texts
    ]


def _texts(layout: Layout) -> Iterator[str]:
    free = _free_texts(layout)
    for (a, here), (b, there) in combinations(free, 2):
        if meet(here, there):
            yield f"the texts {a!r} and {b!r} overlap"
    covered = [solid for shape in layout.shapes for solid in solids(shape)]
    for text, place in free:
        if any(meet(place, solid) for solid in covered):
            yield f"the text {text!r} overlaps a box"
    for shape in layout.shapes:
        for label in shape.texts if shape.kind != "start" else ():
            room = shape.place.right - label.x - shape.gate_half
            if any(text_width(line, label.size, label.weight) > room for line in label.lines):
                yield f"the name {label.lines} is too wide for its box"
            if not inside(rectangle(label.box), rectangle(shape.place)):
                yield f"the name {label.lines} is too tall for its box"
            if label.size < 11:
                yield f"the name {label.lines} is too small"


def _edges(layout: Layout) -> Iterator[str]:
    texts = [(" ".join(label.lines), rectangle(label.box)) for label in layout.labels]
    covered = [(shape.key, solids(shape)) for shape in layout.shapes]
    for edge in layout.edges:
        if any(p[0] != q[0] and p[1] != q[1] for p, q in pairwise(edge.points)):
            yield f"{edge.title} slants"
        for key, rectangles in covered:
            if any(runs_through(edge.points, solid) for solid in rectangles):
                yield f"{edge.title} runs through {key}"
        for text, place in texts:
            if runs_through(edge.points, place):
                yield f"{edge.title} runs through the text {text!r}"
        yield from _ends(edge, layout)
    for a, b in combinations(layout.edges, 2):
        shares_end = a.points[0] == b.points[0] or a.points[-1] == b.points[-1]
        if not shares_end and shared_length(a.points, b.points, MIDDLE_OF_LINE) > 0.5:
            yield f"{a.title} and {b.title} lie on top of each other"


def _ends(edge: Edge, layout: Layout) -> Iterator[str]:
    """An edge begins on the rim or the gate of its source and ends on the rim of its target."""
    source, target = layout.shape(edge.source), layout.shape(edge.target)
    gate = (source.place.right + source.gate_half, source.middle[1])
    if edge.points[0] != pytest.approx(gate) and not _on_rim(edge.points[0], source.place):
        yield f"{edge.title} does not begin at {source.key}"
    if not _on_rim(edge.points[-1], target.place):
        yield f"{edge.title} does not end at {target.key}"


def _on_rim(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    beside = min(abs(x - box.left), abs(x - box.right)) < 0.01 and box.top < y < box.bottom
    above = min(abs(y - box.top), abs(y - box.bottom)) < 0.01 and box.left < x < box.right
    return beside or above


def _letters(layout: Layout) -> Iterator[str]:
    """A letter lies on one edge only, or in the legend on none, and each condition is told in full."""
    for tag in layout.tags:
        under = [e for e in layout.edges if runs_through(e.points, rectangle(tag.place))]
        if len(under) > 1:
            yield f"the letter {tag.letter} lies on {len(under)} edges"
    letters = [tag.letter for tag in layout.tags]
    told = [label for label in layout.labels if label.name == "condition"]
    if any(letters.count(letter) != 2 for letter in letters):
        yield "a letter is not on its edge and in the legend"
    if len(told) != sum(bool(edge.when) for edge in layout.edges):
        yield "not each condition is told"


def _outside(layout: Layout) -> Iterator[str]:
    whole = (0.0, 0.0, layout.width, layout.height)
    places = [place for shape in layout.shapes for place in solids(shape)]
    places += [place for _, place in _free_texts(layout)]
    places += [(x, y, x, y) for edge in layout.edges for x, y in edge.points]
    places += [rectangle(lane.place) for lane in layout.lanes]
    yield from (f"{place} is outside" for place in places if not inside(place, whole))


@pytest.mark.parametrize("seed", [0, 7, 101])
def test_the_same_map_gives_the_same_picture(seed: int) -> None:
    assert flowchart(generated_map(seed)) == flowchart(generated_map(seed))


def test_few_conditions_have_no_letter_on_their_edge() -> None:
    layouts = [lay_out(generated_map(seed)) for seed in range(0, 100, 2)]
    conditions = sum(bool(edge.when) for layout in layouts for edge in layout.edges)
    letters = sum(len(layout.tags) // 2 for layout in layouts)
    assert letters / conditions > 0.9


@pytest.mark.parametrize("name", STARTERS)
def test_starters_are_drawn_without_faults_and_can_be_read_on_paper(name: str) -> None:
    layout = lay_out(read(starter_text(name)).process)
    smallest = min(text.size for text in (*layout.labels, *(t for s in layout.shapes for t in s.texts)))
    scale = max(min(across / layout.width, down / layout.height) for across, down in PAPER)
    assert list(faults_of(layout)) == []
    assert smallest * scale >= 6.5
