"""The best alignment of many paths with a map at once, exactly, level by level in numpy.

For each path the least cost of the rest is computed from its end to its beginning, for every state of the
model:

    rest[i][q] = min(1 + rest[i + 1][q],  skips until t can be entered from q + rest[i + 1][t])

where t is a state of the path's entry i (at most two: before and after the sale). That is one row of the
model a path and entry, so the work is entries x states. Walking forward along the least costs and taking
the first permitted of synchronous, skip, insert gives the alignment that `model` chooses. Paths are sorted
by length and taken in batches: memory depends on the batch, not on the log.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from infield.mining.model import FAR, Costs, Model

type Kind = Literal["skip", "insert", "back", "jump"]
type Ints = NDArray[np.integer[Any]]

KINDS: tuple[Kind, ...] = ("skip", "insert", "back", "jump")
SKIP, INSERT, BACK, JUMP = range(4)
BATCH_CELLS = 4_000_000
"""Entries x states that a batch holds at once."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Paths:
    """Many paths in one array, repeats merged.

    An entry is the number of a stage in the model, or s (the number of stages) and more for other names.
    """

    entries: Ints
    """The entries of all paths, one path after the other."""
    starts: Ints
    """(paths + 1,) where each path begins in `entries`."""
    outcomes: Ints
    """(paths,) index into `model.OUTCOMES`."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Alignments:
    """What the alignments cost and where they deviate."""

    costs: Ints
    """(paths,) least number of skips and inserts."""
    deviations: Ints
    """(deviations, 4) path, index into `KINDS`, stage, target (-1 for none); each once a path, sorted."""
    entered: NDArray[np.bool_]
    """(s,) whether a synchronous move enters the stage."""
    taken: NDArray[np.bool_]
    """(s, s) whether a synchronous move goes straight from one stage to another."""


@dataclass(slots=True, eq=False)
class _Walk:
    """The paths of one batch on their way through the model."""

    model: Model
    rows: Ints
    state: Ints
    last: Ints
    """The stage of the last synchronous move, -1 before one."""
    syncs: Ints
    """How many synchronous moves there were."""
    straight: NDArray[np.bool_]
    """Whether the last move of the run was synchronous."""
    shape: tuple[int, int, int, int]
    """How many paths, kinds, names and targets there may be: a deviation is packed into one number."""
    skipped: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    """Place in the batch, stage, synchronous moves before it."""
    found: list[Ints] = field(default_factory=list)

    def note(self, kind: int, at: Ints, stage: Ints, target: Ints | int = -1) -> None:
        places = np.broadcast_arrays(self.rows[at], kind, stage, np.add(target, 1))
        self.found.append(np.ravel_multi_index(tuple(places), self.shape))


def align(model: Model, paths: Paths) -> Alignments:
    """Give the chosen alignment of each path: its cost and its deviations.

    No path gives empty arrays. A path without an entry has the cost of the skips that its outcome asks for.
    """
    stages = len(model.keys)
    costs = np.zeros(len(paths.outcomes), dtype=np.int64)
    entered, taken = np.zeros(stages, dtype=bool), np.zeros((stages, stages), dtype=bool)
    names = max(int(paths.entries.max(initial=0)) + 1, stages)
    shape = (max(len(costs), 1), len(KINDS), names, stages + 1)
    found: list[Ints] = [np.empty(0, dtype=np.int64)]
    for rows in _batches(model, paths):
        columns = list(_columns(paths, rows))
        rests = _rests(model, columns, paths.outcomes[rows])
        costs[rows] = rests[0][:, 0]
        walk = _begin(model, rows, shape)
        for entry, rest, onward in zip(columns, rests, rests[1:], strict=False):
            _level(walk, entry, rest, onward, entered, taken)
        _finish(walk, paths.outcomes[rows])
        found += walk.found
    return Alignments(
        costs=costs, deviations=_once(np.concatenate(found), shape), entered=entered, taken=taken
    )


def starts_of(lengths: Ints) -> Ints:
    """Give where each path begins, and where the last one ends, from the number of entries of each."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)))


