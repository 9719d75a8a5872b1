"""The board as its page shows it: the rows of deals, with their age against the usual and their order on the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django.utils import timezone

from infield.accounts.models import User
from infield.accounts.roles import ROLES
from infield.deals.board import queries
from infield.deals.models import Deal, DealQuerySet
from infield.desk.board.age import Age
from infield.desk.board.wish import Wish
from infield.desk.deals.context.queries import around
from infield.desk.deals.queries import found, told
from infield.desk.wording import card_words, deals_at, due_state, due_words, log_at, move_label
from infield.process.models import Process
from infield.web.ids import to_text
from infield.web.money import Money

DAYS_AT_MOST = 99_999


@dataclass(frozen=True, slots=True)
class Card:
    """A deal's card. `late_days`: since the next step was due, negative before, None without one."""

    row: queries.Card
    key: str
    address: str
    age: Age
    late_days: int | None
    due: str
    move_label: str
    rank: str
    """Sorts as the cards of a column do."""

    @property
    def due_state(self) -> str:
        return due_state(self.late_days)


@dataclass(frozen=True, slots=True)
class Column:
    """A stage. `place`: a number that its key always has; `begins`: how many more urgent cards came before."""

    place: int
    row: queries.Column
    cards: tuple[Card, ...]
    more: str
    """The address of the next cards, as a query."""
    begins: int = 0

    @property
    def shown(self) -> int:
        return self.begins + len(self.cards)

    @property
    def left(self) -> int:
        """How many cards are not shown yet."""
        return max(0, self.row.count - self.shown)


@dataclass(frozen=True, slots=True)
class Board:
    """The page: its columns, sums, how many deals have no next step, and the maps one can choose from."""

    columns: tuple[Column, ...]
    count: int
    totals: tuple[Money, ...]
    without: int
    maps: tuple[tuple[str, str], ...]
    map_key: str


def wish_of(user: User, values: Mapping[str, str]) -> Wish:
    """Read what the address of a board asks for."""
    return Wish(told(values, around(user)))


def the_board(user: User, wish: Wish, language: str) -> Board | None:
    """Give the board of the map that is wished for, else of the oldest; None while there is no map."""
    processes = list(Process.objects.order_by("created_at", "pk"))
    if not processes:
        return None
    process = next((one for one in processes if to_text(one.pk) == wish.map_key), processes[0])
    version, now = process.current(), timezone.localtime()
    rows = queries.board(wished(user, wish), version, language, now)
    return Board(
        columns=_columns(rows, now, wish.on_map(to_text(process.pk))),
        count=rows.count,
        totals=rows.totals,
        without=rows.without_next_step,
        maps=tuple((to_text(one.pk), one.name) for one in processes),
        map_key=to_text(process.pk),
    )


def more_cards(user: User, wish: Wish, language: str, stage: str, begins: int) -> Column | None:
    """Give the cards of one column after the first `begins`; None: there is no such column."""
    processes = list(Process.objects.order_by("created_at", "pk"))
    process = next((one for one in processes if to_text(one.pk) == wish.map_key), None)
    if process is None:
        return None
    version, now = process.current(), timezone.localtime()
    deals = wished(user, wish).filter(stage=stage)
    column = next(
        (one for one in queries.board(deals, version, language, now).columns if one.key == stage), None
    )
    if column is None:
        return None
    rows = queries.more_cards(deals, version, stage, begins, now)
    return _column(column, rows, now, wish, begins)


def card_of(deal: Deal, language: str) -> Card | None:
    """Give the card of one deal; None where it is closed. The caller found it with permission."""
    now = timezone.localtime()
    rows = queries.board(Deal.objects.filter(pk=deal.pk), deal.version, language, now)
    cards = [card for column in _columns(rows, now, Wish()) for card in column.cards]
    return cards[0] if cards else None


def wished(user: User, wish: Wish) -> DealQuerySet:
    """Give the open deals that this user may see and wants to."""
    return found(wish.deals, around(user)).open()


def board_context(user: User, wish: Wish) -> dict[str, Any]:
    """Give what the page shows beside the rows: the addresses of its filters, and where deals are."""
    role = ROLES[user.role]
    return {
        "has_team": role.writes and role.opens != "own",
        "everyone": wish.address(owner=""),
        "mine": wish.address(owner="me"),
        "without": wish.address(step="" if wish.only_without else "none"),
        "writes": role.writes,
        "say": card_words(),
        "deals_at": deals_at(),
        "log_at": log_at("log"),
        "next_at": log_at("next"),
    }


def _columns(rows: queries.Board, now: datetime, wish: Wish) -> tuple[Column, ...]:
    return tuple(_column(column, column.cards, now, wish) for column in rows.columns)


def _column(
    column: queries.Column, rows: Iterable[queries.Card], now: datetime, wish: Wish, begins: int = 0
) -> Column:
    cards = tuple(_card(row, column, now.date()) for row in rows)
    more = wish.address(stage=column.key, begins=str(begins + len(cards)))
    return Column(crc32(column.key.encode()), column, cards, more, begins)


def _card(row: queries.Card, column: queries.Column, today: date) -> Card:
    key = to_text(row.id)
    late_days = (today - row.next_step_on).days if row.next_step_on else None
    return Card(
        row=row,
        key=key,
        address=deals_at() + key,
        age=Age(row.days_in_stage, column.usual_days),
        late_days=late_days,
        due=due_words(late_days, row.next_step_on) if row.next_step_on else "",
        move_label=move_label(row.organization),
        rank=_rank(row),
    )


def _rank(row: queries.Card) -> str:
    due = row.next_step_on.toordinal() if row.next_step_on else 0
    return f"{due:07d}{DAYS_AT_MOST - row.days_in_stage:05d}"
