"""`infield export`: everything that is kept, as one archive."""

from pathlib import Path

import click

from infield.cli.places import refuse_place
from infield.cli.progress import ProgressLine
from infield.cli.readiness import ready

MEGABYTE = 1_000_000


@click.command(name="export")
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of a file that is there already.")
def command(output: Path, replace: bool) -> None:
    """Write everything that is kept into the archive OUTPUT, a ZIP file.

    Tables as CSV, maps as YAML, the way of each deal through the stages, and the files that were uploaded.
    Passwords, second factors and links that let somebody in are left out. People can go on working meanwhile.
    OUTPUT is there when all of it is written, and not before.
    """
    from infield.web.actions import DatabaseGoneError
    from infield.web.place import home

    refuse_place(output, "everything.zip")
    if output.is_file() and not replace:
        raise click.UsageError(f"{output} is there already. Give another name, or --replace.")
    if ready().is_new:
        raise click.ClickException(
            f"Nobody works in {home()} yet. Name the folder or the database of your installation:"
            " INFIELD_HOME, INFIELD_DATABASE_URL."
        )
    line = ProgressLine()
    try:
        size = _write(output, line)
    except OSError as failed:
        raise click.ClickException(f"{output} could not be written: {failed.strerror}.") from None
    except DatabaseGoneError as gone:
        raise click.ClickException(f"The database went away: {gone}.") from None
    finally:
        line.clear()
    click.echo(f"{output}: {size / MEGABYTE:,.1f} MB")


def _write(output: Path, line: ProgressLine) -> int:
    """Write the archive whole or not at all, and give its size in bytes. OSError."""
    from infield.desk.everything.actions import packed
    from infield.web.actions import told_when_gone
    from infield.web.whole_files import whole_file

    size = 0
    with told_when_gone(), whole_file(output) as place, place.open("wb") as file:
        for piece in packed():
            size += file.write(piece)
            line.step(f"Writing {output.name}  {size / MEGABYTE:,.1f} MB")
    return size
