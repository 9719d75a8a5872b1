"""The report in a real browser: light and dark, wide and narrow, on paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.browser.conftest import violations
from tests.desk.report.made_up import made_up

from infield.cli.main import main
from infield.web.language import speak

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MAP = """\
name: How we sell
departments: [{key: sales, name: Sales}]
stages:
  - {key: ask, name: Ask, department: sales}
  - {key: show, name: Show, department: sales}
  - {key: offer, name: Offer, department: sales, sale: true}
"""


@pytest.fixture(scope="module", params=["plain", "with-map", "fi", "th", "unknown-outcomes"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("report")
    log = made_up(200).write(folder / "a_very_long_name_of_an_export_from_some_system.csv")
    (folder / "map.yaml").write_text(MAP, "utf-8")
    arguments = ["report", str(log), "--html", str(folder / "out.html")]
    if request.param != "unknown-outcomes":
        arguments += ["--won", "Signed", "--lost", "Declined"]
    if request.param == "with-map":
        arguments += ["--map", str(folder / "map.yaml")]
    if request.param in ("fi", "th"):
        arguments += ["--lang", request.param]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    yield folder / "out.html"
    speak("en")


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1440),
        ("dark", 360),
        pytest.param("light", 360, marks=pytest.mark.long),
        pytest.param("dark", 1440, marks=pytest.mark.long),
    ],
)
def test_the_page_fits_is_silent_and_accessible(
    browser: "Browser", report: Path, scheme: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if request.url.startswith("http") else None)
    page.goto(report.as_uri())
    for opened in page.query_selector_all("details"):
        opened.evaluate("one => { one.open = true }")
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations(page)] == []
    page.close()


def test_the_page_prints(browser: "Browser", report: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(report.as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.body.clientWidth")
    assert page.pdf(path=tmp_path / "report.pdf", format="A4", print_background=True).startswith(b"%PDF")
    page.close()
