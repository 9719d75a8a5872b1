"""Deals and waits far outside the usual, by a measure that the outliers themselves cannot bend."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infield.history.ask import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The third quartile of the standard normal: it makes the median absolute deviation read as a standard one.
PER_MAD = 0.6745
CUTOFF = 3.5
LEAST = 20
# Steps that machines take within a second of each other are regular to the millisecond: two seconds between
# them would score a hundred, and nobody waited.
MATTERS_S = 3600
RULE: dict[str, float] = {"per_mad": PER_MAD, "cutoff": CUTOFF, "least": LEAST, "matters_s": MATTERS_S}


@dataclass(frozen=True, slots=True)
class DealOutlier:
    """A closed deal that took unusually long (score > 0) or short, beside the median of its outcome.

    `slow` and `fast` are the numbers of all such deals, listed or not.
    """

    uuid: str | None
    outcome: str
    duration_s: float
    median_s: float
    score: float
    slow: int
    fast: int


@dataclass(frozen=True, slots=True)
class GapOutlier:
    """One unusual wait between two steps, beside the median of its edge; `at_us` is when it began (UTC).

    `slow` and `fast` are the numbers of all such waits, listed or not.
    """

    uuid: str | None
    source: str
    target: str
    at_us: int
    gap_s: float
    median_s: float
    score: float
    slow: int
    fast: int


def outlying_deals(connection: "DuckDBPyConnection", top: int = 20) -> tuple[DealOutlier, ...]:
    """The `top` most unusual of the closed deals by their duration, start to close: the slow first.

    The modified z-score 0.6745 · (x - median) / MAD with the cutoff 3.5 of B. Iglewicz and D. C. Hoaglin, How
    to Detect and Handle Outliers, 1993, on x = ln(1 + seconds), as durations are skewed. Won and lost deals
    are measured apart. Fewer than 20 deals, or half of them equal (MAD 0), say nothing of what is usual: no
    rows. Less than an hour from the median is not listed whatever its score.
    """
    return ask(connection, __package__, "outlying_deals", top=top, **RULE).rows(DealOutlier)


def outlying_gaps(connection: "DuckDBPyConnection", top: int = 20) -> tuple[GapOutlier, ...]:
    """The `top` most unusual waits between two steps, each measured against its own edge: the slow first."""
    return ask(connection, __package__, "outlying_gaps", top=top, **RULE).rows(GapOutlier)
