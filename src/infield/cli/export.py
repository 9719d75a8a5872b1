"""`infield export`: everything that is kept, as one archive."""

from pathlib import Path

import click


@click.command(name="export")
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
def command(output: Path) -> None:
    """Write everything that is kept into the archive OUTPUT, a ZIP file.

    Tables as CSV, maps as YAML, the way of each deal through the stages, and the files that were uploaded.
    Passwords, second factors and links that let somebody in are left out. People can go on working meanwhile.
    """
    from infield.web.actions import make_ready

    make_ready(1)
    from infield.desk.everything.actions import packed

    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("wb") as file:
            for piece in packed():
                file.write(piece)
        beside.replace(output)
    except OSError as failed:
        raise click.ClickException(f"{output} could not be written: {failed.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)
    click.echo(f"{output}: {output.stat().st_size / 1_000_000:,.1f} MB")
