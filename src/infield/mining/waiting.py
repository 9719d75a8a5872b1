"""Where time goes: how long deals stay in a stage, and where the open ones wait now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infield.history.ask import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class StageTime:
    """Visits to a stage, how many of them ended, and how long those took, in seconds (null if none ended).

    A visit runs from entering the stage to entering another one; a step repeated does not begin a new visit.
    """

    stage: str
    visits: int
    left: int
    median_s: float | None
    p90_s: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open deals whose last step is this stage, and how long they have been in it, in seconds."""

    stage: str
    deals: int
    median_s: float
    p90_s: float


def stage_times(connection: "DuckDBPyConnection") -> tuple[StageTime, ...]:
    """The time in every stage, most visits first, then by name."""
    return ask(connection, __package__, "stage_times").rows(StageTime)


def waiting(connection: "DuckDBPyConnection", now_us: int) -> tuple[Waiting, ...]:
    """Where open deals wait at `now_us` (microseconds since 1970, UTC), most deals first, then by name."""
    return ask(connection, __package__, "waiting", now_us=now_us).rows(Waiting)
