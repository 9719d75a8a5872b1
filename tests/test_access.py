"""Who may call what, over every address there is × every method × every role. An address without a rule fails here.

What is to come follows from the rule of the address and from the table of roles alone.
"""

from typing import Any

import pytest
from django.test import Client
from tests.addresses import EVERY, METHODS, SAFE, filled, taken_back, watched
from tests.people import People, proved

from infield.accounts.roles import ACTS, ROLES
from infield.accounts.rules import ANYONE, rule_of
from infield.web.ids import new_id, to_text

pytestmark = pytest.mark.usefixtures("bare_templates")
NOBODYS = {"id": to_text(new_id()), "int": "1", "slug": "nothing", "str": "nothing", "uuid": str(new_id())}
each_address = pytest.mark.parametrize(("route", "view"), EVERY, ids=[route or "home" for route, _ in EVERY])


@each_address
def test_every_view_has_a_rule(route: str, view: Any) -> None:
    rule = rule_of(view)
    assert rule, f"{route} needs @allow, @allow_all_roles or @anyone"
    assert rule == ANYONE or rule <= ROLES.keys()


@each_address
@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_to_sign_in(route: str, view: Any, people: People) -> None:
    if rule_of(view) == ANYONE:
        return
    with watched() as written:
        for method in METHODS:
            answer = getattr(Client(), method)(filled(route, NOBODYS))
            assert answer.status_code == 302, method
            assert answer["Location"].startswith("/sign-in?next="), method
            fragment = getattr(Client(), method)(filled(route, NOBODYS), headers={"HX-Request": "true"})
            assert fragment.status_code == 401, method
            # whoever sends something keeps what they typed
            assert fragment.get("HX-Redirect") == ("/sign-in" if method in SAFE else None), method
    assert not written


@each_address
@pytest.mark.django_db
def test_a_role_outside_the_rule_is_refused_and_changes_nothing(
    route: str, view: Any, people: People
) -> None:
    rule = rule_of(view) or frozenset()
    for role in ROLES:
        with taken_back():
            client = Client()
            client.force_login(people.of_role(role))
            with watched() as written:
                statuses = {
                    method: getattr(client, method)(filled(route, NOBODYS)).status_code for method in METHODS
                }
            if rule == ANYONE or role in rule:
                assert max(statuses.values()) < 500, (role, statuses)
                assert not {statuses[method] for method in SAFE} & {401, 403}, (role, statuses)
                # an address may let somebody look who may not write there; who may do everything may write
                assert 403 not in statuses.values() or not ROLES[role].may >= ACTS.keys(), (role, statuses)
            else:
                assert set(statuses.values()) == {403}, (role, statuses)
                assert not written, role


@each_address
@pytest.mark.django_db
def test_what_is_no_id_and_what_is_nobodys_id_is_not_found(route: str, view: Any, people: People) -> None:
    if "<" not in route:
        return
    client = proved(Client(), people.ada)
    with watched() as written:
        nobodys = {getattr(client, method)(filled(route, NOBODYS)).status_code for method in METHODS}
        assert nobodys <= {404, 403, 405, 422}
        assert 404 in nobodys
        if "<id:" in route:
            assert client.get(filled(route, NOBODYS).replace(NOBODYS["id"], "0" * 22)).status_code == 404
            assert client.get(filled(route, NOBODYS).replace(NOBODYS["id"], "z" * 22)).status_code == 404
    assert not written


@each_address
@pytest.mark.django_db
def test_no_address_takes_every_method(route: str, view: Any, people: People) -> None:
    client = Client()
    client.force_login(people.ada)
    answers = {client.generic(method, filled(route, NOBODYS)).status_code for method in ("PATCH", "TRACE")}
    assert answers <= {302, 403, 404, 405}
