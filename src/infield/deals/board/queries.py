"""What the board shows, as frozen rows in a constant number of queries.

In: a queryset that is limited to what the viewer may open, the language of the map's names, and the moment it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, Sum, Window
from django.db.models.functions import RowNumber

from infield.deals.lateness import days_between, is_late
from infield.deals.models import Deal, DealQuerySet, MetCriterion
from infield.deals.usual.models import usual_days
from infield.deals.wording import stage_name
from infield.process.gate import after_the_sale, checklist
from infield.process.models import ProcessVersion, maps_of, scale_of
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Stage
from infield.web.money import Money

AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Card:
    """A deal on the board. `met` of `required` criteria of its stage; `progress` in percent of the whole way."""

    id: UUID
    lock: int
    stage: str
    organization: str
    title: str
    money: Money | None
    owner_id: UUID
    owner: str
    next_step: str
    next_step_on: date | None
    is_late: bool
    met: int
    required: int
    progress: Decimal
    days_in_stage: int


@dataclass(frozen=True, slots=True)
class Column:
    """A stage on the board: its first cards, and count and totals of all its deals."""

    key: str
    name: str
    weight: Decimal
    usual_days: Decimal | None
    """The median of won deals; where it is not known, what the map expects."""
    is_sale: bool
    count: int
    totals: tuple[Money, ...]
    cards: tuple[Card, ...]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """The open deals of one process; `totals` are one sum per currency."""

    columns: tuple[Column, ...]
    count: int
    without_next_step: int
    late: int
    totals: tuple[Money, ...]


class _Sums(NamedTuple):
    stage: str
    currency: str
    deals: int
    amount_minor: int | None
    without_next_step: int
    late: int


def board(deals: DealQuerySet, version: ProcessVersion, language: str, now: datetime) -> Board:
    """Give the open ones of `deals` by the stages of `version`, whichever version of its process they run on.

    `now`: the moment in the viewer's zone. Five queries, and one more for each time a version is met first.
    A stage that the version lacks and that still has deals comes last.
    """
    deals = deals.open().filter(version__process=version.process_id)
    sums = _sums(deals, now.date())
    shown = _cards(deals, now, 0)
    stages = _columns(version.map(), shown, {one.stage for one in sums}, language)
    usual = usual_days(version.process_id)
    return Board(
        columns=tuple(
            _column(stage, name, sums, shown, usual.get(stage.key, stage.expected_days))
            for stage, name in stages
        ),
        count=sum(one.deals for one in sums),
        without_next_step=sum(one.without_next_step for one in sums),
        late=sum(one.late for one in sums),
        totals=_totals(sums),
    )


def more_cards(
    deals: DealQuerySet, version: ProcessVersion, stage: str, start: int, now: datetime
) -> tuple[Card, ...]:
    """Give the next cards of a column after the first `start`."""
    wanted = deals.open().filter(version__process=version.process_id, stage=stage)
    return tuple(card for card, _ in _cards(wanted, now, start))


def _sums(deals: DealQuerySet, today: date) -> list[_Sums]:
    rows = (
        deals.order_by()
        .values_list("stage", "currency")
        .annotate(
            deals=Count("id"),
            sum_minor=Sum("amount_minor"),
            unplanned=Count("id", filter=Q(next_step_on=None)),
            late=Count("id", filter=Q(next_step_on__lt=today)),
        )
    )
    return [_Sums(*row) for row in rows]


def _totals(sums: Iterable[_Sums]) -> tuple[Money, ...]:
    by_currency: dict[str, int] = defaultdict(int)
    for one in sums:
        if one.currency:
            by_currency[one.currency] += int(one.amount_minor or 0)  # PostgreSQL adds up to a decimal
    return tuple(Money(amount, currency) for currency, amount in sorted(by_currency.items()))


def _cards(deals: DealQuerySet, now: datetime, start: int) -> list[tuple[Card, UUID]]:
    """Give up to 30 cards a stage with the version each runs on: first those without a next step, then by its day."""
    urgency = (F("next_step_on").asc(nulls_first=True), F("stage_entered_at").asc(), F("id").asc())
    # names are joined to the cards that are shown alone, not to every open deal
    placed = deals.order_by().annotate(place=Window(RowNumber(), partition_by=F("stage"), order_by=urgency))
    shown = placed.filter(place__gt=start, place__lte=start + AT_ONCE).values("id")
    rows = list(
        Deal.objects.filter(pk__in=shown)
        .order_by("stage", *urgency)
        .values_list(
            "version",
            "id",
            "lock",
            "stage",
            "organization__name",
            "title",
            "amount_minor",
            "currency",
            "owner",
            "owner__name",
            "next_step",
            "next_step_on",
            "stage_entered_at",
        )
    )
    maps = maps_of(row[0] for row in rows)
    met = _met_keys([row[1] for row in rows])
    return [(_card(row, maps[row[0]], met[row[1]], now), row[0]) for row in rows]


def _card(row: tuple[Any, ...], process: ProcessMap, met: Collection[str], now: datetime) -> Card:
    version, pk, lock, stage, organization, title, amount, currency, owner_id, owner, *step, entered = row
    lines = [one for one in checklist(process.stage(stage), met) if one.criterion.required]
    return Card(
        id=pk,
        lock=lock,
        stage=stage,
        organization=organization,
        title=title,
        money=None if amount is None else Money(amount, currency),
        owner_id=owner_id,
        owner=owner,
        next_step=step[0],
        next_step_on=step[1],
        is_late=is_late(step[1], now.date()),
        met=sum(one.is_met for one in lines),
        required=len(lines),
        progress=scale_of(version).progress(met),
        days_in_stage=days_between(entered, now),
    )


def _met_keys(deals: Sequence[UUID]) -> Mapping[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for deal, criterion in MetCriterion.objects.filter(deal__in=deals).values_list("deal", "criterion"):
        found[deal].add(criterion)
    return found


def _columns(
    process: ProcessMap, shown: Sequence[tuple[Card, UUID]], in_use: set[str], language: str
) -> list[tuple[Stage, str]]:
    """Give the stages to show with their names: those about deals up to the sale, and any other with open deals."""
    after, known = after_the_sale(process), {stage.key for stage in process.stages}
    stages = [
        (stage, in_language(stage.name, language, process.language))
        for stage in process.stages
        if (stage.about == "deal" and stage.key not in after) or stage.key in in_use
    ]
    former = {card.stage: version for card, version in shown if card.stage not in known}
    maps = maps_of(former.values())
    for key, version in former.items():
        stages.append((maps[version].stage(key), stage_name(key, maps[version], language)))
    return stages


def _column(
    stage: Stage,
    name: str,
    sums: Sequence[_Sums],
    shown: Sequence[tuple[Card, UUID]],
    usual: Decimal | None,
) -> Column:
    own = [one for one in sums if one.stage == stage.key]
    return Column(
        key=stage.key,
        name=name,
        weight=stage.weight,
        usual_days=usual,
        is_sale=stage.sale,
        count=sum(one.deals for one in own),
        totals=_totals(own),
        cards=tuple(card for card, _ in shown if card.stage == stage.key),
    )
