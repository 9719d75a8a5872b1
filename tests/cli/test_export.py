"""`infield export` as it is typed: the archive whole or nothing, and each refusal in words."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from tests.people import People

from infield.cli.main import main
from infield.cli.progress import ProgressLine
from infield.web.actions import Ready

EVERYTHING = "infield.desk.everything.actions.packed"


@pytest.fixture
def ready_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infield.web.actions.make_ready", lambda _: Ready("sqlite", is_new=False))


def export(*given: object) -> Result:
    """Run it; what it does not say in words fails the test with its traceback."""
    return CliRunner().invoke(main, ["export", *map(str, given)], catch_exceptions=False)


def left_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.django_db
@pytest.mark.usefixtures("ready_already")
def test_everything_is_written_and_its_size_told(people: People, tmp_path: Path) -> None:
    ran = export(tmp_path / "all.zip")
    assert ran.exit_code == 0
    assert ran.stdout == f"{tmp_path / 'all.zip'}: 0.0 MB\n"
    assert list(left_in(tmp_path)) == ["all.zip"]
    with ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert people.dan.email in archive.read("tables/accounts_user.csv").decode()


@pytest.mark.usefixtures("ready_already")
def test_how_far_it_is_stands_on_a_terminal_that_somebody_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EVERYTHING, lambda: iter([b"x" * 1_500_000, b"y" * 1_000_000]))
    assert export(tmp_path / "quiet.zip").stderr == ""
    monkeypatch.setattr("infield.cli.export.ProgressLine", lambda: ProgressLine(shown=True))
    said = export(tmp_path / "all.zip").stderr
    assert "Writing all.zip  1.5 MB" in said
    assert "Writing all.zip  2.5 MB" in said
    # the line is left empty
    assert said.rsplit("\r", 2)[1].strip() == ""
    assert said.endswith("\r")


@pytest.mark.usefixtures("ready_already")
def test_a_file_that_is_there_is_kept_unless_it_is_to_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EVERYTHING, lambda: iter([b"new"]))
    (tmp_path / "all.zip").write_bytes(b"last year's")
    ran = export(tmp_path / "all.zip")
    assert ran.exit_code == 2
    assert "is there already. Give another name, or --replace." in ran.stderr
    assert left_in(tmp_path) == {"all.zip": b"last year's"}
    assert export(tmp_path / "all.zip", "--replace").exit_code == 0
    assert left_in(tmp_path) == {"all.zip": b"new"}


@pytest.mark.parametrize(
    ("name", "says"), [("none/all.zip", "There is no folder"), ("", "is a folder. Give the name of a file")]
)
def test_a_place_for_no_file_is_refused_before_the_database_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.setattr("infield.web.actions.make_ready", lambda _: pytest.fail("it was asked"))
    ran = export(tmp_path / name)
    assert ran.exit_code == 2
    assert says in ran.stderr
    assert left_in(tmp_path) == {}


@pytest.mark.usefixtures("ready_already")
def test_where_nothing_may_be_written_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    ran = export(tmp_path / "all.zip")
    assert ran.exit_code == 1
    assert ran.stderr == f"Error: {tmp_path / 'all.zip'} could not be written: Permission denied.\n"
    assert left_in(tmp_path) == {}


@pytest.mark.usefixtures("ready_already")
@pytest.mark.parametrize("there", [None, b"last year's"])
def test_a_full_disk_leaves_what_was_there_and_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes | None
) -> None:
    def filling() -> Iterator[bytes]:
        yield b"the first half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(EVERYTHING, filling)
    if there:
        (tmp_path / "all.zip").write_bytes(there)
    ran = export(tmp_path / "all.zip", "--replace")
    assert ran.exit_code == 1
    assert "could not be written: No space left on device." in ran.stderr
    assert left_in(tmp_path) == ({"all.zip": there} if there else {})


@pytest.mark.usefixtures("ready_already")
def test_a_database_that_goes_away_meanwhile_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def ending() -> Iterator[bytes]:
        yield b"the first half"
        raise OperationalError("server closed the connection unexpectedly\n\tThis probably means …")

    monkeypatch.setattr(EVERYTHING, ending)
    ran = export(tmp_path / "all.zip")
    assert ran.exit_code == 1
    assert ran.stderr == "Error: The database went away: server closed the connection unexpectedly.\n"
    assert left_in(tmp_path) == {}


def run(home: Path, output: Path, database: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "INFIELD_HOME": str(home), "INFIELD_DATABASE_URL": database}
    command = [sys.executable, "-m", "infield", "export", str(output)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_where_nobody_works_there_is_nothing_to_take_along(tmp_path: Path) -> None:
    ran = run(tmp_path / "home", tmp_path / "all.zip")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"Error: Nobody works in {tmp_path / 'home'} yet.")
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "The database cannot be reached: "),
        ("mysql://nobody@127.0.0.1/none", "INFIELD_DATABASE_URL must begin with postgresql://."),
    ],
)
def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(
    tmp_path: Path, database: str, says: str
) -> None:
    ran = run(tmp_path / "home", tmp_path / "all.zip", database)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"Error: {says}")
    assert ran.stderr.count("\n") == 1
    assert not (tmp_path / "all.zip").exists()


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = run(tmp_path / "file" / "home", tmp_path / "all.zip")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "cannot be used: Not a directory. Look at INFIELD_HOME." in ran.stderr
    assert ran.stderr.count("\n") == 1
