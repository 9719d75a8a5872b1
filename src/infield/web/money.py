"""Money: an amount never goes without its currency, and amounts of different currencies are never added."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

LARGEST = 2**63 - 1  # what a column of the database holds
KEPT = 8_192
THOUSAND = 1_000


class CurrenciesDifferError(ValueError):
    """Amounts of two currencies were to be added or compared."""


class TooPreciseError(ValueError):
    """An amount has more decimals than its currency."""


class TooLargeError(ValueError):
    """An amount does not fit into 64 bits."""


class UnreadableError(ValueError):
    """What was typed is no amount."""


@cache
def exponent(currency: str) -> int:
    """Give how many decimals a currency has: 2 for EUR, 0 for JPY, 3 for BHD; 2 for one that nobody knows."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of its ISO 4217 currency: 1200 JPY is 1200 yen, 1200 EUR 12 euros."""

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

    @classmethod
    def read(cls, text: str, currency: str, language: str = "en") -> "Money":
        """Read an amount as a person types it in their language; UnreadableError, TooPreciseError, TooLargeError.

        >>> Money.read("12,400.50", "EUR") == Money.read("12 400,50", "EUR", "fi")
        True
        """
        from babel.numbers import NumberFormatError, parse_decimal

        # Finnish groups with a space, which is typed as any of several
        plain = "".join(text.split()) if language == "fi" else text.strip()
        if any(map(str.isalpha, plain)):  # 1e5, NaN
            raise UnreadableError(text)
        try:
            return cls.of(parse_decimal(plain, locale=language, strict=True), currency)
        except NumberFormatError as unreadable:
            raise UnreadableError(text) from unreadable

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, exact.

        >>> Money(1250, "EUR").amount, Money(1250, "JPY").amount
        (Decimal('12.50'), Decimal('1250'))
        """
        return Decimal(self.amount_minor).scaleb(-exponent(self.currency))

    def written(self, language: str = "en") -> str:
        """Give it as a language writes it.

        >>> Money(105_400, "EUR").written(), Money(105_400, "JPY").written("ja")
        ('€1,054.00', '￥105,400')
        """
        return _written(self, language)

    def plain(self, language: str = "en") -> str:
        """Give it without decimals where it has none to tell.

        >>> Money(2_300_000, "EUR").plain(), Money(2_300_050, "EUR").plain()
        ('€23,000', '€23,000.50')
        """
        return _plain(self, language)

    def short(self, language: str = "en") -> str:
        """Give it in few letters, rounded to two or three figures.

        >>> Money(21_345_600, "EUR").short(), Money(115_000_000, "EUR").short()
        ('€213K', '€1.2M')
        """
        return _short(self, language)

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


# A board shows the same amounts again and again, and the locale's rules cost more than the page around them.
@lru_cache(KEPT)
def _written(money: Money, language: str) -> str:
    from babel.numbers import format_currency

    return format_currency(money.amount, money.currency, locale=language)


@lru_cache(KEPT)
def _plain(money: Money, language: str) -> str:
    from babel.numbers import format_currency

    if money.amount_minor % 10 ** exponent(money.currency):
        return _written(money, language)
    return format_currency(
        money.amount,
        money.currency,
        format=_without_decimals(language),
        currency_digits=False,
        locale=language,
    )


@lru_cache(KEPT)
def _short(money: Money, language: str) -> str:
    from babel.numbers import format_compact_currency

    size = int(abs(money.amount))
    has_one_figure = size >= THOUSAND and len(str(size)) % 3 == 1
    return format_compact_currency(
        money.amount, money.currency, locale=language, fraction_digits=1 if has_one_figure else 0
    )


@cache
def _without_decimals(language: str) -> str:
    from babel import Locale

    pattern: str = Locale.parse(language).currency_formats["standard"].pattern
    return pattern.replace(".00", "")
