"""The last sales, step by step: how the company sells, before any average."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from infield.history.ask import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class SaleStep:
    """One event of a sale: when (microseconds since 1970, UTC), what, by whom, the seconds to the next."""

    at_us: int
    kind: str
    stage: str | None
    owner: str | None
    gap_s: float | None


@dataclass(frozen=True, slots=True)
class Sale:
    """A won deal and all that happened to it, in order."""

    uuid: str | None
    organization: str | None
    amount_minor: int | None
    currency: str | None
    created_us: int
    closed_us: int | None
    steps: tuple[SaleStep, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    case: int
    uuid: str | None
    organization: str | None
    amount_minor: int | None
    currency: str | None
    created_us: int
    closed_us: int | None
    at_us: int
    kind: str
    stage: str | None
    owner: str | None
    gap_s: float | None


def last_sales(connection: "DuckDBPyConnection", top: int = 5) -> tuple[Sale, ...]:
    """The `top` sales closed last, the latest first; those without a time of closing come after them."""
    rows = ask(connection, __package__, "last_sales", top=top).rows(_Row)
    return tuple(_sale(list(of_case)) for _, of_case in groupby(rows, attrgetter("case")))


def _sale(rows: list[_Row]) -> Sale:
    head = rows[0]
    steps = tuple(SaleStep(row.at_us, row.kind, row.stage, row.owner, row.gap_s) for row in rows)
    who = (head.uuid, head.organization, head.amount_minor, head.currency)
    return Sale(*who, head.created_us, head.closed_us, steps)
