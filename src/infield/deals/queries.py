"""What the board and a deal's page show, as frozen rows in a constant number of queries.

In: a queryset that is limited to what the viewer may open, the language of the map's names, and the day it is.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from infield.accounts.models import User
from infield.deals.closing.models import own_names
from infield.deals.models import Deal, DealQuerySet, MetCriterion, told_of
from infield.deals.state import Told
from infield.deals.usual.models import usual_days
from infield.deals.wording import happened, quote, stage_name
from infield.history.models import Event, KeptQuerySet
from infield.process.flow import on_the_way
from infield.process.gate import after_the_sale, checklist
from infield.process.models import ProcessVersion, maps_of, scale_of
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Stage
from infield.web.compiled import compiled
from infield.web.money import Money

AT_ONCE = 30
LINES_AT_ONCE = 50


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


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A criterion on a deal's page, and what shows that it is met; `event` is to be undone by."""

    key: str
    text: str
    weight: Decimal
    is_required: bool
    is_milestone: bool
    proof: str
    is_met: bool
    evidence: str = ""
    by: str = ""
    at: datetime | None = None
    event: UUID | None = None


@dataclass(frozen=True, slots=True)
class PathStage:
    """A stage on a deal's way: its share of a sale, how much of that is met, and its checklist."""

    key: str
    name: str
    weight: Decimal
    met_weight: Decimal
    is_current: bool
    is_before: bool
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class DealPage:
    """The facts of one deal and its way through the map."""

    id: UUID
    lock: int
    organization: str
    title: str
    money: Money | None
    owner_id: UUID
    owner: str
    process: str
    version: int
    stage: str
    stage_name: str
    days_in_stage: int
    created_at: datetime
    expected_close: date | None
    outcome: str | None
    closed_at: datetime | None
    lost_reason: str
    next_step: str
    next_step_on: date | None
    is_late: bool
    progress: Decimal
    path: tuple[PathStage, ...]

    @property
    def checklist(self) -> tuple[CheckLine, ...]:
        return next((stage.lines for stage in self.path if stage.is_current), ())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline; `quote` is what a person wrote with it."""

    event: UUID
    kind: str
    at: datetime
    is_day: bool
    by: str
    sentence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lines, the newest first; `before` asks for the next older ones, None: there are none."""

    lines: tuple[Line, ...]
    before: int | None


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


def met_of(deal: Deal) -> list[MetCriterion]:
    """Give the criteria that are met, with their events and words. Two queries."""
    return _met(deal.pk)


@compiled
def _met(deal: UUID) -> QuerySet[MetCriterion]:
    found = MetCriterion.objects.filter(deal=deal)
    return found.select_related("event").prefetch_related("event__words")


def deal_page(deal: Deal, met: Sequence[MetCriterion], language: str, now: datetime) -> DealPage:
    """Give what the page of a deal shows, `met` from `met_of`; found with
    `select_related("organization", "owner", "version__process")` it costs one query more."""
    process = deal.map()
    proofs = _proofs(met)
    return DealPage(
        id=deal.pk,
        lock=deal.lock,
        organization=deal.organization.name,
        title=deal.title,
        money=deal.money,
        owner_id=deal.owner_id,
        owner=str(deal.owner),
        process=in_language(process.name, language, process.language),
        version=process.version,
        stage=deal.stage,
        stage_name=stage_name(deal.stage, process, language),
        days_in_stage=_days(deal.stage_entered_at, deal.closed_at or now),
        created_at=deal.created_at,
        expected_close=deal.expected_close,
        outcome=deal.outcome,
        closed_at=deal.closed_at,
        lost_reason=deal.lost_reason,
        next_step=deal.next_step,
        next_step_on=deal.next_step_on,
        is_late=deal.outcome is None and _is_late(deal.next_step_on, now.date()),
        progress=scale_of(deal.version_id).progress(proofs),
        path=_path(process, deal.stage, proofs, language),
    )


def timeline(deal: Deal, language: str, before: int | None = None, size: int = LINES_AT_ONCE) -> Timeline:
    """Give what happened in the case of a deal and counts, the newest first. Three queries, four where it was lost."""
    if before is None:
        found = _latest(size + 1)(deal.case)
    else:
        found = list(_events(deal.case).filter(position__lt=before)[: size + 1])
    shown, process = found[:size], deal.map()
    names = _names(shown)
    reasons = own_names() if any(event.kind == "lost" for event in shown) else {}
    lines = tuple(_line(event, process, names, language, reasons) for event in shown)
    return Timeline(lines, shown[-1].position if len(found) > size else None)


def _events(case: UUID) -> KeptQuerySet:
    return Event.objects.filter(case=case).counting().order_by("-position").prefetch_related("words")


@cache
def _latest(size: int) -> Callable[[UUID], list[Event]]:
    return compiled(lambda case: _events(case)[:size])


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
        is_late=_is_late(step[1], now.date()),
        met=sum(one.is_met for one in lines),
        required=len(lines),
        progress=scale_of(version).progress(met),
        days_in_stage=_days(entered, now),
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


def _path(
    process: ProcessMap, current: str, proofs: Mapping[str, "_Proof"], language: str
) -> tuple[PathStage, ...]:
    carrying = on_the_way(process) | {current}
    keys = [stage.key for stage in process.stages]
    return tuple(
        PathStage(
            key=stage.key,
            name=in_language(stage.name, language, process.language),
            weight=stage.weight,
            met_weight=sum((one.weight for one in stage.criteria if one.key in proofs), Decimal(0)),
            is_current=stage.key == current,
            is_before=keys.index(stage.key) < keys.index(current),
            lines=_lines(stage, proofs, process, language),
        )
        for stage in process.stages
        if stage.key in carrying
    )


def _lines(
    stage: Stage, proofs: Mapping[str, "_Proof"], process: ProcessMap, language: str
) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            one.criterion.key,
            in_language(one.criterion.text, language, process.language),
            one.criterion.weight,
            one.criterion.required,
            one.criterion.milestone,
            one.criterion.proof.kind,
            one.is_met,
            *proofs.get(one.criterion.key, ()),
        )
        for one in checklist(stage, proofs)
    )


class _Proof(NamedTuple):
    evidence: str
    by: str
    at: datetime
    event: UUID


def _proofs(met: Sequence[MetCriterion]) -> dict[str, _Proof]:
    names = _names([one.event for one in met])
    return {
        one.criterion: _Proof(
            next((words.text for words in one.event.words.all() if words.name == "evidence"), ""),
            names.get(one.event.by, "") if one.event.by else "",
            one.event.at,
            one.event.pk,
        )
        for one in met
    }


def _names(events: Iterable[Event]) -> dict[UUID, str]:
    wanted = {event.by for event in events if event.by}
    wanted |= {UUID(event.data["owner"]) for event in events if event.data.get("owner")}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _line(
    event: Event,
    process: ProcessMap,
    names: Mapping[UUID, str],
    language: str,
    reasons: Mapping[str, str],
) -> Line:
    told: Told = told_of(event)
    return Line(
        event=event.pk,
        kind=event.kind,
        at=event.at,
        is_day=event.precision == "day",
        by=names.get(event.by, "") if event.by else "",
        sentence=happened(told, process, names, language, reasons),
        quote=quote(told),
    )


def _is_late(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _days(since: datetime, until: datetime) -> int:
    return max((until - since).days, 0)
