"""The judge of pictures is itself right: values by hand."""

from tests.process.drawing.geometry import bends, crossings, inside, meet, runs_through, shared_length

BOX = (10.0, 10.0, 30.0, 20.0)


def test_rectangles_meet_only_if_they_share_more_than_an_edge() -> None:
    assert meet(BOX, (29.0, 19.0, 40.0, 40.0))
    assert not meet(BOX, (30.0, 10.0, 40.0, 20.0))


def test_inside_allows_the_same_rim_and_no_more() -> None:
    assert inside(BOX, (10.0, 10.0, 30.0, 20.0))
    assert not inside((9.0, 10.0, 30.0, 20.0), BOX)


def test_a_line_that_ends_at_the_rim_does_not_run_through_a_box() -> None:
    assert not runs_through([(0.0, 15.0), (10.0, 15.0)], BOX)
    assert not runs_through([(0.0, 10.0), (40.0, 10.0)], BOX)
    assert runs_through([(0.0, 15.0), (11.0, 15.0)], BOX)
    assert runs_through([(20.0, 0.0), (20.0, 40.0)], BOX)


def test_shared_length_is_that_of_the_stretch_in_common() -> None:
    a = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
    assert shared_length(a, [(4.0, 0.0), (7.0, 0.0), (7.0, 9.0)]) == 3
    assert shared_length(a, [(4.0, 2.0), (7.0, 2.0)]) == 0


def test_two_lines_that_cross_twice_are_two_crossings() -> None:
    level = [(0.0, 5.0), (20.0, 5.0)]
    hook = [(5.0, 0.0), (5.0, 10.0), (15.0, 10.0), (15.0, 0.0)]
    assert crossings([level, hook]) == 2


def test_a_shared_trunk_is_no_crossing() -> None:
    trunk = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (20.0, 10.0)]
    other = [(0.0, 0.0), (10.0, 0.0), (10.0, -10.0), (20.0, -10.0)]
    longer = [(0.0, 0.0), (10.0, 0.0), (10.0, 20.0), (20.0, 20.0)]
    assert crossings([trunk, other, longer]) == 0


def test_slanting_lines_cross_too() -> None:
    assert crossings([[(0.0, 0.0), (10.0, 10.0)], [(0.0, 10.0), (10.0, 0.0)]]) == 1


def test_bends_are_corners() -> None:
    assert bends([(0.0, 0.0), (5.0, 0.0), (10.0, 0.0)]) == 0
    assert bends([(0.0, 0.0), (5.0, 0.0), (5.0, 5.0), (9.0, 5.0)]) == 2
    assert bends([(0.0, 0.0), (5.0, 0.0), (5.0, 0.2), (9.0, 0.2)]) == 0
