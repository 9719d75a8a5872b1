"""Counts and shares, as a language writes them."""

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
def percent(share: float, language: str = "en") -> str:
    """Give a share (0 to 1) in percent.

    Near its ends one decimal is kept, cut and not rounded: 0 % says that there is none, 100 % that it is all.

    >>> percent(0.694), percent(0.9996), percent(1.0), percent(0.0001), percent(0.694, "fi")
    ('69%', '99.9%', '100%', '0.1%', '69\\xa0%')
    """
    from babel.numbers import format_percent

    if 0.99 < share < 1:
        share = min(share, 0.999)
    elif 0 < share < 0.01:
        share = max(share, 0.001)
    else:
        share = round(share, 2)
    pattern = None if share == round(share, 2) else _with_decimal(language)
    return format_percent(share, format=pattern, locale=language)


def _with_decimal(language: str) -> str:
    from babel import Locale

    pattern: str = Locale.parse(language).percent_formats[None].pattern
    return pattern.replace("#,##0", "#,##0.#")
