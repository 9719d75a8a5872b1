"""How far the deals followed the map: which deals fit, where the others deviate, and how those ended.

In: the distinct paths with their outcomes and numbers of deals. Out: a frozen `Conformance`. Every distinct
path is aligned once, however many deals took it; what an alignment is, and which one is chosen, says
`model`.

How an alignment is told as deviations (each counts once a deal):

- jump: the skips between two synchronous moves are one; `stage` is where the deal was, `target` where it
  came to.
- skip: a skip before the first or after the last synchronous move, each by itself; `stage` is the one
  skipped.
- back: an inserted entry of a stage that the map lists before the one of the last synchronous move; `stage`
  is that one, `target` the earlier stage.
- insert: any other inserted entry; `stage` is its stage, or the name as found where the map has no such
  stage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from infield.mining.align import KINDS, Alignments, Ints, Kind, Paths, align, starts_of
from infield.mining.model import OUTCOMES, Model, Outcome, model_of
from infield.process.values import ProcessMap

type Taken = tuple[Sequence[str], Outcome, int]
"""A path as stage names in their order, how its deals ended, and how many deals took it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One way in which deals left the map."""

    kind: Kind
    stage: str
    """The key of the stage; of an insert also a name that the map does not have."""
    target: str | None
    """The key of the stage that a jump or a way back came to; None of a skip and an insert."""
    deals: int
    closed: int
    """Those of the deals that were won or lost."""
    won: int

    @property
    def won_share(self) -> float | None:
        """Give the share of won among the closed deals, 0 to 1; None where none is closed."""
        return self.won / self.closed if self.closed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """The deals held against the map."""

    deals: int
    fitting: int
    """Deals whose alignment costs nothing."""
    cost: int
    """Skips and inserts of all deals together."""
    deviations: tuple[Deviation, ...]
    """Those of most deals first; equal ones by kind (skip, insert, back, jump) and the map's order."""
    unmatched: tuple[str, ...]
    """Names that are no stage of the map, in one of the spellings found."""
    never_entered: tuple[str, ...]
    """Keys of the map's stages that no deal entered as the map has it, in the map's order."""
    never_taken: tuple[tuple[str, str], ...]
    """Transitions of the map (source, target) that no deal took, in the map's order."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CodedPaths:
    """Distinct paths as arrays: what a columnar table gives without one Python object an entry."""

    names: Sequence[str]
    """Code → name; names that no path has do not matter."""
    codes: Ints
    """The codes of all paths, one path after the other; repeats are merged here, not before."""
    starts: Ints
    """(paths + 1,) where each path begins in `codes`."""
    outcomes: Ints
    """(paths,) index into `OUTCOMES`."""
    deals: Ints
    """(paths,) how many deals took it."""


def conformance(process: ProcessMap, taken: Iterable[Taken]) -> Conformance:
    """Hold paths against a map; a path may come several times. No path gives zeros and empty tuples."""
    return conformance_of_coded(process, coded(taken))


def conformance_of_coded(process: ProcessMap, given: CodedPaths) -> Conformance:
    """Hold paths against a map, as `conformance` does."""
    model = model_of(process)
    paths, unmatched = matched(model, given)
    found = align(model, paths)
    return Conformance(
        deals=int(given.deals.sum()),
        fitting=int(given.deals[found.costs == 0].sum()),
        cost=int(given.deals @ found.costs),
        deviations=_deviations(found, (*model.keys, *unmatched), given),
        unmatched=unmatched,
        never_entered=tuple(model.keys[at] for at in np.flatnonzero(~found.entered)),
        never_taken=tuple((model.keys[a], model.keys[b]) for a, b in model.ways if not found.taken[a, b]),
    )


def paths_with(
    process: ProcessMap, given: CodedPaths, deviation: tuple[Kind, str, str | None] | None
) -> Ints:
    """Give which paths deviate in this way (kind, stage, target) at least once, or (None) do not deviate at all."""
    model = model_of(process)
    paths, unmatched = matched(model, given)
    found = align(model, paths)
    if deviation is None:
        return np.flatnonzero(found.costs == 0)
    numbers = {name: number for number, name in enumerate((*model.keys, *unmatched))}
    kind, stage, target = deviation
    wanted = (KINDS.index(kind), numbers.get(stage, -2), -1 if target is None else numbers.get(target, -2))
    path, *about = found.deviations.T
    return np.unique(
        path[np.logical_and.reduce([some == one for some, one in zip(about, wanted, strict=True)])]
    )


def coded(taken: Iterable[Taken]) -> CodedPaths:
    """Give paths of names as arrays."""
    rows = list(taken)
    codes = {
        name: code for code, name in enumerate(dict.fromkeys(chain.from_iterable(row[0] for row in rows)))
    }
    lengths = [len(path) for path, _, _ in rows]
    return CodedPaths(
        names=tuple(codes),
        codes=np.fromiter(map(codes.__getitem__, chain.from_iterable(row[0] for row in rows)), np.int64),
        starts=starts_of(np.array(lengths, dtype=np.int64)),
        outcomes=np.fromiter((OUTCOMES.index(outcome) for _, outcome, _ in rows), np.int64),
        deals=np.fromiter((deals for _, _, deals in rows), np.int64),
    )


def matched(model: Model, given: CodedPaths) -> tuple[Paths, tuple[str, ...]]:
    """Give the paths in stages of the model, repeats merged, and the names that match no stage.

    Case does not count. Names of one stage (its key and its name in two languages, for instance) are one
    entry where they follow each other.
    """
    others: dict[str, tuple[int, str]] = {}
    numbers = np.zeros(len(given.names), dtype=np.int64)
    for code in np.flatnonzero(np.bincount(given.codes)).tolist():
        name = given.names[code]
        folded = name.casefold()
        number = model.numbers.get(folded)
        if number is None:
            number = others.setdefault(folded, (len(model.keys) + len(others), name))[0]
        numbers[code] = number
    return _merged(numbers[given.codes], given), tuple(name for _, name in others.values())


def _merged(entries: Ints, given: CodedPaths) -> Paths:
    lengths = np.diff(given.starts)
    new = np.ones(len(entries), dtype=bool)
    new[1:] = entries[1:] != entries[:-1]
    new[given.starts[:-1][lengths > 0]] = True
    kept = np.concatenate(([0], np.cumsum(new)))
    return Paths(entries=entries[new], starts=kept[given.starts], outcomes=given.outcomes)


def _deviations(found: Alignments, names: Sequence[str], given: CodedPaths) -> tuple[Deviation, ...]:
    path, kind, stage, target = found.deviations.T
    outcome, deals = given.outcomes[path], given.deals[path]
    closed, won = outcome != OUTCOMES.index(None), outcome == OUTCOMES.index("won")
    which = _places(kind, stage, target, names=len(names), stages=len(found.entered))
    # Sums in floating point are exact up to 2**53 deals.
    sums = [np.bincount(which, weights=deals * counts) for counts in (1, closed, won)]
    there = np.flatnonzero(sums[0])
    example = np.zeros(len(sums[0]), dtype=np.int64)
    example[which] = np.arange(len(which))
    deviations = [
        Deviation(
            kind=KINDS[kind[row]],
            stage=names[stage[row]],
            target=names[target[row]] if target[row] >= 0 else None,
            deals=int(sums[0][place]),
            closed=int(sums[1][place]),
            won=int(sums[2][place]),
        )
        for place, row in zip(there, example[there], strict=True)
    ]
    return tuple(sorted(deviations, key=lambda deviation: -deviation.deals))


def _places(kind: Ints, stage: Ints, target: Ints, *, names: int, stages: int) -> Ints:
    """Number the deviations by kind, stage and target; only back and jump, the last kinds, have a target."""
    ways = 2 * names + ((kind - 2) * stages + stage) * stages + target
    return np.where(target < 0, kind * names + stage, ways)
