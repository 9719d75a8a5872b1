"""The objections of a period: counted by stage and kind, each count opening the deals behind it."""

from datetime import UTC, datetime, timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.deals.world import World

from infield.playbook.models import RaisedObjection
from infield.playbook.talks.actions import raise_objection
from infield.web.ids import to_text


def test_the_counts_narrow_the_list_to_the_deals_behind_them(world: World, anna: Client) -> None:
    people = world.people
    here, there = world.deal(), world.deal(organization="Nordic Tools", stage="offer", owner=people.bo)
    raise_objection(here, people.dan, "too_expensive")
    raise_objection(there, people.bo, "no_time", is_resolved=True)
    page = anna.get("/objections").content.decode()
    assert "Aalto Foods" in page
    assert "Nordic Tools" in page
    assert "Need understood <b>1</b>" in page
    open_ones = anna.get("/objections?state=open").content.decode()
    assert "Nordic Tools" not in open_ones
    of_stage = anna.get("/objections?stage=offer").content.decode()
    assert ("Aalto Foods" in of_stage, "Nordic Tools" in of_stage) == (False, True)
    of_kind = anna.get("/objections?objection=no_time").content.decode()
    assert f"/deals/{to_text(there.pk)}#objections" in of_kind
    assert "Aalto Foods" not in of_kind


def test_a_rep_sees_those_of_his_own_deals(world: World, dan: Client) -> None:
    there = world.deal(organization="Nordic Tools", owner=world.people.bo)
    raise_objection(there, world.people.bo, "no_time")
    page = dan.get("/objections").content.decode()
    assert "Nordic Tools" not in page
    assert "No objection here" in page


def test_older_ones_are_left_to_longer_periods(world: World, dan: Client) -> None:
    raise_objection(world.deal(), world.people.dan, "no_time")
    RaisedObjection.objects.update(raised_at=datetime.now(UTC) - timedelta(days=100))
    assert "Aalto Foods" not in dan.get("/objections").content.decode()
    assert "Aalto Foods" in dan.get("/objections?period=year").content.decode()


def test_the_page_goes_on_where_it_ended_and_costs_the_same(
    world: World, dan: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    deal = world.deal()
    for _ in range(52):
        raise_objection(deal, world.people.dan, "no_time")
    with django_assert_max_num_queries(22):
        page = dan.get("/objections").content.decode()
    assert page.count('class="raised-what"') == 50
    more = page.split('<a class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    assert dan.get(f"/objections{more}").content.decode().count('class="raised-what"') == 2


def test_a_made_up_wish_is_answered_with_the_usual_page(dan: Client) -> None:
    assert dan.get("/objections?period=eternity&state=x&before=0&stage=%00").status_code == 200
