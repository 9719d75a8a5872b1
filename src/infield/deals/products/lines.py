"""The lines of a deal: so many of a product, at a price, less a discount. Sums are integers of one currency.

In: plain values. Out: `Money`, or a Refusal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from infield.deals.refusals import Refusal
from infield.web.money import LARGEST, Money, exponent, totals

LONGEST_NAME = 200
MOST_LINES = 200
LARGEST_QUANTITY = Decimal(10**9)
LARGEST_PRICE = Decimal(10**11)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Line:
    """`unit_price` in whole units of `currency`; `discount_percent` 0 to 100."""

    product: UUID
    quantity: Decimal
    unit_price: Decimal
    currency: str
    discount_percent: Decimal = Decimal(0)

    @property
    def total(self) -> Money:
        """The price of all of it less the discount, rounded half up to the smallest unit of the currency.

        >>> Line(UUID(int=1), Decimal(3), Decimal("19.99"), "EUR", Decimal(10)).total
        Money(amount_minor=5397, currency='EUR')
        """
        whole = self.quantity * self.unit_price * (HUNDRED - self.discount_percent) / HUNDRED
        minor = whole.scaleb(exponent(self.currency)).quantize(Decimal(1), ROUND_HALF_UP)
        return Money(int(minor), self.currency)


def sums(lines: Iterable[Line]) -> tuple[Money, ...]:
    """Give the sum of the lines, one for each currency; nothing for no lines."""
    return totals(line.total for line in lines)


def checked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Give the lines; Refusal: too_many, quantity_not_positive, negative_amount, discount_too_large, too_large."""
    if len(lines) > MOST_LINES:
        raise Refusal("too_many", most=MOST_LINES)
    for line in lines:
        _refuse(line)
    if any(one.amount_minor > LARGEST for one in sums(lines)):
        raise Refusal("too_large")
    return lines


def told(lines: Iterable[Line]) -> list[list[str]]:
    """Give the lines as an event tells them: product, quantity, unit price, currency, discount."""
    return [
        [str(one.product), str(one.quantity), str(one.unit_price), one.currency, str(one.discount_percent)]
        for one in lines
    ]


def read(value: Any) -> tuple[Line, ...]:
    """Give the lines that an event tells; none where it tells none, or what nobody can read."""
    try:
        return tuple(
            Line(UUID(product), Decimal(quantity), Decimal(price), currency, Decimal(discount))
            for product, quantity, price, currency, discount in value or ()
        )
    except (ValueError, TypeError, InvalidOperation):
        return ()


def _refuse(line: Line) -> None:
    if not 0 < line.quantity <= LARGEST_QUANTITY:
        raise Refusal("quantity_not_positive")
    if line.unit_price < 0:
        raise Refusal("negative_amount")
    if line.unit_price > LARGEST_PRICE:
        raise Refusal("too_large")
    if not 0 <= line.discount_percent <= HUNDRED:
        raise Refusal("discount_too_large")
