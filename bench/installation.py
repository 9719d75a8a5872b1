"""An installation for measuring: Infield in a folder of its own, on SQLite or on a PostgreSQL beside it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


@contextmanager
def installed(home: Path, *, postgres: bool = False) -> Iterator[None]:
    """Start Django with its data below `home`, the database up to date; a PostgreSQL is stopped at the end."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    os.environ |= {
        "INFIELD_HOME": str(home.absolute()),
        "INFIELD_SECRET_KEY": "-" * 60,
        "DJANGO_SETTINGS_MODULE": "infield.settings",
    }
    if not postgres:
        _begin()
        yield
        return
    from tests import postgres as server

    os.environ["INFIELD_DATABASE_URL"] = server.start(home.absolute())
    try:
        _begin()
        yield
    finally:
        server.stop()


def _begin() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a million rows take longer than a request may
            cursor.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
