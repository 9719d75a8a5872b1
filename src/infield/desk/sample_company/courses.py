"""The courses of the sample company's deals, as the generator of histories draws them.

In: a seed and the day. Out: for each deal what is the same all along, and its moments in order of time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from infield.desk.sample_company.customers import customer
from infield.desk.sample_company.staff import BY_NAME, CURRENCY
from infield.desk.sample_company.truth import DEALS, TRUTH
from infield.history.sample_log import sample_log
from infield.web.money import Money

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
YEN_A_EURO = 160
OPENS = {"fi": 6, "en": 7, "ja": 0, "th": 1}  # the hour of UTC at which ten hours of work begin
LONGEST_SHIFT = 8 * HOUR  # how much later a moment can become when it is pressed into office hours


@dataclass(frozen=True, slots=True)
class Moment:
    """What the generator says: `kind` is stage_entered, activity_done, won or lost; `stage` where it was entered."""

    kind: str
    at: datetime
    owner: str
    stage: str


@dataclass(frozen=True, slots=True)
class Course:
    """One deal from its beginning to its end, or to the day on which the log ends."""

    number: int
    organization: str
    country: str
    product: str
    money: Money | None
    source: str
    segment: str
    opens: int
    """The hour, in UTC, at which their office opens."""
    moments: tuple[Moment, ...]


def end_of_log(today: date) -> datetime:
    """Give the moment after which nothing has happened yet: the night before `today`, UTC."""
    return datetime.combine(today, time(), UTC)


def courses(seed: int, today: date, deals: int = DEALS) -> Iterator[Course]:
    """Give the deals one after another; nothing happens on or after `today`."""
    until = end_of_log(today) - LONGEST_SHIFT
    for batch in sample_log(deals, seed=seed, until=until, truth=TRUTH):
        for name, rows in groupby(batch.to_pylist(), key=itemgetter("case_id")):
            yield _course(int(name.removeprefix("D-")), list(rows))


def in_office_hours(at: datetime, opens: int) -> datetime:
    """Press a week into Monday to Friday, ten hours from `opens` on; what was earlier is not later afterwards.

    >>> in_office_hours(datetime(2026, 11, 22, tzinfo=UTC), 8).isoformat(timespec="minutes")
    '2026-11-20T10:51+00:00'
    """
    week, into = divmod(at - MONDAY, 7 * DAY)
    day, into_day = divmod(into * 5 / 7, DAY)
    return MONDAY + week * 7 * DAY + day * DAY + opens * HOUR + into_day * 10 / 24


def _course(number: int, rows: list[dict[str, object]]) -> Course:
    first, closer = rows[0], BY_NAME[str(rows[-1]["owner"])]
    opens = OPENS[closer.country]
    return Course(
        number=number,
        organization=customer(closer.country, int(str(first["organization"]).split()[-1])),
        country=closer.country,
        product=str(first["product"]),
        money=_money(first["amount"], closer.country),
        source=str(first["source"]),
        segment=str(first["segment"]),
        opens=opens,
        moments=tuple(
            Moment(str(row["kind"]), _at(row["timestamp"], opens), str(row["owner"]), str(row["activity"]))
            for row in rows
        ),
    )


def _at(moment: object, opens: int) -> datetime:
    if not isinstance(moment, datetime):
        raise TypeError(moment)
    return in_office_hours(moment.astimezone(UTC), opens)


def _money(euros: object, country: str) -> Money | None:
    """Give round amounts: hundreds of euros, or ten thousands of yen for those who buy in yen."""
    if not isinstance(euros, Decimal):
        return None
    if country == "ja":
        return Money(max(1, int(euros) * YEN_A_EURO // 10_000) * 10_000, "JPY")
    return Money.of(max(1, int(euros) // 100) * 100, CURRENCY)
