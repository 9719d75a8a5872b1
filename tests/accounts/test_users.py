"""Inviting, changing and shutting out users."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.addresses import everything_saved
from tests.people import PASSWORD, People

from infield.accounts.models import Link, User
from infield.accounts.users import actions
from infield.accounts.users.actions import Refusal
from infield.history.models import Change
from infield.web.ids import to_text

pytestmark = pytest.mark.django_db
NEW = "kai@northwind.example"
JOINING = {"name": "Kai Moe", "password": "a quiet lake at dusk", "language": "fi", "zone": "Europe/Helsinki"}


@pytest.fixture
def ada(client: Client, people: People) -> Client:
    client.force_login(people.ada)
    return client


def address_of(user: User, what: str = "") -> str:
    return f"/users/{to_text(user.pk)}{what}"


def invited(ada: Client, role: str = "rep", manager: User | None = None) -> str:
    """Invite Kai, and give the path of the link that the page shows."""
    answer = ada.post(
        "/users/invite", {"email": NEW, "role": role, "manager": str(manager.pk) if manager else ""}
    )
    assert answer.status_code == 302
    return link_on(ada, answer["Location"])


def link_on(ada: Client, page: str) -> str:
    found = re.search(
        r'value="http://testserver(/(?:join|new-password)/[\w-]+)"', ada.get(page).content.decode()
    )
    assert found
    return found[1]


def changes_of(user_id: object) -> list[tuple[str, object, object]]:
    rows = Change.objects.filter(object_id=str(user_id)).order_by("id")
    return list(rows.values_list("field", "before", "after"))


def test_whom_an_administrator_invites_joins_by_the_link_and_is_signed_in(
    ada: Client, people: People
) -> None:
    path = invited(ada, "manager", people.anna)
    kai = User.objects.get(email=NEW)
    assert (kai.role, kai.manager, kai.active) == ("manager", people.anna, False)
    visitor = Client()
    assert NEW in visitor.get(path).content.decode()
    assert visitor.post(path, JOINING).status_code == 302
    kai = User.objects.get(email=NEW)
    assert (kai.name, kai.language, kai.zone, kai.active) == ("Kai Moe", "fi", "Europe/Helsinki", True)
    assert kai.check_password(JOINING["password"])
    assert visitor.get("/profile").status_code == 200
    assert changes_of(kai.pk) == [
        ("invited", None, NEW),
        ("role", None, "manager"),
        ("joined", None, "Kai Moe"),
    ]


def test_a_link_is_shown_once_and_leads_in_once(ada: Client, people: People) -> None:
    path = invited(ada)
    kai = User.objects.get(email=NEW)
    assert path not in ada.get(address_of(kai)).content.decode()
    assert Client().post(path, JOINING).status_code == 302
    before = everything_saved()
    assert Client().post(path, JOINING | {"password": "another long sentence"}).status_code == 404
    assert everything_saved() == before


def test_the_secret_of_a_link_is_not_kept(ada: Client, people: People) -> None:
    token = invited(ada).removeprefix("/join/")
    assert token not in repr(list(Link.objects.values()))


@pytest.mark.parametrize("closed", ["expired", "revoked", "wrong", "other"])
def test_a_link_that_is_closed_lets_nobody_in(ada: Client, people: People, closed: str) -> None:
    path = invited(ada)
    if closed == "expired":
        Link.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    if closed == "revoked":
        ada.post(address_of(User.objects.get(email=NEW), "/link"))
    path = {"wrong": path[:-1] + "~", "other": path.replace("/join/", "/new-password/")}.get(closed, path)
    before = everything_saved()
    assert Client().get(path).status_code == 404
    assert Client().post(path, JOINING).status_code == 404
    assert everything_saved() == before


@pytest.mark.parametrize(
    "wrong", [{"password": "short"}, {"password": "kai@northwind.example"}, {"name": ""}, {"zone": "Mars"}]
)
def test_a_joining_that_is_not_complete_keeps_the_link_open(
    ada: Client, people: People, wrong: dict[str, str]
) -> None:
    path = invited(ada)
    before = everything_saved()
    assert Client().post(path, JOINING | wrong).status_code == 422
    assert everything_saved() == before


def test_a_known_e_mail_is_not_invited_again(ada: Client, people: People) -> None:
    before = everything_saved()
    page = ada.post("/users/invite", {"email": people.bo.email.upper(), "role": "admin"})
    assert page.status_code == 422
    assert "has an account with this e-mail already" in page.content.decode()
    assert everything_saved() == before


def test_an_invitation_that_is_taken_back_leaves_nothing_but_the_record(ada: Client, people: People) -> None:
    path = invited(ada)
    kai = User.objects.get(email=NEW)
    assert ada.post(address_of(kai, "/take-back")).status_code == 302
    assert not User.objects.filter(email=NEW).exists()
    assert Client().post(path, JOINING).status_code == 404
    assert changes_of(kai.pk)[-1] == ("invitation_revoked", NEW, None)


def test_who_has_joined_cannot_be_taken_back(ada: Client, people: People) -> None:
    before = everything_saved()
    assert ada.post(address_of(people.bo, "/take-back")).status_code == 422
    assert everything_saved() == before


def test_role_manager_and_name_are_changed_noted_and_taken_back(ada: Client, people: People) -> None:
    answer = ada.post(
        address_of(people.bo), {"name": "Bo Ek", "role": "marketing", "manager": str(people.emil.pk)}
    )
    assert answer.status_code == 302
    bo = User.objects.get(pk=people.bo.pk)
    assert (bo.role, bo.manager) == ("marketing", people.emil)
    assert set(changes_of(bo.pk)) == {
        ("role", "rep", "marketing"),
        ("manager", str(people.anna.pk), str(people.emil.pk)),
    }
    act = Change.objects.filter(object_id=bo.pk).values_list("act", flat=True)[0]
    assert f"/undo/{to_text(act)}" in ada.get(address_of(bo)).content.decode()
    assert ada.post(address_of(bo, f"/undo/{to_text(act)}")).status_code == 302
    bo = User.objects.get(pk=people.bo.pk)
    assert (bo.role, bo.manager) == ("rep", people.anna)
    before = everything_saved()
    assert ada.post(address_of(bo, f"/undo/{to_text(act)}")).status_code == 422
    assert everything_saved() == before


def test_what_changed_since_is_not_taken_back(ada: Client, people: People) -> None:
    act = actions.change(people.bo, people.ada, {"role": "marketing"})
    assert act
    actions.change(people.bo, people.ada, {"role": "service"})
    before = everything_saved()
    assert ada.post(address_of(people.bo, f"/undo/{to_text(act)}")).status_code == 422
    assert everything_saved() == before


def test_nobody_reports_to_somebody_below_them(ada: Client, people: People) -> None:
    before = everything_saved()
    page = ada.post(
        address_of(people.anna), {"name": "Anna", "role": "manager", "manager": str(people.cleo.pk)}
    )
    assert page.status_code == 422
    assert everything_saved() == before


def test_whom_an_administrator_shuts_out_is_out_at_once_and_can_be_let_in_again(
    ada: Client, people: People
) -> None:
    bo = Client()
    bo.post("/sign-in", {"login": people.bo.email, "password": PASSWORD})
    assert bo.get("/profile").status_code == 200
    ada.post(address_of(people.bo, "/shut-out"))
    assert bo.get("/profile").status_code == 302
    ada.post(address_of(people.bo, "/let-in"))
    assert bo.get("/profile").status_code == 302, "an earlier session does not come back"
    bo.post("/sign-in", {"login": people.bo.email, "password": PASSWORD})
    assert bo.get("/profile").status_code == 200
    assert changes_of(people.bo.pk) == [("active", True, False), ("active", False, True)]


@pytest.mark.parametrize("wanted", [{"role": "rep"}, {"active": False}])
def test_the_last_administrator_stays(people: People, wanted: dict[str, object]) -> None:
    other = User.objects.add("root@northwind.example", PASSWORD, name="Root", role="admin")
    actions.change(people.ada, other, wanted)
    before = everything_saved()
    with pytest.raises(Refusal, match="yourself" if "active" in wanted else "last_admin"):
        actions.change(other, other, wanted)
    assert everything_saved() == before


def test_nobody_shuts_themselves_out(ada: Client, people: People) -> None:
    User.objects.add("root@northwind.example", PASSWORD, name="Root", role="admin")
    before = everything_saved()
    assert ada.post(address_of(people.ada, "/shut-out")).status_code == 422
    assert everything_saved() == before


def test_an_administrator_makes_a_link_to_a_new_password(ada: Client, people: People) -> None:
    bo = Client()
    bo.post("/sign-in", {"login": people.bo.email, "password": PASSWORD})
    answer = ada.post(address_of(people.bo, "/link"))
    path = link_on(ada, answer["Location"])
    assert Client().post(path, {"password": "short"}).status_code == 422
    assert Client().post(path, {"password": "a sentence that is new"}).status_code == 200
    assert User.objects.get(pk=people.bo.pk).check_password("a sentence that is new")
    assert bo.get("/profile").status_code == 302, "signed out everywhere"
    assert Client().get(path).status_code == 404


def test_who_is_shut_out_gets_no_link(ada: Client, people: People) -> None:
    actions.change(people.bo, people.ada, {"active": False})
    before = everything_saved()
    assert ada.post(address_of(people.bo, "/link")).status_code == 422
    assert everything_saved() == before


def test_a_lost_second_factor_is_taken_away(ada: Client, people: People) -> None:
    Authenticator.objects.create(user=people.bo, type="totp", data={"secret": "x"})
    assert ada.post(address_of(people.bo, "/take-factors")).status_code == 302
    assert not Authenticator.objects.exists()
    assert ada.post(address_of(people.bo, "/take-factors")).status_code == 422


def test_the_list_stands_in_the_order_of_the_tree_in_a_constant_number_of_queries(
    ada: Client, people: People, django_assert_max_num_queries: object
) -> None:
    invited(ada)
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # a fixture without a type
        page = ada.get("/users").content.decode()
    shown = re.findall(r'is-depth-(\d)[^>]*><a href="/users/\w+">.*?<b>(.*?)</b>', page, re.DOTALL)
    tree = [
        (depth, name)
        for depth, name in shown
        if name in {"Anna Lindqvist", "Bo Ek", "Cleo Marsh", "Dan Wood"}
    ]
    assert tree == [("0", "Anna Lindqvist"), ("1", "Bo Ek"), ("1", "Cleo Marsh"), ("2", "Dan Wood")]
    assert ("0", NEW) in shown


def test_the_page_of_a_user_leads_to_what_they_answer_for(ada: Client, people: People) -> None:
    key = to_text(people.dan.pk)
    page = ada.get(f"/users/{key}").content.decode()
    for plural in ("deals", "leads", "contacts", "organizations"):
        assert f'href="/{plural}?owner={key}"' in page
        assert ada.get(f"/{plural}?owner={key}").status_code == 200
