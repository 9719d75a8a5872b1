from collections import defaultdict

import pytest
from hypothesis import given, settings
from tests.history.staging import Deal, built, histories, quantile, walk

from infield.mining.variants import Variant, Variants, variants


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(histories)
def test_variants_equal_a_plain_count(deals: list[Deal]) -> None:
    lasted: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for deal in deals:
        if deal.path():
            lasted[deal.path()].append(deal.staged()[-1].at_s - deal.staged()[0].at_s)
    found = variants(built(deals), top=3)
    assert found.count == len(lasted)
    order = sorted(lasted, key=lambda path: (-len(lasted[path]), path))[:3]
    assert [variant.path for variant in found.top] == order
    for variant in found.top:
        own = lasted[variant.path]
        assert variant.deals == len(own)
        assert variant.share == pytest.approx(len(own) / sum(map(len, lasted.values())))
        assert variant.median_s == quantile(own, 0.5)


def test_repeats_make_another_variant_and_names_decide_between_equals() -> None:
    log = built([walk("A", "B", "B"), walk("A", "C"), walk("A", "B"), walk("A", "C", every_s=20)])
    assert variants(log) == Variants(
        3,
        (
            Variant(("A", "C"), 2, 0.5, 15.0),
            Variant(("A", "B"), 1, 0.25, 10.0),
            Variant(("A", "B", "B"), 1, 0.25, 20.0),
        ),
    )


@pytest.mark.slow
def test_the_hundred_most_frequent_are_listed_and_all_are_counted() -> None:
    log = built([walk("A", *("B" * n)) for n in range(120)] + [walk("Z")] * 2)
    found = variants(log)
    assert (found.count, len(found.top), found.top[0].path) == (121, 100, ("Z",))


def test_an_empty_log_has_no_variant() -> None:
    assert variants(built([])) == Variants(0, ())
