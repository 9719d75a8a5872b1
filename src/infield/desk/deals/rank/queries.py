"""The rank of deals in a list: how urgent the buyer's timeline makes them, times how far along they are.

`infield.deals.urgency` says what it is; here it is written once more for the database, to sort and narrow by, and
read for the deals of a page.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    DateField,
    Expression,
    F,
    FloatField,
    Func,
    OuterRef,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from infield.deals.models import Deal, DealQuerySet, Fact, MetCriterion
from infield.deals.urgency import HALF_AFTER_DAYS, rank, spare_days, urgency
from infield.desk.deals.wording import rank_line, rank_words
from infield.finding import narrowing
from infield.finding.filters import Condition
from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import Cell, Row
from infield.finding.lists.fields.queries import NOTHING
from infield.process.models import ProcessVersion, scale_of
from infield.web import figures

WHOLE = 100
"""A rank is shown and asked for in hundredths."""


class DaysUntil(Func):
    """The days from the second day to the first."""

    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="(julianday(%(expressions)s))", arg_joiner=") - julianday(", **more
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **more)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Why a deal ranks where it does: `spare` days before the plan must begin, `progress` in percent, others 0 to 1."""

    spare: int
    urgency: float
    progress: Decimal
    rank: float


def ranks_of(ids: Sequence[UUID], today: date) -> dict[UUID, Ranked]:
    """Give the rank of those of these deals whose buyer has a day to have reached the goal. Three queries."""
    days: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for deal, key, day, needed in Fact.objects.filter(
        deal__in=ids, key__in=("goal_date", "days_needed")
    ).values_list("deal", "key", "day", "days"):
        days[deal][key] = day if key == "goal_date" else needed
    dated = [deal for deal, known in days.items() if known.get("goal_date")]
    met: dict[UUID, set[str]] = defaultdict(set)
    for deal, criterion in MetCriterion.objects.filter(deal__in=dated).values_list("deal", "criterion"):
        met[deal].add(criterion)
    versions = Deal.objects.filter(pk__in=dated).values_list("pk", "version")
    return {
        deal: _ranked(days[deal]["goal_date"], days[deal].get("days_needed"), version, met[deal], today)
        for deal, version in versions
    }


def _ranked(goal_on: date, needed: int | None, version: UUID, met: set[str], today: date) -> Ranked:
    progress = scale_of(version).progress(met)
    return Ranked(
        spare_days(goal_on, needed or 0, today),
        urgency(goal_on, needed, today),
        progress,
        rank(goal_on, needed, progress, today),
    )


def gathered(ids: Sequence[UUID], around: Around) -> dict[UUID, Ranked]:
    return ranks_of(ids, around.today)


def cell(row: Row, around: Around) -> Cell:
    found: Ranked | None = row["gathered"]["rank"]
    if found is None:
        return Cell("", "is-number")
    whole = round(found.rank * WHOLE)
    return Cell(
        figures.count(whole, around.language),
        "is-number",
        whole,
        note=rank_words(found.spare, found.progress, around.language),
    )


def rank_said(ranked: Ranked, language: str) -> str:
    """Give the rank with why, in a line."""
    said = rank_words(ranked.spare, ranked.progress, language)
    return rank_line(round(ranked.rank * WHOLE), said, language)


def first_ranked(around: Around) -> Expression:
    """Sort by the rank, the highest first; those without one come last."""
    return Coalesce(rank_expression(around.today) * Value(-1.0), Value(1.0), output_field=FloatField())


def narrowed(deals: DealQuerySet, asked: Condition, around: Around) -> Any:
    """Keep the deals of such a rank, in hundredths; or those without one."""
    ranked: Any = deals.alias(rank=rank_expression(around.today))
    if asked.values == (NOTHING,):
        return ranked.filter(rank=None)
    # half a hundredth: what is shown as 40 is found from 40 on
    for text, compared, half in ((asked.least, "gte", -0.5), (asked.most, "lt", 0.5)):
        end = narrowing.number(text)
        if end is not None:
            ranked = ranked.filter(**{f"rank__{compared}": (float(end) + half) / WHOLE})
    return ranked


def rank_expression(today: date) -> Expression:
    """Give the rank of a deal for the database, null where no day is known. One query, for the maps there are."""
    goal = Fact.objects.filter(deal=OuterRef("pk"), key="goal_date", day__isnull=False)
    needed = Fact.objects.filter(deal=OuterRef("deal"), key="days_needed").values("days")
    left = DaysUntil(F("day"), Value(today, output_field=DateField()))
    spare = Greatest(left - Coalesce(Subquery(needed[:1]), 0, output_field=FloatField()), Value(0.0))
    half = Value(float(HALF_AFTER_DAYS))
    urgent = Subquery(
        goal.annotate(urgent=half / (half + spare)).values("urgent")[:1], output_field=FloatField()
    )
    return urgent * _progress() / Value(100.0)


def _progress() -> Expression:
    """Give the weights met in percent, along the way that has most of them, by the map each deal runs on."""
    by_ways: dict[frozenset[frozenset[tuple[str, Decimal]]], list[UUID]] = defaultdict(list)
    for version in ProcessVersion.objects.values_list("pk", flat=True):
        by_ways[scale_of(version).ways()].append(version)
    weighed = [When(version__in=some, then=_most_of(ways)) for ways, some in by_ways.items()]
    return Case(*weighed, default=Value(0.0), output_field=FloatField())


def _most_of(ways: frozenset[frozenset[tuple[str, Decimal]]]) -> Expression:
    sums = [_met_of(weights) for weights in sorted(ways, key=sorted)]
    return Greatest(*sums) if len(sums) > 1 else sums[0]


def _met_of(weights: frozenset[tuple[str, Decimal]]) -> Expression:
    weighed = [When(criterion=key, then=Value(float(weight))) for key, weight in sorted(weights)]
    weight = Case(*weighed, default=Value(0.0), output_field=FloatField())
    met = MetCriterion.objects.filter(deal=OuterRef("pk")).order_by().values("deal").annotate(sum=Sum(weight))
    return Coalesce(Subquery(met.values("sum")), 0.0, output_field=FloatField())
