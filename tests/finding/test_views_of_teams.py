"""Saved views of a team: who is offered them, who may give one to whom, who may drop it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.addresses import everything_saved
from tests.people import People

from infield.accounts.models import User
from infield.accounts.team import above
from infield.finding.models import SavedView
from infield.web.ids import new_id, to_text

pytestmark = pytest.mark.django_db

EVERYBODY = ("anna", "bo", "cleo", "dan", "emil", "rut", "olga", "mia", "sam", "ada")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def kept(people: People, owner: str, head: str | None, *, for_all: bool = False) -> SavedView:
    team = getattr(people, head) if head else None
    return SavedView.objects.keep(
        getattr(people, owner), "contact", "Quiet ones", "table", "?step=none", for_all=for_all, team=team
    )


@pytest.mark.parametrize(
    ("owner", "head", "sees"),
    [
        ("dan", "cleo", {"anna", "cleo", "dan"}),
        ("cleo", "cleo", {"anna", "cleo", "dan"}),
        ("bo", "anna", {"anna", "bo", "cleo", "dan"}),
        ("olga", "emil", {"olga", "emil"}),
        ("dan", None, {"dan"}),
    ],
    ids=["mate", "head", "upper-team", "from-outside", "own"],
)
def test_a_view_of_a_team_is_seen_by_its_members_and_by_those_above(
    owner: str, head: str | None, sees: set[str], people: People
) -> None:
    view = kept(people, owner, head)
    found = {
        who for who in EVERYBODY if "Quiet ones" in client_of(getattr(people, who)).get("/contacts").text
    }
    assert found == sees
    assert {who for who in EVERYBODY if view in SavedView.objects.visible_to(getattr(people, who))} == sees


def test_a_view_for_everyone_is_seen_by_everyone(people: People) -> None:
    view = kept(people, "olga", None, for_all=True)
    assert all(view in SavedView.objects.visible_to(getattr(people, who)) for who in EVERYBODY)
    assert "for everyone" in client_of(people.bo).get("/contacts").text


def offered(people: People, who: str) -> list[str]:
    text = client_of(getattr(people, who)).get("/contacts/keep?step=none").text
    names = ("Only me", "Everyone", *(f"Team of {one.name}" for one in User.objects.order_by("name")))
    return [name for name in names if f">{name}</option>" in text]


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("dan", ["Only me", "Team of Cleo Marsh"]),
        ("cleo", ["Only me", "Team of Anna Lindqvist", "Team of Cleo Marsh"]),
        ("anna", ["Only me", "Team of Anna Lindqvist", "Team of Cleo Marsh"]),
        ("olga", ["Only me", "Everyone", "Team of Anna Lindqvist", "Team of Cleo Marsh"]),
        ("ada", ["Only me", "Everyone", "Team of Anna Lindqvist", "Team of Cleo Marsh"]),
        ("emil", []),
        ("rut", []),
    ],
    ids=["rep", "manager", "top", "operations", "admin", "alone", "reader"],
)
def test_one_gives_a_view_to_the_teams_one_knows(who: str, names: list[str], people: People) -> None:
    assert offered(people, who) == names


@pytest.mark.parametrize("who", ["dan", "cleo"])
def test_a_view_is_given_to_a_team(who: str, people: People) -> None:
    user = getattr(people, who)
    given = {"name": "Quiet ones", "who": to_text(people.cleo.pk)}
    assert client_of(user).post("/contacts/keep?step=none", given).status_code == 302
    assert (SavedView.objects.get().team, SavedView.objects.get().for_all) == (people.cleo, False)
    assert "Team of Cleo Marsh" in client_of(people.dan).get("/contacts").text


@pytest.mark.parametrize(
    ("who", "to"),
    [("dan", "anna"), ("dan", "emil"), ("dan", "all"), ("cleo", "all"), ("rut", "cleo"), ("dan", "nonsense"),
     ("dan", "stranger"), ("mia", "all"), ("emil", "bo")],
)  # fmt: skip
def test_a_team_that_is_not_ones_own_is_refused_and_nothing_is_kept(
    who: str, to: str, people: People
) -> None:
    known = getattr(people, to, None)
    given = to_text(known.pk) if known else to_text(new_id()) if to == "stranger" else to
    client = client_of(getattr(people, who))
    before = everything_saved()
    answer = client.post("/contacts/keep?step=none", {"name": "Quiet ones", "who": given})
    assert (answer.status_code, everything_saved()) == (422, before)
    assert "Choose one of those offered." in answer.text
    assert 'value="Quiet ones"' in answer.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("dan", 302), ("cleo", 302), ("anna", 302), ("bo", 404), ("emil", 404), ("ada", 404)],
)
def test_a_view_of_a_team_is_dropped_by_its_owner_and_by_who_leads(
    who: str, status: int, people: People
) -> None:
    view = kept(people, "dan", "cleo")
    assert client_of(getattr(people, who)).post(f"/views/{to_text(view.pk)}/drop").status_code == status
    assert SavedView.objects.exists() is (status != 302)


def test_a_team_mate_uses_a_view_but_does_not_drop_it(people: People) -> None:
    view = kept(people, "cleo", "cleo")
    client = client_of(people.dan)
    assert "Drop the view" not in client.get("/contacts").text
    assert client.post(f"/views/{to_text(view.pk)}/drop").status_code == 403
    assert SavedView.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("olga", 302), ("anna", 403), ("rut", 403)])
def test_a_view_for_everyone_is_dropped_by_who_may_give_one(who: str, status: int, people: People) -> None:
    view = kept(people, "olga", None, for_all=True)
    assert client_of(getattr(people, who)).post(f"/views/{to_text(view.pk)}/drop").status_code == status


def test_who_leaves_the_team_loses_its_views(people: People) -> None:
    kept(people, "cleo", "cleo")
    people.dan.manager = people.emil
    people.dan.save()
    assert "Quiet ones" not in client_of(people.dan).get("/contacts").text


def test_a_circle_in_the_tree_ends(people: People) -> None:
    a, b = new_id(), new_id()
    assert above(a, [(a, b), (b, a)]) == {a, b}
    assert above(a, []) == {a}


def test_a_list_asks_no_more_for_many_views_than_for_few(people: People) -> None:
    counted = []
    for count in (1, 30):
        for n in range(count):
            SavedView.objects.keep(people.cleo, "contact", f"View {n}", "table", "", team=people.cleo)
        with CaptureQueriesContext(connection) as queries:
            client_of(people.dan).get("/contacts")
        counted.append(len(queries))
    assert counted[0] == counted[1]
