"""Whatever a slip of the keyboard does to a map file, the command answers in words."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from infield.cli.main import main
from infield.process.starter_maps import STARTERS, starter_text

TOKENS = (
    "-1",
    "1e400",
    ".nan",
    "null",
    "[]",
    "{}",
    "true",
    "~",
    "''",
    "- ",
    ":",
    "&a",
    "*a",
    "!!str",
    "\t",
    "฿",
    "\u200b",
)


def delete_some(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text))
    return text[:start] + text[start + chance.randrange(1, 60) :]


def drop_a_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def repeat_some_lines(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    return "".join(lines[: start + 5] + lines[start:])


def swap_two_lines(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def change_a_value(text: str, chance: random.Random) -> str:
    match = chance.choice(list(re.finditer(r"(?<=: )[^\n#]+", text)))
    return text[: match.start()] + chance.choice(TOKENS) + text[match.end() :]


def put_something_in(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(TOKENS) + text[place:]


SLIPS: tuple[Callable[[str, random.Random], str], ...] = (
    delete_some,
    drop_a_line,
    repeat_some_lines,
    swap_two_lines,
    change_a_value,
    put_something_in,
)


def mutated(seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311
    text = starter_text(chance.choice([name for name in STARTERS if name != "empty"]))
    for _ in range(chance.randrange(1, 4)):
        text = chance.choice(SLIPS)(text, chance)
    return text


@pytest.mark.parametrize(
    "seeds", [range(start, start + 50) for start in range(0, 200, 50)], ids=lambda s: f"from {s[0]}"
)
def test_no_slip_gives_a_traceback(seeds: range, tmp_path: Path) -> None:
    answers = set()
    for seed in seeds:
        file = tmp_path / f"{seed}.yaml"
        file.write_text(mutated(seed), "utf-8")
        checked = CliRunner().invoke(main, ["map", "check", str(file)])
        drawn = CliRunner().invoke(main, ["map", "draw", str(file), "-o", str(tmp_path / f"{seed}.svg")])
        for ran in (checked, drawn):
            assert ran.exception is None or isinstance(ran.exception, SystemExit), (seed, ran.exc_info)
        assert checked.stdout
        assert (drawn.exit_code == 0) == (tmp_path / f"{seed}.svg").exists()
        answers.add(checked.exit_code)
    assert answers == {0, 1}
