"""The board's rows: columns of a map with their sums, and the most urgent cards of each.

The number of queries is the same for any number of deals: sums, cards, criteria met, maps not read before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from infield.accounts.models import User
from infield.accounts.roles import ROLES
from infield.deals.models import Deal, DealQuerySet, MetCriterion
from infield.desk.board.age import Age, age_of
from infield.desk.board.wish import Wish
from infield.process.gate import after_the_sale
from infield.process.models import Process, maps_of, scale_of
from infield.process.texts import Text, in_language
from infield.process.values import ProcessMap, Stage
from infield.web.ids import to_text
from infield.web.money import Money, totals

CARDS_AT_ONCE = 30
# what is due first comes first, and before it what nobody has planned; among equals who has waited longest
URGENCY = (F("next_step_on").asc(nulls_first=True), F("stage_entered_at").asc(), F("pk").asc())
FIELDS = (
    "pk",
    "organization__name",
    "title",
    "amount_minor",
    "currency",
    "owner__name",
    "stage",
    "stage_entered_at",
    "next_step",
    "next_step_on",
    "version_id",
    "lock",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One open deal as the board shows it. `progress`: the weights met, in percent of a sale."""

    key: str
    organization: str
    title: str
    money: Money | None
    owner: str
    stage: str
    next_step: str
    due: date | None
    late_days: int
    """Days since the next step was due: 0 today, negative in the future."""
    met: int
    required: int
    """The required criteria of its stage, and how many of them are met."""
    progress: Decimal
    age: Age
    lock: int
    rank: str
    """Sorts as the column does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stage with its sums over all of its deals, and some of their cards."""

    key: str
    name: str
    weight: Decimal
    count: int
    totals: tuple[Money, ...]
    cards: tuple[Card, ...] = ()
    begins: int = 0
    """How many more urgent cards stand before the first of `cards`."""

    @property
    def shown(self) -> int:
        return self.begins + len(self.cards)

    @property
    def hidden(self) -> int:
        """How many cards are left to show."""
        return max(0, self.count - self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything the page shows. `without`: how many deals have no next step, whatever the filter says."""

    columns: tuple[Column, ...]
    count: int
    totals: tuple[Money, ...]
    without: int
    maps: tuple[tuple[str, str], ...]
    """Key and name of every process in use."""
    map_key: str


@dataclass(frozen=True, slots=True)
class _Sum:
    stage: str
    currency: str
    count: int
    without: int
    amount_minor: int | None
    amount_minor_without: int | None


def the_board(user: User, wish: Wish, language: str) -> Board | None:
    """Give the board of the map that is wished for, else of the oldest; None while there is no map."""
    found = _sums_of(user, wish, language)
    if found is None:
        return None
    board, deals = found
    cards = _cards(deals, 0, CARDS_AT_ONCE, more_of=wish.all_of)
    return replace(board, columns=tuple(_with_cards(column, cards) for column in board.columns))


def more_cards(user: User, wish: Wish, language: str, stage: str, begins: int) -> Column | None:
    """Give the next cards of one column, after the first `begins`; None: no such column."""
    found = _sums_of(user, wish, language)
    column = next((one for one in found[0].columns if one.key == stage), None) if found else None
    if found is None or column is None:
        return None
    cards = _cards(found[1].filter(stage=stage), begins, begins + CARDS_AT_ONCE)
    return _with_cards(column, cards, begins)


def heads(user: User, wish: Wish, language: str) -> Board | None:
    """Give the board's sums without its cards."""
    found = _sums_of(user, wish, language)
    return found[0] if found else None


def _sums_of(user: User, wish: Wish, language: str) -> tuple[Board, DealQuerySet] | None:
    """Give the board without cards, and the deals its cards are of."""
    processes = list(Process.objects.order_by("created_at", "pk"))
    if not processes:
        return None
    process = next((one for one in processes if to_text(one.pk) == wish.map_key), processes[0])
    deals = wished(user, wish, process)
    sums = _sums(deals)
    columns = _columns(_map_of(process), sums, language, only_without=wish.only_without)
    board = Board(
        columns=columns,
        count=sum(column.count for column in columns),
        totals=totals(money for column in columns for money in column.totals),
        without=sum(one.without for one in sums),
        maps=tuple((to_text(one.pk), one.name) for one in processes),
        map_key=to_text(process.pk),
    )
    return board, deals.without_next_step() if wish.only_without else deals


def card_of(deal: UUID) -> Card | None:
    """Give the card of one open deal; the caller has found it with permission."""
    found = _cards(Deal.objects.filter(pk=deal).open(), 0, 1)
    return found[0] if found else None


def wished(user: User, wish: Wish, process: Process) -> DealQuerySet:
    """Give the open deals of a map that this user may see and wants to."""
    deals = Deal.objects.visible_to(user).open().filter(version__process=process)
    return deals.filter(owner=user) if wish.mine else deals


def has_team(user: User) -> bool:
    """True for who sees more deals than their own and has own ones."""
    role = ROLES[user.role]
    return role.writes and role.opens != "own"


def _map_of(process: Process) -> ProcessMap:
    version = process.versions.order_by("-number").values_list("pk", flat=True)[0]
    return maps_of([version])[version]


def _sums(deals: DealQuerySet) -> list[_Sum]:
    rows = deals.order_by().values_list("stage", "currency")
    missing = Q(next_step_on=None)
    return [
        _Sum(*row)
        for row in rows.annotate(
            Count("pk"),
            Count("pk", filter=missing),
            Sum("amount_minor"),
            Sum("amount_minor", filter=missing),
        )
    ]


def _columns(
    mapped: ProcessMap, sums: Sequence[_Sum], language: str, *, only_without: bool
) -> tuple[Column, ...]:
    used = {one.stage for one in sums}
    after = after_the_sale(mapped)
    shown = [
        stage
        for stage in mapped.stages
        if stage.key in used or (stage.about == "deal" and stage.key not in after)
    ]
    known = {stage.key for stage in shown}
    # a stage that the newest version no longer has keeps its column as long as a deal is in it
    shown += [Stage(key=key, name=key) for key in sorted(used - known)]
    return tuple(
        _column(stage, [one for one in sums if one.stage == stage.key], mapped, language, only_without)
        for stage in shown
    )


def _column(
    stage: Stage, sums: Sequence[_Sum], mapped: ProcessMap, language: str, only_without: bool
) -> Column:
    amounts = [
        (one.amount_minor_without if only_without else one.amount_minor, one.currency)
        for one in sums
        if one.currency
    ]
    return Column(
        key=stage.key,
        name=said(stage.name, mapped, language),
        weight=stage.weight,
        count=sum(one.without if only_without else one.count for one in sums),
        totals=totals(Money(amount, currency) for amount, currency in amounts if amount is not None),
    )


def _with_cards(column: Column, cards: Iterable[Card], begins: int = 0) -> Column:
    return replace(column, cards=tuple(card for card in cards if card.stage == column.key), begins=begins)


def _cards(deals: DealQuerySet, begins: int, ends: int, *, more_of: str = "") -> list[Card]:
    """Give the cards of places `begins` to `ends` of each stage; all of the stage `more_of`."""
    place = Window(RowNumber(), partition_by=F("stage"), order_by=list(URGENCY))
    near = Q(place__gt=begins, place__lte=ends) | (Q(stage=more_of) if more_of else Q())
    rows = list(deals.annotate(place=place).filter(near).order_by(*URGENCY).values_list(*FIELDS))
    met = _met([row[0] for row in rows])
    maps_of({row[10] for row in rows})  # read at once, not one by one
    now = timezone.now()
    today = timezone.localtime(now).date()
    return [_card(row, met.get(row[0], frozenset()), now, today) for row in rows]


def _card(row: tuple[Any, ...], met: frozenset[str], now: datetime, today: date) -> Card:
    pk, organization, title, amount, currency, owner, stage, entered, step, due, version, lock = row
    required, usual = _stage_facts(version, stage)
    return Card(
        key=to_text(pk),
        organization=organization,
        title=title,
        money=None if amount is None else Money(amount, currency),
        owner=owner,
        stage=stage,
        next_step=step,
        due=due,
        late_days=(today - due).days if due else 0,
        met=len(required & met),
        required=len(required),
        progress=scale_of(version).progress(met),
        age=age_of(now - entered, usual),
        lock=lock,
        rank=f"{due.toordinal() if due else 0:07d}{int(entered.timestamp()):012d}",
    )


@cache
def _stage_facts(version: UUID, stage: str) -> tuple[frozenset[str], Decimal | None]:
    # a version never changes, so neither does this
    mapped = maps_of([version])[version]
    found = next((one for one in mapped.stages if one.key == stage), None)
    if found is None:
        return frozenset(), None
    return frozenset(one.key for one in found.criteria if one.required), found.expected_days


def _met(deals: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = {}
    for deal, criterion in MetCriterion.objects.filter(deal__in=deals).values_list("deal", "criterion"):
        found.setdefault(deal, set()).add(criterion)
    return {deal: frozenset(keys) for deal, keys in found.items()}


def said(text: Text, mapped: ProcessMap, language: str) -> str:
    """Give a text of the map in the reader's language."""
    return in_language(text, language, mapped.language)
