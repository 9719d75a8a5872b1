"""The form that asks what to look for in a list: its fields stand in groups, and those in use are open."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.desk.board_world import World, fill

from infield.accounts.models import User
from infield.desk.deals.views import ALL
from infield.fields.actions import add_field
from infield.finding.lists.asking.queries import asked_for
from infield.finding.lists.queries import told

GROUP = re.compile(
    r'<details class="filter-group"( open)?><summary><h3>(.*?)</h3>(?:<span class="count">(.*?)</span>)?'
)
FIELD = re.compile(r"<details data-field( open)?><summary>(.*?)(?:<span|</summary>)")


def asked(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address, headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("kind", list(ALL))
def test_every_field_of_a_list_stands_in_one_group(kind: str) -> None:
    listing = ALL[kind]
    grouped = Counter(key for group in listing.groups for key in group.fields)
    assert grouped == Counter(key for key, field in listing.fields.items() if field.kind != "chosen")


@pytest.mark.parametrize("kind", list(ALL))
def test_the_first_group_of_a_list_is_open_where_nothing_is_looked_for(kind: str, world: World) -> None:
    groups = GROUP.findall(asked(world.people.anna, f"/{kind}s/filter"))
    assert len(groups) == len(ALL[kind].groups)
    assert [bool(is_open) for is_open, *_ in groups] == [True] + [False] * (len(groups) - 1)


def test_the_groups_in_use_are_open_and_say_how_much_of_them_is(world: World) -> None:
    text = asked(world.people.anna, "/deals/filter?outcome=lost&closed=2026-01-01..&country=-&place=Oulu")
    opened = [(name, count) for is_open, name, count in GROUP.findall(text) if is_open]
    assert opened == [("Closing and outcome", "2 in use"), ("Customer", "1 in use")]
    assert [name for is_open, name in FIELD.findall(text) if is_open] == ["Outcome", "Closed", "Place"]


def test_the_company_s_own_fields_stand_in_the_last_group(world: World) -> None:
    before = GROUP.findall(asked(world.people.anna, "/deals/filter"))
    add_field("deal", "Machines <in> use", "number", world.people.ada)
    text = asked(world.people.anna, "/deals/filter?own_machines_in_use=3..")
    groups = GROUP.findall(text)
    assert len(groups) == len(before) + 1
    assert groups[-1] == (" open", "Fields of your own", "1 in use")
    assert "Machines &lt;in&gt; use" in text


def test_a_group_of_which_nothing_can_be_chosen_is_left_out(world: World) -> None:
    """Nobody owns a deal with an amount: the currencies offer nothing, the amount can be asked for all the same."""
    around = ALL["deal"].looked_at_by(world.people.anna)
    groups = asked_for(ALL["deal"], told(ALL["deal"], {}, around), around)
    assert all(group.fields for group in groups)
    assert "currency" not in {field.key for group in groups for field in group.fields}


def test_more_deals_ask_nothing_more_of_the_database(world: World) -> None:
    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            asked(world.people.anna, "/deals/filter?owner=me")
        return len(queries)

    fill(world, 3)
    counted()
    few = counted()
    fill(world, 40)
    assert counted() == few
