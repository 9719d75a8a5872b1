"""`infield search-index`: make the index of the search anew."""

import click

from infield.cli.readiness import ready


@click.command(name="search-index")
def command() -> None:
    """Make the index of the search anew, from every record there is.

    Nothing else needs it: records are put into the index as they are saved. Use it after you wrote to the
    database by other means. People can go on working meanwhile; they find as before until it is done.
    """
    ready()
    from infield.finding.actions import rebuild

    click.echo(f"{rebuild():,} records can be found.")
