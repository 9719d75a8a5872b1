from collections import Counter, defaultdict
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given, settings
from tests.history.staging import Deal, Event, built, histories, quantile, walk

from infield.mining.graph import Activity, Edge, Tip, activities, edges, ends, starts


def by_count[Name](counts: Counter[Name]) -> list[Name]:
    return sorted(counts, key=lambda name: (-counts[name], name))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(histories)
def test_edges_equal_a_plain_count_over_each_deal(deals: list[Deal]) -> None:
    gaps: dict[tuple[str, str], list[float]] = defaultdict(list)
    with_edge: Counter[tuple[str, str]] = Counter()
    for deal in deals:
        followed = list(pairwise(deal.staged()))
        for one, other in followed:
            gaps[str(one.stage), str(other.stage)].append(other.at_s - one.at_s)
        with_edge.update({(str(one.stage), str(other.stage)) for one, other in followed})
    found = edges(built(deals))
    order = by_count(Counter({edge: len(of_edge) for edge, of_edge in gaps.items()}))
    assert [(edge.source, edge.target) for edge in found] == order
    for edge in found:
        own = gaps[edge.source, edge.target]
        assert (edge.count, edge.deals) == (len(own), with_edge[edge.source, edge.target])
        times = (fmean(own), quantile(own, 0.5), quantile(own, 0.9))
        assert (edge.mean_s, edge.median_s, edge.p90_s) == pytest.approx(times)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(histories)
def test_activities_starts_and_ends_equal_a_plain_count(deals: list[Deal]) -> None:
    paths = [deal.path() for deal in deals if deal.path()]
    log = built(deals)
    counts = Counter(stage for path in paths for stage in path)
    of_deals = Counter(stage for path in paths for stage in set(path))
    assert activities(log) == tuple(Activity(name, counts[name], of_deals[name]) for name in by_count(counts))
    first, last = Counter(path[0] for path in paths), Counter(path[-1] for path in paths)
    assert starts(log) == tuple(Tip(name, first[name]) for name in by_count(first))
    assert ends(log) == tuple(Tip(name, last[name]) for name in by_count(last))


def test_a_small_world_by_hand() -> None:
    log = built([walk("New", "Offer", "Offer", "Won"), walk("New", "Offer", every_s=40)])
    assert edges(log) == (
        Edge("New", "Offer", 2, 2, 25.0, 25.0, 37.0),
        Edge("Offer", "Offer", 1, 1, 10.0, 10.0, 10.0),
        Edge("Offer", "Won", 1, 1, 10.0, 10.0, 10.0),
    )


def test_a_deal_of_one_event_has_no_edge_but_starts_and_ends() -> None:
    log = built([walk("New")])
    assert edges(log) == ()
    assert starts(log) == ends(log) == (Tip("New", 1),)
    assert activities(log) == (Activity("New", 1, 1),)


def test_fractions_of_a_second_are_kept() -> None:
    log = built([Deal([Event(0, "A"), Event(1, "B")]), Deal([Event(0, "A"), Event(2, "B")])])
    assert edges(log)[0].median_s == 1.5


def test_an_empty_log_has_no_process() -> None:
    log = built([])
    assert (edges(log), activities(log), starts(log), ends(log)) == ((), (), (), ())
