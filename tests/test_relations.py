"""Every address about one thing × every method × every role × whoever may or may not see that thing.

What is to come follows from the rule of the address, from the table of roles and from whose the thing is. An address
with a value in it needs a thing in tests/things.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.addresses import EVERY, METHODS, SAFE, Written, filled, taken_back, watched
from tests.deals.world import World, begin
from tests.people import proved
from tests.things import BUYER, QUERIES, RELATIONS, SHARED, Thing, by_owner, deal, thing_of

from infield.accounts.models import User
from infield.accounts.roles import ROLES, Role
from infield.accounts.rules import ANYONE, rule_of
from infield.deals.models import Deal

pytestmark = pytest.mark.usefixtures("bare_templates")
ASKED = tuple(method for method in METHODS if method != "head")
"""The head of a page is the page, made and left out: tests/test_access.py asks for it once."""
WITH_THING = [(route, view) for route, view in EVERY if "<" in route]
LISTS = [(route, view) for route, view in EVERY if "<" not in route]
each_thing = pytest.mark.parametrize(("route", "view"), WITH_THING, ids=[route for route, _ in WITH_THING])
each_list = pytest.mark.parametrize(("route", "view"), LISTS, ids=[route or "home" for route, _ in LISTS])
WHO = {"own": "dan", "team": "cleo", "stranger": "bo"}
"""By their relation to what is Dan's."""


@pytest.fixture
def world(db: None) -> World:
    return begin()


@dataclass(frozen=True, slots=True)
class Somebody:
    """Signed in once, to be given one role after the other."""

    user: User
    session: str

    def as_role(self, role: str) -> Client:
        """Their browser, from now on in this role."""
        User.objects.filter(pk=self.user.pk).update(role=role)
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return client


def somebody(world: World, relation: str) -> Somebody:
    user: User = getattr(world.people, WHO[relation])
    return Somebody(user, proved(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value)


def expected(rule: frozenset[str], role: Role, relation: str, method: str, thing: Thing) -> set[int]:
    """Give the answers that may come, 405 and what is wrong with an empty form aside."""
    if rule != ANYONE and role.key not in rule:
        return {403}
    if not thing.seen(role, relation):
        return {404, 405}
    if thing.act not in {"", *role.may} and method not in SAFE:
        return {403, 405}
    return {200, 204, 302, 303, 405, 422}


def answers(client: Client, path: str, written: Written) -> Mapping[str, Any]:
    """Give what each method is answered; none but the last, post, may have written anything."""
    given = {}
    for method in ASKED:
        assert not written, method
        given[method] = getattr(client, method)(path)
    return given


@pytest.mark.parametrize("route", [route for route, _ in WITH_THING])
def test_every_address_about_something_has_its_thing(route: str) -> None:
    assert thing_of(route), f"{route} needs an entry in THINGS of tests/things.py"


@pytest.mark.parametrize("relation", RELATIONS)
@each_thing
def test_a_thing_is_for_those_who_may_see_it(route: str, view: Any, relation: str, world: World) -> None:
    make, rule = thing_of(route), rule_of(view) or frozenset()
    assert make
    thing = make(world)
    path = filled(route, thing.values) + QUERIES.get(route, "")
    visitor = somebody(world, relation)
    for role in ROLES.values():
        with taken_back(), watched() as written:
            client = visitor.as_role(role.key)
            written.clear()
            for method in ASKED:
                is_last = method == "post"
                answer = getattr(client, method)(path)
                may = expected(rule, role, relation, method, thing)
                assert answer.status_code in may, (role.key, method, answer.status_code)
                if not thing.seen(role, relation) or (rule != ANYONE and role.key not in rule):
                    assert BUYER not in answer.getvalue().decode(), (role.key, method)
                if method == "delete" or (is_last and answer.status_code >= 400):
                    # delete is the last before post: nothing until then may have written
                    assert not written, (role.key, method)


@each_thing
def test_a_thing_is_not_for_who_is_signed_out(route: str, view: Any, world: World) -> None:
    make = thing_of(route)
    assert make
    path = filled(route, make(world).values)
    with watched() as written:
        given = answers(Client(), path, written)
    for method, answer in given.items():
        if rule_of(view) == ANYONE:
            assert answer.status_code < 500, method
            continue
        assert answer.status_code == 302, method
        assert answer["Location"].startswith("/sign-in?next="), method
        assert BUYER not in answer.getvalue().decode(), method
    if rule_of(view) != ANYONE:
        assert not written


@pytest.mark.parametrize("relation", RELATIONS)
def test_whoever_may_see_a_deal_can_open_it(relation: str, world: World) -> None:
    path = filled("deals/<id:key>", deal(world).values)
    visitor = somebody(world, relation)
    for role in ROLES.values():
        answer = visitor.as_role(role.key).get(path)
        assert (BUYER in answer.getvalue().decode()) is by_owner(role, relation), role.key


@pytest.mark.parametrize("relation", RELATIONS)
@each_list
def test_a_list_is_for_its_roles_and_shows_no_deal_to_a_stranger(
    route: str, view: Any, relation: str, world: World
) -> None:
    deal(world)
    rule = rule_of(view) or frozenset()
    visitor = somebody(world, relation)
    for role in ROLES.values():
        with taken_back(), watched() as written:
            client = visitor.as_role(role.key)
            written.clear()
            given = answers(client, f"/{route}", written)
            statuses = {method: answer.status_code for method, answer in given.items()}
            page = given["get"].getvalue().decode()
            shown = BUYER in page
            assert by_owner(role, relation) or not shown or route in SHARED, role.key
            assert by_owner(role, relation) or "Line 3" not in page, role.key
            if route == "board":
                assert shown is by_owner(role, relation), role.key
            let_in = rule == ANYONE or role.key in rule
            if not let_in:
                assert set(statuses.values()) == {403}, (role.key, statuses)
            if not let_in or statuses["post"] >= 400:
                assert not written, (role.key, statuses)


@each_list
def test_a_list_is_not_for_who_is_signed_out(route: str, view: Any, world: World) -> None:
    with watched() as written:
        given = answers(Client(), f"/{route}", written)
    if rule_of(view) != ANYONE:
        assert {answer.status_code for answer in given.values()} == {302}
    if rule_of(view) != ANYONE or given["post"].status_code >= 400:
        assert not written


def test_a_deal_goes_out_of_sight_with_its_owner(world: World) -> None:
    path = filled("deals/<id:key>", deal(world).values)
    dan, cleo, bo = (Client() for _ in range(3))
    for client, user in ((dan, world.people.dan), (cleo, world.people.cleo), (bo, world.people.bo)):
        client.force_login(user)
    assert dan.get(path).status_code == 200
    Deal.objects.get().change_owner(world.people.bo, world.people.anna)
    assert dan.get(path).status_code == 404
    assert cleo.get(path).status_code == 404
    assert bo.get(path).status_code == 200
