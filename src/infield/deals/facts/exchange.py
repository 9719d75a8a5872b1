"""What is exchanged for what: product, service, or cash or kind on either side. Nine combinations, and mixtures."""

from dataclasses import dataclass
from typing import Literal, get_args

from infield.deals.refusals import Refusal

Side = Literal["product", "service", "cash_or_kind"]
SIDES: tuple[Side, ...] = get_args(Side)
COMBINATIONS = tuple((gives, gets) for gives in SIDES for gets in SIDES)
MOST_TRADES = 12
LONGEST_DETAILS = 300


@dataclass(frozen=True, slots=True)
class Trade:
    """One thing for another: what we give, what we get, and which in words."""

    gives: str
    gets: str
    details: str = ""


def checked(trades: tuple[Trade, ...]) -> tuple[Trade, ...]:
    """Give the trades as they are kept; Refusal: unknown_exchange, too_long, too_many."""
    if len(trades) > MOST_TRADES:
        raise Refusal("too_many", most=MOST_TRADES)
    for one in trades:
        if (one.gives, one.gets) not in COMBINATIONS:
            raise Refusal("unknown_exchange")
        if len(one.details.strip()) > LONGEST_DETAILS:
            raise Refusal("too_long", most=LONGEST_DETAILS)
    return tuple(Trade(one.gives, one.gets, one.details.strip()) for one in trades)
