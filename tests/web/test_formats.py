"""Dates, times and durations as they are written."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from infield.web import formats


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "0 minutes"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(days=5), "5 days"),
        (timedelta(days=20), "3 weeks"),
        (timedelta(days=75), "2 months"),
        (timedelta(days=800), "2 years"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_unit_of_which_there_are_two(
    length: timedelta, words: str
) -> None:
    assert formats.duration(length, "en") == words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "59 d"), ("ja", "59日"), ("fi", "59 pv"), ("th", "59 วัน")]
)
def test_on_a_card_days_stay_days(language: str, words: str) -> None:
    assert formats.duration(timedelta(days=59), language, short=True).replace("\xa0", " ") == words


def test_a_point_in_time_is_told_in_the_readers_zone() -> None:
    late = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
    assert formats.moment(late, ZoneInfo("Asia/Tokyo"), "en") == "4 Nov 2026, 08:30"
    assert formats.moment(late, ZoneInfo("Asia/Tokyo"), "ja") == "2026/11/04 8:30"


def test_thai_years_are_of_the_buddhist_era() -> None:
    assert formats.day(date(2026, 2, 1), "th").endswith(" 2569")
