"""`infield import`."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.imports.loading import THREE_DEALS
from tests.people import People
from tests.selling import published

from infield.cli.main import main
from infield.deals.models import Deal
from infield.imports.models import Import

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ready_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infield.web.actions.make_ready", lambda _: None)


def run(*given: str) -> tuple[int, str]:
    answer = CliRunner().invoke(main, ["import", *given])
    return answer.exit_code, answer.output


def test_files_are_loaded_and_told(people: People, tmp_path: Path) -> None:
    version = published(people.anna)
    file = tmp_path / "history.csv"
    file.write_bytes(THREE_DEALS)
    first, second = (stage.key for stage in version.map().stages[:2])
    stages = ("--stage", f"Lead={first}", "--stage", f"Qualified={second}")
    code, said = run(str(file), "--by", "anna@northwind.example", "--work", *stages)
    assert (code, Deal.objects.open().count()) == (0, 1)
    assert "Loaded: 3 deals, 10 events." in said
    assert "Loaded: 0 deals, 0 events." in run(str(file), "--by", "anna@northwind.example")[1]


def test_a_dry_run_leaves_nothing(people: People, tmp_path: Path) -> None:
    published(people.anna)
    file = tmp_path / "history.csv"
    file.write_bytes(THREE_DEALS)
    code, said = run(str(file), "--by", "anna@northwind.example", "--dry-run")
    assert code == 0
    assert "Deals: 3 (1 won, 1 lost)" in said
    assert not Import.objects.exists()
    assert not Deal.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("none.csv", "--by", "anna@northwind.example"), "There is no file"),
        (("h.csv", "--by", "dan@northwind.example"), "Nobody here who may import"),
        (("h.csv", "--by", "rut@northwind.example"), "Nobody here who may import"),
        (("h.csv", "--by", "anna@northwind.example", "--map", "Other"), "There is no map called Other"),
        (("h.csv", "--by", "anna@northwind.example", "--stage", "Lead"), "write it as NAME=KEY"),
        (("h.csv", "--by", "anna@northwind.example", "--stage", "Lead=nowhere"), "not on the map"),
        (("h.csv", "--by", "anna@northwind.example", "--work"), "need a stage of the map each"),
        (("page.csv", "--by", "anna@northwind.example"), "web page"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_loaded(
    people: People, tmp_path: Path, given: tuple[str, ...], says: str
) -> None:
    published(people.anna)
    (tmp_path / "h.csv").write_bytes(THREE_DEALS)
    (tmp_path / "page.csv").write_bytes(b"<html></html>")
    code, said = run(str(tmp_path / given[0]), *given[1:])
    assert code == 2
    assert says in said
    assert not Deal.objects.exists()
    assert not Import.objects.exists()
