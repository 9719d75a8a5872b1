"""Money: an amount in the smallest unit of its currency. Amounts of different currencies are never added."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

LARGEST = 2**63 - 1  # what a column of the database holds


class CurrenciesDifferError(ValueError):
    """Amounts of two currencies were to be added or compared."""


class TooPreciseError(ValueError):
    """An amount has more decimals than its currency."""


class TooLargeError(ValueError):
    """An amount does not fit into 64 bits."""


@cache
def exponent(currency: str) -> int:
    """Give how many decimals a currency has: 2 for EUR, 0 for JPY, 3 for BHD; 2 for one that nobody knows."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: `amount_minor` whole smallest units (cents, yen, fils) of `currency` (ISO 4217)."""

    amount_minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int, currency: str) -> "Money":
        """Give the money of an amount in whole units; TooPreciseError, TooLargeError.

        >>> Money.of(Decimal("12.50"), "EUR")
        Money(amount_minor=1250, currency='EUR')
        """
        minor = Decimal(amount).scaleb(exponent(currency))
        if minor != minor.to_integral_value():
            raise TooPreciseError(currency)
        if abs(minor) > LARGEST:
            raise TooLargeError(currency)
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, exact.

        >>> Money(1250, "EUR").amount, Money(1250, "JPY").amount
        (Decimal('12.50'), Decimal('1250'))
        """
        return Decimal(self.amount_minor).scaleb(-exponent(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount_minor - self._same(other), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount_minor < self._same(other)

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrenciesDifferError(f"{self.currency}, {other.currency}")
        return other.amount_minor


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Give one sum for each currency, in the order of the codes; nothing for no amounts."""
    sums: dict[str, int] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, 0) + money.amount_minor
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))
