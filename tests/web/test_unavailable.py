"""A database that is locked, full or gone is a page with 503, and what was sent is not half saved."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory
from tests.people import People

from infield.accounts.models import User
from infield.web import errors
from infield.web.unavailable import is_unavailable

PROFILE = {"name": "Changed", "language": "en", "zone": "UTC", "scheme": "auto", "calendar": "auto"}


@pytest.fixture
def client_of_anna(transactional_db: None, people: People) -> Client:
    client = Client()
    client.force_login(people.anna)
    client.get("/profile")
    return client


@pytest.fixture
def locked(client_of_anna: Client) -> Iterator[None]:
    """Somebody else writes and does not end; we wait a tenth of a second for them."""
    holder = _lock_sqlite() if connection.vendor == "sqlite" else _lock_postgresql()
    yield
    holder.rollback()
    holder.close()
    connection.close()


def _lock_sqlite() -> Any:
    from pysqlite3 import dbapi2

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    holder = dbapi2.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    return holder


def _lock_postgresql() -> Any:
    import psycopg

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    holder = psycopg.connect(
        **{
            key: value
            for key, value in connection.get_connection_params().items()
            if key in {"dbname", "user", "host", "port", "password"}
        }
    )
    holder.execute("LOCK TABLE accounts_user IN EXCLUSIVE MODE")
    return holder


def test_a_locked_database_is_503_and_says_when_to_come_back(client_of_anna: Client, locked: None) -> None:
    answer = client_of_anna.post("/profile", PROFILE)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    page = answer.content.decode()
    assert "The database is busy for a moment" in page
    assert "Traceback" not in page
    assert "OperationalError" not in page
    assert not User.objects.filter(name="Changed").exists()


def test_an_error_outside_of_views_is_503_too(
    client_of_anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    client_of_anna.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", full)
    answer = client_of_anna.get("/profile")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_mistake_of_ours_is_500_without_a_traceback(
    client_of_anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the inside")

    client_of_anna.raise_request_exception = False
    monkeypatch.setattr("infield.accounts.views.render", broken)
    answer = client_of_anna.get("/profile")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "A mistake of ours stopped this" in page
    assert "secret of the inside" not in page
    assert "Traceback" not in page


def caused_by(message: str, code: int | None) -> OperationalError:
    from pysqlite3 import dbapi2

    cause = dbapi2.OperationalError(message)
    if code is not None:
        cause.sqlite_errorcode = code
    error = OperationalError(message)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (caused_by("database is locked", 5), True),
        (caused_by("database is locked", 517), True),  # busy, because a snapshot is old
        (caused_by("database or disk is full", 13), True),
        (caused_by("unable to open database file", 14), True),
        (caused_by("attempt to write a readonly database", 8), True),
        (caused_by("database is locked", None), True),  # said by our queue
        (caused_by("no such table: deals", 1), False),
        (OperationalError("connection refused"), True),
        (InterfaceError("connection already closed"), True),
        (DatabaseError("value too long"), False),
        (ValueError("anything"), False),
        (None, False),
    ],
)
def test_only_what_may_pass_by_itself_is_called_unavailable(error: Exception | None, expected: bool) -> None:
    assert is_unavailable(error) is expected


@pytest.mark.parametrize("status", [400, 403, 404, 422, 500, 503])
def test_every_page_for_an_error_is_drawn_without_a_database(status: int) -> None:
    page = errors.page(RequestFactory().get("/"), status)
    assert page.status_code == status
    assert "<h1>" in page.content.decode()


def test_a_table_that_misses_is_our_mistake(db: None) -> None:
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert not is_unavailable(caught.value)
