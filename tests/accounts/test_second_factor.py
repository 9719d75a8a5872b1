"""The second factor: setting one up, signing in with it, and the company's rule."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from tests.addresses import everything_saved
from tests.people import PASSWORD, People, proved

from infield.accounts.models import SignInRule, User
from infield.history.models import Change

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set up an authenticator app as its owner would; gives its key and the recovery codes."""
    page = client.get("/security/app").content.decode()
    found = re.search(r'id="totp-key" value="(\w+)"', page)
    assert found
    answer = client.post("/security/app", {"code": code_of(found[1])})
    assert answer["Location"] == "/security/codes"
    codes = re.findall(
        r"^\d{8}$|(?<=>)\d{8}|\d{8}(?=<)", client.get("/security/codes").content.decode(), re.MULTILINE
    )
    return found[1], codes


def sign_in(user: User) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/sign-in", {"login": user.email, "password": PASSWORD})


def is_in(client: Client) -> bool:
    return client.get("/profile").status_code == 200


def test_setting_up_asks_for_the_password_once_more(client: Client, people: People) -> None:
    client.force_login(people.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/security/app")["Location"].startswith("/security/again?next=")
    wrong = client.post("/security/again?next=/security/app", {"password": "wrong"})
    assert wrong.status_code == 200
    assert client.get("/security/app").status_code == 302
    assert client.post("/security/again", {"password": PASSWORD, "next": "/security/app"}).status_code == 302
    assert client.get("/security/app").status_code == 200


def test_from_then_on_the_password_alone_lets_nobody_in(client: Client, people: People) -> None:
    secret, _ = set_up(proved(client, people.bo))
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    visitor, answer = sign_in(people.bo)
    assert answer["Location"] == "/sign-in/code"
    assert not is_in(visitor)
    assert visitor.post("/sign-in/code", {"code": "000000"}).status_code == 200
    assert not is_in(visitor)
    # a code is good once: this one was used when the app was set up
    from django.core.cache import cache

    cache.clear()
    assert visitor.post("/sign-in/code", {"code": code_of(secret)}).status_code == 302
    assert is_in(visitor)


def test_a_recovery_code_lets_in_once(client: Client, people: People) -> None:
    _, codes = set_up(proved(client, people.bo))
    assert len(codes) == 10
    first, _ = sign_in(people.bo)
    assert first.post("/sign-in/code", {"code": codes[0]}).status_code == 302
    assert is_in(first)
    second, _ = sign_in(people.bo)
    assert second.post("/sign-in/code", {"code": codes[0]}).status_code == 200
    assert not is_in(second)


def test_the_key_of_the_app_is_kept_encrypted(client: Client, people: People) -> None:
    secret, _ = set_up(proved(client, people.bo))
    assert secret not in repr(list(Authenticator.objects.values_list("data", flat=True)))


def test_guessing_codes_is_stopped(client: Client, people: People) -> None:
    _, codes = set_up(proved(client, people.bo))
    visitor, _ = sign_in(people.bo)
    for guess in range(6):
        visitor.post("/sign-in/code", {"code": f"{guess:06}"})
    visitor.post("/sign-in/code", {"code": codes[0]})
    assert not is_in(visitor)


def test_the_company_can_ask_everyone_for_one(client: Client, people: People) -> None:
    client.force_login(people.ada)
    assert client.post("/users/rule", {"second_factor": "everyone"}).status_code == 302
    assert Change.objects.values_list("field", "before", "after").get() == (
        "second_factor",
        "nobody",
        "everyone",
    )
    visitor, _ = sign_in(people.bo)
    for path in ("/board", "/", "/profile"):
        assert visitor.get(path)["Location"] == "/security", path
    assert visitor.get("/board", headers={"HX-Request": "true"})["HX-Redirect"] == "/security"
    assert "Your company asks for a second factor" in visitor.get("/security").content.decode()
    visitor.post("/security/again", {"password": PASSWORD, "next": "/security/app"})
    set_up(visitor)
    assert is_in(visitor)


@pytest.mark.parametrize(("who", "owes"), [("ada", True), ("anna", False)])
def test_the_company_can_ask_administrators_alone(people: People, who: str, owes: bool) -> None:
    SignInRule.objects.create(second_factor="admins")
    visitor, _ = sign_in(getattr(people, who))
    assert is_in(visitor) is not owes


def test_the_last_factor_stays_while_the_company_asks_for_one(client: Client, people: People) -> None:
    set_up(proved(client, people.bo))
    SignInRule.objects.create(second_factor="everyone")
    page = client.post("/security/app/remove")
    assert "add another one before" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize("wrong", ["", "sometimes"])
def test_a_rule_that_does_not_exist_changes_nothing(client: Client, people: People, wrong: str) -> None:
    client.force_login(people.ada)
    before = everything_saved()
    assert client.post("/users/rule", {"second_factor": wrong}).status_code == 422
    assert everything_saved() == before


def test_a_passkey_is_offered_with_a_challenge_of_this_server(client: Client, people: People) -> None:
    answer = client.get("/sign-in/passkey", headers={"Accept": "application/json"}).json()
    assert answer["request_options"]["publicKey"]["rpId"] == "testserver"
    assert client.post("/sign-in/passkey", {"credential": "{}"})["Location"] == "/sign-in"
    assert not is_in(client)
