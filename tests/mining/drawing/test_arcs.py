from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infield.mining.drawing.arcs import Arc, Wish, placed
from infield.process.drawing.label import Box

ROW, BOX = 90.0, 46.0
GAPS = [(row * ROW + BOX, (row + 1) * ROW) for row in range(12)]
NOTHING = Box(0, 0, 0, 0)


def arc(reach: float = 60, top: float = 0, bottom: float = 100) -> Arc:
    return Arc(top=top, bottom=bottom, width=2, reach=reach, bend=30, pill=NOTHING)


@st.composite
def wishes(draw: st.DrawFn) -> list[Wish]:
    """Arcs whose ports lie in boxes: never two at one height."""
    found = []
    for number in range(draw(st.integers(1, 14))):
        above = draw(st.integers(0, 10))
        below = draw(st.integers(above + 1, 11))
        found.append(
            Wish(
                top=above * ROW + BOX / 2 + number,
                bottom=below * ROW + BOX / 2 + number - 14,
                width=draw(st.floats(1, 13)),
                pill_width=draw(st.floats(30, 140)),
            )
        )
    return found


def test_an_arc_is_a_quarter_of_an_ellipse_then_straight_then_the_same_back() -> None:
    assert arc().out(0) == 0
    assert arc().out(30) == 60
    assert arc().out(50) == 60
    assert arc().out(100) == 0
    assert arc().out(15) == pytest.approx(60 * sqrt(1 - 0.25))
    assert arc().out(85) == pytest.approx(arc().out(15))


def test_an_arc_meets_a_box_on_its_run_and_not_one_inside_or_above() -> None:
    assert arc().meets(Box(50, 40, 70, 60))
    assert not arc().meets(Box(10, 40, 50, 60))
    assert not arc().meets(Box(50, -40, 70, -1))


def test_arcs_at_one_reach_are_beside_each_other_only_where_both_run() -> None:
    assert arc().beside(arc(reach=66))
    assert not arc().beside(arc(reach=80))
    assert not arc().beside(arc(top=200, bottom=300))


def test_the_short_arc_lies_inside_the_long_one() -> None:
    long, short = placed(
        [
            Wish(top=20, bottom=480, width=2, pill_width=60),
            Wish(top=110, bottom=290, width=2, pill_width=60),
        ],
        GAPS,
    )
    assert short.reach < long.reach


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(wishes())
def test_figures_lie_on_their_arc_in_a_gap_and_never_on_other_figures(wanted: list[Wish]) -> None:
    found = placed(wanted, GAPS)
    for number, item in enumerate(found):
        middle = (item.pill.top + item.pill.bottom) / 2
        assert item.out(middle) == pytest.approx((item.pill.left + item.pill.right) / 2)
        assert item.pill.left > 0
        assert any(top <= item.pill.top and item.pill.bottom <= bottom for top, bottom in GAPS)
        assert not any(item.pill.overlaps(other.pill) for other in found[:number])


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(wishes())
def test_no_two_arcs_run_on_top_of_each_other(wanted: list[Wish]) -> None:
    found = placed(wanted, GAPS)
    assert not any(a.beside(b) for number, a in enumerate(found) for b in found[:number])
