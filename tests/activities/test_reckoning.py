"""What is reckoned here without a database: working time, series, repeats, the order of the day, persistence."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infield.activities.cadence import LONGEST_WAIT_DAYS, NoStepsError, Step, step_at, wait_days
from infield.activities.persistence import MINIMUM, Closed, experience
from infield.activities.repeating import RULES, UnknownRuleError, next_day
from infield.activities.risk import usual_of, weight
from infield.activities.weeks import month_of, week_of
from infield.activities.working_time import WorkingTime, holidays_of
from infield.web.money import Money

HELSINKI = ZoneInfo("Europe/Helsinki")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_the_night_the_weekend_and_a_holiday_do_not_count() -> None:
    hours = WorkingTime(HELSINKI, holidays=holidays_of("FI", 2026))
    friday, monday = datetime(2026, 4, 3, 12, tzinfo=HELSINKI), datetime(2026, 4, 7, 10, tzinfo=HELSINKI)
    # Good Friday, the weekend and Easter Monday: one hour of Tuesday is left
    assert hours.seconds(friday, monday) == 3600


def test_a_day_with_the_clock_put_back_has_its_usual_hours() -> None:
    always = WorkingTime(HELSINKI, ((0, 24 * 60),) * 7)
    day = datetime(2026, 10, 25, tzinfo=HELSINKI)
    assert always.seconds(day, day + timedelta(days=1)) == 25 * 3600


@pytest.mark.slow
@given(moments, moments, moments)
def test_working_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, second, third = sorted((one, two, three))
    hours = WorkingTime(HELSINKI)
    whole = hours.seconds(first, second) + hours.seconds(second, third)
    assert hours.seconds(first, third) == pytest.approx(whole, abs=1e-3)
    assert 0 <= hours.seconds(first, second) <= (second - first).total_seconds()


@given(moments)
def test_the_next_working_day_is_one(at: datetime) -> None:
    hours = WorkingTime(ZoneInfo("UTC"))
    found = hours.next_day(at.date())
    assert hours.works_on(found)
    assert timedelta(0) <= found - at.date() <= timedelta(days=2)


def test_who_never_works_stays_where_they_are() -> None:
    assert WorkingTime(HELSINKI, (None,) * 7).next_day(date(2026, 5, 2)) == date(2026, 5, 2)


def test_a_country_nobody_wrote_down_has_no_holidays() -> None:
    assert holidays_of("XX", 2026) == {}
    assert holidays_of("", 2026) == {}
    assert holidays_of("JP", 2026, "en")[date(2026, 1, 1)] == "New Year's Day"
    assert holidays_of("FI", 2026, "fi")[date(2026, 12, 6)] == "Itsenäisyyspäivä"
    assert holidays_of("FI", 2026, "ja")[date(2026, 12, 6)] == "Independence Day"


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(1, 60))
def test_a_series_never_ends_and_never_hurries(waits: list[int], place: int) -> None:
    found = wait_days(waits, place)
    assert found <= max(LONGEST_WAIT_DAYS, *waits)
    if place > len(waits):
        assert found >= min(waits[-1], LONGEST_WAIT_DAYS)
        assert wait_days(waits, place + 1) >= found


def test_past_its_end_a_series_repeats_its_last_step() -> None:
    steps = [Step(2, "mail", "Send it"), Step(4, "call", "Ask")]
    assert step_at(steps, 1) == Step(2, "mail", "Send it")
    assert step_at(steps, 4) == Step(9, "call", "Ask")
    with pytest.raises(NoStepsError):
        wait_days([], 1)


@given(st.sampled_from(sorted(RULES)), st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(-5, 400))
def test_what_comes_again_comes_later_and_not_in_the_past(rule: str, last: date, days: int) -> None:
    today = last + timedelta(days=days)
    found = next_day(rule, last, today)
    assert found > last
    assert found >= today


def test_the_end_of_a_month_stays_the_end_of_a_month() -> None:
    assert next_day("monthly", date(2026, 1, 31), date(2026, 1, 31)) == date(2026, 2, 28)
    assert next_day("quarterly", date(2026, 11, 30), date(2026, 11, 30)) == date(2027, 2, 28)
    assert next_day("daily", date(2026, 11, 20), date(2026, 11, 20)) == date(2026, 11, 23)
    with pytest.raises(UnknownRuleError):
        next_day("sometimes", date(2026, 1, 1), date(2026, 1, 1))


def test_amounts_are_weighed_against_the_usual_of_their_own_currency() -> None:
    usual = usual_of([Money(1_000_00, "EUR"), Money(3_000_00, "EUR"), Money(400_000, "JPY"), None])
    assert usual.share(Money(4_000_00, "EUR")) == 2.0
    assert usual.share(Money(800_000, "JPY")) == 2.0
    assert usual.share(Money(1, "THB")) == 1.0
    assert usual.share(None) == 1.0


@given(st.floats(0.01, 100), st.integers(0, 100), st.integers(0, 400))
def test_more_at_stake_further_on_or_later_never_weighs_less(share: float, progress: int, days: int) -> None:
    here = weight(share, Decimal(progress), days)
    assert 0 < here <= share
    assert weight(share * 2, Decimal(progress), days) >= here
    assert weight(share, Decimal(min(progress + 10, 100)), days) >= here
    assert weight(share, Decimal(progress), days + 1) >= here


def test_few_deals_say_nothing() -> None:
    lost = [Closed(False, 1, 0)] * (MINIMUM - 1)
    assert experience(lost).stops is None
    told = experience([*lost, Closed(False, 7, 3), Closed(False, 0, 1), *[Closed(True, 2, 6)] * MINIMUM])
    assert told.stops == {1: MINIMUM - 1, 5: 1}
    assert told.wins == {5: MINIMUM}
    assert (told.stopped, told.won) == (MINIMUM, MINIMUM)


def test_a_month_is_shown_in_whole_weeks() -> None:
    weeks = month_of(date(2026, 2, 14))
    assert (weeks[0][0], weeks[-1][-1]) == (date(2026, 1, 26), date(2026, 3, 1))
    assert all(week == week_of(week[3]) for week in weeks)
