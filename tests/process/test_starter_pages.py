"""The pages about map files say what the files say."""

import dataclasses
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from infield.process import flow, values
from infield.process.starter_maps import STARTERS, starter_text
from infield.process.values import ProcessMap

DOCS = Path(__file__).parents[2] / "docs"


@cache
def adapter() -> TypeAdapter[ProcessMap]:
    return TypeAdapter(ProcessMap)


@cache
def starter(name: str) -> ProcessMap:
    return adapter().validate_python(yaml.safe_load(starter_text(name)))


def tables(process: ProcessMap) -> str:
    """Write the two tables that a starter's page must hold."""
    departments = {department.key: department.name for department in process.departments}
    rows = ["| | Stage | About | Department | Weight | Days |", "|---|---|---|---|---|---|"]
    for number, stage in enumerate(process.stages, 1):
        owner = departments[stage.department or ""]
        rows.append(
            f"| {number} | {stage.name} | {stage.about} | {owner} | {stage.weight} | {stage.expected_days} |"
        )
    rows += ["| Stage | A deal leaves when | Weight |", "|---|---|---|"]
    for stage, criterion in process.criteria():
        optional = "" if criterion.required else " (optional)"
        rows.append(f"| {stage.name} | {criterion.text}{optional} | {criterion.weight} |")
    return "\n".join(rows)


@pytest.mark.parametrize("name", [name for name in STARTERS if name != "empty"])
def test_the_page_of_a_starter_shows_the_tables_of_its_file(name: str) -> None:
    page = (DOCS / "starters" / f"{name}.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert "\n".join(rows) == tables(starter(name))


def test_the_overview_names_every_starter_with_its_stages() -> None:
    page = (DOCS / "starters" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \[?([a-z-]+)\]?(?:\(.*?\))? \| .*? \| (\d+) \| (.*?) \| (.*?) \|$", page, re.MULTILINE
    )
    expected = [(n, starter(n)) for n in STARTERS]
    assert rows == [(n, str(len(p.stages)), p.stages[0].name, flow.sale_stage(p).name) for n, p in expected]


def test_the_page_of_the_map_file_explains_every_field_of_every_part() -> None:
    page = (DOCS / "reference" / "map-file.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    explained = {name: re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) for name, part in parts.items()}
    classes = [c for c in vars(values).values() if isinstance(c, type) and c.__module__ == values.__name__]
    fields = {c.__name__: [field.name for field in dataclasses.fields(c)] for c in classes}
    assert {name: rows for name, rows in explained.items() if rows} == fields


def test_the_example_on_the_page_of_the_map_file_is_a_map() -> None:
    page = (DOCS / "reference" / "map-file.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    process = adapter().validate_python(yaml.safe_load(example.replace("kind: no}", 'kind: "no"}')))
    assert sum(stage.weight for stage in process.stages) == 100
