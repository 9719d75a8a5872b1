import pytest
from hypothesis import given, settings
from tests.history.staging import Deal, Event, built, histories, quantile, walk

from infield.funnel.conversion import StageConversion, conversion, natural_stages

STAGES = ("A", "B", "C")


def counts(deals: list[Deal], stage: str) -> tuple[int, int, int, int]:
    """Entered, moved on, still in, stopped: read off each deal's path."""
    entered = moved = still = stopped = 0
    for deal in deals:
        path = [name for name in deal.path() if name in STAGES]
        if stage not in path:
            continue
        entered += 1
        later = path[path.index(stage) + 1 :]
        is_further = deal.outcome == "won" or any(STAGES.index(name) > STAGES.index(stage) for name in later)
        is_there = deal.outcome is None and path[-1] == stage
        moved += is_further
        still += is_there
        stopped += not is_further and not is_there
    return entered, moved, still, stopped


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(histories)
def test_counts_equal_a_plain_reading_of_each_path(deals: list[Deal]) -> None:
    for row in conversion(built(deals), STAGES):
        assert (row.entered, row.moved_on, row.still_in, row.stopped) == counts(deals, row.stage)
        decided = row.entered - row.still_in
        assert row.rate == (min(row.moved_on / decided, 1) if decided else None)
        assert row.rate is None or (row.low is not None and row.low <= row.rate <= (row.high or 0))


def test_a_small_funnel_by_hand() -> None:
    deals = [
        walk("A", "B", "C", outcome="won"),
        walk("A", "C", outcome="lost", every_s=30),  # jumped over B
        walk("A", "B", outcome="lost"),
        walk("A", "B"),
        walk("A", outcome="lost"),
        walk("A"),
    ]
    a, b, c = conversion(built(deals), STAGES)
    assert (a.entered, a.moved_on, a.still_in, a.rate, a.median_s) == (6, 4, 1, 0.8, 10.0)
    assert (b.entered, b.moved_on, b.still_in, b.rate) == (3, 1, 1, 0.5)
    assert (c.entered, c.moved_on, c.still_in, c.rate, c.median_s) == (2, 1, 0, 0.5, None)
    assert (round(a.low or 0, 4), round(a.high or 0, 4)) == (0.3755, 0.9638)


def test_a_deal_that_moved_on_and_came_back_counts_in_both_and_no_rate_passes_1() -> None:
    (a, b) = conversion(built([walk("A", "B", "A")]), ("A", "B"))
    assert (a.entered, a.moved_on, a.still_in, a.rate) == (1, 1, 1, None)
    with_lost = [walk("A", "B", "A"), walk("A", "B", "A"), walk("A", "B", outcome="lost")]
    (mixed, _) = conversion(built(with_lost), ("A", "B"))
    assert (mixed.entered, mixed.moved_on, mixed.still_in, mixed.rate) == (3, 3, 2, 1.0)
    assert (b.entered, b.moved_on, b.still_in, b.rate) == (1, 0, 0, 0.0)


def test_a_stage_entered_only_before_does_not_count_as_further() -> None:
    (a, _) = conversion(built([walk("B", "A", outcome="lost")]), ("A", "B"))
    assert (a.entered, a.moved_on) == (1, 0)


def test_the_list_gives_the_order_and_an_unknown_stage_counts_nothing() -> None:
    rows = conversion(built([walk("A", "B")]), ("B", "Legal", "A"))
    assert [row.stage for row in rows] == ["B", "Legal", "A"]
    assert rows[1] == StageConversion("Legal", 0, 0, 0, 0, None, None, None, None)


def test_a_stage_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="A"):
        conversion(built([walk("A")]), ("A", "B", "A"))


def test_natural_stages_follow_the_median_place_in_won_deals() -> None:
    won = [
        Deal([Event(0, "First"), Event(1, "Second"), Event(2, "Closed", "won")], "won", 2),
        Deal([Event(0, "First"), Event(1, "Extra"), Event(2, "Second"), Event(3, "Closed", "won")], "won", 3),
    ]
    lost = [Deal([Event(0, "Second"), Event(1, "Only lost"), Event(2, "Gone", "lost")], "lost", 2)] * 5
    assert natural_stages(built([*won, *lost])) == ("First", "Extra", "Second", "Closed")
    assert natural_stages(built(lost)) == ("Second", "Only lost", "Gone")


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(histories)
def test_natural_stages_equal_plain_medians(deals: list[Deal]) -> None:
    counted = [deal for deal in deals if deal.outcome == "won"] or deals
    places: dict[str, list[float]] = {}
    for deal in counted:
        for place, stage in enumerate(deal.path(), start=1):
            places.setdefault(stage, []).append(place)
    order = sorted(
        places,
        key=lambda stage: (quantile(places[stage], 0.5), sum(places[stage]) / len(places[stage]), stage),
    )
    assert natural_stages(built(deals)) == tuple(order)


def test_an_empty_log_or_list_has_an_empty_funnel() -> None:
    log = built([])
    assert natural_stages(log) == ()
    assert conversion(log, ()) == ()
    assert conversion(log, ("A",))[0].entered == 0
