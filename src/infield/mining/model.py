"""The written map as a graph of states against which paths are aligned.

The formal model of conformance, of which `align` finds the best alignment:

**Run.** A run of the map is a walk through its stages: it enters the first stage, then goes on by any way
that the map permits: a transition of any kind, or a "not now" way out with a target. Substages are no
stages.

**State.** Where the run is (before the first stage, or in a stage) and whether the sale is made. It is made
when the run leaves the sale stage by a way that leads on (forward, branch, jump), not by a way back or a
way out. Only states that a run can get to are kept, so an ordinary map has one state a stage.

**Moves.** A path is the deal's stage entries with repeats merged. An alignment goes through path and run
together:

- synchronous: the next entry of the path is a stage that the run may enter now, and enters; costs 0.
- skip: the run enters a stage that the path does not have here; costs 1.
- insert: the path has an entry that the run does not follow (not permitted here, or no stage of the map);
  costs 1.

**End.** Each deal's run must end where its outcome can happen:

- open: anywhere; nothing is asked of what may still come, so nothing is skipped after the last entry.
- won: in the sale stage (its exit is the sale), or anywhere once the sale is made.
- lost: in a stage that a way out leaves from. On a map where no run gets to a way out, a loss has no place
  and must end like a sale.

Where no run of the map can end so (the sale cannot be reached), these deals are aligned like open ones.

**Choice.** Of the cheapest alignments the one with the longest synchronous beginning is taken; then a skip
goes before an insert, and the skip of a stage listed earlier before that of a later one; and so on for the
rest. Written as letters, synchronous < skip (in the map's order) < insert, it is the first in the
dictionary. Skips between two synchronous moves therefore come in one run, before any insert there.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from infield.process.flow import first_stage, leaves_from, sale_stage, ways
from infield.process.texts import each_language
from infield.process.values import ProcessMap

type Outcome = Literal["won", "lost"] | None
type Costs = NDArray[np.integer[Any]]

OUTCOMES: tuple[Outcome, ...] = (None, "won", "lost")
LEADS_ON = ("forward", "branch", "jump")
FAR = 10_000
"""A cost that stands for "never": more than any alignment of a path of fewer than `FAR / 2` entries."""

type _State = tuple[int, bool]
_START: _State = (-1, False)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Model:
    """A map as arrays; n states (0 is before the first stage), s stages in the map's order.

    A stage's number is its place in `keys`; s itself stands for a name that is no stage.
    """

    keys: tuple[str, ...]
    numbers: dict[str, int]
    """As `numbers_of` gives them."""
    ways: tuple[tuple[int, int], ...]
    """The transitions of the map by number of stage, in the map's order."""
    stage_of: NDArray[np.int32]
    """(n,) the stage of a state; -1 at the start."""
    after: NDArray[np.int32]
    """(n, s + 1) the state in which the run is when it enters a stage from a state; -1 where it may not."""
    nexts: NDArray[np.int32]
    """(n, widest fork) the states that may follow, in the map's order, filled up with -1."""
    states_of: NDArray[np.int32]
    """(s + 1, 2) the states of a stage, before and after the sale; -1 where a run never gets."""
    skips_before: NDArray[np.int32]
    """(n + 1, n) fewest skips on the way from state [.., j] until state [i] can be entered; FAR for never and
    in the last row, which serves the -1 of `states_of`."""
    skips_to_end: NDArray[np.int32]
    """(3, n) fewest skips until a deal of this outcome (by `OUTCOMES`) may end; FAR for never."""


