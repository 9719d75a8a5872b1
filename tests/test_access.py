"""Who may call what, over every address there is. An address without a rule fails here."""

from typing import Any

import pytest
from django.test import Client
from tests.addresses import EVERY, METHODS, SAFE, everything_saved, filled
from tests.people import People

from infield.accounts.roles import ROLES
from infield.accounts.rules import ANYONE, rule_of
from infield.web.ids import new_id, to_text

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
    before = everything_saved()
    for method in METHODS:
        answer = getattr(Client(), method)(filled(route, NOBODYS))
        assert answer.status_code == 302, method
        assert answer["Location"].startswith("/sign-in?next="), method
        fragment = getattr(Client(), method)(filled(route, NOBODYS), headers={"HX-Request": "true"})
        assert (fragment.status_code, fragment["HX-Redirect"]) == (401, "/sign-in"), method
    assert everything_saved() == before


@each_address
@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.django_db
def test_a_role_outside_the_rule_is_refused_and_changes_nothing(
    route: str, view: Any, role: str, people: People
) -> None:
    client = Client()
    client.force_login(people.of_role(role))
    before = everything_saved()
    for method in METHODS:
        status = getattr(client, method)(filled(route, NOBODYS)).status_code
        if rule_of(view) == ANYONE or role in (rule_of(view) or ()):
            # an address may let somebody look who may not write there
            assert status not in {401, 403} or not (ROLES[role].writes or method in SAFE), method
            assert status < 500, method
        else:
            assert status == 403, method
    if rule_of(view) != ANYONE and role not in (rule_of(view) or ()):
        assert everything_saved() == before


@each_address
@pytest.mark.django_db
def test_what_is_no_id_and_what_is_nobodys_id_is_not_found(route: str, view: Any, people: People) -> None:
    if "<id:" not in route:
        return
    client = Client()
    client.force_login(people.anna)
    nobodys = {getattr(client, method)(filled(route, NOBODYS)).status_code for method in ("get", "post")}
    assert nobodys <= {404, 403, 405, 422}
    assert 404 in nobodys
    assert client.get(filled(route, NOBODYS).replace(NOBODYS["id"], "0" * 22)).status_code == 404
