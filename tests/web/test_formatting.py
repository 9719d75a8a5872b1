"""Durations, dates, counts, shares and money in the four languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import get_currency_symbol, parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from infield.web.dates import day, instant, moment
from infield.web.durations import duration
from infield.web.figures import count, percent
from infield.web.money import Money


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 sec"),
        (0.27, "0.3 sec"),
        (59, "59 sec"),
        (90, "1.5 min"),
        (3_600, "1 hr"),
        (86_399, "1 day"),
        (86_400 * 7.4, "7.4 days"),
        (86_400 * 190, "190 days"),
        (86_400 * 900, "2.5 yrs"),
        (-7_200, "-2 hr"),
    ],
)
def test_durations_take_their_largest_fitting_unit(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_durations_speak_the_language() -> None:
    spoken = [duration(86_400 * 2.5, language) for language in ("en", "ja", "fi", "th")]
    assert spoken == ["2.5 days", "2.5日", "2,5 pv", "2.5 วัน"]


@pytest.mark.parametrize("length", ["long", "short", "narrow"])
@pytest.mark.parametrize("language", ["en", "ja", "fi", "th"])
def test_every_unit_has_a_word_in_every_language(
    language: str, length: Literal["long", "short", "narrow"]
) -> None:
    for seconds in (30, 120, 7_200, 86_400 * 3, 86_400 * 900):
        assert "duration" not in duration(seconds, language, length=length)


def test_days_are_written_as_the_language_writes_them() -> None:
    leap = date(2024, 2, 29)
    assert [day(leap, language) for language in ("en", "ja", "fi", "th")] == [
        "Feb 29, 2024",
        "2024/02/29",
        "29.2.2024",
        "29 ก.พ. 2567",
    ]


def test_moments_are_told_as_the_clocks_of_the_zone_show_them() -> None:
    us = int(datetime(2026, 3, 31, 22, 30, tzinfo=UTC).timestamp()) * 1_000_000
    assert moment(us, ZoneInfo("Europe/Helsinki"), "fi") == "1.4.2026 1.30"


def test_times_before_1970_are_moments_too() -> None:
    assert instant(-1_000_000) == datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)


@given(st.integers(0, 10**12), st.sampled_from(["en", "ja", "fi", "th"]))
def test_counts_read_back(number: int, language: str) -> None:
    assert parse_decimal(count(number, language), locale=language) == number


@given(st.floats(0, 1))
def test_a_share_is_said_to_be_all_or_nothing_only_when_it_is(share: float) -> None:
    assert (percent(share) == "100%") == (share == 1)
    assert (percent(share) == "0%") == (share == 0)


@given(
    st.integers(-(10**14), 10**14),
    st.sampled_from(["EUR", "JPY", "BHD", "THB"]),
    st.sampled_from(["en", "ja", "fi", "th"]),
)
def test_money_reads_back(amount_minor: int, currency: str, language: str) -> None:
    money = Money(amount_minor, currency)
    digits = (
        money.written(language)
        .replace(get_currency_symbol(currency, language), "")
        .strip()
        .replace("\u2212", "-")
    )
    assert parse_decimal(digits.strip("\u00a0\u200f"), locale=language) == money.amount


def test_yen_have_no_cents_and_dinars_have_three_digits() -> None:
    assert (Money(1054, "JPY").amount, Money(1054, "BHD").amount) == (Decimal(1054), Decimal("1.054"))
