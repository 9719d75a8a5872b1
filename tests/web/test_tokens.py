"""Colours are legible in light and dark: WCAG 2.2, 4.5 to 1 for text and 3 to 1 for controls."""

import re
from pathlib import Path

import pytest

from infield.process.drawing.svg import TOKENS

CSS = Path(__file__).parent.parent.parent / "src/infield/web/static/web/css/tokens.css"
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS.read_text("utf-8")
    )
}
TEXT = [
    *((ink, paper) for ink in ("ink", "ink2", "muted", "accent") for paper in ("paper", "paper2", "card", "raise")),
    ("on-accent", "accent"), ("accent-ink", "accent-soft"), ("good", "good-soft"), ("warn", "warn-soft"),
    ("bad", "bad-soft"), ("bad", "card"), ("bad", "paper"), ("on-gate", "gate"), ("paper", "ink"),
]  # fmt: skip
CONTROLS = [
    *(("line3", paper) for paper in ("paper", "card")),
    ("warn-line", "card"), ("accent", "card"), ("edge", "surface"), ("branch", "surface"), ("back", "surface"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_guideline_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(
    ("pair", "least"), [*((pair, 4.5) for pair in TEXT), *((pair, 3.0) for pair in CONTROLS)]
)
def test_a_colour_is_legible_on_what_it_stands_on(pair: tuple[str, str], least: float) -> None:
    for scheme in (0, 1):
        assert contrast(COLOURS[pair[0]][scheme], COLOURS[pair[1]][scheme]) >= least


def test_pictures_and_pages_have_the_same_colours() -> None:
    assert {name: COLOURS[name] for name in TOKENS} == dict(TOKENS)
