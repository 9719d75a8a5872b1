"""The funnel: of the deals that enter a stage, the share that gets further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infield.funnel.wilson import wilson
from infield.history.ask import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class StageConversion:
    """One stage of the funnel; counts are deals, shares 0 to 1, null where no deal is decided.

    `moved_on`: entered a further stage after first entering this one, or won. `still_in`: open and last seen in
    it. `stopped`: neither of the two: lost, or gone back. `rate` = moved_on / (entered - still_in) with its 95 %
    interval `low` to `high`; a deal that moved on and came back counts in both, so that where such deals outweigh
    the others the rate is cut off at 1.
    `median_s`: seconds of a visit that ended, null if none did.
    """

    stage: str
    entered: int
    moved_on: int
    still_in: int
    stopped: int
    rate: float | None
    low: float | None
    high: float | None
    median_s: float | None


@dataclass(frozen=True, slots=True)
class _Counted:
    stage: str
    entered: int
    moved_on: int
    still_in: int
    stopped: int
    median_s: float | None


@dataclass(frozen=True, slots=True)
class _Named:
    name: str


def natural_stages(connection: "DuckDBPyConnection") -> tuple[str, ...]:
    """Give the activities of won deals by their median place in them (of all deals if none is won).

    Equal medians go by the mean place, then by name. An activity that means won is one of them: all who enter
    it move on. For a log without a map.
    """
    return tuple(row.name for row in ask(connection, __package__, "natural_stages").rows(_Named))


def conversion(
    connection: "DuckDBPyConnection", stages: Sequence[str], spelled: Mapping[str, str] | None = None
) -> tuple[StageConversion, ...]:
    """The funnel along `stages` in their order; those that no deal entered count nothing.

    `spelled` says which stage a name of the log means (several names may mean one); left out, the stages are
    named as the log names them. ValueError: a stage given twice.
    """
    if len(set(stages)) < len(stages):
        raise ValueError(*stages)
    if not stages:
        return ()
    meant = dict(zip(stages, stages, strict=True)) if spelled is None else spelled
    rows = ask(
        connection,
        __package__,
        "conversion",
        stages=list(stages),
        names=list(meant),
        meant=list(meant.values()),
    ).rows(_Counted)
    return tuple(_with_rate(row) for row in rows)


def _with_rate(row: _Counted) -> StageConversion:
    counts = (row.stage, row.entered, row.moved_on, row.still_in, row.stopped)
    decided = row.entered - row.still_in
    if not decided:
        return StageConversion(*counts, None, None, None, row.median_s)
    moved_on = min(row.moved_on, decided)
    sure = wilson(moved_on, decided)
    return StageConversion(*counts, moved_on / decided, sure.low, sure.high, row.median_s)
