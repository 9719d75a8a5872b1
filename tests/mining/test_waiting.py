from tests.history.staging import SECOND, Deal, Event, built, walk

from infield.mining.waiting import StageTime, Waiting, stage_times, waiting


def test_a_visit_lasts_until_another_stage_is_entered() -> None:
    log = built([walk("A", "A", "B", "A", "C"), walk("A", "B")])
    assert stage_times(log) == (
        StageTime("A", 3, 3, 10.0, 18.0),  # 20, 10 and 10 seconds
        StageTime("B", 2, 1, 10.0, 10.0),
        StageTime("C", 1, 0, None, None),
    )


def test_open_deals_wait_since_they_entered_their_stage() -> None:
    deals = [
        walk("A", "B", "B"),  # in B since 10
        walk("A", "B", every_s=30),  # since 30
        walk("A"),
        walk("A", "B", outcome="won"),
        walk("B", outcome="lost"),
        Deal([Event(0, None, "created")]),
    ]
    assert waiting(built(deals), 100 * SECOND) == (
        Waiting("B", 2, 80.0, 88.0),
        Waiting("A", 1, 100.0, 100.0),
    )


def test_nobody_waits_in_an_empty_log() -> None:
    log = built([])
    assert (stage_times(log), waiting(log, 0)) == ((), ())
