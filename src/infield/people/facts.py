"""The facts of a card, as a table: which part of a form changes each."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: the part of the form that changes it, its label, and what stands there ("" and (): not known).

    `lines`: several ways, each with its kind, what to show and an address to follow ("" for none).
    """

    part: str
    label: Any
    text: str = ""
    lines: tuple[tuple[str, str, str], ...] = ()
    note: str = ""
