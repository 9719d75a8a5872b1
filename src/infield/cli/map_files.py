"""Map files at the command line: read, or refused in words with the line; written whole or not at all."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from infield.cli.places import refuse_place
from infield.process.yaml_file import MapFile, MapFileError, Problem, read
from infield.web.whole_files import whole_file

if TYPE_CHECKING:
    from infield.process.lint.finding import Finding


def text_of(file: Path) -> str:
    """Give the text of a file; a usage error where there is none, MapFileError where it is not UTF-8."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise MapFileError((Problem("not-utf-8", line, 1),)) from None


def map_file(file: Path) -> MapFile:
    """Read a map file, or say what is wrong with it and end with exit code 1."""
    try:
        return read(text_of(file))
    except MapFileError as error:
        for problem in error.problems:
            click.echo(problem_text(file, problem), err=True)
        raise SystemExit(1) from None


def complain(file: Path, read_file: MapFile, findings: "Iterable[Finding]") -> NoReturn:
    """Say which findings keep a map from being used, and end with exit code 1."""
    from infield.process.wording import finding_sentences

    for finding in findings:
        said = finding_sentences(finding, read_file.process, read_file.process.language)
        click.echo(f"{file}:{read_file.line_of(finding.place)}  {said.what} {said.to_do}", err=True)
    raise SystemExit(1)


def problem_text(file: Path, problem: Problem) -> str:
    from infield.process.file_wording import place_words, problem_sentence

    where = place_words(problem.place, None)
    return f"{file}:{problem.line}:{problem.column}  {where}\n    {problem_sentence(problem)}"


def write_whole(output: Path, text: str) -> None:
    """Write a file at once: whoever reads it sees the old one or the whole new one, never a half."""
    refuse_place(output, "map.svg")
    try:
        with whole_file(output) as place:
            place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}.") from None
