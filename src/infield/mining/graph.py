"""The directly-follows graph: what follows what in real deals, how often, and after how long."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infield.history.ask import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Edge:
    """`target` came next after `source`: `count` times, in `deals` deals; times between them in seconds.

    `source` may equal `target`: a step repeated. Median and 90th percentile interpolate linearly.
    """

    source: str
    target: str
    count: int
    deals: int
    mean_s: float
    median_s: float
    p90_s: float


@dataclass(frozen=True, slots=True)
class Activity:
    """A stage or activity by the name of its file: how often it happened, and in how many deals."""

    name: str
    count: int
    deals: int


@dataclass(frozen=True, slots=True)
class Tip:
    """A stage or activity at which so many deals begin, or beyond which they have not gone."""

    name: str
    deals: int


def edges(connection: "DuckDBPyConnection") -> tuple[Edge, ...]:
    """Every edge, the most frequent first, then by name."""
    return ask(connection, __package__, "edges").rows(Edge)


def activities(connection: "DuckDBPyConnection") -> tuple[Activity, ...]:
    """Every stage and activity, the most frequent first, then by name."""
    return ask(connection, __package__, "activities").rows(Activity)


def starts(connection: "DuckDBPyConnection") -> tuple[Tip, ...]:
    """Where deals begin, most deals first, then by name."""
    return ask(connection, __package__, "starts").rows(Tip)


def ends(connection: "DuckDBPyConnection") -> tuple[Tip, ...]:
    """The last step of each deal so far, open ones too, most deals first, then by name."""
    return ask(connection, __package__, "ends").rows(Tip)
