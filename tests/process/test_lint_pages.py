"""The pages of the mistakes: each code has one, and its examples show the mistake and its mending."""

import re
from pathlib import Path

import pytest

from infield.process.lint.check import check
from infield.process.lint.finding import SEVERITIES, Finding
from infield.process.lint.wording import FINDINGS
from infield.process.starter_maps import STARTERS, starter_text
from infield.process.yaml_file import read

PAGES = Path(__file__).parents[2] / "docs" / "lint"


def examples(code: str) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Give the findings in the bad and in the good example of a page."""
    text = (PAGES / f"{code}.md").read_text("utf-8")
    titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
    bad, good = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert titles == ["Why", "Bad", "Good", "What to do"]
    return check(read(bad).process), check(read(good).process)


def test_every_code_has_its_page_and_its_sentences_and_every_page_its_code() -> None:
    pages = {page.stem for page in PAGES.glob("*.md")} - {"README"}
    assert pages == set(SEVERITIES) == set(FINDINGS)


@pytest.mark.parametrize("code", SEVERITIES)
def test_the_bad_example_has_the_mistake_and_the_good_one_has_not(code: str) -> None:
    bad, good = examples(code)
    assert code in {finding.code for finding in bad}
    assert {finding.code for finding in bad if finding.severity == "error"} <= {code}
    assert code not in {finding.code for finding in good}
    assert [finding for finding in good if finding.severity == "error"] == []


@pytest.mark.parametrize("code", SEVERITIES)
def test_a_page_names_its_severity_and_is_in_the_table(code: str) -> None:
    assert f"`{code}` · {SEVERITIES[code]}\n" in (PAGES / f"{code}.md").read_text("utf-8")
    assert f"| [`{code}`]({code}.md) |" in (PAGES / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_has_no_mistake(name: str) -> None:
    assert check(read(starter_text(name)).process) == ()
