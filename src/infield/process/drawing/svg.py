"""Building an SVG document: elements that are always escaped, numbers that no locale touches.

A picture is styled by classes and presentation attributes only, never by `style` attributes, which a strict
content security policy would drop. Colours are the tokens of the house, as custom properties with a light
and a dark value; print is light.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Literal

type Value = str | int | float | Decimal
type Child = Node | str

FONTS = (
    '"Inter V",Inter,"Noto Sans","Noto Sans JP","Noto Sans CJK JP","Hiragino Sans","Yu Gothic UI",'
    '"Noto Sans Thai","Noto Sans Thai UI","Leelawadee UI",Thonburi,system-ui,sans-serif'
)

TOKENS: Mapping[str, tuple[str, str]] = {
    "paper": ("#f9f7f3", "#0c0e14"),
    "surface": ("#fdfcfa", "#101218"),
    "card": ("#ffffff", "#1a1d24"),
    "line": ("#e4e1dd", "#282c34"),
    "line2": ("#d0cdc8", "#3c4048"),
    "line3": ("#83868e", "#767a84"),
    "ink": ("#181d27", "#edeef2"),
    "ink2": ("#363c48", "#cfd2d9"),
    "muted": ("#565b64", "#a6abb4"),
    "accent": ("#224bb2", "#8cb0fb"),
    "accent-soft": ("#e6efff", "#1e2d4c"),
    "accent-ink": ("#133796", "#b0cbff"),
    "on-accent": ("#ffffff", "#090f1c"),
    "good": ("#0a693c", "#6cd092"),
    "good-soft": ("#e1f7e7", "#143320"),
    "warn": ("#824c01", "#f2bd68"),
    "warn-soft": ("#fff0d4", "#402c0c"),
    "warn-line": ("#c3781b", "#ad7c2f"),
    "bad": ("#b01f1f", "#f88a82"),
    "bad-soft": ("#ffedeb", "#4b1d1b"),
    "gate": ("#354059", "#d6cbb4"),
    "on-gate": ("#ffffff", "#14181f"),
    "edge": ("#60697b", "#8992a5"),
    "branch": ("#1b6c8c", "#6bb6d9"),
    "back": ("#905211", "#ebb25f"),
    "grass": ("#e3efdf", "#13251a"),
    "grass2": ("#d3e6cd", "#193022"),
    "earth": ("#e9d7c2", "#4a3527"),
    "chalk": ("#ffffff", "#6f5442"),
}
"""Name of a colour → its light and its dark value."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its name, its attributes as written, its children. A child that is a string is a text."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Child, ...] = ()

    def __str__(self) -> str:
        opening = self.name + "".join(f' {name}="{escaped(value)}"' for name, value in self.attributes)
        if not self.children:
            return f"<{opening}/>"
        inside = "".join(str(child) if isinstance(child, Node) else escaped(child) for child in self.children)
        return f"<{opening}>{inside}</{self.name}>"


def element(name: str, /, *children: Child | None, **attributes: Value | None) -> Node:
    """Make an element; `None` leaves an attribute or a child out, `class_` and `stroke_width` are spelled so.

    ValueError for a `style` attribute or an event handler, and for a number that is not finite.

    >>> str(element("text", "R&D <3", x=1.005, class_="name", font_size=12))
    '<text x="1" class="name" font-size="12">R&amp;D &lt;3</text>'
    """
    written = [(_spelled(key), _value(value)) for key, value in attributes.items() if value is not None]
    return Node(name, tuple(written), tuple(child for child in children if child is not None))


def number(value: float | Decimal) -> str:
    """Write a number with at most two decimals and a point, whatever the locale.

    >>> number(12.0), number(1 / 3), number(-0.001), number(1e-9)
    ('12', '0.33', '0', '0')
    """
    if not isfinite(value):
        raise ValueError("not_finite")
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def escaped(text: str) -> str:
    """Give `text` safe within elements and attributes; characters that XML forbids are left out."""
    return _NOT_XML.sub("", text).translate(_ENTITIES)


