"""The chosen alignment by trying everything: slow, and written without the model of the product.

It walks the map's own transitions with the whole run in hand, lists every alignment of least cost,
compares them as the definition says, and reads the deviations off the chosen one move by move.
"""

from collections.abc import Iterator, Sequence
from itertools import count, groupby, pairwise
from typing import NamedTuple

from infield.mining.model import Outcome
from infield.process.values import ProcessMap


class Move(NamedTuple):
    sort: str
    """sync, skip or insert"""
    name: str


type Alignment = tuple[Move, ...]
type Told = tuple[str, str, str | None]


class Exhaustive:
    def __init__(self, process: ProcessMap) -> None:
        self.order = [stage.key for stage in process.stages]
        self.first = process.starting_point.stage or self.order[0]
        marked = [stage.key for stage in process.stages if stage.sale]
        self.sale = (marked or [stage.key for stage in process.stages if stage.about != "client"])[-1]
        straight = list(pairwise(self.order))
        written = [(way.source, way.target) for way in process.transitions]
        self.onward = {
            *([] if written else straight),
            *((way.source, way.target) for way in process.transitions if way.kind != "way_back"),
        }
        self.moves = set(written or straight)
        self.exits: set[str] = set()
        for out in process.ways_out:
            sources = out.sources or self.order[: self.order.index(self.sale) + 1]
            self.exits |= set(sources)
            if out.target:
                self.moves |= {(source, out.target) for source in sources}
        self.runs_end = {outcome: self._some_run_ends(outcome) for outcome in ("won", "lost")}

    def best(self, path: Sequence[str], outcome: Outcome) -> Alignment:
        merged = [name for name, _ in groupby(path)]
        for budget in count():
            if found := list(self._alignments(merged, (), outcome, budget)):
                return min(found, key=self._rank)
        raise AssertionError

    def told(self, alignment: Alignment) -> set[Told]:
        told: set[Told] = set()
        syncs = [at for at, move in enumerate(alignment) if move.sort == "sync"]
        for at, move in enumerate(alignment):
            before = [sync for sync in syncs if sync < at]
            after = [sync for sync in syncs if sync > at]
            last = alignment[before[-1]].name if before else None
            if move.sort == "skip" and before and after:
                told.add(("jump", str(last), alignment[after[0]].name))
            elif move.sort == "skip":
                told.add(("skip", move.name, None))
            elif move.sort == "insert" and last and self._earlier(move.name, last):
                told.add(("back", last, move.name))
            elif move.sort == "insert":
                told.add(("insert", move.name, None))
        return told

    def _earlier(self, name: str, than: str) -> bool:
        return name in self.order and self.order.index(name) < self.order.index(than)

    def _rank(self, alignment: Alignment) -> tuple[int, list[tuple[int, int]]]:
        synchronous = next((at for at, move in enumerate(alignment) if move.sort != "sync"), len(alignment))
        ranks = {"sync": 0, "skip": 1, "insert": 2}
        return -synchronous, [
            (ranks[move.sort], self.order.index(move.name) if move.sort == "skip" else 0)
            for move in alignment
        ]

    def _alignments(
        self, rest: Sequence[str], run: tuple[str, ...], outcome: Outcome, budget: int
    ) -> Iterator[Alignment]:
        """Give every alignment of the rest that costs at most the budget."""
        if not rest and self._may_end(run, outcome):
            yield ()
        may_enter = [self.first] if not run else [b for a, b in self.moves if a == run[-1]]
        if rest and rest[0] in may_enter:
            for more in self._alignments(rest[1:], (*run, rest[0]), outcome, budget):
                yield (Move("sync", rest[0]), *more)
        if not budget:
            return
        for stage in may_enter:
            for more in self._alignments(rest, (*run, stage), outcome, budget - 1):
                yield (Move("skip", stage), *more)
        if rest:
            for more in self._alignments(rest[1:], run, outcome, budget - 1):
                yield (Move("insert", rest[0]), *more)

    def _may_end(self, run: tuple[str, ...], outcome: Outcome) -> bool:
        if outcome == "lost" and self.runs_end["lost"]:
            return bool(run) and run[-1] in self.exits
        if outcome is not None and self.runs_end["won"]:
            sold = any(a == self.sale and (a, b) in self.onward for a, b in pairwise(run))
            return sold or (bool(run) and run[-1] == self.sale)
        return True

    def _some_run_ends(self, outcome: str) -> bool:
        met = {self.first}
        for _ in self.order:
            met |= {b for a, b in self.moves if a in met}
        return self.sale in met if outcome == "won" else bool(met & self.exits)
