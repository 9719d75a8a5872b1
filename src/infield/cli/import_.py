"""`infield import`: the deals of another CRM into the app, as the import page does it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from infield.cli.progress import ProgressLine
from infield.cli.readiness import ready

if TYPE_CHECKING:
    from infield.imports.models import Import
    from infield.process.models import ProcessVersion

NOTHING_LOADED = 2
SHOWN = 5


@click.command("import", short_help="Load the deals of another CRM into the app.")
@click.argument("files", type=click.Path(path_type=Path, dir_okay=False), nargs=-1, required=True)
@click.option("--by", "email", metavar="E-MAIL", required=True, help="The manager who imports.")
@click.option("--work", "working", is_flag=True, help="Deals to work on. Otherwise they are history only.")
@click.option(
    "--map", "map_name", default="", metavar="NAME", help="The map they run on, where several are in use."
)
@click.option(
    "--stage", "stages", multiple=True, metavar="NAME=KEY",
    help="Which stage of the map a name means; names like those of the map are known. Give it as often as needed.",
)  # fmt: skip
@click.option(
    "--origin", default="", help="The system that the ids are of; the same one knows its deals again."
)
@click.option("--won", metavar="A,B", default="", help="Stages that mean a sale.")
@click.option("--lost", metavar="A,B", default="", help="Stages that mean a lost deal.")
@click.option("--mapping", "mapping_path", type=click.Path(path_type=Path), help="What the columns mean.")
@click.option("--dry-run", is_flag=True, help="Only say what would be loaded.")
def command(**given: Any) -> None:
    """Load the deals of another CRM: CSV, XLSX, Parquet or XES.

    Importing the same files twice adds nothing. An import can be undone as a whole on its page.
    """
    ready()
    from infield.imports.state.actions import Refused
    from infield.imports.wording import refused

    try:
        _run(**given)
    except Refused as refusal:
        _end(refused(refusal.code, refusal.params))


def _run(*, files: tuple[Path, ...], email: str, working: bool, map_name: str, stages: tuple[str, ...],
         origin: str, won: str, lost: str, mapping_path: Path | None, dry_run: bool) -> None:  # fmt: skip
    from infield.accounts.models import User
    from infield.imports import actions, tasks
    from infield.imports.reading import Unreadable
    from infield.imports.state.actions import Refused
    from infield.imports.undoing.actions import drop
    from infield.imports.wording import refusal

    user = User.objects.filter(email=email.strip().lower(), active=True).first()
    if user is None or not user.may("imports"):
        _end(f"Nobody here who may import has the e-mail {email}.")
    version = _version(map_name)
    line = ProgressLine()
    try:
        line.step("Reading")
        imported = actions.begin(_opened(files), user, _given(mapping_path, won, lost))
        actions.look(imported, tasks.zone())
    except Unreadable as error:
        _end(refusal(error))
    finally:
        line.clear()
    _say_read(imported)
    if dry_run:
        drop(imported)
        return
    try:
        actions.choose(
            imported,
            version,
            working=working,
            stages=_stages(imported, version, stages),
            owners={},
            origin=origin,
        )
    except Refused:
        drop(imported)
        raise
    line.step("Loading")
    actions.load(imported, tasks.zone())
    line.clear()
    added = imported.added
    click.echo(f"Loaded: {added.get('deals', 0):,} deals, {added.get('events', 0):,} events.")
    if added.get("left"):
        click.echo(f"{added['left']:,} deals are worked on here and were left as they are.")


def _opened(files: tuple[Path, ...]) -> list[Any]:
    from infield.imports.given_file import FileOnDisk

    for file in files:
        if not file.is_file():
            _end(f"There is no file {file}. Look at the name and the folder.")
    return [FileOnDisk(file) for file in files]


def _given(mapping_path: Path | None, won: str, lost: str) -> dict[str, Any]:
    from infield.imports.mapping import read_mapping

    told: dict[str, Any] = {}
    if mapping_path:
        told = read_mapping(mapping_path).model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    ends = {"won": won, "lost": lost}
    return told | {
        name: [one.strip() for one in text.split(",") if one.strip()] for name, text in ends.items() if text
    }


def _version(name: str) -> "ProcessVersion":
    from infield.process.models import Process

    processes = [one for one in Process.objects.order_by("created_at") if not name or one.name == name]
    if not processes:
        _end(
            f"There is no map called {name}."
            if name
            else "There is no map yet: publish one in the app first."
        )
    return processes[0].current()


def _stages(imported: "Import", version: "ProcessVersion", said: tuple[str, ...]) -> dict[str, str]:
    from infield.imports.stage_names import guessed_stage
    from infield.imports.undoing.actions import drop

    named: dict[str, str] = {}
    for one in said:
        name, equals, key = one.rpartition("=")
        if not equals:
            drop(imported)
            _end(f"--stage {one}: write it as NAME=KEY, such as --stage Engaging=qualified.")
        named[name] = key
    return {
        found["name"]: named.get(found["name"]) or guessed_stage(found["name"], version.map())
        for found in imported.stages
    }


def _say_read(imported: "Import") -> None:
    from infield.imports.reading import Rejected, Unreadable
    from infield.imports.undoing.actions import drop
    from infield.imports.wording import refusal, rejection

    if imported.state == "unreadable":
        told = imported.refusal
        error = Unreadable(told["code"], told["params"], file=told["file"], line=told["line"])
        drop(imported)
        _end(refusal(error))
    account, totals = imported.account, imported.totals
    click.echo(f"Rows understood: {account['rows_kept']:,}, rejected: {account['rows_rejected']:,}.")
    for one in imported.rejected[:SHOWN]:
        click.echo(f"  {rejection(Rejected(**one))}")
    click.echo(
        f"Deals: {totals['deals']:,} ({totals['won']:,} won, {totals['lost']:,} lost), events: {totals['events']:,}."
    )
    click.echo(f"Stages found: {', '.join(one['name'] for one in imported.stages) or 'none'}.")


def _end(what: str) -> NoReturn:
    click.echo(what, err=True)
    raise SystemExit(NOTHING_LOADED)
