"""A user's own security: password, and where they are signed in; and what every answer tells a browser."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from tests.addresses import everything_saved
from tests.people import PASSWORD, People

from infield.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = "a sentence that is new"


def signed_in(user: User, browser: str = "") -> Client:
    client = Client(headers={"User-Agent": browser})
    assert client.post("/sign-in", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/profile").status_code == 200


def test_a_new_password_signs_out_everywhere_else(people: People) -> None:
    here, there = signed_in(people.bo), signed_in(people.bo)
    assert here.post("/security/password", {"old": PASSWORD, "new": NEW})["Location"] == "/security"
    assert is_in(here)
    assert not is_in(there)
    assert User.objects.get(pk=people.bo.pk).check_password(NEW)
    assert UserSession.objects.filter(user=people.bo).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"old": "wrong"}, {"old": ""}, {"new": "short"}, {"new": "bo@northwind.example"}]
)
def test_a_password_is_not_changed_for_less(people: People, wrong: dict[str, str]) -> None:
    client = signed_in(people.bo)
    before = everything_saved()
    assert client.post("/security/password", {"old": PASSWORD, "new": NEW} | wrong).status_code == 422
    assert everything_saved() == before


def test_sessions_are_listed_and_ended_one_by_one_or_together(people: People) -> None:
    here = signed_in(people.bo, "Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/140.0")
    phone = signed_in(people.bo, "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1")
    third = signed_in(people.bo)
    page = here.get("/security").content.decode()
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    shown = UserSession.objects.get(session_key=phone.session.session_key)
    here.post(f"/security/sessions/{shown.pk}/end")
    assert (is_in(here), is_in(phone), is_in(third)) == (True, False, True)
    here.post("/security/sessions/end")
    assert (is_in(here), is_in(third)) == (True, False)


def test_nobody_ends_the_session_of_somebody_else(people: People) -> None:
    bo, dan = signed_in(people.bo), signed_in(people.dan)
    key = UserSession.objects.get(user=people.dan).pk
    assert bo.post(f"/security/sessions/{key}/end").status_code == 404
    assert is_in(dan)


@pytest.mark.parametrize("path", ["/sign-in", "/profile", "/nothing-here"])
def test_every_answer_tells_the_browser_what_it_may_do(client: Client, people: People, path: str) -> None:
    client.force_login(people.bo)
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    for part in (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_session_is_for_our_pages_alone(people: People) -> None:
    cookie = signed_in(people.bo).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 14 * 24 * 3600
    assert not cookie["secure"], "there is no https in this installation"


@pytest.mark.parametrize(("origin", "secure"), [("", "False"), ("https://sales.example", "True")])
def test_behind_https_cookies_are_sent_over_nothing_else(origin: str, secure: str) -> None:
    import subprocess
    import sys

    program = (
        "from infield import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )
    named = {"INFIELD_ORIGIN": origin, "PYTHONPATH": "src"}
    printed = subprocess.run(
        [sys.executable, "-c", program], env=named, capture_output=True, text=True, check=True
    ).stdout
    assert printed.split() == [secure] * 3