def path(*steps: str | float | Decimal) -> str:
    """Give path data from letters and numbers.

    >>> path("M", 0, 0.5, "L", 10, 1 / 3)
    'M 0 0.5 L 10 0.33'
    """
    return " ".join(step if isinstance(step, str) else number(step) for step in steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A finished drawing, `width` × `height` px, with what it shows in a title and a sentence."""

    kind: str
    """A class name for this kind of picture; its rules apply only within it."""
    width: float
    height: float
    title: str
    description: str
    language: str
    body: tuple[Node, ...]
    rules: Mapping[str, str] = field(default_factory=dict)
    """Class within the picture → CSS declarations."""

    def standalone(self, theme: Literal["light", "dark"] | None = None) -> str:
        """Give a file of its own, with its style sheet; `theme` keeps it light or dark on any screen."""
        style = Node("style", (), (stylesheet({self.kind: self.rules}) + self._sheet(),))
        return str(self._root((style, *self.body), theme)) + "\n"

    def _sheet(self) -> str:
        """Give the rules that print the file on one sheet of A4, turned so that it gets largest."""
        turn = "landscape" if self.width > self.height else "portrait"
        return (
            f"\n@page{{size:A4 {turn};margin:10mm}}"
            "\n@media print{svg.infield{width:100%;height:auto;max-height:100vh}}"
        )

    def inline(self) -> str:
        """Give the `svg` element for a page that has `stylesheet` in its own CSS and sets the scheme."""
        return str(self._root(self.body, None))

    def _root(self, children: Iterable[Child], theme: str | None) -> Node:
        attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(self.width)} {number(self.height)}",
            "width": number(self.width),
            "height": number(self.height),
            "class": f"infield {self.kind}",
            "lang": self.language,
            "xml:lang": self.language,
            "font-family": FONTS.replace('"', "'"),
            "role": "img",
            "aria-label": ". ".join(filter(None, (self.title, self.description))),
        }
        if theme:
            attributes["data-theme"] = theme
        spoken = (("title", self.title), ("desc", self.description))
        heading = tuple(element(name, words) for name, words in spoken if words)
        return Node("svg", tuple(attributes.items()), (*heading, *children))


def stylesheet(kinds: Mapping[str, Mapping[str, str]]) -> str:
    """Give the CSS of pictures: kind → class → declarations, with the tokens in both schemes.

    The scheme is the screen's, unless a page says `data-theme` on its root or on the picture itself.
    """
    return "\n".join((*_schemes(), f".infield{{font-family:{FONTS}}}", *rules(kinds)))


def rules(kinds: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Give the rules alone, for a page that has the colours of the house under the same names."""
    told = [
        f".infield.{kind} .{name}{{{declarations}}}"
        for kind, named in kinds.items()
        for name, declarations in named.items()
    ]
    return (".infield text{fill:var(--ink)}", *told)


def _schemes() -> tuple[str, ...]:
    light, dark = (
        ";".join(f"--{name}:{values[scheme]}" for name, values in TOKENS.items()) for scheme in (0, 1)
    )
    forced = ":root[data-theme={0}] .infield,.infield[data-theme={0}]"
    return (
        f".infield{{{light}}}",
        f"@media (prefers-color-scheme:dark){{.infield{{{dark}}}}}",
        f"{forced.format('light')}{{{light}}}",
        f"{forced.format('dark')}{{{dark}}}",
        f"@media print{{.infield,{forced.format('dark')}{{{light}}}}}",
    )


def _spelled(key: str) -> str:
    name = key.rstrip("_")
    if name == "style" or name.startswith("on"):
        raise ValueError("forbidden_attribute")
    return name.replace("_", "-")


def _value(value: Value) -> str:
    return value if isinstance(value, str) else number(value)
