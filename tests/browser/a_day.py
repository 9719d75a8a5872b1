"""The acts of the scripted day, found by addresses, names of fields and ids: no word of any language is looked for."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visitor
from tests.browser.tongues import Tongue
from tests.people import PASSWORD

SHOTS = os.environ.get("INFIELD_SHOTS", "")


@dataclass
class Day:
    """One day at one screen in one language; who sits there changes."""

    visitor: Visitor
    tongue: Tongue
    width: str
    looked_at: set[str] = field(default_factory=set)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def open(self, path: str, name: str) -> Page:
        """Open a page, and look at it if it was not looked at before."""
        page = self.visitor.open(path)
        self.look(name)
        return page

    def look(self, name: str) -> None:
        """Assert that the page as it stands is not too wide and is clean for axe; once a name."""
        if name in self.looked_at:
            return
        self.looked_at.add(name)
        self.page.wait_for_load_state("networkidle")
        if SHOTS:
            file = Path(SHOTS) / f"{self.tongue.key}-{self.width}-{len(self.looked_at):02}-{name}.png"
            self.page.screenshot(path=str(file), full_page=True)
        assert self.visitor.wrong() == [], f"{name}, {self.tongue.key}, {self.width}"

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"#id_{name}").fill(value)

    def to(self, name: str, *args: Any) -> Locator:
        """The first link to an address that can be seen."""
        address = reverse(name, args=args)
        return self.page.locator(f'a[href="{address}"]:visible, a[href^="{address}?"]:visible').first

    def dialog(self, name: str, *args: Any) -> Locator:
        """Open what a link shows as a dialog, and look at it."""
        self.to(name, *args).click()
        opened = self.page.locator("dialog[open]")
        expect(opened).to_have_count(1)
        self.look(name.partition(":")[2])
        return opened

    def send(self, form: Locator | None = None) -> None:
        """Press the main button of a form; of the open dialog where none is named, and wait until it closes."""
        (form or self.page.locator("dialog[open]")).locator("button.is-primary[type=submit]").last.click()
        if form is None:
            self.closed()

    def closed(self) -> None:
        """Wait until nothing is asked any more."""
        expect(self.page.locator("#slot dialog, dialog[open]")).to_have_count(0)
        self.page.wait_for_load_state("networkidle")

    def choose(self, name: str, value: str) -> None:
        """Choose a radio by the label around it, as a finger does."""
        self.page.locator(f'label:has(input[name="{name}"][value="{value}"]):visible').first.click()

    def first_start(self, key: str) -> None:
        self.open("/set-up", "key")
        self.page.locator("#key").fill(key)
        self.page.locator("main button[type=submit].is-primary, form button.is-primary").first.click()
        self.page.locator("#id_company").wait_for()
        self.look("set-up")
        self.fill(name=self.tongue.admin, email="ada@northwind.example", password=PASSWORD)
        self.fill(company=self.tongue.company)
        self.choose("starter", "seven-steps")
        self.page.locator("button.is-primary").click()
        self.page.wait_for_url(lambda url: "set-up" not in url)

    def invite(self, email: str, role: str, manager: str = "") -> str:
        """Invite somebody and give the link."""
        self.open("/users/invite", "invite")
        self.fill(email=email)
        self.choose("role", role)
        if manager:
            self.page.locator("#id_manager").select_option(manager)
        self.page.locator("form.panel button.is-primary").click()
        link = self.page.locator("#link-address").input_value()
        self.look("invited")
        return link

    def leave(self) -> None:
        """Get up: no page asks for anything any more, and the next one is a stranger."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()

    def join(self, link: str, name: str) -> None:
        self.leave()
        self.page.goto(link)
        self.look("join")
        self.fill(name=name, password=PASSWORD)
        self.page.locator("button.is-primary").click()
        self.page.wait_for_url(lambda url: "/join/" not in url)

    def sign_in(self, email: str) -> None:
        self.leave()
        self.open("/sign-in", "sign-in")
        self.page.locator("#id_login").fill(email)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.locator("#id_password").press("Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def held(self, press: Locator, name: str) -> None:
        """Try a gate that is closed, look at what it asks for, and leave it."""
        press.click()
        gate = self.page.locator("dialog.is-gate[open]")
        expect(gate).to_be_visible()
        self.look(name)
        gate.locator("a[data-close]").click()
        self.closed()

    def tick_the_gate(self, press: Locator) -> None:
        """Go through a gate by hand: what is open is ticked, each with what shows it."""
        press.click()
        gate = self.page.locator("dialog.is-gate[open]")
        expect(gate).to_be_visible()
        for line in gate.locator(".criteria > li").all():
            line.locator("input[type=checkbox]").check()
            line.locator(".evidence").fill(self.tongue.proof)
        self.send(gate.locator("form"))
