"""A Chromium for each test, on a server of its own."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.answering import watched
from tests.people import PASSWORD

ON_POSTGRES = os.environ.get("INFIELD_TEST_DATABASE") == "postgres"
PATIENCE_MS = 60_000
"""How long a slow machine may take over what a test waits for; nothing is slower for it where it is quick."""
expect.set_options(timeout=PATIENCE_MS)
WIDTHS = {"desk": (1440, 900), "tablet": (1000, 800), "phone": (390, 844), "narrow": (360, 640)}
type Look = tuple[str, str]
"""A scheme, and one of WIDTHS."""
FEW_LOOKS: tuple[Look, ...] = (("light", "desk"), ("dark", "narrow"))
ALL_LOOKS: tuple[Look, ...] = tuple((scheme, width) for scheme in ("light", "dark") for width in WIDTHS)
EXPECTED = ("status of 422", "status of 404")  # the browser says so of answers that are meant


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands; half a megabyte of it is sent to a page once only."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return found


@dataclass
class Visitor:
    """Somebody in front of a page; what the browser complains about is kept."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, email: str) -> None:
        self.open("/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def look(self, looks: Iterable[Look]) -> dict[Look, list[str]]:
        """Give what is wrong with the page in each of these looks: overflow, and what axe finds."""
        wrong = {(scheme, width): self.look_at(scheme, width) for scheme, width in looks}
        return {look: found for look, found in wrong.items() if found}

    def look_at(self, scheme: str, width: str) -> list[str]:
        """Give what is wrong with how the page looks at a width in a scheme."""
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
        return self.wrong()

    def wrong(self) -> list[str]:
        """Give what is wrong with the page as it stands, once nothing more is on its way to it."""
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        # what axe finds does not hang on the database: once is enough
        found = [] if ON_POSTGRES else violations(self.page)
        wrong = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]
        return [*wrong, *([f"{too_wide} px too wide"] if too_wide > 0 else [])]

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(known in message.text for known in EXPECTED):
            self.complaints.append(f"{self.page.url}: {message.text} {message.location}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a browser that stumbles one more try: the summary names every test that needed it, which is to be mended."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(params=["few", pytest.param("all", marks=pytest.mark.long)])
def looks(request: pytest.FixtureRequest) -> tuple[Look, ...]:
    """The looks that a page is seen in: both schemes and the widest and the narrowest width; all in the long run."""
    return FEW_LOOKS if request.param == "few" else ALL_LOOKS


@pytest.fixture(autouse=True)
def all_answered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Wait for the last answers: the database is emptied next, which a request under way would block for ever."""
    if "live_server" not in request.fixturenames:
        yield
        return
    with watched() as answering:
        yield
        answering.wait_until_done()


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    page = browser.new_page(locale="en-GB")
    page.set_default_timeout(PATIENCE_MS)
    somebody = Visitor(page, live_server.url)
    page.on("console", somebody.hear)
    page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
    yield somebody
    page.close()
    assert somebody.complaints == []
