"""Whose deals a user may open, and what a rule does."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from tests.people import People

from infield.accounts.models import User
from infield.accounts.roles import ROLES, WRITERS, who_may
from infield.accounts.rules import UnknownRoleError, allow
from infield.accounts.team import below
from infield.web.ids import new_id

pytestmark = pytest.mark.django_db


def test_a_rep_opens_their_own_deals(people: People) -> None:
    assert people.dan.sees() == frozenset({people.dan.id})


def test_a_manager_opens_the_deals_of_the_whole_tree_below(people: People) -> None:
    everyone_below_anna = frozenset({people.anna.id, people.bo.id, people.cleo.id, people.dan.id})
    assert people.anna.sees() == everyone_below_anna
    assert people.cleo.sees() == frozenset({people.cleo.id, people.dan.id})
    assert people.emil.sees() == frozenset({people.emil.id})


def test_a_reader_opens_everything_and_writes_nothing(people: People) -> None:
    assert people.rut.sees() is None
    assert not people.rut.writes
    assert {"rep", "manager", "operations", "admin"} == WRITERS


def test_what_each_role_may_do_stands_in_one_table(people: People) -> None:
    assert who_may("users") == who_may("everything") == {"admin"}
    assert who_may("people") == ROLES.keys() - {"reader"}
    assert not people.mia.may("deals")
    assert people.mia.may("people")
    with pytest.raises(KeyError):
        who_may("nothing like it")


def test_who_was_shut_out_may_do_nothing(people: People) -> None:
    people.ada.active = False
    assert not people.ada.may("users")


def test_a_rep_whom_others_report_to_still_opens_their_own_deals_only(people: People) -> None:
    User.objects.filter(id=people.emil.id).update(manager=people.bo)
    assert people.bo.sees() == frozenset({people.bo.id})


def test_a_circle_of_managers_ends(people: People) -> None:
    User.objects.filter(id=people.anna.id).update(manager=people.dan)
    assert people.anna.sees() == frozenset({people.anna.id, people.bo.id, people.cleo.id, people.dan.id})


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=10, max_size=10))
def test_below_is_who_reaches_the_top_by_reporting(managers: list[int | None]) -> None:
    ids = [new_id() for _ in managers]

    def reaches_first(person: int) -> bool:
        seen: set[int] = set()
        at: int | None = person
        while at is not None and at not in seen:
            if at == 0:
                return True
            seen.add(at)
            at = managers[at]
        return False

    reports = [(ids[person], None if to is None else ids[to]) for person, to in enumerate(managers)]
    assert below(ids[0], reports) == {ids[person] for person in range(10) if reaches_first(person)}


def test_an_e_mail_is_one_account_however_it_is_written(people: People) -> None:
    assert User.objects.get_by_natural_key(" ANNA@Northwind.example").id == people.anna.id
    with pytest.raises(IntegrityError):
        User.objects.add("Anna@NORTHWIND.example")


def test_the_database_refuses_a_role_outside_the_table() -> None:
    with pytest.raises(IntegrityError):
        User.objects.add("x@northwind.example", role="owner")


def test_a_rule_with_an_unknown_role_is_refused_when_it_is_written() -> None:
    with pytest.raises(UnknownRoleError):
        allow("boss")


@pytest.mark.parametrize("role", list(ROLES))
def test_a_rule_lets_in_its_own_roles_only(role: str, people: People) -> None:
    view = allow("manager")(lambda _: HttpResponse("in"))
    request = RequestFactory().get("/")
    request.user = people.of_role(role)
    if role == "manager":
        assert view(request).status_code == 200
    else:
        with pytest.raises(PermissionDenied):
            view(request)
