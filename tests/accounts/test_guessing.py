"""Guessing passwords: counted for all server processes together, and telling nobody who exists."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from tests.people import PASSWORD, People

pytestmark = pytest.mark.django_db
SHARED = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "infield_counters",
        "OPTIONS": {"MAX_ENTRIES": 200_000, "CULL_FREQUENCY": 20},
    }
}


@pytest.fixture
def in_database() -> Iterator[None]:
    with override_settings(CACHES=SHARED):
        call_command("createcachetable", verbosity=0)
        yield


def said(client: Client, email: str, password: str = "wrong") -> str:  # noqa: S107
    page = client.post("/sign-in", {"login": email, "password": password}).content.decode()
    found = re.search(r'<div class="notice".*?</div>', page, re.DOTALL)
    return found[0] if found else ""


def test_who_exists_and_who_does_not_is_locked_out_alike(people: People, in_database: None) -> None:
    known = [said(Client(REMOTE_ADDR="192.0.2.1"), people.bo.email) for _ in range(7)]
    unknown = [said(Client(REMOTE_ADDR="192.0.2.2"), "nobody@northwind.example") for _ in range(7)]
    assert known == unknown
    assert "Too many wrong passwords" in known[-1]


def test_a_lock_out_holds_from_every_address_and_passes(people: People, in_database: None) -> None:
    for guess in range(5):
        said(Client(REMOTE_ADDR=f"192.0.2.{guess}"), people.bo.email)
    assert "Too many" in said(Client(REMOTE_ADDR="192.0.2.9"), people.bo.email, PASSWORD)
    assert said(Client(REMOTE_ADDR="192.0.2.9"), people.anna.email, PASSWORD) == "", (
        "others are not locked out"
    )
    cache.clear()
    assert said(Client(REMOTE_ADDR="192.0.2.9"), people.bo.email, PASSWORD) == ""


def test_attempts_are_counted_where_every_process_sees_them(people: People, in_database: None) -> None:
    from django.db import connection

    said(Client(), people.bo.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM infield_counters")
        keys = [key for (key,) in cursor.fetchall()]
    assert any("login_failed" in key for key in keys)
    assert not any(people.bo.email in key for key in keys), "kept as a digest"


def test_a_password_is_hashed_for_whom_nobody_knows_too(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same work, so the same time: counted, since a clock would not be still."""
    from django.contrib.auth import hashers

    counted: list[str] = []
    plain = hashers.MD5PasswordHasher.encode

    def counting(self: hashers.MD5PasswordHasher, password: str, salt: str) -> str:
        counted.append(password)
        return str(plain(self, password, salt))

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counting)
    said(Client(), people.bo.email, "first guess")
    said(Client(), "nobody@northwind.example", "second guess")
    assert counted.count("first guess") == counted.count("second guess") == 1


@pytest.mark.parametrize(("tries", "pause"), [("", ""), ("3", "60")])
def test_the_limits_are_settings(tries: str, pause: str) -> None:
    program = "from infield import settings as s; print(s.ACCOUNT_RATE_LIMITS['login_failed'])"
    named = {"INFIELD_SIGN_IN_TRIES": tries, "INFIELD_SIGN_IN_PAUSE": pause, "PYTHONPATH": "src"}
    printed = subprocess.run(
        [sys.executable, "-c", program], env=named, capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == f"{4 * int(tries or 5)}/m/ip,{tries or 5}/{pause or 300}s/key"
