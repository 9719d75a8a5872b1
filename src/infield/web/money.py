"""Money: an amount never goes without its currency."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of its ISO 4217 currency: 1200 JPY is 1200 yen, 1200 EUR 12 euros."""

    amount_minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        from babel.numbers import get_currency_precision

        return Decimal(self.amount_minor).scaleb(-get_currency_precision(self.currency))

    def written(self, language: str = "en") -> str:
        """Give it as a language writes it.

        >>> Money(105_400, "EUR").written(), Money(105_400, "JPY").written("ja")
        ('€1,054.00', '￥105,400')
        """
        from babel.numbers import format_currency

        return format_currency(self.amount, self.currency, locale=language)
