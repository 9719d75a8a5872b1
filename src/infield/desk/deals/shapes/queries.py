"""The same deals along time, in a month, and on the map."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum

from infield.deals.models import DealQuerySet
from infield.desk.deals.fields.queries import Around
from infield.desk.deals.queries import found
from infield.desk.wording import deals_at
from infield.finding.filters import Filter
from infield.process.models import Process, ProcessVersion
from infield.process.texts import in_language
from infield.web.dates import day, day_short, month
from infield.web.ids import to_text
from infield.web.money import Money

LINES = 80
CELL = 4
WEEK = 7
LONGEST = timedelta(days=366)
SHORTEST = timedelta(days=56)
BEFORE = timedelta(days=21)
BY = {"close": "expected_close", "step": "next_step_on"}
"""By which day a calendar shows deals, and the column of that day; the field of the filter has the same name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A deal along time; places are from 0 to 1000, None where they lie outside or are not known."""

    name: str
    title: str
    address: str
    begins: float
    ends: float
    step: float | None
    close: float | None
    is_late: bool
    said: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Deals by expected close; `months`: name and place of each first of a month; `rest`: how many are left out."""

    months: tuple[tuple[str, float], ...]
    today: float
    lines: tuple[Line, ...]
    count: int
    rest: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A deal on a day."""

    name: str
    title: str
    address: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's sheet; `query` shows all of its deals in the table."""

    number: int
    name: str
    is_today: bool
    is_outside: bool
    entries: tuple[Entry, ...]
    rest: int
    query: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday on; `before` and `after` are the months beside it, as an address has them."""

    name: str
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """A stage of the map with the deals that stand there."""

    key: str
    name: str
    count: int
    totals: tuple[Money, ...]
    query: str


def timeline(wish: Filter, around: Around) -> Timeline:
    """Give the deals along time, those that are to close first at the top. Two queries."""
    deals = found(wish, around)
    rows: list[Any] = list(
        deals.order_by(
            F("expected_close").asc(nulls_last=True), F("next_step_on").asc(nulls_last=True), "id"
        ).values(
            "id", "organization__name", "title", "created_at", "expected_close", "next_step", "next_step_on"
        )[:LINES]
    )
    first, last = _span(rows, around.today)
    count = deals.count()
    return Timeline(
        months=tuple(_months(first, last, around.language)),
        today=_place(around.today, first, last),
        lines=tuple(_line(row, first, last, around) for row in rows),
        count=count,
        rest=max(0, count - len(rows)),
    )


def month_of(wish: Filter, around: Around, asked: str, by: str) -> Month:
    """Give a month, `asked` as 2026-11, with the deals that are due or to close on each day. One query."""
    first = _first_of(asked) or around.today.replace(day=1)
    start = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=32)).replace(day=1)
    weeks = -(-(after - start).days // WEEK)
    column = BY[by]
    within = {f"{column}__gte": start, f"{column}__lt": start + timedelta(days=weeks * WEEK)}
    by_day = _by_day(found(wish, around).filter(**within), column)
    sheet = [
        _day(start + timedelta(days=place), first, by_day, wish, around, by) for place in range(weeks * WEEK)
    ]
    return Month(
        name=month(first, around.language),
        weeks=tuple(tuple(sheet[place : place + WEEK]) for place in range(0, len(sheet), WEEK)),
        before=(first - timedelta(days=1)).isoformat()[:7],
        after=after.isoformat()[:7],
        count=sum(len(some) for some in by_day.values()),
    )


def version_of(wish: Filter) -> ProcessVersion | None:
    """Give the version of the map that the filter names, else of the oldest; None while there is none."""
    processes = list(Process.objects.order_by("created_at", "pk"))
    asked = wish.of("map")
    wanted = asked.values[0] if asked and asked.values else ""
    process = next(
        (one for one in processes if to_text(one.pk) == wanted), processes[0] if processes else None
    )
    return process.current() if process else None


def places(wish: Filter, version: ProcessVersion, around: Around) -> tuple[Place, ...]:
    """Give each stage about deals, and each other one where some stand, with its deals. One query."""
    deals = found(wish.without("map"), around).filter(version__process=version.process_id)
    counts, totals = _by_stage(deals)
    mapped = version.map()
    return tuple(
        Place(
            stage.key,
            in_language(stage.name, around.language, mapped.language),
            counts[stage.key],
            tuple(Money(amount, currency) for currency, amount in sorted(totals[stage.key].items())),
            wish.having("stage", stage.key).having("map", to_text(version.process_id)).address(),
        )
        for stage in mapped.stages
        if stage.about == "deal" or counts[stage.key]
    )


def _by_stage(deals: DealQuerySet) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    counts: dict[str, int] = defaultdict(int)
    totals: dict[str, dict[str, int]] = defaultdict(dict)
    rows = deals.order_by().values_list("stage", "currency").annotate(n=Count("id"), sum=Sum("amount_minor"))
    for stage, currency, count, amount in rows:
        counts[stage] += count
        if currency:
            totals[stage][currency] = int(amount or 0)
    return counts, totals


def _span(rows: Iterable[dict[str, Any]], today: date) -> tuple[date, date]:
    days = [row[name] for row in rows for name in ("expected_close", "next_step_on") if row[name]]
    latest = max([*days, today + SHORTEST])
    return today - BEFORE, min(latest + timedelta(days=7), today + LONGEST)


def _place(day_: date, first: date, last: date) -> float:
    return round(1000 * (day_ - first).days / (last - first).days, 1)


def _within(day_: date | None, first: date, last: date) -> float | None:
    return _place(day_, first, last) if day_ and first <= day_ <= last else None


def _months(first: date, last: date, language: str) -> Iterable[tuple[str, float]]:
    start = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while start < last:
        yield month(start, language), _place(start, first, last)
        start = (start + timedelta(days=32)).replace(day=1)


def _line(row: dict[str, Any], first: date, last: date, around: Around) -> Line:
    close, step = row["expected_close"], row["next_step_on"]
    begun = max(row["created_at"].date(), first)
    end = min(max(filter(None, (close, step, around.today))), last)
    said = [day_short(one, around.language) for one in (step, close) if one]
    return Line(
        name=row["organization__name"],
        title=row["title"],
        address=deals_at() + to_text(row["id"]),
        begins=_place(min(begun, last), first, last),
        ends=_place(end, first, last),
        step=_within(step, first, last),
        close=_within(close, first, last),
        is_late=bool((step and step < around.today) or (close and close < around.today)),
        said=" · ".join(said),
    )


def _by_day(deals: DealQuerySet, column: str) -> dict[date, list[dict[str, Any]]]:
    rows = deals.filter(~Q(**{column: None})).order_by(column, "organization__sort_key", "id")
    found_on: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.values("id", "organization__name", "title", "next_step", "outcome", column):
        found_on[row[column]].append(row)
    return found_on


def _day(
    of: date, first: date, by_day: dict[date, list[dict[str, Any]]], wish: Filter, around: Around, by: str
) -> Day:
    rows = by_day.get(of, [])
    shown = rows if len(rows) <= CELL else rows[: CELL - 1]
    is_past = of < around.today
    return Day(
        number=of.day,
        name=day(of, around.language),
        is_today=of == around.today,
        is_outside=of.month != first.month,
        entries=tuple(
            Entry(
                row["organization__name"],
                row["next_step"] if by == "step" else row["title"],
                deals_at() + to_text(row["id"]),
                is_past and row["outcome"] is None,
            )
            for row in shown
        ),
        rest=len(rows) - len(shown),
        query=wish.having(by, f"{of.isoformat()}..{of.isoformat()}").address(),
    )


def _first_of(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
