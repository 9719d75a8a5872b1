"""The page: whole, without anything from elsewhere, in every language, and safe from what files say."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.desk.report.made_up import MAP, History, made_up, report_of

from infield.desk.report.gather import stage_names
from infield.desk.report.wording import Speaker
from infield.web.language import speak

LANGUAGES = ("en", "ja", "fi", "th")
HOSTILE = '<script>alert("x")</script>'
FORMULA = '=cmd|" /C calc"!A0'


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


def tree_of(text: str) -> Any:
    return html.document_fromstring(text)


def page_of(path: Path, language: str = "en", **options: object) -> str:
    from infield.desk.report.views import page

    speak(language)
    report = report_of(path, **options)  # type: ignore[arg-type]
    return page(report, Speaker(language, stage_names(report, language)))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return made_up().write(tmp_path / "log.csv")


def test_the_page_is_well_formed_with_headings_in_order(log: Path) -> None:
    text = page_of(log, won=["Signed"], lost=["Declined"], process=MAP)
    tree = tree_of(text)
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(ids)
    assert all(table.find("caption") is not None for table in tree.iter("table"))
    assert not tree.xpath("//th[not(@scope)]")


def test_the_page_takes_nothing_from_elsewhere(log: Path) -> None:
    text = page_of(log, won=["Signed"], lost=["Declined"], process=MAP)
    tree = tree_of(text)
    assert not list(tree.iter("script", "iframe", "object", "embed"))
    assert len(list(tree.iter("style"))) == 1
    assert [
        one for one in tree.xpath("//@src | //@href | //@xlink:href", namespaces={"xlink": "x"}) if ":" in one
    ] == ["data:,"]
    assert not re.findall(r"url\(|@import", text)
    assert not tree.xpath("//@style")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_page(log: Path, language: str) -> None:
    text = page_of(log, language, won=["Signed"], lost=["Declined"], process=MAP)
    tree = tree_of(text)
    assert tree.get("lang") == language
    assert not re.search(r'(viewBox|x|y|d|width|height)="[^"]*\d,\d', text)


def test_thai_pages_count_buddhist_years(log: Path) -> None:
    facts = tree_of(page_of(log, "th")).xpath("//dl[@class='facts']")[0].text_content()
    assert "2569" in facts
    assert "2026" not in facts


def test_names_from_files_are_text_and_nothing_else(tmp_path: Path) -> None:
    given = made_up(30).deals.values()
    rename = {"Ask": HOSTILE, "Show": FORMULA, "Offer": "R&D 'quoted' {{ settings }}"}
    history = History(
        {
            f"{HOSTILE}{number}": [(at, rename.get(name, name)) for at, name in steps]
            for number, steps in enumerate(given)
        }
    )
    text = page_of(history.write(tmp_path / "<b>log.csv"), won=["Signed"], lost=["Declined"])
    tree = tree_of(text)
    assert not list(tree.iter("script", "b", "img"))[len(tree.xpath("//ol[@class='steps']//b")) :]
    assert "<script" not in text
    shown = tree.text_content()
    assert HOSTILE in shown
    assert FORMULA in shown
    assert "R&D 'quoted' {{ settings }}" in shown


def test_without_outcomes_the_page_says_how_to_give_them(log: Path) -> None:
    tree = tree_of(page_of(log))
    assert "--won" in tree.xpath("//section[@id='findings']//li")[0].text_content()
    assert not tree.xpath("//tr[@class='is-leak']")
    assert not tree.xpath("//section[@id='sales']")


def test_the_page_does_not_grow_with_the_history(tmp_path: Path) -> None:
    small = page_of(made_up(400).write(tmp_path / "a.csv"), won=["Signed"], lost=["Declined"])
    large = page_of(made_up(4_000).write(tmp_path / "b.csv"), won=["Signed"], lost=["Declined"])
    assert len(large) < 1.2 * len(small)


def test_rejected_rows_are_counted_all_and_listed_up_to_fifty(log: Path) -> None:
    with log.open("a", encoding="utf-8") as out:
        out.writelines(f"D-x{number},Ask,no time at all\n" for number in range(70))
    tree = tree_of(page_of(log))
    data = tree.xpath("//section[@id='data']")[0]
    assert "70" in data.xpath(".//summary")[0].text_content()
    assert len(data.xpath(".//details[1]//li")) == 50
