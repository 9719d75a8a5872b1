"""Lists of people in the order of their organizations, whatever becomes of those."""

import pytest
from django.db import connection
from django.test import Client
from tests.people import People

from infield.accounts.models import User
from infield.people.doubles.actions import merge, unmerge
from infield.people.models import Contact, Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: People) -> dict[str, Organization]:
    made = {name: Organization(name=name, owner=people.dan).begin(people.dan) for name in ("Aalto", "Bergs")}
    for name, family in (("Aalto", "Zetterberg"), ("Bergs", "Aho"), ("", "Nobody")):
        Contact(family=family, culture="sv", organization=made.get(name)).begin(people.dan)
    return made


def shown(user: User, query: str) -> list[str]:
    client = Client()
    client.force_login(user)
    text = client.get(f"/contacts?{query}").text
    return sorted(("Zetterberg", "Aho", "Nobody"), key=lambda name: text.index(f">{name}</a>"))


def test_people_stand_in_the_order_of_their_organizations_those_of_none_first(
    people: People, world: dict[str, Organization]
) -> None:
    assert shown(people.dan, "sort=organization") == ["Nobody", "Zetterberg", "Aho"]
    assert shown(people.dan, "sort=-organization") == ["Aho", "Zetterberg", "Nobody"]
    assert shown(people.dan, "sort=organization&owner=nobody") == ["Nobody", "Zetterberg", "Aho"]


def test_a_new_name_of_the_organization_moves_its_people(
    people: People, world: dict[str, Organization]
) -> None:
    done = world["Aalto"].change(people.dan, name="Zeta")
    assert shown(people.dan, "sort=organization") == ["Nobody", "Aho", "Zetterberg"]
    assert done.act
    world["Aalto"].undo(done.act, people.dan)
    assert shown(people.dan, "sort=organization") == ["Nobody", "Zetterberg", "Aho"]


def test_another_organization_moves_the_person(people: People, world: dict[str, Organization]) -> None:
    zeta = Organization(name="Zeta", owner=people.dan).begin(people.dan)
    Contact.objects.get(family="Zetterberg").change(people.dan, organization=zeta)
    assert shown(people.dan, "sort=organization") == ["Nobody", "Aho", "Zetterberg"]


def test_merged_organizations_take_their_people_along_and_give_them_back(
    people: People, world: dict[str, Organization]
) -> None:
    zeta = Organization(name="Zeta", owner=people.dan).begin(people.dan)
    done = merge(zeta, world["Aalto"], people.dan)
    assert shown(people.dan, "sort=organization") == ["Nobody", "Aho", "Zetterberg"]
    assert done.act
    unmerge(zeta, done.act, people.dan)
    assert shown(people.dan, "sort=organization") == ["Nobody", "Zetterberg", "Aho"]


def test_what_went_into_another_record_is_in_no_list(people: People, world: dict[str, Organization]) -> None:
    gone, kept = Contact.objects.get(family="Aho"), Contact.objects.get(family="Zetterberg")
    merge(kept, gone, people.dan)
    client = Client()
    client.force_login(people.dan)
    for query in ("", "archived=yes", "archived=any", "owner=nobody", "q=aho", "archived=any&owner=nobody"):
        assert ">Aho</a>" not in client.get(f"/contacts?{query}").text, query


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
@pytest.mark.parametrize("sort", ["name", "-name", "organization", "-organization", "created", "-created"])
def test_an_index_gives_the_order_of_the_whole_list(sort: str, people: People, world: object) -> None:
    from infield.finding.lists.queries import _page, found, told
    from infield.people.contacts.lists.queries import CONTACTS

    around = CONTACTS.looked_at_by(people.dan)
    wish = told(CONTACTS, {"sort": sort}, around)
    page = _page(CONTACTS, found(CONTACTS, wish, around), wish, around, None, 51)
    # the inner query decides which rows are shown
    plan = page.query.where.children[0].rhs  # type: ignore[union-attr]
    sql, params = plan.get_compiler("default").as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = " ".join(row[3] for row in cursor.fetchall())
    assert "USING" in steps
    assert "TEMP B-TREE" not in steps