def model_of(process: ProcessMap) -> Model:
    """Give the model of a map; a way that names a stage the map does not have is left out."""
    keys = _keys(process)
    number = {key: at for at, key in enumerate(keys)}
    permitted = _permitted(process, number)
    first, sale = number[first_stage(process).key], number[sale_stage(process).key]

    def follow(state: _State) -> list[_State]:
        at, sold = state
        if state == _START:
            return [(first, False)]
        return [(to, sold or (at == sale and permitted[at, to])) for a, to in sorted(permitted) if a == at]

    states = _closure(_START, follow)
    nexts = [[states.index(state) for state in follow(here)] for here in states]
    skips = np.array([_distances(nexts, at) for at in range(len(states))], dtype=np.int32)
    outs = {source for out in process.ways_out for source in leaves_from(process, out.sources)}
    return Model(
        keys=keys,
        numbers=numbers_of(process),
        ways=tuple(
            dict.fromkeys((number[way.source], number[way.target]) for way in ways(process)
                          if way.source in number and way.target in number)
        ),
        stage_of=np.array([at for at, _ in states], dtype=np.int32),
        after=_after(states, nexts, len(keys)),
        nexts=_filled(nexts),
        states_of=_states_of(states, len(keys)),
        skips_before=_skips_before(skips, nexts),
        skips_to_end=_skips_to_end(
            skips,
            won=[at for at, (stage, sold) in enumerate(states) if sold or stage == sale],
            lost=[at for at, (stage, _) in enumerate(states) if stage >= 0 and keys[stage] in outs],
        ),
    )  # fmt: skip


def numbers_of(process: ProcessMap) -> dict[str, int]:
    """Give the number of a stage by its case-folded key or name, in any language; keys go before names."""
    number = {key: at for at, key in enumerate(_keys(process))}
    found: dict[str, int] = {}
    for key, at in number.items():
        found.setdefault(key.casefold(), at)
    for stage in process.stages:
        for name in each_language(stage.name, process.language).values():
            found.setdefault(name.casefold(), number[stage.key])
    return found


def _keys(process: ProcessMap) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stage.key for stage in process.stages))


def _permitted(process: ProcessMap, number: dict[str, int]) -> dict[tuple[int, int], bool]:
    """Give each permitted move, with whether it leads on (and so makes the sale where it leaves the sale)."""
    moves = [(way.source, way.target, way.kind in LEADS_ON) for way in ways(process)]
    moves += [
        (source, out.target, False)
        for out in process.ways_out
        if out.target is not None
        for source in leaves_from(process, out.sources)
    ]
    permitted: dict[tuple[int, int], bool] = {}
    for source, target, on in moves:
        if source in number and target in number:
            move = number[source], number[target]
            permitted[move] = permitted.get(move, False) or on
    return permitted


def _closure(seed: _State, follow: Callable[[_State], Iterable[_State]]) -> list[_State]:
    found = [seed]
    for state in found:
        found += [new for new in dict.fromkeys(follow(state)) if new not in found]
    return found


def _distances(nexts: list[list[int]], source: int) -> list[int]:
    """Give the fewest steps from a state to each one; FAR where it does not get to."""
    steps = [FAR] * len(nexts)
    steps[source] = 0
    queue = deque([source])
    while queue:
        here = queue.popleft()
        for new in nexts[here]:
            if steps[new] == FAR:
                steps[new] = steps[here] + 1
                queue.append(new)
    return steps


def _after(states: list[_State], nexts: list[list[int]], stages: int) -> NDArray[np.int32]:
    after = np.full((len(states), stages + 1), -1, dtype=np.int32)
    for here, following in enumerate(nexts):
        for new in following:
            after[here, states[new][0]] = new
    return after


def _filled(nexts: list[list[int]]) -> NDArray[np.int32]:
    width = max(len(following) for following in nexts)
    return np.array([following + [-1] * (width - len(following)) for following in nexts], dtype=np.int32)


def _states_of(states: list[_State], stages: int) -> NDArray[np.int32]:
    found = np.full((stages + 1, 2), -1, dtype=np.int32)
    for at, (stage, sold) in enumerate(states[1:], start=1):
        found[stage, int(sold)] = at
    return found


def _skips_before(skips: NDArray[np.int32], nexts: list[list[int]]) -> NDArray[np.int32]:
    before = np.full((len(nexts) + 1, len(nexts)), FAR, dtype=np.int32)
    for here, following in enumerate(nexts):
        for new in following:
            before[new] = np.minimum(before[new], skips[:, here])
    return before


def _skips_to_end(skips: NDArray[np.int32], won: Collection[int], lost: Collection[int]) -> NDArray[np.int32]:
    everywhere = range(len(skips))
    ends = {None: everywhere, "won": won or everywhere, "lost": lost or won or everywhere}
    return np.stack([skips[:, list(ends[outcome])].min(axis=1) for outcome in OUTCOMES])
