from hypothesis import given
from hypothesis import strategies as st
from tests.mining.drawing.generated_logs import edge

from infield.mining.drawing.frequent import frequent

type Moves = dict[tuple[str, str], int]

STEPS = st.sampled_from("abcdefgh")
MOVES = st.dictionaries(st.tuples(STEPS, STEPS), st.integers(1, 1000), max_size=40)


def test_moves_are_chosen_from_the_most_frequent_until_they_make_up_the_share() -> None:
    edges = [edge("a", "b", 60), edge("b", "c", 30), edge("a", "c", 8), edge("c", "a", 1), edge("c", "b", 1)]
    chosen = frequent(edges, share=0.97)
    assert [(e.source, e.target) for e in chosen.edges] == [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a")]
    assert chosen.share == 0.99
    assert (chosen.shown, chosen.kinds, chosen.moves) == (4, 5, 100)


def test_a_step_keeps_its_best_move_however_rare() -> None:
    edges = [edge("a", "b", 1000), edge("b", "c", 500), edge("a", "z", 3), edge("z", "b", 2)]
    edges += [edge("z", "a", 1), edge("b", "z", 1)]
    chosen = frequent(edges, share=0.5, most=1)
    assert [e.source + e.target for e in chosen.edges] == ["ab", "bc", "az", "zb", "za"]


def test_repeats_count_among_all_moves_and_are_all_shown() -> None:
    chosen = frequent([edge("a", "a", 30), edge("a", "b", 10)])
    assert [e.count for e in chosen.repeats] == [30]
    assert chosen.moves == 40
    assert chosen.share == 1


def test_nothing_that_moved_is_all_of_it() -> None:
    assert frequent([]).share == 1
    assert frequent([]).edges == ()


@given(MOVES, st.floats(0, 1), st.integers(0, 20))
def test_every_step_that_moves_keeps_a_move(moves: Moves, share: float, most: int) -> None:
    edges = [edge(pair[0], pair[1], count) for pair, count in moves.items()]
    chosen = frequent(edges, share=share, most=most)
    moving = {name for (a, b) in moves if a != b for name in (a, b)}
    assert moving == {name for e in chosen.edges for name in (e.source, e.target)}


@given(MOVES)
def test_no_move_left_out_is_more_frequent_than_all_that_are_drawn(moves: Moves) -> None:
    chosen = frequent([edge(pair[0], pair[1], count) for pair, count in moves.items()], share=0.6)
    drawn = {(e.source, e.target) for e in chosen.edges}
    left = [count for (a, b), count in moves.items() if a != b and (a, b) not in drawn]
    assert max(left, default=0) <= max((e.count for e in chosen.edges), default=0)
