"""Money: an amount never goes without its currency, and amounts of different currencies are never added."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import normalize

LARGEST = 2**63 - 1  # what a column of the database holds
KEPT = 8_192
TEN = 10
CODE_BEFORE = re.compile(r"\b([A-Z]{3})(?=\d)")
THOUSAND = 1_000
# what large amounts are counted in where not in thousands, the largest first
COUNTED_IN = {
    "ja": ((10**12, "兆"), (10**8, "億"), (10**4, "万")),
    "th": ((10**6, " ล้าน"),),
}
# what may be typed after figures, by language
MULTIPLES = {
    "en": {"k": 10**3, "m": 10**6, "bn": 10**9},
    "ja": {"兆": 10**12, "億": 10**8, "万": 10**4, "千": 10**3},
    "fi": {"t": 10**3, "milj": 10**6, "mrd": 10**9},
    "th": {"ล้าน": 10**6, "แสน": 10**5, "หมื่น": 10**4, "พัน": 10**3},
}
PART = re.compile(r"([-−]?[\d.,\s’']+)([^\d\s.,-]*)\.?")


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

        Full-width figures, the currency's own sign or code and the large numbers of the language are understood.

        >>> Money.read("12,400.50", "EUR") == Money.read("12 400,50", "EUR", "fi")
        True
        >>> Money.read("￥１億２,０００万", "JPY", "ja"), Money.read("1,2 milj. €", "EUR", "fi")
        (Money(amount_minor=120000000, currency='JPY'), Money(amount_minor=120000000, currency='EUR'))
        """
        plain = _without_currency(normalize("NFKC", text), currency, language)
        parts = list(PART.finditer(plain))
        if not parts or "".join(part[0] for part in parts) != plain:
            raise UnreadableError(text)
        amounts = [_number(part[1], text, language) * _multiple(part[2], text, language) for part in parts]
        # 2,000万1億 says nothing
        if any(smaller >= larger for larger, smaller in pairwise(map(abs, amounts))):
            raise UnreadableError(text)
        sign = -1 if amounts[0] < 0 else 1
        return cls.of(amounts[0] + sign * sum(amounts[1:]), currency)

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

    return _spaced(format_currency(money.amount, money.currency, locale=language))


@lru_cache(KEPT)
def _plain(money: Money, language: str) -> str:
    from babel.numbers import format_currency

    if money.amount_minor % 10 ** exponent(money.currency):
        return _written(money, language)
    pattern = _without_decimals(language)
    return _spaced(
        format_currency(money.amount, money.currency, format=pattern, currency_digits=False, locale=language)
    )


@lru_cache(KEPT)
def unit_price(price: Decimal, currency: str, language: str = "en") -> str:
    """Give what one of something costs, with all the decimals it has: more than its currency may have.

    >>> unit_price(Decimal("2400.000000"), "EUR"), unit_price(Decimal("0.125"), "EUR")
    ('€2,400', '€0.125')
    """
    from babel.numbers import format_currency

    pattern = _without_decimals(language).replace("#,##0", "#,##0.######")
    return _spaced(format_currency(price, currency, format=pattern, currency_digits=False, locale=language))


@lru_cache(KEPT)
def _short(money: Money, language: str) -> str:
    from babel.numbers import format_compact_currency

    size = int(abs(money.amount))
    if language in COUNTED_IN:
        return _counted(money, language)
    has_one_figure = size >= THOUSAND and len(str(size)) % 3 == 1
    return _spaced(
        format_compact_currency(
            money.amount, money.currency, locale=language, fraction_digits=1 if has_one_figure else 0
        )
    )


def _counted(money: Money, language: str) -> str:
    """Write it in the largest multiple that fits, with one decimal below ten of it."""
    from babel.numbers import format_currency

    multiples = (*COUNTED_IN[language], (1, ""))
    unit, word = next(row for row in multiples if abs(money.amount) >= row[0] or row[0] == 1)
    amount = money.amount / unit
    finest = Decimal("0.1") if unit > 1 and abs(amount) < TEN else Decimal(1)
    amount = amount.quantize(finest, ROUND_HALF_EVEN)
    pattern = _without_decimals(language).replace("#,##0", "#,##0.#")
    written = format_currency(amount, money.currency, format=pattern, currency_digits=False, locale=language)
    return _spaced(written) + word


def _spaced(written: str) -> str:
    """Keep a currency's code apart from the figures: THB 900."""
    return CODE_BEFORE.sub("\\1\xa0", written)


def _without_currency(text: str, currency: str, language: str) -> str:
    from babel.numbers import get_currency_symbol

    signs = {currency, get_currency_symbol(currency, language), get_currency_symbol(currency, "en")}
    for sign in sorted((normalize("NFKC", sign) for sign in signs), key=len, reverse=True):
        text = text.replace(sign, "")
    return text.strip()


def _number(figures: str, text: str, language: str) -> Decimal:
    from babel.numbers import NumberFormatError, parse_decimal

    # Finnish groups with a space, which is typed as any of several
    plain = "".join(figures.split()) if language == "fi" else figures.strip()
    try:
        return parse_decimal(plain.replace("−", "-"), locale=language, strict=True)
    except NumberFormatError as unreadable:
        raise UnreadableError(text) from unreadable


def _multiple(word: str, text: str, language: str) -> int:
    known = MULTIPLES.get(language, MULTIPLES["en"]) | {"": 1}
    if word.casefold() not in known:
        raise UnreadableError(text)
    return known[word.casefold()]


@cache
def _without_decimals(language: str) -> str:
    from babel import Locale

    pattern: str = Locale.parse(language).currency_formats["standard"].pattern
    return pattern.replace(".00", "")
