"""Variants: the distinct ways from the first step of a deal to its last."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infield.history.ask import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Variant:
    """One way, repeats kept: the deals that took it, their share (0 to 1) of all deals with a step, and the
    median time from their first step to their last, in seconds.
    """

    path: tuple[str, ...]
    deals: int
    share: float
    median_s: float


@dataclass(frozen=True, slots=True)
class Variants:
    """How many ways there are, and the most frequent of them."""

    count: int
    top: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    variants: int


def variants(connection: "DuckDBPyConnection", top: int = 100) -> Variants:
    """The `top` variants, most deals first, then by the names along the path."""
    (count,) = ask(connection, __package__, "variant_count").rows(_Count)
    return Variants(count.variants, ask(connection, __package__, "variants", top=top).rows(Variant))
