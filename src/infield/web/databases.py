"""From INFIELD_DATABASE_URL to what Django needs to know of a database."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# A request waits no longer than this for a statement or a lock; then the user reads that we are busy.
STATEMENT_SECONDS = 15
LOCK_SECONDS = 5
IDLE_SECONDS = 30
SQLITE_BUSY_SECONDS = 20


class UnknownDatabaseError(ValueError):
    """The address names a kind of database Infield does not speak to."""


def database(url: str, home: Path) -> dict[str, Any]:
    """Give Django's description of the database at `url`, or of the SQLite file in `home` when it is empty.

    Raises UnknownDatabaseError for any scheme other than postgresql or postgres.

    >>> database("postgresql://ann:p%40ss@db.example:5433/sales?sslmode=require", Path("."))["PORT"]
    '5433'
    """
    if not url:
        return _sqlite(home)
    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise UnknownDatabaseError("INFIELD_DATABASE_URL must begin with postgresql://")
    return _postgresql(url)


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "infield.web.sqlite",
        "NAME": home / "infield.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": SQLITE_BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
        "TEST": {"NAME": home / "test.sqlite3"},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    wanted = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": wanted.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": _patience(), **wanted},
    }


def _patience() -> str:
    limits = {
        "statement_timeout": STATEMENT_SECONDS,
        "lock_timeout": LOCK_SECONDS,
        "idle_in_transaction_session_timeout": IDLE_SECONDS,
    }
    return " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
