from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from infield.history.zones import Offset, offsets

HOUR = 3_600_000_000
EPOCH = date(1970, 1, 1)
ZONES = ["UTC", "Asia/Bangkok", "Asia/Tokyo", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca"]


def test_a_zone_without_change_has_one_offset() -> None:
    (only,) = offsets(range(19_000, 20_000), ZoneInfo("Asia/Bangkok"))
    assert only == Offset(-(2**63), 2**63 - 1, 7 * HOUR)


def test_the_second_of_a_change_divides_two_offsets() -> None:
    changed = datetime(2026, 3, 29, 1, tzinfo=UTC)
    day = (changed.date() - EPOCH).days
    winter, summer = offsets([day - 1, day], ZoneInfo("Europe/Berlin"))
    assert (winter.offset_us, summer.offset_us) == (HOUR, 2 * HOUR)
    assert winter.until_us == summer.since_us == int(changed.timestamp()) * 1_000_000


def test_no_day_gives_one_offset_and_days_past_the_calendar_are_taken() -> None:
    assert offsets([], ZoneInfo("Asia/Tokyo"))[0].since_us == -(2**63)
    assert offsets([-900_000, 4_000_000], ZoneInfo("UTC")) == (Offset(-(2**63), 2**63 - 1, 0),)


@given(st.lists(st.integers(0, 2_000_000_000), min_size=1, max_size=20), st.sampled_from(ZONES))
def test_every_moment_has_the_offset_that_its_zone_has(moments_s: list[int], name: str) -> None:
    zone = ZoneInfo(name)
    table = offsets({moment // 86_400 for moment in moments_s}, zone)
    for moment in moments_s:
        (found,) = [o for o in table if o.since_us <= moment * 1_000_000 < o.until_us]
        offset = datetime.fromtimestamp(moment, zone).utcoffset()
        assert offset is not None
        assert found.offset_us == offset.total_seconds() * 1_000_000
