from tests.history.staging import SECOND, Deal, Event, built, walk

from infield.mining.overview import Duration, Overview, durations, overview


def test_the_log_is_counted_by_outcome() -> None:
    log = built([walk("A", "B", outcome="won"), walk("A", outcome="lost", start_s=5), walk("A", "B", "C")])
    assert overview(log) == Overview(3, 6, 0, 20 * SECOND, 1, 1, 1)


def test_an_empty_log_has_no_first_and_no_last_event() -> None:
    assert overview(built([])) == Overview(0, 0, None, None, 0, 0, 0)


def test_a_deal_lasts_until_its_close_else_until_its_last_event() -> None:
    steps = [Event(2, None, "created"), Event(10, "A")]
    log = built([Deal(steps, "won", 102), Deal(steps, "won", 202), Deal(steps, "lost"), Deal(steps)])
    assert durations(log) == (
        Duration("won", 2, 150.0, 110.0, 150.0, 190.0),
        Duration("lost", 1, 8.0, 8.0, 8.0, 8.0),
        Duration(None, 1, 8.0, 8.0, 8.0, 8.0),
    )


def test_no_deal_lasts_no_time() -> None:
    assert durations(built([])) == ()
