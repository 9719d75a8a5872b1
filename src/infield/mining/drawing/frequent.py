"""Which moves a picture shows: the frequent ones that explain most of what happened, and no step left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from infield.mining.graph import Edge

SHARE, MOST = 0.9, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequent:
    """The moves to draw, the most frequent first; `repeats` are those from a step to itself."""

    edges: tuple[Edge, ...]
    repeats: tuple[Edge, ...]
    kinds: int
    """How many different moves there are in all."""
    moves: int
    """How many moves happened in all, repeats too."""

    @property
    def shown(self) -> int:
        return len(self.edges) + len(self.repeats)

    @property
    def share(self) -> float:
        """The share of all moves that is drawn, 0 to 1; 1 where nothing moved."""
        drawn = sum(edge.count for edge in (*self.edges, *self.repeats))
        return drawn / self.moves if self.moves else 1.0


def frequent(edges: Iterable[Edge], *, share: float = SHARE, most: int = MOST) -> Frequent:
    """Choose the fewest moves that make up `share` of all, at most `most` of them besides repeats.

    The most frequent move into and out of each step is always among them, also beyond `most`.
    """
    ranked = sorted(edges, key=lambda edge: (-edge.count, edge.source, edge.target))
    repeats = tuple(edge for edge in ranked if edge.source == edge.target)
    between = [edge for edge in ranked if edge.source != edge.target]
    chosen = _best_of_each(between)
    wanted = share * sum(edge.count for edge in between)
    for edge in between:
        if len(chosen) >= most or sum(kept.count for kept in chosen) >= wanted:
            break
        chosen.add(edge)
    return Frequent(
        edges=tuple(edge for edge in between if edge in chosen),
        repeats=repeats,
        kinds=len(ranked),
        moves=sum(edge.count for edge in ranked),
    )


def _best_of_each(ranked: Sequence[Edge]) -> set[Edge]:
    best: dict[tuple[str, str], Edge] = {}
    for edge in ranked:
        best.setdefault(("from", edge.source), edge)
        best.setdefault(("to", edge.target), edge)
    return set(best.values())
