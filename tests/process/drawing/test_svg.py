"""Whatever people type, the document stays well-formed, and no locale or policy can break it."""

import locale
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.process.drawing.reading import SVG, parsed

from infield.process.drawing.label import Box, Label, fitted
from infield.process.drawing.svg import Picture, element, number, path, stylesheet


def picture(text: str = "Demo") -> Picture:
    return Picture(
        kind="trial",
        width=100,
        height=50.5,
        title=text,
        description="A trial",
        language="en",
        body=(element("text", text, class_="name", x=1),),
        rules={"name": "fill:var(--muted)"},
    )


@given(st.text())
def test_any_text_gives_well_formed_xml_that_says_it(text: str) -> None:
    shown = parsed(picture(text).standalone()).findtext(f"{SVG}text") or ""
    printable = [character for character in text if character.isprintable()]
    assert [character for character in shown if character.isprintable()] == printable


def test_markup_in_a_name_stays_text() -> None:
    drawn = picture('"><script>alert(1)</script>').inline()
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize("name", ["style", "onclick", "onload"])
def test_inline_styles_and_handlers_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="forbidden_attribute"):
        element("g", **{name: "x"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (0.125, "0.12"),
        (1234567.5, "1234567.5"),
        (Decimal("2.50"), "2.5"),
        (-0.0, "0"),
        (100, "100"),
    ],
)
def test_numbers_have_two_decimals_at_most_and_a_point(value: float | Decimal, text: str) -> None:
    assert number(value) == text


def test_a_number_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="not_finite"):
        path("M", float("nan"), 0)


def test_the_locale_does_not_reach_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "localeconv", lambda: {"decimal_point": ",", "thousands_sep": "."})
    assert path("M", 1234.5, 0.25) == "M 1234.5 0.25"


def test_a_standalone_picture_carries_its_style_and_an_inline_one_does_not() -> None:
    assert "<style>" in picture().standalone()
    assert "style" not in picture().inline()


def test_a_page_can_impose_its_scheme_and_print_is_light() -> None:
    css = stylesheet({"trial": {"name": "fill:var(--muted)"}})
    assert ":root[data-theme=dark] .infield" in css
    assert css.index("@media print") > css.index(":root[data-theme=dark]")
    assert ".infield.trial .name{fill:var(--muted)}" in css


def test_a_standalone_picture_can_be_kept_dark() -> None:
    assert parsed(picture().standalone("dark")).get("data-theme") == "dark"


def test_a_label_takes_the_box_of_its_lines() -> None:
    label = Label(x=100, top=10, lines=("案件", "案"), size=10, anchor="middle")
    assert label.box == Box(90, 10, 110, 38)
    assert fitted("one two", x=0, top=0, width=25, size=10).lines == ("one", "two")


def test_boxes_that_only_touch_do_not_overlap() -> None:
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 20, 10))
    assert Box(0, 0, 10, 10).overlaps(Box(9, 9, 20, 20))
    assert Box(1, 1, 9, 9).within(Box(0, 0, 10, 10))