def _batches(model: Model, paths: Paths) -> Iterator[Ints]:
    """Give the numbers of the paths, longest first, in batches of about as much work."""
    lengths = np.diff(paths.starts)
    order = np.argsort(-lengths, kind="stable")
    begin = 0
    while begin < len(order):
        cells = (int(lengths[order[begin]]) + 1) * len(model.stage_of)
        end = begin + max(1, BATCH_CELLS // cells)
        yield order[begin:end]
        begin = end


def _columns(paths: Paths, rows: Ints) -> Iterator[Ints]:
    """Give the first entry of each path, then the second of those that have one, and so on."""
    starts = paths.starts[rows]
    lengths = paths.starts[rows + 1] - starts
    for level in range(int(lengths[0])):
        have = int(np.searchsorted(-lengths, -level, side="left"))
        yield paths.entries[starts[:have] + level]


def _rests(model: Model, columns: list[Ints], outcomes: Ints) -> list[Costs]:
    """Give for each level the least cost of the rest: (paths with that many entries, states)."""
    wide = len(columns) + len(model.stage_of) >= FAR // 2
    far = 2**29 if wide else FAR
    dtype: np.dtype[np.integer[Any]] = np.dtype(np.int32 if wide else np.int16)
    before: Costs = np.where(model.skips_before == FAR, far, model.skips_before).astype(dtype)
    ends: Costs = np.where(model.skips_to_end == FAR, far, model.skips_to_end).astype(dtype)[outcomes]
    second = bool((model.states_of[:, 1] >= 0).any())
    rests: list[Costs] = [ends[: len(columns[-1]) if columns else len(outcomes)]]
    for level in range(len(columns) - 1, -1, -1):
        entry, rest = np.minimum(columns[level], len(model.keys)), rests[-1]
        along = np.arange(len(entry))
        here = rest + dtype.type(1)
        for state in model.states_of.T[: 1 + second]:
            to = state[entry]
            np.minimum(here, before[to] + rest[along, to][:, None], out=here)
        shorter = len(columns[level - 1]) if level else len(outcomes)
        rests.append(np.concatenate((here, ends[len(entry) : shorter])))
    return rests[::-1]


def _begin(model: Model, rows: Ints, shape: tuple[int, int, int, int]) -> _Walk:
    return _Walk(
        model=model,
        rows=rows,
        state=np.zeros(len(rows), dtype=np.int64),
        last=np.full(len(rows), -1, dtype=np.int64),
        syncs=np.zeros(len(rows), dtype=np.int64),
        straight=np.zeros(len(rows), dtype=bool),
        shape=shape,
    )


def _level(
    walk: _Walk, entry: Ints, rest: Costs, onward: Costs, entered: NDArray[np.bool_], taken: NDArray[np.bool_]
) -> None:
    """Let every path with this many entries take its next one, after the skips that go before it."""
    model = walk.model
    waiting = np.arange(len(entry))
    stage = np.minimum(entry, len(model.keys))
    while len(waiting):
        here = walk.state[waiting]
        left = rest[waiting, here]
        to = model.after[here, stage[waiting]]
        follows = (to >= 0) & (onward[waiting, to] == left)
        _follow(walk, waiting[follows], to[follows], entered, taken)
        waiting, left = waiting[~follows], left[~follows]
        skips = _skip(walk, waiting, left, rest)
        _insert(walk, waiting[~skips], entry[waiting[~skips]])
        waiting = waiting[skips]


def _follow(walk: _Walk, at: Ints, to: Ints, entered: NDArray[np.bool_], taken: NDArray[np.bool_]) -> None:
    stage, last, straight = walk.model.stage_of[to], walk.last[at], walk.straight[at]
    entered[stage] = True
    taken[last[straight], stage[straight]] = True
    jumps = ~straight & (last >= 0)
    if jumps.any():
        walk.note(JUMP, at[jumps], last[jumps], stage[jumps])
    walk.state[at], walk.last[at], walk.straight[at] = to, stage, True
    walk.syncs[at] += 1


def _skip(walk: _Walk, at: Ints, left: Costs, rest: Costs) -> NDArray[np.bool_]:
    """Let each path skip the first stage, in the map's order, that an alignment of least cost can skip."""
    nexts = walk.model.nexts[walk.state[at]]
    fits = (nexts >= 0) & (rest[at[:, None], nexts] + 1 == left[:, None])
    skips: NDArray[np.bool_] = fits.any(axis=1)
    where = at[skips]
    to = nexts[skips, fits[skips].argmax(axis=1)]
    if len(where):
        walk.skipped.append((where, walk.model.stage_of[to], walk.syncs[where]))
    walk.state[where], walk.straight[where] = to, False
    return skips


def _insert(walk: _Walk, at: Ints, entry: Ints) -> None:
    if not len(at):
        return
    last = walk.last[at]
    back = entry < last
    walk.note(BACK, at[back], last[back], entry[back])
    walk.note(INSERT, at[~back], entry[~back])


def _finish(walk: _Walk, outcomes: Ints) -> None:
    """Skip to where the deal may end; then tell the skips that are no jump, at either end of the path."""
    rest = walk.model.skips_to_end[outcomes]
    waiting = np.arange(len(outcomes))
    while len(waiting := waiting[rest[waiting, walk.state[waiting]] > 0]):
        _skip(walk, waiting, rest[waiting, walk.state[waiting]], rest)
    for at, stage, syncs in walk.skipped:
        alone = (syncs == 0) | (syncs == walk.syncs[at])
        walk.note(SKIP, at[alone], stage[alone])


def _once(packed: Ints, shape: tuple[int, int, int, int]) -> Ints:
    """Sort the deviations, leave each path's only once, and unpack them."""
    packed = np.sort(packed)
    new = np.ones(len(packed), dtype=bool)
    new[1:] = packed[1:] != packed[:-1]
    once: Ints = np.column_stack(np.unravel_index(packed[new], shape))
    once[:, 3] -= 1
    return once
