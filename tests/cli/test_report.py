"""`infield report` at the terminal."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.desk.report.made_up import made_up

from infield.cli.main import main
from infield.cli.progress import ProgressLine

MAP = """\
name: How we sell
stages:
  - {key: ask, name: Ask}
  - {key: show, name: Show}
  - {key: offer, name: Offer}
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return made_up().write(tmp_path / "log.csv")


def infield(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["report", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def found_json(*arguments: str | Path) -> Any:
    result = infield(*arguments, "--json", "-")
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_the_summary_tells_the_deals_the_funnel_the_paths_and_what_was_read(log: Path) -> None:
    result = infield(log, "--won", "Signed", "--lost", "Declined")
    assert result.exit_code == 0
    assert "60 deals" in result.stdout
    for part in ("Funnel", "Commonest of", "rows read, 0 rejected", "--html"):
        assert part in result.stdout
    assert result.stderr == ""


def test_both_files_are_written(log: Path, tmp_path: Path) -> None:
    page, found = tmp_path / "out.html", tmp_path / "out.json"
    result = infield(log, "--won", "Signed", "--html", page, "--json", found)
    assert result.exit_code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(found.read_text("utf-8"))["log"]["deals"] == 60
    assert str(page) in result.stdout


def test_a_dash_prints_json_and_nothing_else(log: Path) -> None:
    assert found_json(log)["log"]["deals"] == 60


def test_a_map_is_held_against_the_deals(log: Path, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    result = infield(log, "--map", tmp_path / "map.yaml", "--won", "Signed", "--lost", "Declined")
    assert "follow the map" in result.stdout
    found = found_json(log, "--map", tmp_path / "map.yaml", "--won", "Signed")
    assert [one["stage"] for one in found["funnel"]["stages"]] == ["ask", "show", "offer"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("no_time.csv", b"Deal ID,Activity,Timestamp\n1,Ask,never\n2,Show,\n"),
        ("page.csv", b"<html><body>Sign in</body></html>"),
        ("cut.csv.gz", gzip.compress(b"Deal ID,Activity,Timestamp\n1,Ask,2026-01-01\n" * 500, mtime=0)[:40]),
        ("header.csv", b"Deal ID,Activity,Timestamp\n"),
        ("other.csv", b"Name,Colour\nHat,red\nShoe,blue\n"),
        ("bad.xes", b"<log><trace><event>"),
        ("no.xlsx", b"PK\x03\x04nothing"),
    ],
)
def test_what_cannot_be_read_is_said_in_words_with_exit_2(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    page, found = tmp_path / "out.html", tmp_path / "out.json"
    result = infield(tmp_path / name, "--html", page, "--json", found)
    assert result.exit_code == 2
    assert name in result.stderr
    assert result.stdout == ""
    assert not page.exists()
    assert not found.exists()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = infield(tmp_path / "none.csv")
    assert result.exit_code == 2
    assert "none.csv" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--tz", "Mars/Olympus"), "no time zone Mars/Olympus"),
        (("--tz", "../../etc/passwd"), "no time zone"),
        (("--lang", "xx"), "'xx' is not one of"),
        (("--html", "no/such/folder/out.html"), "no folder"),
        (("--case", "Nonesuch"), "Nonesuch"),
        (("--mapping", "none.json"), "none.json"),
    ],
)
def test_bad_options_are_said_in_words(log: Path, arguments: tuple[str, str], said: str) -> None:
    result = infield(log, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_report_never_overwrites_what_it_reads(log: Path) -> None:
    before = log.read_bytes()
    result = infield(log, "--html", log)
    assert result.exit_code == 2
    assert log.read_bytes() == before


def test_a_map_with_a_mistake_is_refused_with_its_line(log: Path, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP.replace("key: show", "key: ask"), "utf-8")
    result = infield(log, "--map", tmp_path / "map.yaml", "--html", tmp_path / "out.html")
    assert result.exit_code == 1
    assert "map.yaml:" in result.stderr
    assert not (tmp_path / "out.html").exists()


def test_an_unknown_outcome_name_is_told_with_the_activities_there_are(log: Path) -> None:
    result = infield(log, "--won", "Sgined")
    assert result.exit_code == 0
    assert "Sgined" in result.stderr
    assert "Signed" in result.stderr


def test_a_dry_run_writes_the_mapping_that_reads_the_same(log: Path, tmp_path: Path) -> None:
    log.write_text(log.read_text("utf-8").replace("Deal ID,Activity,Timestamp", "K1,K2,K3"), "utf-8")
    mapping = tmp_path / "mapping.json"
    named = ("--case", "K1", "--stage", "K2", "--at", "K3")
    result = infield(log, *named, "--dry-run", "--mapping", mapping)
    assert result.exit_code == 0
    assert "K2" in result.stdout
    assert found_json(log, "--mapping", mapping)["process"] == found_json(log, *named)["process"]
    before = mapping.read_bytes()
    assert "stays as it is" in infield(log, "--dry-run", "--mapping", mapping).stdout
    assert mapping.read_bytes() == before


@pytest.mark.parametrize("language", ["ja", "fi", "th"])
def test_every_language_gives_a_summary_and_a_page(log: Path, tmp_path: Path, language: str) -> None:
    result = infield(log, "--won", "Signed", "--lang", language, "--html", tmp_path / "out.html")
    assert result.exit_code == 0
    assert f'lang="{language}"' in (tmp_path / "out.html").read_text("utf-8")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_at_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for out, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", out)
        line = ProgressLine()
        for done in range(1_000):
            line.part("Reading a.csv", done, 1_000)
        line.part("Reading a.csv", 1_000, 1_000)
        line.clear()
        assert ("100%" in out.getvalue()) is shown
        assert out.getvalue().count("\r") < 10
