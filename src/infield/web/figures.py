"""Counts and shares, as a language writes them."""

from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=4096)
def count(number: int, language: str = "en") -> str:
    """Give a whole number.

    >>> count(13_087), count(13_087, "fi")
    ('13,087', '13\\xa0087')
    """
    from babel.numbers import format_decimal

    return format_decimal(number, locale=language)


@lru_cache(maxsize=4096)
def kilobytes(number: int, language: str = "en") -> str:
    """Give the size of a file.

    >>> kilobytes(1_250), kilobytes(1_250, "fi"), kilobytes(12, "th")
    ('1,250 kB', '1\\xa0250 kt', '12 kB')
    """
    from babel.units import format_unit

    return format_unit(number, "digital-kilobyte", length="short", locale=language)


@lru_cache(maxsize=4096)
def percent(share: float, language: str = "en") -> str:
    """Give a share (0 to 1) in percent.

    Near its ends one decimal is kept, cut and not rounded: 0 % says that there is none, 100 % that it is all.

    >>> percent(0.694), percent(0.9996), percent(1.0), percent(0.0001), percent(0.694, "fi")
    ('69%', '99.9%', '100%', '0.1%', '69\\xa0%')
    """
    if 0.99 < share < 1:
        share = min(share, 0.999)
    elif 0 < share < 0.01:
        share = max(share, 0.001)
    else:
        share = round(share, 2)
    return _percent(share, 0 if share == round(share, 2) else 1, language)


@lru_cache(maxsize=4096)
def points(number: Decimal | float, language: str = "en") -> str:
    """Give a number of percent, such as a weight, with the decimals it has (at most two).

    >>> points(25), points(Decimal("2.5")), points(25, "fi"), points(25, "ja")
    ('25%', '2.5%', '25\\xa0%', '25%')
    """
    return _percent(float(number) / 100, 2, language)


@lru_cache(maxsize=4096)
def percents(low: float, high: float, language: str = "en") -> tuple[str, str]:
    """Give two shares in percent, with as many decimals (at most two) as show that they differ.

    >>> percents(0.27, 0.31), percents(0.2777, 0.2837), percents(0.5, 0.5)
    (('27%', '31%'), ('27.8%', '28.4%'), ('50%', '50%'))
    """
    plain = percent(low, language), percent(high, language)
    if plain[0] != plain[1] or low == high:
        return plain
    finer = (tuple(_percent(share, digits, language) for share in (low, high)) for digits in (1, 2))
    return next(((a, b) for a, b in finer if a != b), plain)


def _percent(share: float, digits: int, language: str) -> str:
    from babel import Locale
    from babel.numbers import format_percent

    pattern: str = Locale.parse(language).percent_formats[None].pattern
    decimals = "." + "#" * digits if digits else ""
    return format_percent(share, format=pattern.replace("#,##0", "#,##0" + decimals), locale=language)
