import pytest
from hypothesis import given
from hypothesis import strategies as st

from infield.funnel.wilson import wilson

Z = 1.959963984540054


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998:
        # table I, method 3 (score).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_bounds_are_the_published_ones(part: int, whole: int, low: float, high: float) -> None:
    bounds = wilson(part, whole)
    assert (round(bounds.low, 4), round(bounds.high, 4)) == (low, high)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_each_bound_is_a_share_from_which_the_one_found_is_just_plausible(counts: tuple[int, int]) -> None:
    part, whole = counts
    bounds = wilson(part, whole)
    assert 0 <= bounds.low <= part / whole <= bounds.high <= 1
    for bound in (bounds.low, bounds.high):
        distance = (part / whole - bound) ** 2
        assert distance == pytest.approx(Z * Z * bound * (1 - bound) / whole, abs=1e-12)


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (-1, 3), (4, 3)])
def test_a_part_outside_its_whole_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match=str(part)):
        wilson(part, whole)
