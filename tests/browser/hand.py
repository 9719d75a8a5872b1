"""A hand at mouse and keyboard that counts what it does."""

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Locator, Page, expect


@dataclass
class Hand:
    """Counts a click, a key (with Shift or Ctrl it is one) and a field filled with words as one step each.

    Going from field to field is not counted.
    """

    page: Page
    steps: list[str] = field(default_factory=list)

    def click(self, what: Locator, *, shift: bool = False) -> None:
        expect(what).to_be_visible()
        held: list[Literal["Alt", "Control", "ControlOrMeta", "Meta", "Shift"]] = ["Shift"] if shift else []
        what.click(modifiers=held)
        self.steps.append("click")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.steps.append(key)

    def choose(self, label: str, of: Locator) -> None:
        """Take one of a list, as whoever types its name in the list does."""
        expect(of).to_be_visible()
        of.select_option(label=label)
        self.steps.append("words")

    def write(self, text: str, into: Locator | None = None) -> None:
        """Type into a field; into the one that has the focus already where none is named."""
        if into:
            into.fill(text)
        else:
            self.page.keyboard.type(text)
        self.steps.append("words")
