"""Signing in and out, and what a user decides about themselves."""

import pytest
from django.test import Client
from tests.people import PASSWORD, People

from infield.accounts.models import User

pytestmark = pytest.mark.django_db
ANNA = "anna@northwind.example"


def sign_in(client: Client, email: str, password: str, **more: str) -> int:
    return client.post("/sign-in", {"login": email, "password": password, **more}).status_code


def is_signed_in(client: Client) -> bool:
    return client.get("/profile").status_code == 200


def test_e_mail_and_password_sign_in_whatever_the_case_of_the_e_mail(client: Client, people: People) -> None:
    assert sign_in(client, ANNA.upper(), PASSWORD) == 302
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("email", "password"), [(ANNA, "wrong"), (ANNA, ""), ("nobody@northwind.example", PASSWORD)]
)
def test_who_is_wrong_about_either_is_told_the_same(
    client: Client, people: People, email: str, password: str
) -> None:
    sign_in(client, email, password)
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_e_mail_read_alike(client: Client, people: People) -> None:
    def problem(email: str) -> str:
        page = client.post("/sign-in", {"login": email, "password": "wrong"}).content.decode()
        return page[page.index("notice") :].split("</div>")[0]

    assert problem(ANNA) == problem("nobody@northwind.example")


def test_guessing_is_stopped_even_for_the_right_password(client: Client, people: People) -> None:
    for _ in range(10):
        sign_in(client, ANNA, "wrong")
    sign_in(client, ANNA, PASSWORD)
    assert not is_signed_in(client)


def test_who_left_signs_in_no_more_and_is_out_at_once(client: Client, people: People) -> None:
    client.force_login(people.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    User.objects.filter(id=people.bo.id).update(active=False)
    assert not is_signed_in(client)
    assert sign_in(client, people.bo.email, PASSWORD) in {200, 302}
    assert not is_signed_in(client)


def test_a_former_colleague_without_password_cannot_sign_in(client: Client, people: People) -> None:
    User.objects.add("old@northwind.example", name="Old Hand")
    sign_in(client, "old@northwind.example", "")
    assert not is_signed_in(client)


def test_signing_in_changes_the_session_key(client: Client, people: People) -> None:
    client.get("/sign-in")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before or ""
    sign_in(client, ANNA, PASSWORD)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_signing_in_leads_nowhere_else(client: Client, people: People, elsewhere: str) -> None:
    answer = client.post("/sign-in", {"login": ANNA, "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_signing_out_ends_the_session_on_the_server(client: Client, people: People) -> None:
    sign_in(client, ANNA, PASSWORD)
    kept = client.cookies["sessionid"].value
    assert client.get("/sign-out").status_code == 200
    assert is_signed_in(client), "a link must not sign anybody out"
    client.post("/sign-out")
    client.cookies["sessionid"] = kept
    assert not is_signed_in(client)


def test_there_is_no_signing_up(client: Client, people: People) -> None:
    before = User.objects.count()
    for path in ("/signup", "/sign-up", "/accounts/signup/", "/accounts/signup"):
        assert client.post(path, {"email": "x@x.example", "password1": PASSWORD}).status_code == 404
    assert User.objects.count() == before


def test_a_form_from_elsewhere_is_refused(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.anna)
    answer = client.post("/profile/scheme", {"scheme": "dark"})
    assert answer.status_code == 403
    assert "Your role may not do this" not in answer.content.decode()
    assert User.objects.get(id=people.anna.id).scheme == "auto"


def profile(**changes: str) -> dict[str, str]:
    said = {
        "name": "Anna L",
        "language": "fi",
        "zone": "Europe/Helsinki",
        "scheme": "dark",
        "calendar": "buddhist",
    }
    return said | changes


def test_a_user_changes_name_language_zone_and_scheme(client: Client, people: People) -> None:
    client.force_login(people.anna)
    assert client.post("/profile", profile()).status_code == 302
    anna = User.objects.get(id=people.anna.id)
    assert (anna.name, anna.language, anna.zone, anna.scheme) == ("Anna L", "fi", "Europe/Helsinki", "dark")
    assert anna.calendar == "buddhist"
    page = client.get("/profile")
    assert page["Content-Language"] == "fi"
    assert '<html lang="fi" data-scheme="dark">' in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"language": "xx"}, {"zone": "Mars/North"}, {"scheme": "pink"}, {"calendar": "mayan"}],
)
def test_what_does_not_exist_is_refused_and_changes_nothing(
    client: Client, people: People, wrong: dict[str, str]
) -> None:
    client.force_login(people.anna)
    before = User.objects.filter(id=people.anna.id).values().get()
    page = client.post("/profile", profile(**wrong))
    assert page.status_code == 422
    assert "Anna Lindqvist</span>" in page.content.decode(), (
        "the frame shows who is signed in, not what was typed"
    )
    assert User.objects.filter(id=people.anna.id).values().get() == before


def test_nobody_gives_themselves_a_role_or_a_team(client: Client, people: People) -> None:
    client.force_login(people.rut)
    client.post(
        "/profile", profile(role="manager", manager=str(people.anna.id), active="", email="x@x.example")
    )
    rut = User.objects.get(id=people.rut.id)
    assert (rut.role, rut.manager, rut.active, rut.email) == ("reader", None, True, "rut@northwind.example")


def test_the_switch_keeps_light_or_dark(client: Client, people: People) -> None:
    client.force_login(people.rut)
    assert client.post("/profile/scheme", {"scheme": "dark"}).status_code == 204
    assert client.post("/profile/scheme", {"scheme": "pink"}).status_code == 422
    assert client.get("/profile/scheme").status_code == 405
    assert User.objects.get(id=people.rut.id).scheme == "dark"
