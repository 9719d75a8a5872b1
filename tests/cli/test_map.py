"""`infield map …` as a user calls it: what is printed, what is written, how it ends."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from infield.cli.main import main
from infield.process.starter_maps import STARTERS

READY_MADE = tuple(STARTERS)


def infield(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["map", *map(str, arguments)])


@pytest.fixture
def seven(tmp_path: Path) -> Path:
    file = tmp_path / "seven.yaml"
    file.write_text(infield("new", "--starter", "seven-steps").stdout, "utf-8")
    return file


def changed(file: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    other = file.with_name("changed.yaml")
    other.write_text(text.replace(old, new, 1), "utf-8")
    return other


@pytest.mark.parametrize("starter", READY_MADE)
def test_a_starter_is_printed_and_passes_its_own_check(starter: str, tmp_path: Path) -> None:
    printed = infield("new", "--starter", starter)
    (tmp_path / "map.yaml").write_text(printed.stdout, "utf-8")
    checked = infield("check", tmp_path / "map.yaml")
    assert (printed.exit_code, checked.exit_code) == (0, 0)
    assert checked.stdout == f"No mistakes found in {tmp_path / 'map.yaml'}.\n"


@pytest.mark.parametrize("starter", READY_MADE)
def test_a_starter_follows_the_published_schema(starter: str) -> None:
    schema = json.loads(infield("schema").stdout)
    jsonschema.validate(yaml.load(infield("new", "--starter", starter).stdout, Loader=NoDates), schema)  # noqa: S506


class NoDates(yaml.SafeLoader):
    """YAML as JSON can say it: a date is text."""


NoDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_an_unknown_starter_is_refused_with_the_names_there_are() -> None:
    refused = infield("new", "--starter", "nine-steps")
    assert refused.exit_code == 2
    assert "seven-steps" in refused.stderr


def test_an_error_ends_with_1_and_names_file_line_and_stage(seven: Path) -> None:
    wrong = changed(seven, "weight: ", "weight: 1")
    lines = wrong.read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "key: closing" in text)
    checked = infield("check", wrong)
    assert checked.exit_code == 1
    assert checked.stdout.startswith(f"error  {wrong}:{line}  stages → Closing  [weights-not-100]\n")


def test_findings_come_in_the_order_of_the_lines(tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text("stages:\n  - key: a\n    name: Agreed\n    criteria: []\n", "utf-8")
    found = json.loads(infield("check", tmp_path / "bare.yaml", "--json").stdout)["findings"]
    lines = [finding["line"] for finding in found]
    assert {"no-way-out", "no-name", "no-criteria", "no-sale"} <= {finding["code"] for finding in found}
    assert lines == sorted(lines)


@pytest.mark.parametrize("picture", ["flow", "diamond", "funnel"])
def test_a_map_of_stages_alone_is_drawn(picture: str, tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text("stages:\n  - {key: a, name: Agreed}\n", "utf-8")
    drawn = infield("draw", tmp_path / "bare.yaml", "-o", tmp_path / "map.svg", "--as", picture)
    assert (drawn.exit_code, drawn.output) == (0, "")
    svg = (tmp_path / "map.svg").read_text("utf-8")
    assert "Agreed" in svg
    assert not re.search(r'(aria-label="|<title>)[^\w]', svg)


def test_a_name_of_hundreds_of_letters_is_cut_where_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "long.yaml").write_text(f"stages:\n  - {{key: a, name: {'long ' * 100}}}\n", "utf-8")
    told = infield("check", tmp_path / "long.yaml").stdout
    assert "long long" in told
    assert max(map(len, told.replace(str(tmp_path), "").splitlines())) < 200


def test_a_warning_ends_with_0(seven: Path) -> None:
    owner = next(text for text in seven.read_text("utf-8").splitlines() if text.startswith("owner:"))
    checked = infield("check", changed(seven, owner + "\n", ""))
    assert checked.exit_code == 0
    assert "no-owner" in checked.stdout
    assert "0 errors and 1 warning in" in checked.stdout


def test_json_has_code_place_line_and_sentences(seven: Path) -> None:
    wrong = changed(seven, "required: ", "reqired: ") if "required: " in seven.read_text("utf-8") else seven
    found = json.loads(infield("check", wrong, "--json").stdout)
    assert found["errors"] == len([f for f in found["findings"] if f["severity"] == "error"]) == 1
    (finding,) = found["findings"]
    lines = wrong.read_text("utf-8").splitlines()
    assert finding["code"] == "unknown-field"
    assert "reqired" in lines[finding["line"] - 1]
    assert finding["place"].startswith("stages[")
    assert "did you mean required?" in finding["what"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"name: \xff\xfe\n", 1),
        (b"name: a\nb: [", 3),
        (b"\x00\x01", 1),
        (b"name: x\nstages: 3\n", 2),
    ],
)
def test_what_is_no_map_is_an_error_with_its_line(content: bytes, line: int, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(content)
    found = json.loads(infield("check", tmp_path / "bad.yaml", "--json").stdout)
    assert found["errors"] >= 1
    assert found["findings"][0]["line"] == line
    assert infield("check", tmp_path / "bad.yaml").exit_code == 1


@pytest.mark.parametrize("command", ["check", "draw", "diff"])
def test_a_missing_file_is_a_usage_error(command: str, tmp_path: Path) -> None:
    more: dict[str, list[str | Path]] = {
        "draw": ["-o", tmp_path / "x.svg"],
        "diff": [tmp_path / "other.yaml"],
    }
    refused = infield(command, tmp_path / "none.yaml", *more.get(command, []))
    assert refused.exit_code == 2
    assert "none.yaml cannot be read: No such file or directory." in refused.stderr


@pytest.mark.parametrize("picture", ["flow", "diamond", "funnel"])
def test_a_picture_is_written(seven: Path, picture: str, tmp_path: Path) -> None:
    drawn = infield("draw", seven, "-o", tmp_path / "map.svg", "--as", picture)
    assert (drawn.exit_code, drawn.output) == (0, "")
    svg = (tmp_path / "map.svg").read_text("utf-8")
    assert svg.startswith("<svg")
    assert "Prospecting" in svg


def test_a_map_whose_arrows_lead_nowhere_is_not_drawn_and_the_old_picture_stays(
    seven: Path, tmp_path: Path
) -> None:
    (tmp_path / "map.svg").write_text("the old one", "utf-8")
    refused = infield("draw", changed(seven, "target: ", "target: nowhere_"), "-o", tmp_path / "map.svg")
    assert refused.exit_code == 1
    assert "nowhere_" in refused.stderr
    assert (tmp_path / "map.svg").read_text("utf-8") == "the old one"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_drawing_into_a_folder_that_is_not_there_says_so(seven: Path, tmp_path: Path) -> None:
    refused = infield("draw", seven, "-o", tmp_path / "no" / "map.svg")
    assert refused.exit_code == 2
    assert "There is no folder" in refused.stderr


def test_a_difference_is_said_in_words(seven: Path) -> None:
    told = infield("diff", seven, changed(seven, "name: Prospecting", "name: Hunting"))
    assert told.exit_code == 0
    assert "Hunting" in told.stdout
    assert "Prospecting" in told.stdout
    assert infield("diff", seven, seven).stdout == "The two maps say the same.\n"


def test_help_shows_how_to_begin() -> None:
    assert "infield map new --starter" in CliRunner().invoke(main, ["--help"]).stdout
    assert "infield map diff" in infield("--help").stdout
