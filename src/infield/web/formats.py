"""Money, numbers, dates and durations as a reader of a language writes them. Each answer is kept: many are alike.

`language`: one of the app's, such as "fi". Nothing here is for SVG or CSS, which know no decimal comma.
"""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from infield.web.money import Money, exponent

LOCALES = {"en": "en_GB", "ja": "ja_JP", "fi": "fi_FI", "th": "th_TH"}
KEPT = 8_192
SECONDS = {
    "year": 31_557_600,
    "month": 2_629_800,
    "week": 604_800,
    "day": 86_400,
    "hour": 3_600,
    "minute": 60,
}
DATE_PATTERNS = {"en": "d MMM", "ja": "M月d日", "fi": "d.M.", "th": "d MMM"}
BUDDHIST_ERA_YEARS = 543


def locale_of(language: str) -> str:
    """Give Babel's name of the locale a language of the app is written in."""
    return LOCALES.get(language, LOCALES["en"])


@lru_cache(KEPT)
def money(value: Money, language: str) -> str:
    """Write an amount in full; without decimals where it has none to tell.

    >>> money(Money(2300000, "EUR"), "en"), money(Money(2300050, "EUR"), "en")
    ('€23,000', '€23,000.50')
    """
    from babel.numbers import format_currency

    whole = value.amount_minor % 10 ** exponent(value.currency) == 0
    return format_currency(
        value.amount,
        value.currency,
        locale=locale_of(language),
        format=_without_decimals(language) if whole else None,
        currency_digits=not whole,
    )


@lru_cache(KEPT)
def money_short(value: Money, language: str) -> str:
    """Write an amount in few letters, rounded to three figures or so.

    >>> money_short(Money(21_345_600, "EUR"), "en"), money_short(Money(115_000_000, "EUR"), "en")
    ('€213K', '€1.2M')
    """
    from babel.numbers import format_compact_currency

    size = abs(value.amount)
    digits = 1 if size and len(str(int(size))) % 3 == 1 and size >= 1_000 else 0
    return format_compact_currency(
        value.amount, value.currency, locale=locale_of(language), fraction_digits=digits
    )


@lru_cache(KEPT)
def number(value: int | Decimal | float, language: str) -> str:
    """Write a number with the separators of the language.

    >>> number(12400, "en"), number(Decimal("2.5"), "fi")
    ('12,400', '2,5')
    """
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale_of(language))


@lru_cache(KEPT)
def percent(share: float | Decimal, language: str) -> str:
    """Write a share between 0 and 1 as whole percent; the count it comes from belongs beside it.

    >>> percent(0.687, "en"), percent(0.687, "fi")
    ('69%', '69\\xa0%')
    """
    from babel.numbers import format_percent

    return format_percent(share, locale=locale_of(language))


@lru_cache(KEPT)
def day(value: date, language: str) -> str:
    """Write a date with its year.

    >>> day(date(2026, 11, 3), "en"), day(date(2026, 11, 3), "th")
    ('3 Nov 2026', '3 พ.ย. 2569')
    """
    from babel.dates import format_date

    if language == "th":
        return f"{day_short(value, language)} {value.year + BUDDHIST_ERA_YEARS}"
    return format_date(value, "medium", locale=locale_of(language))


@lru_cache(KEPT)
def day_short(value: date, language: str) -> str:
    """Write a date without its year.

    >>> day_short(date(2026, 11, 3), "en"), day_short(date(2026, 11, 3), "fi")
    ('3 Nov', '3.11.')
    """
    from babel.dates import format_date

    return format_date(value, DATE_PATTERNS.get(language, DATE_PATTERNS["en"]), locale=locale_of(language))


def moment(value: datetime, zone: tzinfo, language: str) -> str:
    """Write a point in time in `zone`, to the minute.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 3, 14, 5, tzinfo=UTC), UTC, "en")
    '3 Nov 2026, 14:05'
    """
    from babel.dates import format_time

    there = value.astimezone(zone)
    clock = format_time(there, "short", tzinfo=zone, locale=locale_of(language))
    return f"{day(there.date(), language)}{' ' if language in {'ja', 'th'} else ', '}{clock}"


@lru_cache(KEPT)
def duration(value: timedelta, language: str, *, short: bool = False) -> str:
    """Write a length of time in its largest unit of which there are two, so that 36 hours stay 36 hours.

    >>> duration(timedelta(days=13), "en"), duration(timedelta(days=13), "fi", short=True)
    ('13 days', '13 pv')
    """
    seconds = abs(value.total_seconds())
    units = ("day", "hour", "minute") if short else tuple(SECONDS)
    unit = next((unit for unit in units if seconds >= 2 * SECONDS[unit]), "minute")
    if unit == "hour" and seconds >= 2 * SECONDS["day"]:
        unit = "day"
    return _unit(round(seconds / SECONDS[unit]), unit, language, short=short)


@lru_cache(KEPT)
def days(count: int, language: str, *, short: bool = True) -> str:
    """Write a number of whole days.

    >>> days(5, "en"), days(1, "en", short=False), days(5, "ja")
    ('5 d', '1 day', '5日')
    """
    return _unit(count, "day", language, short=short)


def _unit(count: int, unit: str, language: str, *, short: bool) -> str:
    from babel.units import format_unit

    locale = locale_of(language)
    if short and language == "en":
        # the locale's own short form is "5 days", its narrow one "5d"
        return f"{count} {unit[0]}"
    written = format_unit(count, f"duration-{unit}", length="short" if short else "long", locale=locale)
    return written.replace(" ", "") if language == "ja" else written


@lru_cache
def _without_decimals(language: str) -> str:
    from babel import Locale

    pattern: str = Locale.parse(locale_of(language)).currency_formats["standard"].pattern
    return pattern.replace(".00", "")


def read_amount(text: str, currency: str, language: str) -> Money:
    """Read an amount as a person types it in their language; ValueError, TooPreciseError, TooLargeError.

    >>> read_amount("12,400.50", "EUR", "en"), read_amount("12 400,50", "EUR", "fi")
    (Money(amount_minor=1240050, currency='EUR'), Money(amount_minor=1240050, currency='EUR'))
    """
    from babel.numbers import NumberFormatError, parse_decimal

    plain = "".join(text.split()) if language == "fi" else text.strip()
    if any(map(str.isalpha, plain)):  # 1e5, NaN
        raise ValueError(text)
    try:
        return Money.of(parse_decimal(plain, locale=locale_of(language), strict=True), currency)
    except NumberFormatError as unreadable:
        raise ValueError(text) from unreadable
