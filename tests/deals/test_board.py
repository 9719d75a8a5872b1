"""The board: its columns, cards, sums and order, in a constant number of queries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries
from tests.deals.world import CALL, CLEAN_MAP, TODAY, World, day

from infield.accounts.models import User
from infield.deals.board.queries import Board, board, more_cards
from infield.deals.models import Deal, NextStep
from infield.web.money import Money

NOW = datetime.now(UTC)
AS_DAN_ASKS = 5


def as_seen_by(world: World, who: str = "anna") -> Board:
    user = getattr(world.people, who)
    return board(Deal.objects.visible_to(user), world.version, "en", NOW)


def test_the_columns_are_the_stages_about_deals_up_to_the_sale(world: World) -> None:
    shown = as_seen_by(world)
    assert [(column.key, column.name, column.weight, column.is_sale) for column in shown.columns] == [
        ("need", "Need understood", Decimal("30.0"), False),
        ("pilot", "Machine on trial", Decimal(20), False),
        ("visit", "Visit to a client", Decimal(20), False),
        ("offer", "Proposal under review", Decimal(15), False),
        ("signed", "Contract signed", Decimal(25), True),
        ("waiting", "Waiting for a budget", Decimal(0), False),
    ]
    assert (shown.count, shown.totals) == (0, ())


def test_a_stage_about_something_else_is_shown_while_an_open_deal_is_in_it(world: World) -> None:
    deal = world.deal(stage="noticed")
    assert as_seen_by(world).columns[0].key == "noticed"
    deal.lose("price", world.people.dan)
    assert as_seen_by(world).columns[0].key == "need"


def test_a_card_says_what_the_board_shows_of_a_deal(world: World) -> None:
    deal = world.deal()
    world.met(deal, "asked", "priced", "figures")
    deal.set_next_step(CALL, world.people.dan)
    Deal.objects.update(stage_entered_at=NOW - timedelta(days=9, hours=5), next_step_on=day(-1))
    card = as_seen_by(world).columns[0].cards[0]
    assert (card.id, card.lock, card.stage, card.organization, card.title) == (
        deal.pk, 1, "need", "Aalto Foods", "Line 3",
    )  # fmt: skip
    assert (card.money, card.owner_id, card.owner) == (Money(4_200_000, "EUR"), deal.owner_id, "Dan Wood")
    assert (card.next_step, card.next_step_on, card.is_late) == (CALL.what, day(-1), True)
    assert (card.met, card.required, card.progress) == (1, 2, Decimal("37.5"))
    assert card.days_in_stage == 9


def test_sums_are_per_currency_and_count_every_deal_of_the_column(world: World) -> None:
    for amount in (Money(100, "EUR"), Money(250, "EUR"), Money(7_000, "JPY"), None):
        world.deal(amount=amount)
    world.deal(amount=Money(5, "EUR"), stage="offer")
    shown = as_seen_by(world)
    assert shown.columns[0].totals == (Money(350, "EUR"), Money(7_000, "JPY"))
    assert (shown.columns[0].count, shown.count) == (4, 5)
    assert shown.totals == (Money(355, "EUR"), Money(7_000, "JPY"))


def test_deals_without_a_next_step_come_first_and_then_the_most_urgent(world: World) -> None:
    for title, days in (("later", 9), ("late", 0), ("soon", 1)):
        world.deal(title=title).set_next_step(NextStep("Call", day(days)), world.people.dan)
    Deal.objects.filter(title="late").update(next_step_on=day(-3))
    world.deal(title="nothing")
    shown = as_seen_by(world)
    assert [card.title for card in shown.columns[0].cards] == ["nothing", "late", "soon", "later"]
    assert (shown.without_next_step, shown.late) == (1, 1)


def test_closed_and_imported_deals_are_not_on_the_board(world: World) -> None:
    world.deal(title="lost").lose("price", world.people.dan)
    world.deal(title="won").win(world.people.dan, forced_because="Now")
    world.deal(title="old")
    Deal.objects.filter(title="old").update(history_only=True)
    assert as_seen_by(world).count == 0


def test_each_sees_and_counts_what_they_may_open(world: World) -> None:
    world.deal(world.people.bo, title="Bo")
    world.deal(world.people.dan, title="Dan")
    counts = {
        who: (as_seen_by(world, who).count, as_seen_by(world, who).totals)
        for who in ("anna", "bo", "cleo", "emil", "rut")
    }
    one, two = (1, (Money(4_200_000, "EUR"),)), (2, (Money(8_400_000, "EUR"),))
    assert counts == {"anna": two, "bo": one, "cleo": one, "emil": (0, ()), "rut": two}


def test_a_column_begins_with_thirty_cards_and_gives_the_rest_in_order(world: World) -> None:
    first = world.deal()
    copies(first, 64)
    column = as_seen_by(world).columns[0]
    assert (column.count, len(column.cards), column.has_more) == (65, 30, True)
    seen = Deal.objects.visible_to(world.people.anna)
    more = [more_cards(seen, world.version, "need", start, NOW) for start in (30, 60, 90)]
    assert [len(cards) for cards in more] == [30, 5, 0]
    everyone = [card.id for card in (*column.cards, *more[0], *more[1])]
    assert len(set(everyone)) == 65


def test_three_hundred_deals_cost_as_many_queries_as_three(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = world.deal()
    for stage in ("pilot", "offer"):
        world.deal(stage=stage)
    for _ in range(2):
        anna = User.objects.get(pk=world.people.anna.pk)
        with django_assert_num_queries(AS_DAN_ASKS):
            shown = board(Deal.objects.visible_to(anna), world.version, "en", NOW)
        copies(first, 300 - Deal.objects.count())
    assert (shown.count, sum(len(column.cards) for column in shown.columns)) == (300, 5 * 30)


def test_deals_of_an_older_version_stand_in_the_columns_of_the_current_one(world: World) -> None:
    world.deal(stage="pilot", title="older")
    world.deal(stage="visit", title="stranded")
    renamed = tuple(
        replace(stage, name="Machine in your plant") if stage.key == "pilot" else stage
        for stage in CLEAN_MAP.stages
        if stage.key != "visit"
    )
    ways = tuple(way for way in CLEAN_MAP.transitions if "visit" not in (way.source, way.target))
    world.version.process.publish(replace(CLEAN_MAP, stages=renamed, transitions=ways), world.people.anna)
    current = world.version.process.current()
    shown = board(Deal.objects.visible_to(world.people.anna), current, "en", NOW)
    columns = {column.key: column for column in shown.columns}
    assert columns["pilot"].name == "Machine in your plant"
    assert [card.title for card in columns["pilot"].cards] == ["older"]
    assert list(columns)[-1] == "visit"
    assert (columns["visit"].name, columns["visit"].count) == ("Visit to a client", 1)


def copies(deal: Deal, count: int) -> None:
    """Rows for a crowded board; their events do not matter to it."""
    from infield.web.ids import new_id

    stages = ("need", "pilot", "visit", "offer", "signed")
    wanted = Deal.objects.values().get(pk=deal.pk)
    in_one = count < 100
    Deal.objects.bulk_create(
        Deal(
            **{
                **wanted,
                "id": new_id(),
                "case": new_id(),
                "title": f"Line {number}",
                "stage": "need" if in_one else stages[number % 5],
                "next_step": "Call" if number % 3 else "",
                "next_step_on": TODAY + timedelta(days=number % 9 - 2) if number % 3 else None,
            }
        )
        for number in range(count)
    )
