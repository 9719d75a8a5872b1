"""Every address about one thing × every method × whoever may or may not see that thing.

Dan's deal and Cleo's import are looked for by their owner, by those above them, by strangers of each role, by
the reader and by somebody who is not signed in. An address with an id needs a thing here to be asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.addresses import EVERY, METHODS, SAFE, everything_saved, filled
from tests.deals.world import CALL, World, begin

from infield.accounts.roles import ROLES
from infield.accounts.rules import ANYONE, rule_of
from infield.deals.models import Deal
from infield.imports.models import Import
from infield.web.ids import to_text

BUYER = "Kuusinen Sawmills"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that not everybody may see: what stands in its addresses, and who may see it."""

    values: Mapping[str, str]
    seen_by: frozenset[str]


def deal(world: World) -> Thing:
    made = world.deal(organization=BUYER)
    event = made.set_next_step(CALL, world.people.dan).event
    assert event
    values = {"key": to_text(made.pk), "event": to_text(event.pk), "what": "amount"}
    return Thing(values, frozenset({"dan", "cleo", "anna", "rut"}))


def imported(world: World) -> Thing:
    made = Import.objects.create(
        by=world.people.cleo,
        state="read",
        files=[f"{BUYER}.csv"],
        totals={"deals": 2, "events": 5, "won": 1, "lost": 0},
    )
    return Thing({"pk": to_text(made.pk)}, frozenset({"cleo", "anna", "rut"}))


THINGS = {"deals/": deal, "import/": imported}
QUERIES = {"deals/<id:key>/timeline": "?before=99"}
"""What an address cannot do without."""
WITH_ID = [(route, view) for route, view in EVERY if "<id:" in route]
LISTS = [(route, view) for route, view in EVERY if "<" not in route]
VIEWERS = ("dan", "cleo", "anna", "bo", "emil", "rut", "nobody")


@pytest.fixture
def world(db: None) -> World:
    return begin()


def client_of(world: World, viewer: str) -> Client:
    client = Client()
    if viewer != "nobody":
        client.force_login(getattr(world.people, viewer))
    return client


def role_of(world: World, viewer: str) -> str:
    return "" if viewer == "nobody" else getattr(world.people, viewer).role


def expected(rule: frozenset[str], role: str, method: str, *, sees: bool) -> set[int]:
    """Give the answers that may come, 405 and what is wrong with an empty form aside."""
    if not role:
        return {302}
    if role not in rule:
        return {403}
    if not sees:
        return {404, 405}
    if not ROLES[role].writes and method not in SAFE:
        return {403, 405}
    return {200, 204, 302, 303, 405, 422}


@pytest.mark.parametrize("route", [route for route, _ in WITH_ID])
def test_every_address_with_an_id_is_about_a_thing_of_this_test(route: str) -> None:
    assert [prefix for prefix in THINGS if route.startswith(prefix)]


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(("route", "view"), WITH_ID, ids=[route for route, _ in WITH_ID])
def test_a_thing_is_for_those_who_may_see_it(route: str, view: Any, viewer: str, world: World) -> None:
    thing = next(make for prefix, make in THINGS.items() if route.startswith(prefix))(world)
    client, role = client_of(world, viewer), role_of(world, viewer)
    for method in METHODS:
        before = everything_saved()
        answer = getattr(client, method)(filled(route, thing.values) + QUERIES.get(route, ""))
        may = expected(rule_of(view) or frozenset(), role, method, sees=viewer in thing.seen_by)
        assert answer.status_code in may, (method, answer.status_code)
        if role and viewer not in thing.seen_by:
            assert BUYER not in answer.content.decode(), method
        if answer.status_code >= 400 or method in SAFE or not role:
            assert everything_saved() == before, method


@pytest.mark.parametrize("viewer", ["dan", "cleo", "anna", "rut"])
def test_whoever_may_see_a_deal_can_open_it(viewer: str, world: World) -> None:
    thing = deal(world)
    answer = client_of(world, viewer).get(filled("deals/<id:key>", thing.values))
    assert BUYER in answer.content.decode()


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(("route", "view"), LISTS, ids=[route or "home" for route, _ in LISTS])
def test_no_list_shows_a_deal_to_a_stranger(route: str, view: Any, viewer: str, world: World) -> None:
    thing, client = deal(world), client_of(world, viewer)
    before = everything_saved()
    answer = client.get(f"/{route}")
    if viewer not in thing.seen_by:
        assert BUYER not in answer.content.decode()
    elif route == "board":
        assert BUYER in answer.content.decode()
    assert everything_saved() == before


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(("route", "view"), LISTS, ids=[route or "home" for route, _ in LISTS])
def test_a_refused_form_of_a_list_writes_nothing(route: str, view: Any, viewer: str, world: World) -> None:
    client, role = client_of(world, viewer), role_of(world, viewer)
    rule = rule_of(view) or frozenset()
    for method in METHODS:
        before = everything_saved()
        answer = getattr(client, method)(f"/{route}")
        if rule != ANYONE and (not role or role not in rule):
            assert answer.status_code in expected(rule, role, method, sees=True), method
        if answer.status_code >= 400 or method in SAFE or (rule != ANYONE and not role):
            assert everything_saved() == before, method


def test_a_deal_goes_out_of_sight_with_its_owner(world: World) -> None:
    thing = deal(world)
    path = filled("deals/<id:key>", thing.values)
    assert client_of(world, "dan").get(path).status_code == 200
    Deal.objects.get().change_owner(world.people.bo, world.people.anna)
    assert client_of(world, "dan").get(path).status_code == 404
    assert client_of(world, "cleo").get(path).status_code == 404
    assert client_of(world, "bo").get(path).status_code == 200
