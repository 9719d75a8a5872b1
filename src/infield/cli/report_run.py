"""Reads, gathers and writes a report; everything that can go wrong is said in words."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from infield.cli.map_files import complain, map_file, write_whole
from infield.cli.places import refuse_place
from infield.cli.progress import ProgressLine
from infield.imports.reading import Progress, Reading, Unreadable
from infield.web.language import gettext as _
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from infield.desk.report.gather import Report
    from infield.desk.report.wording import Speaker
    from infield.imports.mapping import Mapping as Columns

NOTHING_READ = 2
MISUSED_MAP = {"duplicate-key", "unknown-stage"}
"""Findings of a map against which nothing can be held."""
SHOWN_REJECTIONS = 5

STEPS = {
    "build": N_("Putting the events in order"),
    "process": N_("Finding the process"),
    "funnel": N_("Counting the funnel"),
    "outliers": N_("Looking for what is unusual"),
    "conformance": N_("Holding the deals against the map"),
}
TO_DO = {
    "columns_missing": N_("Name the columns, such as: --case ID --stage Phase --at Changed"),
    "no_such_column": N_("Give the name of a column as the file has it."),
    "no_header": N_("Put the names of the columns into the first row."),
    "no_rows": N_("Export again, with the deals."),
    "truncated_gzip": N_("Copy or download the file again."),
    "broken_gzip": N_("Copy or download the file again."),
    "no_such_file": N_("Look at the name and the folder."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    files: tuple[Path, ...]
    columns: Mapping[str, str]
    map_path: Path | None
    won: str
    lost: str
    html: Path | None
    json_path: Path | None
    zone: str
    language: str
    lifecycle: str | None
    mapping_path: Path | None
    dry_run: bool

    @property
    def prints_json(self) -> bool:
        return self.json_path is not None and str(self.json_path) == "-"


def run(asked: Asked) -> None:
    """Make the report that is asked for; SystemExit 2 where nothing could be read."""
    from infield.web.language import speak

    _refuse_places(asked)
    zone = _zone(asked.zone)
    if asked.html or asked.language != "en":
        speak(asked.language)
    process = None
    if asked.map_path:
        read = map_file(asked.map_path)
        from infield.process.lint.check import check

        broken = [finding for finding in check(read.process) if finding.code in MISUSED_MAP]
        if broken:
            complain(asked.map_path, read, broken)
        process = read.process
    line = ProgressLine()
    with _in_words(line):
        from infield.desk.report.gather import gather, stage_names
        from infield.desk.report.wording import Speaker
        from infield.history.ask import connect

        connection = connect()
        reading = _read(asked, connection, zone, line)
        if asked.dry_run:
            line.clear()
            _show_dry(asked, reading)
            return
        if not reading.rows_kept:
            line.clear()
            _nothing_kept(reading)
        outcomes = (*_names(asked.won), *_names(asked.lost))
        report = gather(connection, reading, zone, process, lambda step: line.step(_(STEPS[step])), outcomes)
        speaker = Speaker(asked.language, stage_names(report, asked.language))
        line.clear()
    _warn(report, speaker)
    _write(asked, report, speaker)


def _read(asked: Asked, connection: "DuckDBPyConnection", zone: ZoneInfo, line: ProgressLine) -> Reading:
    from infield.imports.reader import read

    def tell(progress: Progress) -> None:
        line.part(_("Reading {file}").format(file=progress.file), progress.done, progress.total)

    return read(
        asked.files,
        connection,
        zone=zone,
        mapping=_mapping(asked),
        won=_names(asked.won),
        lost=_names(asked.lost),
        lifecycle=asked.lifecycle,
        progress=tell,
    )


def _mapping(asked: Asked) -> "Columns":
    from infield.imports.mapping import Mapping as Columns
    from infield.imports.mapping import read_mapping

    written = asked.mapping_path if not asked.dry_run or _exists(asked.mapping_path) else None
    given = read_mapping(written) if written else Columns()
    columns: dict[str, str] = {**given.model_dump()["columns"], **asked.columns}
    # nobody looks a guess over before it counts
    guess = bool(given.guess_outcomes)
    return Columns.model_validate(given.model_dump() | {"columns": columns, "guess_outcomes": guess})


def _exists(path: Path | None) -> bool:
    return path is not None and path.exists()


def _names(given: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in given.split(",") if name.strip())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise click.BadParameter(
            f"there is no time zone {name}. Write it such as Europe/Helsinki, Asia/Tokyo or UTC.",
            param_hint="--tz",
        ) from None


def _refuse_places(asked: Asked) -> None:
    """Refuse places where nothing can be written before the long work, not after it."""
    places = (asked.html, None if asked.prints_json else asked.json_path)
    for place in filter(None, places):
        refuse_place(place, "report.html")
        if place.resolve() in {file.resolve() for file in asked.files}:
            raise click.UsageError(f"{place} is one of the files to read. Give another name.")


@contextmanager
def _in_words(line: ProgressLine) -> Iterator[None]:
    """Turn what goes wrong into a sentence and an exit code."""
    import duckdb

    try:
        yield
    except Unreadable as error:
        line.clear()
        _end(_refused(error), _(TO_DO[error.code]) if error.code in TO_DO else "")
    except (duckdb.OutOfMemoryException, MemoryError):
        line.clear()
        _end(_("The history is too large for the memory of this machine."), "")
    except duckdb.Error as error:
        line.clear()
        why = str(error).split("\n", 1)[0]
        _end(_("The history could not be worked out: {why}").format(why=why), "")
    except OSError as error:
        line.clear()
        _end(f"{error.filename or ''}: {error.strerror or error}", "")
    except BaseException:
        line.clear()
        raise


def _refused(error: Unreadable) -> str:
    from infield.imports.wording import refusal

    try:
        return refusal(error)
    except KeyError:  # a code without a sentence is still a refusal, not a crash
        return str(error)


def _end(what: str, to_do: str) -> NoReturn:
    click.echo(" ".join(part for part in (what, to_do) if part), err=True)
    raise SystemExit(NOTHING_READ)


def _nothing_kept(reading: Reading) -> NoReturn:
    """Say why no row could be used, and end."""
    from infield.desk.report.wording import Speaker

    speaker = Speaker()
    click.echo(
        _("Nothing could be read: none of {n} rows of {files} can be used.").format(
            n=reading.rows_read, files=", ".join(reading.files)
        ),
        err=True,
    )
    for row in reading.rejected[:SHOWN_REJECTIONS]:
        click.echo(f"  {speaker.rejection(row)}", err=True)
    for rows in reading.left_out:
        click.echo(f"  {speaker.left_out(rows)}", err=True)
    _end(_("Look at how the columns are understood with --dry-run, and name them if they are not right."), "")


def _show_dry(asked: Asked, reading: Reading) -> None:
    from infield.cli.report_summary import as_read

    click.echo(as_read(reading))
    if asked.mapping_path is None:
        return
    if _exists(asked.mapping_path):
        click.echo(_("{path} was used and stays as it is.").format(path=asked.mapping_path))
        return
    from pydantic import ValidationError

    from infield.imports.mapping import Mapping as Columns
    from infield.imports.mapping import write_mapping

    try:
        text = write_mapping(Columns.model_validate(dict(reading.mapping)))
    except ValidationError:
        click.echo(_("This format says itself what its fields mean: no mapping was written."))
        return
    write_whole(asked.mapping_path, text)
    click.echo(_("Written: {path}").format(path=asked.mapping_path))


def _warn(report: "Report", speaker: "Speaker") -> None:
    unknown = [found for found in report.findings if found.code == "outcome_name_unknown"]
    for found in unknown:
        click.echo(speaker.sentence(found), err=True)
    if unknown:
        names = ", ".join(activity.name for activity in report.process.activities[:50])
        click.echo(_("The activities are: {names}").format(names=names), err=True)


def _write(asked: Asked, report: "Report", speaker: "Speaker") -> None:
    from infield.cli.report_summary import summary
    from infield.desk.report.as_json import as_json

    written: Sequence[Path] = [path for path in (asked.html, asked.json_path) if path and str(path) != "-"]
    if asked.html:
        from infield.desk.report.views import page

        write_whole(asked.html, page(report, speaker))
    if asked.json_path:
        text = as_json(report, speaker.sentence)
        if asked.prints_json:
            click.echo(text, nl=False)
            return
        write_whole(asked.json_path, text)
    click.echo(summary(report, speaker, written))
