"""The log at a glance: how much it holds, from when to when, and how long deals take."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infield.history.ask import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of the log; first and last event in microseconds since 1970 in UTC (null in an empty log)."""

    deals: int
    events: int
    first_us: int | None
    last_us: int | None
    won: int
    lost: int
    open: int


@dataclass(frozen=True, slots=True)
class Duration:
    """From the first event of a deal to its close (to its last event where no close is known), in seconds.

    `outcome` is won, lost or null: open deals, whose time is not over.
    """

    outcome: str | None
    deals: int
    mean_s: float
    p10_s: float
    median_s: float
    p90_s: float


def overview(connection: "DuckDBPyConnection") -> Overview:
    """The log at a glance."""
    (row,) = ask(connection, __package__, "overview").rows(Overview)
    return row


def durations(connection: "DuckDBPyConnection") -> tuple[Duration, ...]:
    """How long won, lost and open deals take, in this order; an outcome without a deal has no row."""
    return ask(connection, __package__, "durations").rows(Duration)
