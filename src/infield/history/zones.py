"""Where a zone stood against UTC, as a few intervals that a query can join."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_US = 86_400_000_000
_BEGINNING_US, _END_US = -(2**63), 2**63 - 1
_FIRST_DAY, _LAST_DAY = (datetime.min.replace(tzinfo=UTC) - _EPOCH).days + 1, 2_932_894


@dataclass(frozen=True, slots=True)
class Offset:
    """From `since_us` (included) to `until_us` (not), both in UTC, local time is UTC + `offset_us`."""

    since_us: int
    until_us: int
    offset_us: int


def offsets(days: Iterable[int], zone: ZoneInfo) -> tuple[Offset, ...]:
    """The offsets of `zone` during the given UTC days (numbered from 1970-01-01), without gap or overlap.

    A query that joins these knows exactly what `zoneinfo` knows; the engine's own zone data may differ
    from it. Days past what `datetime` can hold count as the nearest that it can.
    """
    changes: list[tuple[int, int]] = []
    for day in sorted({min(max(day, _FIRST_DAY), _LAST_DAY) for day in days}):
        for at_us in _changes_of(day, zone):
            offset_us = _offset_us(at_us, zone)
            if not changes or changes[-1][1] != offset_us:
                changes.append((at_us, offset_us))
    if not changes:
        return (Offset(_BEGINNING_US, _END_US, 0),)
    since = [_BEGINNING_US, *(at_us for at_us, _ in changes[1:]), _END_US]
    return tuple(Offset(since[n], since[n + 1], offset_us) for n, (_, offset_us) in enumerate(changes))


def _changes_of(day: int, zone: ZoneInfo) -> tuple[int, ...]:
    """The start of the day, and the second in it at which the clocks change, if they do."""
    early, late = day * _DAY_US, (day + 1) * _DAY_US
    if _offset_us(early, zone) == _offset_us(late, zone):
        return (early,)
    start = early
    while late - early > 1_000_000:
        middle = (early + late) // 2_000_000 * 1_000_000
        if _offset_us(middle, zone) == _offset_us(early, zone):
            early = middle
        else:
            late = middle
    return (start, late)


def _offset_us(at_us: int, zone: ZoneInfo) -> int:
    offset = (_EPOCH + timedelta(microseconds=at_us)).astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101  (a ZoneInfo always knows)
    return offset // timedelta(microseconds=1)
