"""`infield map check`: problems of the file and findings of the checker, side by side, for people and programs."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from infield.cli.map_files import text_of
from infield.process.file_wording import place_words, problem_sentence
from infield.process.yaml_file import MapFile, MapFileError, Problem, read
from infield.process.yaml_nodes import Place
from infield.web.language import gettext as _
from infield.web.language import ngettext
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

COLOURS = {"error": "red", "warning": "yellow"}
SEVERITIES = {"error": N_("error"), "warning": N_("warning")}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One finding as it is printed."""

    code: str
    severity: str
    line: int
    column: int
    place: str
    where: str
    what: str
    why: str
    to_do: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file, in the order of its lines."""

    file: str
    findings: tuple[Spoken, ...]

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors

    def plain(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        counts = {"file": self.file, "errors": self.errors, "warnings": self.warnings}
        return counts | {"findings": [asdict(finding) for finding in self.findings]}


def findings_of(file: Path) -> Checked:
    """Read and check a map file; a file that is no map gives its problems as errors."""
    try:
        map_file = read(text_of(file))
    except MapFileError as error:
        return Checked(str(file), tuple(_problem(problem) for problem in error.problems))
    return Checked(str(file), tuple(sorted(_found(map_file), key=lambda one: one.line)))


def as_text(checked: Checked) -> str:
    """Give the findings for people, in the order of the lines, and how many there are."""
    blocks = [_block(checked.file, finding) for finding in checked.findings]
    return "\n\n".join([*blocks, _summary(checked)])


def _found(map_file: MapFile) -> Iterable[Spoken]:
    from infield.process.lint.check import check
    from infield.process.wording import finding_sentences

    process = map_file.process
    for finding in check(process):
        line, column = map_file.located.at(finding.place)
        said = finding_sentences(finding, process, process.language)
        where = place_words(finding.place, map_file.located.data)
        yield Spoken(
            finding.code,
            finding.severity,
            line,
            column,
            _path(finding.place),
            where,
            said.what,
            said.why,
            said.to_do,
        )


def _problem(problem: Problem) -> Spoken:
    where, what = place_words(problem.place, None), problem_sentence(problem)
    return Spoken(
        problem.code, "error", problem.line, problem.column, _path(problem.place), where, what, "", ""
    )


def _path(place: Place) -> str:
    """Give a place as a program would write it: stages[2].criteria[0].weight."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def _block(file: str, finding: Spoken) -> str:
    severity = click.style(_(SEVERITIES[finding.severity]), fg=COLOURS[finding.severity], bold=True)
    head = f"{severity}  {file}:{finding.line}  {finding.where}  [{finding.code}]"
    sentences = (sentence for sentence in (finding.what, finding.why, finding.to_do) if sentence)
    return "\n".join([head, *(f"    {sentence}" for sentence in sentences)])


def _summary(checked: Checked) -> str:
    if not checked.findings:
        good = click.style(_("No mistakes found"), fg="green", bold=True)
        return _("{good} in {file}.").format(good=good, file=checked.file)
    errors, warnings = checked.errors, checked.warnings
    return _("{errors} and {warnings} in {file}.").format(
        errors=ngettext("{count} error", "{count} errors", errors).format(count=errors),
        warnings=ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        file=checked.file,
    )
