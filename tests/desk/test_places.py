"""The deals of a filter by where their customers are: every number opens as many deals as it says."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.desk.board_world import World, begin
from tests.desk.test_board import signed_in

from infield.deals.models import Deal
from infield.people.models import Organization
from infield.web.money import Money

pytestmark = pytest.mark.django_db
PLACES = (
    ("FI", "Espoo"), ("FI", "Espoo"), ("FI", "Espoonlahti"), ("FI", ""), ("DE", "Frankfurt, Oder"), ("DE", "Frankfurt"),
    ("", ""), ("", "Nowhere <b>"), ("JP", "大阪"),
)  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def dan(world: World) -> Client:
    return signed_in(world.people.dan)


def deals_at(world: World, places: tuple[tuple[str, str], ...]) -> None:
    for number, (country, place) in enumerate(places):
        money = Money(100_000 * (number + 1), ("EUR", "JPY")[number % 2])
        deal = Deal.objects.begin(f"Buyer {number}", "Line 3", world.version, world.people.dan, amount=money)
        Organization.objects.filter(pk=deal.organization_id).update(country=country, place=place)


def shown(page: str) -> list[tuple[str, str, int]]:
    """Each place: the address of its deals, its name, its count."""
    found = re.findall(r'<a href="(/deals\?[^"]*)"><span>([^<]*)</span><b>(\d+)</b>', page)
    return [(unescape(address), unescape(name), int(count)) for address, name, count in found]


def test_each_place_opens_as_many_deals_as_it_says(world: World, dan: Client) -> None:
    deals_at(world, PLACES)
    spots = shown(dan.get("/deals/map?by=place").content.decode())
    names = [(name, count) for _, name, count in spots]
    assert names[:2] == [("Finland", 4), ("Espoo", 2)]
    assert {("Espoonlahti", 1), ("Town not known", 1), ("Frankfurt, Oder", 1), ("大阪", 1)} <= set(names)
    assert names[-3:] == [("Country not known", 2), ("Nowhere <b>", 1), ("Town not known", 1)]
    for address, name, count in spots:
        table = dan.get(address).content.decode()
        assert len(re.findall("<tr data-id=", table)) == count, name


def test_the_filter_narrows_the_places_and_sums_stay_apart(world: World, dan: Client) -> None:
    deals_at(world, PLACES)
    page = dan.get("/deals/map?by=place&country=FI&currency=EUR").content.decode()
    spots = shown(page)
    assert [(name, count) for _, name, count in spots] == [("Finland", 2), ("Espoo", 1), ("Espoonlahti", 1)]
    assert all("currency=EUR" in address for address, _, _ in spots)
    assert "¥" not in page.split('class="places"')[1]
    assert "No deal that you may open" in dan.get("/deals/map?by=place&country=SE").content.decode()


def test_many_towns_are_told_and_cost_no_more(
    world: World, dan: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    deals_at(world, tuple(("FI", f"Town {number}") for number in range(12)))
    dan.get("/deals/map?by=place")
    with django_assert_max_num_queries(12):
        page = dan.get("/deals/map?by=place").content.decode()
    assert len(shown(page)) == 8
    assert "5 more towns" in page


def test_only_deals_that_the_viewer_may_open_count(world: World) -> None:
    deals_at(world, PLACES)
    assert shown(signed_in(world.people.emil).get("/deals/map?by=place").content.decode()) == []
