"""Making an installation ready to serve."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from infield.web.place import make_home

# before it, connections that share a write-ahead log can corrupt it
SAFE_SQLITE = (3, 51, 3)

# with the usual mask it would look only at tables that this connection has read
LOOK_AT_ALL_TABLES = 0x10002

# files of libraries that no page of ours names; to compress them would take most of the start
UNUSED_FILES = ("htmx-4*", "htmax*", "ext", "account", "headless")


class UnsafeSqliteError(Exception):
    """Several processes were asked for on an SQLite that is too old for them."""


class DatabaseGoneError(Exception):
    """The database cannot be reached, or went away; its text is the line of the database that says why."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What was made ready: the vendor of the database, and whether the first start is still to be done."""

    database: str
    is_new: bool


def make_ready(processes: int) -> Ready:
    """Make the folder and the key, bring the database up to date, collect static files.

    Raises UnsafeSqliteError, DatabaseGoneError, UnknownDatabaseError; OSError where there is no place for the folder.
    """
    make_home()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infield.settings")
    import django

    django.setup()
    with told_when_gone():
        return _bring_up_to_date(processes)


def _bring_up_to_date(processes: int) -> Ready:
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        refuse_unsafe(connection.get_database_version(), processes)
    else:
        _without_time_limit()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command(
        "collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=list(UNUSED_FILES)
    )
    tell_planner()
    is_new = _is_new()
    connection.close()
    return Ready(connection.vendor, is_new)


@contextmanager
def told_when_gone() -> Iterator[None]:
    """Make one line of what the driver says when the database is not there. DatabaseGoneError."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as failed:
        raise DatabaseGoneError(str(failed).strip().split("\n", 1)[0].rstrip(".")) from failed


def refuse_unsafe(version: tuple[int, ...], processes: int) -> None:
    """Raise UnsafeSqliteError for several processes on an SQLite before 3.51.3; `processes` counts the worker."""
    if processes > 1 and tuple(version) < SAFE_SQLITE:
        raise UnsafeSqliteError(".".join(map(str, version)))


def tell_planner() -> None:
    """Have SQLite look at the tables that have grown much since it last did: by that it chooses among indexes.

    It looks at some 2,000 rows an index, however many there are. PostgreSQL does so by itself.
    """
    from django.db import connection, transaction

    if connection.vendor == "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA optimize={LOOK_AT_ALL_TABLES}")


def _without_time_limit() -> None:
    # a request must not wait long; rebuilding a large table may
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")


def _is_new() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model()._default_manager.exists()
