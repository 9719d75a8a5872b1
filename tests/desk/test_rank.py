"""Deals by the buyer's timeline: what the database sorts and narrows by is what is shown, and why."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.deals.world import World, begin
from tests.desk.test_board import signed_in

from infield.deals.facts.kinds import Value
from infield.deals.models import Deal
from infield.desk.deals.context.queries import around
from infield.desk.deals.queries import found, told
from infield.desk.deals.rank.queries import rank_expression, ranks_of
from infield.process.gate import scale
from infield.process.models import Process
from infield.process.starter_maps import starter_text
from infield.process.yaml_file import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def dan(world: World) -> Client:
    return signed_in(world.people.dan)


def deals_of(world: World, count: int) -> list[Deal]:
    """Deals on two maps, some with a deadline, some with the time the plan takes, at any place of their way."""
    rng, today = Random(11), timezone.localdate()  # noqa: S311
    versions = [
        Process.objects.begin(read(starter_text(name)).process, world.people.anna).current()
        for name in ("diamond", "fourteen-stages")
    ]
    made = []
    for number in range(count):
        version = versions[number % 2]
        deal = Deal.objects.begin("Aalto Foods", f"Line {number}", version, world.people.dan)
        if number % 4:
            deal.note("goal_date", Value(day=today + timedelta(days=rng.randint(-9, 90))), world.people.dan)
        if number % 3:
            deal.note("days_needed", Value(days=rng.randint(0, 60)), world.people.dan)
        for stage in version.map().stages:
            for criterion in stage.criteria:
                if rng.random() < 0.4:
                    deal.meet(criterion.key, world.people.dan, "Mail of May")
        made.append(deal)
    return made


def test_the_database_ranks_as_the_formula_does(world: World) -> None:
    deals = deals_of(world, 12)
    today = timezone.localdate()
    shown = ranks_of([deal.pk for deal in deals], today)
    asked = Deal.objects.annotate(score=rank_expression(today))
    by_database = dict(asked.values_list("pk", "score"))
    assert {pk for pk, score in by_database.items() if score is not None} == set(shown)
    assert len(shown) == 9
    assert len({round(one.rank, 6) for one in shown.values()}) > 4
    for pk, one in shown.items():
        assert by_database[pk] == pytest.approx(one.rank, abs=1e-9)


def test_the_highest_rank_comes_first_and_those_without_one_last(world: World, dan: Client) -> None:
    deals = deals_of(world, 8)
    ranks = ranks_of([deal.pk for deal in deals], timezone.localdate())
    page = dan.get("/deals?sort=rank&columns=title,rank").content.decode()
    places = [page.index(f">{deal.title}<") for deal in deals]
    in_order = [deal for _, deal in sorted(zip(places, deals, strict=True), key=lambda pair: pair[0])]
    scores = [ranks[deal.pk].rank if deal.pk in ranks else -1 for deal in in_order]
    assert scores == sorted(scores, reverse=True)
    assert scores.count(-1) == 2
    assert " met</small>" in page


@pytest.mark.parametrize("query", ["rank=20..", "rank=..20", "rank=5..40", "rank=-", "rank=x..y"])
def test_the_list_is_narrowed_by_what_is_shown(query: str, world: World) -> None:
    deals = deals_of(world, 10)
    here = around(world.people.dan)
    ranks = ranks_of([deal.pk for deal in deals], here.today)
    shown = {deal.pk: round(ranks[deal.pk].rank * 100) if deal.pk in ranks else None for deal in deals}
    least, _, most = query.removeprefix("rank=").partition("..")
    wanted = {
        pk
        for pk, whole in shown.items()
        if query == "rank=x..y"
        or (query == "rank=-" and whole is None)
        or (
            query != "rank=-"
            and whole is not None
            and (not least or whole >= int(least))
            and (not most or whole <= int(most))
        )
    }
    wish = told({"rank": query.removeprefix("rank=")}, here)
    assert set(found(wish, here).values_list("pk", flat=True)) == wanted


def test_the_column_costs_the_same_for_many_deals(
    world: World, dan: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = "/deals?sort=rank&columns=title,rank,goal,entered_on"
    deals_of(world, 2)
    dan.get(path)
    deals_of(world, 8)
    with django_assert_max_num_queries(20):
        assert dan.get(path).status_code == 200


def test_ways_keep_the_branch_that_weighs_most() -> None:
    process = read(starter_text("fourteen-stages")).process
    weighed = scale(process)
    every = {one.key for stage in process.stages for one in stage.criteria}
    for met in (set(), every, set(sorted(every)[::2]), set(sorted(every)[1::3])):
        sums = [sum((weight for key, weight in way if key in met), Decimal(0)) for way in weighed.ways()]
        assert max(sums) == weighed.progress(met)


FILTERS = (
    "entered_on=-3d..",
    "parked=..2030-01-01",
    "parked=-",
    "competitor=Acme",
    "competitor=-",
    "product=-",
    "role=decision_maker,-",
    "need=waste",
    "budget=1000..",
    "goal_date=2026-01-01..2030-01-01",
    "days_needed=10..30",
    "goals=-",
    "research_notes=x",
)


@pytest.mark.slow
@pytest.mark.parametrize("query", FILTERS)
def test_every_fact_and_day_of_a_deal_narrows_the_list(query: str, world: World, dan: Client) -> None:
    deals_of(world, 4)
    answer = dan.get(f"/deals?{query}")
    assert answer.status_code == 200
    assert "Take this condition away" in answer.content.decode()


def test_a_competitor_is_found_as_it_was_written_or_as_who_got_the_order(world: World, dan: Client) -> None:
    one, two, three = deals_of(world, 3)
    one.note("competitors", Value(text="Acme and others"), world.people.dan)
    two.refresh_from_db()
    two.lose("price", world.people.dan, competitor="ACME")
    page = dan.get("/deals?competitor=acme&outcome=any").content.decode()
    assert [deal.title in page for deal in (one, two, three)] == [True, True, False]


def test_the_day_says_the_rank_and_is_put_in_its_order(world: World, dan: Client) -> None:
    deals = deals_of(world, 8)
    ranks = ranks_of([deal.pk for deal in deals], timezone.localdate())
    page = dan.get("/today?by=rank").content.decode()
    places = {page.index(f">{deal.title}<"): ranks[deal.pk].rank if deal.pk in ranks else 0 for deal in deals}
    in_order = [score for _, score in sorted(places.items())]
    assert in_order == sorted(in_order, reverse=True)
    assert page.count('class="line-rank"') == len(ranks)
    assert 'aria-current="true">By rank' in page
    assert 'aria-current="true">Most at risk first' in dan.get("/today").content.decode()
