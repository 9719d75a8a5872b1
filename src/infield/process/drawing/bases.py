"""Which gates are the bases of a diamond, and where between them everything else lies."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from infield.process.drawing.stops import Stop

QUARTERS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


@dataclass(frozen=True, slots=True)
class Round:
    """The way from home over three bases and back home; from base to base it is linear in weight."""

    shares: tuple[Decimal, ...]
    """The share of all weight gathered at home, at the three bases and at home again: from 0 to 1."""
    last_stops: tuple[int, ...]
    """The number of stops up to each of these; empty where the bases are no gates."""

    def runner(self, share: Decimal) -> Decimal:
        """Give how far round (0 to 1) a deal is that has gathered `share` of the weight.

        Where the last side carries no weight, everything gathered means the base before it, not the sale.
        """
        for side, (start, end) in enumerate(pairwise(self.shares)):
            if share <= end:
                return (side + (share - start) / (end - start)) / 4
        return Decimal(1)

    def gate(self, row: int, stop: Stop) -> Decimal:
        """Give how far round the gate of the stop with index `row` lies."""
        for side, (before, last) in enumerate(pairwise(self.last_stops)):
            if before <= row < last and self.shares[side] == self.shares[side + 1]:
                return (side + Decimal(row + 1 - before) / (last - before)) / 4
            if before <= row < last:
                start, end = self.shares[side], self.shares[side + 1]
                return (side + (stop.place - start) / (end - start)) / 4
        return stop.place


def round_of(stops: tuple[Stop, ...]) -> Round:
    """Choose the gates nearest to each quarter of the weight as bases; the last gate is home.

    A map with fewer than three gates before the sale keeps its bases at the quarters themselves.
    """
    inner = [stop.place for stop in stops[:-1]]
    if len(inner) < len(QUARTERS):
        return Round((Decimal(0), *QUARTERS, Decimal(1)), ())
    near = sorted({row for quarter in QUARTERS for row in _nearest(inner, quarter)})
    first, second, third = min(combinations(near, 3), key=lambda rows: _off(rows, inner))
    shares = (Decimal(0), inner[first], inner[second], inner[third], Decimal(1))
    return Round(shares, (0, first + 1, second + 1, third + 1, len(stops)))


def _nearest(places: list[Decimal], quarter: Decimal) -> list[int]:
    """Give the three gates nearest to a quarter: more are never needed, as two other bases take two at most."""
    return sorted(range(len(places)), key=lambda row: (abs(places[row] - quarter), row))[:3]


def _off(rows: tuple[int, ...], places: list[Decimal]) -> Decimal:
    squares = ((places[row] - quarter) ** 2 for row, quarter in zip(rows, QUARTERS, strict=True))
    return sum(squares, Decimal(0))
