"""Settings of the whole suite, and the database it runs on: SQLite, or PostgreSQL where
INFIELD_TEST_DATABASE=postgres says so."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings
from tests import postgres
from tools.messages import compile_stale

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.people import People

# the suite finds a failure; whoever mends it makes it small with --hypothesis-profile=shrink
settings.register_profile("suite", deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
settings.register_profile("shrink", deadline=None)
settings.load_profile("suite")

ON_POSTGRES = os.environ.get("INFIELD_TEST_DATABASE") == "postgres"
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
ON_WORKER = "PYTEST_XDIST_WORKER" in os.environ

# Workers take home, key and database over from the process that starts them.
if not ON_WORKER:
    compile_stale()
    os.environ["INFIELD_HOME"] = tempfile.mkdtemp(prefix="infield-test-")
    os.environ["INFIELD_SECRET_KEY"] = "for tests alone: fifty characters and more, as Django asks for"  # noqa: S105
    os.environ["INFIELD_DATABASE_URL"] = (
        postgres.start(Path(os.environ["INFIELD_HOME"]), careless=True) if ON_POSTGRES else ""
    )
os.environ["DJANGO_SETTINGS_MODULE"] = "infield.settings"


def _start_django() -> None:
    import django
    from django.conf import settings as app

    # a password need not be slow to guess here, and templates ask for no collected files
    app.STATIC_ROOT.mkdir(exist_ok=True)
    app.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # attempts are counted where no test needs a database for it
    app.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    app.STORAGES = {**app.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    django.setup()


# at once, not when pytest is configured: modules of the suite import models while they are collected
_start_django()


def pytest_unconfigure(config: pytest.Config) -> None:
    if ON_WORKER:
        return
    postgres.stop()
    shutil.rmtree(os.environ["INFIELD_HOME"], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that use a database; on PostgreSQL run no others, nor looks: they ran on SQLite already."""
    for item in filter(_uses_database, items):
        item.add_marker(pytest.mark.database)
    if not ON_POSTGRES:
        return
    kept = [item for item in items if _uses_database(item) and not item.get_closest_marker("looks")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        names & {"db", "transactional_db", "live_server"}
    )


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The one Chromium of a test process, which can hold no second; without one on the machine this fails."""
    from playwright.sync_api import sync_playwright
    from tests.browser.chromium import chromium_path

    # the browser's driver runs an event loop in this thread; Django takes that for a mistake in the app
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = chromium_path()  # asked before: it may start a driver of its own
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def bare_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render as the app does, without the copy of every context that Django's test client keeps for its caller."""
    from django.template.base import Template

    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


@pytest.fixture
def people(db: None) -> "People":
    from tests.people import arrive

    return arrive()


@pytest.fixture(autouse=True)
def no_attempts_before() -> Iterator[None]:
    """Sign-in counts failed attempts in the cache; one test must not lock out the next."""
    yield
    if "django.core.cache" in sys.modules:
        from django.core.cache import cache

        cache.clear()
