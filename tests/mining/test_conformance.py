"""Deals of Bluefin Pumps held against its map, each worked by hand.

The map: inquiry → needs → offer → contract (the sale) → delivery, a pilot between needs and offer for some,
a way back from the contract to the offer, no way out after the sale. "Not now" leads from the offer to rest,
and from there back to needs.
"""

import pytest

from infield.mining.conformance import Deviation, conformance
from infield.mining.model import Outcome
from infield.process.values import ProcessMap, Stage, StartingPoint, Transition, WayOut

BLUEFIN = ProcessMap(
    name="Bluefin Pumps",
    stages=(
        Stage(key="inquiry", name={"en": "Inquiry", "ja": "引き合い", "fi": "Tiedustelu"}),
        Stage(key="needs", name="Needs Analysis"),
        Stage(key="pilot", name="Pilot"),
        Stage(key="offer", name="Offer"),
        Stage(key="contract", name="Contract", sale=True),
        Stage(key="delivery", name="Delivery", about="client"),
        Stage(key="rest", name="Resting"),
    ),
    transitions=(
        Transition(source="inquiry", target="needs"),
        Transition(source="needs", target="pilot", kind="branch"),
        Transition(source="needs", target="offer", kind="branch"),
        Transition(source="pilot", target="offer"),
        Transition(source="offer", target="contract"),
        Transition(source="contract", target="offer", kind="way_back"),
        Transition(source="contract", target="delivery"),
        Transition(source="rest", target="needs", kind="way_back"),
    ),
    ways_out=(
        WayOut(key="no", name="No", kind="no", sources=("inquiry", "needs", "offer")),
        WayOut(key="later", name="Later", kind="not_now", sources=("offer",), target="rest"),
    ),
)


def told(
    path: str, outcome: Outcome = None, process: ProcessMap = BLUEFIN
) -> list[tuple[str, str, str | None]]:
    """Give kind, stage and target of each deviation of one deal; its path as words."""
    found = conformance(process, [(path.split(), outcome, 1)])
    assert found.fitting == (not found.deviations)
    return [(deviation.kind, deviation.stage, deviation.target) for deviation in found.deviations]


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("inquiry needs offer contract", "won"),
        ("inquiry needs pilot offer contract delivery", "won"),
        ("inquiry needs offer contract offer contract", "won"),
        ("inquiry needs offer rest needs offer contract", "won"),
        ("inquiry needs offer", "lost"),
        ("inquiry needs pilot", None),
        ("inquiry inquiry needs needs needs", None),
        ("", None),
    ],
)
def test_a_deal_that_goes_as_the_map_says_fits(path: str, outcome: Outcome) -> None:
    assert told(path, outcome) == []


def test_stages_passed_over_between_two_others_are_one_jump() -> None:
    assert told("inquiry contract", "won") == [("jump", "inquiry", "contract")]
    assert conformance(BLUEFIN, [(["inquiry", "contract"], "won", 1)]).cost == 2


def test_a_first_stage_that_is_missing_is_skipped() -> None:
    assert told("needs offer", None) == [("skip", "inquiry", None)]


def test_a_won_deal_that_stops_before_the_sale_skipped_the_rest() -> None:
    assert told("inquiry needs offer", "won") == [("skip", "contract", None)]
    assert told("inquiry needs", "won") == [("skip", "offer", None), ("skip", "contract", None)]


def test_an_open_deal_may_stop_anywhere_and_skips_nothing_after_that() -> None:
    assert told("inquiry pilot", None) == [("jump", "inquiry", "pilot")]


def test_a_deal_lost_where_no_way_out_leaves_deviates() -> None:
    assert told("inquiry needs pilot", "lost") == [("skip", "offer", None)]
    assert told("inquiry needs offer contract delivery", "lost") == [
        ("skip", "offer", None),
        ("insert", "delivery", None),
    ]
    assert told("a b c", "lost", line("a", "b", "c", exits=("a",))) == [
        ("insert", "b", None),
        ("insert", "c", None),
    ]


def test_going_back_by_a_way_the_map_has_is_no_deviation_and_by_another_is_back() -> None:
    assert told("inquiry needs offer contract offer", None) == []
    assert told("inquiry needs offer inquiry", None) == [("back", "offer", "inquiry")]


def test_back_starts_from_the_last_stage_that_followed_the_map() -> None:
    assert told("inquiry needs offer contract needs inquiry", None) == [
        ("back", "contract", "inquiry"),
        ("back", "contract", "needs"),
    ]


def test_an_entry_that_the_map_does_not_have_is_inserted_under_its_own_name() -> None:
    found = conformance(BLUEFIN, [(["inquiry", "Legal", "needs", "LEGAL", "offer"], None, 1)])
    assert found.deviations == (
        Deviation(kind="insert", stage="Legal", target=None, deals=1, closed=0, won=0),
    )
    assert (found.unmatched, found.cost) == (("Legal",), 2)


def test_an_entry_of_a_later_stage_that_leads_nowhere_is_inserted() -> None:
    assert told("inquiry delivery needs offer", None) == [("insert", "delivery", None)]


def test_skips_and_an_insert_between_two_stages_are_a_jump_and_an_insert() -> None:
    assert told("inquiry Legal offer", None) == [("insert", "Legal", None), ("jump", "inquiry", "offer")]


