from tests.mining.drawing.generated_logs import edge

from infield.mining.drawing.rows import Ending, rows
from infield.mining.graph import Activity

ENDINGS: dict[str, Ending] = {"Won": "won", "Lost": "lost"}


def happened(*names: str) -> list[Activity]:
    return [Activity(name, 100, 100) for name in names]


def test_the_spine_keeps_the_given_order_and_ends_stand_beside_it() -> None:
    edges = [edge("a", "b", 50), edge("b", "Won", 20), edge("a", "Lost", 30)]
    found = rows(["a", "b"], happened("b", "Won", "a", "Lost"), edges, ENDINGS)
    assert found.spine == ("a", "b")
    assert found.ends == ("Lost", "Won")


def test_a_step_that_is_not_listed_stands_after_where_most_come_from() -> None:
    edges = [edge("a", "x", 5), edge("b", "x", 9), edge("c", "x", 1)]
    assert rows(["a", "b", "c"], happened("a", "b", "c", "x"), edges, {}).spine == ("a", "b", "x", "c")


def test_a_step_from_nowhere_stands_last() -> None:
    assert rows(["a"], happened("x", "a"), [], {}).spine == ("a", "x")


def test_a_stage_that_never_happened_is_left_out() -> None:
    assert rows(["a", "never", "b"], happened("a", "b"), [], {}).spine == ("a", "b")


def test_a_loss_after_which_many_deals_go_on_is_a_step_of_the_spine() -> None:
    edges = [edge("a", "Lost", 100), edge("Lost", "a", 6)]
    assert rows(["a"], happened("a", "Lost"), edges, ENDINGS).spine == ("a", "Lost")
    assert rows(["a"], happened("a", "Lost"), [edges[0], edge("Lost", "a", 4)], ENDINGS).ends == ("Lost",)


def test_a_sale_from_which_most_come_to_a_later_step_is_a_step_of_the_spine() -> None:
    edges = [edge("a", "Won", 100), edge("Won", "live", 3)]
    assert rows(["a", "live"], happened("a", "Won", "live"), edges, ENDINGS).spine == ("a", "Won", "live")
    others = [*edges, edge("a", "live", 4)]
    assert rows(["a", "live"], happened("a", "Won", "live"), others, ENDINGS).ends == ("Won",)
