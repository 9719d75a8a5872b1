from math import log
from statistics import median

import pytest
from tests.history.staging import SECOND, Deal, built, walk

from infield.mining.outliers import outlying_deals, outlying_gaps


def usual(n: int, outcome: str | None = "won") -> list[Deal]:
    """Deals of 10000, 10100, 10200 … seconds."""
    return [walk("A", "B", outcome=outcome, every_s=10_000 + 100 * place) for place in range(n)]


def score(seconds: float, others: list[float]) -> float:
    """Iglewicz and Hoaglin's modified z-score, by hand."""
    logs = [log(1 + other) for other in others]
    spread = median(abs(x - median(logs)) for x in logs)
    return 0.6745 * (log(1 + seconds) - median(logs)) / spread


def test_a_deal_far_longer_than_the_others_of_its_outcome_stands_out() -> None:
    deals = [*usual(30), walk("A", "B", outcome="won", every_s=900_000)]
    (found,) = outlying_deals(built(deals))
    assert (found.uuid, found.outcome, found.duration_s) == ("deal 30", "won", 900_000)
    assert (found.slow, found.fast) == (1, 0)
    durations = [float(deal.last_s()) for deal in deals]
    assert found.median_s == median(durations)
    assert found.score == pytest.approx(score(900_000, durations))


def test_a_deal_far_shorter_stands_out_on_the_other_side() -> None:
    (found,) = outlying_deals(built([*usual(30), walk("A", "B", outcome="won", every_s=1)]))
    assert found.score < -3.5


def test_open_deals_are_not_measured_as_their_time_is_not_over() -> None:
    assert outlying_deals(built([*usual(30), walk("A", "B", every_s=900_000)])) == ()


def test_nothing_stands_out_of_few_deals_or_of_deals_that_mostly_equal() -> None:
    far = walk("A", "B", outcome="won", every_s=900_000)
    assert outlying_deals(built([*usual(18), far])) == ()
    assert outlying_deals(built([*[walk("A", "B", outcome="won")] * 30, far])) == ()


def test_what_machines_do_within_seconds_is_no_wait_however_irregular() -> None:
    quick = [walk("A", "B", outcome="won", every_s=10 + place) for place in range(30)]
    hour = walk("A", "B", outcome="won", every_s=3700)
    assert outlying_deals(built([*quick, walk("A", "B", outcome="won", every_s=3000)])) == ()
    assert [deal.uuid for deal in outlying_deals(built([*quick, hour]))] == ["deal 30"]


def test_a_wait_is_measured_against_its_own_edge() -> None:
    slow_edge = [walk("B", "C", every_s=1_000_000 + 1000 * n) for n in range(25)]
    deals = [*usual(30, None), *slow_edge, walk("A", "B", every_s=1_000_000, start_s=7)]
    (found,) = outlying_gaps(built(deals))
    assert (found.uuid, found.source, found.target, found.at_us) == ("deal 55", "A", "B", 7 * SECOND)
    assert (found.gap_s, found.slow, found.fast) == (1_000_000, 1, 0)


def test_the_slow_are_listed_before_the_fast_and_all_are_counted() -> None:
    far = [walk("A", "B", outcome="won", every_s=every_s) for every_s in (900_000, 9_000_000, 9, 1)]
    found = outlying_deals(built([*usual(30), *far]), top=3)
    assert [(deal.uuid, deal.slow, deal.fast) for deal in found] == [
        ("deal 31", 2, 2),
        ("deal 30", 2, 2),
        ("deal 33", 2, 2),
    ]


def test_an_empty_log_has_no_outlier() -> None:
    log = built([])
    assert (outlying_deals(log), outlying_gaps(log)) == ((), ())