def test_the_longer_synchronous_beginning_wins_among_equals() -> None:
    """Not following c (lost at b) or following it and skipping d (lost at d) cost 1 each."""
    assert told("a b c", "lost", line("a", "b", "c", "d", exits=("b", "d"))) == [("skip", "d", None)]


def test_skip_goes_before_insert() -> None:
    """On a → b → c, b alone: skipping a before it or inserting b cost 1 each."""
    assert told("b", None, line("a", "b", "c")) == [("skip", "a", None)]


def test_of_two_equal_skips_the_stage_listed_first_is_told() -> None:
    fork = ProcessMap(
        name="Fork",
        stages=tuple(Stage(key=key, name=key, sale=key == "sale") for key in ("start", "b", "c", "sale")),
        transitions=tuple(
            Transition(source=source, target=target, kind="branch")
            for source, target in (("start", "c"), ("start", "b"), ("c", "sale"), ("b", "sale"))
        ),
    )
    assert told("start", "won", fork) == [("skip", "b", None), ("skip", "sale", None)]


def test_a_deviation_counts_once_a_deal_however_often_it_happened() -> None:
    found = conformance(line("a", "b", "c"), [(["a", "x", "b", "x", "c", "x"], None, 7)])
    assert (found.cost, found.deviations) == (
        21,
        (Deviation(kind="insert", stage="x", target=None, deals=7, closed=0, won=0),),
    )


def test_how_deals_with_a_deviation_ended_is_told_with_counts() -> None:
    jumped = ["a", "c"]
    found = conformance(
        line("a", "b", "c"), [(jumped, "won", 3), (jumped, "lost", 1), (jumped, None, 6), ("abc", "won", 5)]
    )
    assert (found.deals, found.fitting) == (15, 5)
    (jump,) = found.deviations
    assert (jump.deals, jump.closed, jump.won, jump.won_share) == (10, 4, 3, 0.75)


def test_without_a_closed_deal_there_is_no_share() -> None:
    (jump,) = conformance(line("a", "b", "c"), [("ac", None, 2)]).deviations
    assert jump.won_share is None


def test_most_deals_first_then_by_kind_and_the_order_of_the_map() -> None:
    rows = [("b", None, 2), ("ac", None, 2), ("abxc", None, 2), ("abca", None, 2), ("aby", None, 9)]
    found = conformance(line("a", "b", "c"), rows)
    assert [(deviation.kind, deviation.stage) for deviation in found.deviations] == [
        ("insert", "y"),
        ("skip", "a"),
        ("insert", "x"),
        ("back", "c"),
        ("jump", "a"),
    ]


def test_names_match_keys_then_names_in_any_language_whatever_their_case() -> None:
    assert told("INQUIRY", None) == told("引き合い", None) == told("tiedustelu", None) == []
    found = conformance(BLUEFIN, [(["Tiedustelu", "inquiry", "needs analysis"], None, 1)])
    assert (found.fitting, found.unmatched) == (1, ())


def test_a_key_goes_before_the_name_of_an_earlier_stage() -> None:
    crossed = ProcessMap(name="Crossed", stages=(Stage(key="a", name="B"), Stage(key="b", name="A")))
    assert told("a b", None, crossed) == []


def test_the_map_names_its_first_stage() -> None:
    late = ProcessMap(
        name="Late",
        starting_point=StartingPoint(stage="b"),
        stages=tuple(Stage(key=key, name=key) for key in "abc"),
    )
    assert told("b c", None, late) == []
    assert told("a b c", None, late) == [("insert", "a", None)]


def test_leaving_the_sale_by_a_way_back_is_no_sale() -> None:
    """From the offer the contract is still to come; after the delivery the sale is made."""
    assert told("inquiry needs offer contract offer", "won") == [("skip", "contract", None)]
    assert told("inquiry needs offer contract delivery", "won") == []


def test_a_map_without_ways_out_has_no_place_for_a_loss() -> None:
    bare = ProcessMap(name="Bare", stages=tuple(Stage(key=key, name=key) for key in "ab"))
    assert told("a", "lost", bare) == [("skip", "b", None)]


def test_a_map_whose_sale_cannot_be_reached_asks_won_deals_for_nothing_more() -> None:
    torn = ProcessMap(
        name="Torn",
        stages=tuple(Stage(key=key, name=key) for key in "abc"),
        transitions=(Transition(source="a", target="b"), Transition(source="b", target="gone")),
    )
    assert told("a b", "won", torn) == []
    assert told("a b c", "won", torn) == [("insert", "c", None)]


def test_what_the_map_says_and_nobody_does_is_listed() -> None:
    found = conformance(
        BLUEFIN, [(["inquiry", "needs", "offer", "contract"], "won", 4), (["offer"], None, 1)]
    )
    assert found.never_entered == ("pilot", "delivery", "rest")
    assert found.never_taken == (
        ("needs", "pilot"),
        ("pilot", "offer"),
        ("contract", "offer"),
        ("contract", "delivery"),
        ("rest", "needs"),
    )


def test_no_deals_give_zeros() -> None:
    found = conformance(line("a", "b"), [])
    assert (found.deals, found.fitting, found.cost, found.deviations) == (0, 0, 0, ())
    assert (found.never_entered, found.never_taken) == (("a", "b"), (("a", "b"),))


def line(*keys: str, exits: tuple[str, ...] = ()) -> ProcessMap:
    return ProcessMap(
        name="Line",
        stages=tuple(Stage(key=key, name=key) for key in keys),
        ways_out=(WayOut(key="no", name="No", kind="no", sources=exits),),
    )
