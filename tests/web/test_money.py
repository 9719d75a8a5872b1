"""Money, and how it is written and read."""

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from infield.web.money import (
    CurrenciesDifferError,
    Money,
    TooLargeError,
    TooPreciseError,
    UnreadableError,
    exponent,
    totals,
)

CURRENCIES = ["EUR", "USD", "JPY", "THB", "BHD", "SEK", "GBP"]
LANGUAGES = ["en", "ja", "fi", "th"]
amounts = st.builds(Money, st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from(CURRENCIES))


@pytest.mark.parametrize(
    ("currency", "decimals"), [("EUR", 2), ("JPY", 0), ("BHD", 3), ("THB", 2), ("XTS", 2)]
)
def test_a_currency_has_its_own_decimals(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@given(amounts)
def test_an_amount_in_whole_units_is_the_same_money(money: Money) -> None:
    assert Money.of(money.amount, money.currency) == money


@given(st.lists(amounts))
def test_there_is_one_sum_for_each_currency_and_none_is_lost(amounts: list[Money]) -> None:
    sums = totals(amounts)
    assert [money.currency for money in sums] == sorted({money.currency for money in amounts})
    for total in sums:
        assert total.amount_minor == sum(m.amount_minor for m in amounts if m.currency == total.currency)


def test_amounts_of_two_currencies_are_never_added_or_compared() -> None:
    euro, yen = Money(1, "EUR"), Money(1, "JPY")
    with pytest.raises(CurrenciesDifferError):
        euro + yen
    with pytest.raises(CurrenciesDifferError):
        euro - yen
    with pytest.raises(CurrenciesDifferError):
        assert euro < yen


def test_what_a_currency_cannot_hold_is_refused() -> None:
    with pytest.raises(TooPreciseError):
        Money.of(Decimal("1.5"), "JPY")
    with pytest.raises(TooLargeError):
        Money.of(Decimal(2**63), "JPY")
    assert Money.of(2**63 - 1, "JPY").amount_minor == 2**63 - 1


@given(amounts, st.sampled_from(LANGUAGES))
def test_money_written_in_full_reads_back_as_the_same_amount(money: Money, language: str) -> None:
    written = money.plain(language).replace("\N{MINUS SIGN}", "-")
    figures = re.sub(r"[^0-9.,-]", "", written)
    figures = figures.replace(",", "." if language == "fi" else "")
    assert Decimal(figures.strip(".")) == money.amount


@given(amounts, st.sampled_from(LANGUAGES))
def test_an_amount_typed_as_it_is_written_is_read_as_itself(money: Money, language: str) -> None:
    assume(abs(money.amount_minor) < 10**12)
    from babel.numbers import format_decimal

    typed = format_decimal(money.amount, locale=language)
    assert Money.read(typed.replace("\N{MINUS SIGN}", "-"), money.currency, language) == money


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1e5", "--4", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        Money.read(text, "EUR")


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "€23,000"), ("fi", "23\xa0000\xa0€"), ("ja", "€23,000"), ("th", "€23,000")],
)
def test_a_whole_amount_keeps_its_thousands(language: str, written: str) -> None:
    assert Money(2_300_000, "EUR").plain(language) == written


def test_yen_have_no_decimals_in_any_language() -> None:
    assert {Money(3_680_000, "JPY").plain(each)[-1] for each in ("en", "ja", "th")} == {"0"}
    assert Money(3_680_000, "JPY").plain("ja") == "￥3,680,000"


@pytest.mark.parametrize(
    ("money", "language", "written"),
    [
        (Money(115_000_000, "JPY"), "ja", "￥1.2億"),
        (Money(21_350_000, "JPY"), "ja", "￥2,135万"),
        (Money(9_900, "JPY"), "ja", "￥9,900"),
        (Money(-115_000_000, "JPY"), "ja", "￥-1.2億"),
        (Money(115_000_000, "THB"), "th", "฿1.2\xa0ล้าน"),
        (Money(12_400_00, "THB"), "th", "฿12,400"),
        (Money(115_000_000, "EUR"), "fi", "1,2\xa0milj.\xa0€"),
        (Money(900_00, "THB"), "en", "THB\xa0900"),
    ],
)
def test_few_letters_are_those_of_the_language(money: Money, language: str, written: str) -> None:
    assert money.short(language).replace(" ล้าน", "\xa0ล้าน") == written.replace("￥-", "-￥")


@pytest.mark.parametrize(
    ("typed", "currency", "language", "amount"),
    [
        ("１２，４００", "JPY", "ja", 12_400),
        ("￥12,400", "JPY", "ja", 12_400),
        ("1億2,000万", "JPY", "ja", 120_000_000),
        ("250万", "JPY", "ja", 2_500_000),
        ("1.5 ล้าน", "THB", "th", 1_500_000),
        ("฿12,400", "THB", "th", 12_400),
        ("1,2 milj. €", "EUR", "fi", 1_200_000),
        ("12 400 EUR", "EUR", "fi", 12_400),
        ("1.2M", "EUR", "en", 1_200_000),
        ("-5k", "EUR", "en", -5_000),
    ],
)
def test_amounts_are_read_as_each_language_writes_them(
    typed: str, currency: str, language: str, amount: int
) -> None:
    assert Money.read(typed, currency, language) == Money.of(amount, currency)


@pytest.mark.parametrize("typed", ["2,000万1億", "億", "12 apples", "1万万", "$5"])
def test_numbers_that_say_nothing_are_refused(typed: str) -> None:
    with pytest.raises(UnreadableError):
        Money.read(typed, "JPY", "ja")
