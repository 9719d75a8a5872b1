"""Journeys through import, map and funnel in a browser."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Look, Visitor
from tests.imports.loading import two_dates
from tests.people import People
from tests.selling import published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("INFIELD_SHOTS", "")


@pytest.fixture(autouse=True)
def jobs_run_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


def looks_right(visitor: Visitor, name: str, looks: tuple[Look, ...]) -> None:
    for scheme, width in looks:
        assert visitor.look_at(scheme, width) == [], (name, scheme, width)
        if SHOTS:
            file = Path(SHOTS) / f"{name}-{scheme}-{width}.png"
            visitor.page.screenshot(path=str(file), full_page=True)
    visitor.look_at("light", "desk")


def test_a_pipeline_export_is_imported_looked_at_and_undone(
    visitor: Visitor, people: People, tmp_path: Path, looks: tuple[Look, ...]
) -> None:
    published(people.anna, "six-stage-funnel")
    file = tmp_path / "pipeline.csv"
    file.write_bytes(two_dates(tmp_path))
    visitor.sign_in(people.anna.email)
    page = visitor.open("/import")
    looks_right(visitor, "import-empty", looks)
    page.get_by_label("Drop the export").set_input_files(file)
    page.get_by_role("button", name="Look at the files").click()
    page.get_by_text("What the deals become").wait_for()
    looks_right(visitor, "import-dry", looks)
    page.get_by_label("Engaging").select_option(label="Engage")
    page.get_by_role("button", name="Load").click()
    page.get_by_text("deals were loaded").wait_for()
    looks_right(visitor, "import-done", looks)
    page.get_by_role("link", name="See the map beside reality").click()
    page.get_by_role("heading", name="The stages").wait_for()
    looks_right(visitor, "map-both-import", looks)
    visitor.open("/funnel")
    looks_right(visitor, "funnel-import", looks)
    visitor.open("/import")
    page.get_by_role("link", name="pipeline.csv").click()
    page.get_by_text("Undo this import").click()
    page.get_by_role("button", name="Undo the whole import").click()
    page.get_by_text("Its events count nowhere").wait_for()
    page.reload()  # what was done is said once, above the page
    looks_right(visitor, "import-undone", looks)
    visitor.open("/funnel")
    page.get_by_text("No deal has entered a stage yet").wait_for()


def test_the_map_is_read_in_three_ways(visitor: Visitor, people: People, looks: tuple[Look, ...]) -> None:
    from tests.desk.company import busy_company

    busy_company(people)
    visitor.sign_in(people.anna.email)
    page = visitor.open("/map")
    page.locator("svg.flowchart").wait_for()
    looks_right(visitor, "map-mapped", looks)
    page.locator(".picture [data-stage]").nth(2).click()
    page.locator(".outline li:nth-child(3) a[aria-current]").wait_for()
    expect(page.locator("#inspector .number")).to_have_text("3")
    page.get_by_role("link", name="As it happens").click()
    page.locator("svg.process-graph").wait_for()
    looks_right(visitor, "map-real", looks)
    page.get_by_role("link", name="Both").click()
    page.locator("svg.map-overlay").wait_for()
    looks_right(visitor, "map-both", looks)
    with page.expect_download() as saved:
        page.get_by_role("link", name="SVG").click()
    assert Path(saved.value.path()).read_text("utf-8").startswith("<svg")
    visitor.open("/funnel")
    page.locator("svg.real-funnel").wait_for()
    looks_right(visitor, "funnel", looks)
