"""`infield report`: a deal history from any CRM, and how it really sells."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

LANGUAGES = ("en", "ja", "fi", "th")

COLUMNS = {
    "case": "the id of the deal",
    "stage": "the stage or activity",
    "at": "when it happened",
    "amount": "the amount",
    "currency": "the currency of the amount",
    "owner": "who is responsible",
    "organization": "the customer",
    "status": "whether it is open, won or lost",
    "created": "when the deal began",
    "closed": "when it was won or lost",
}
"""Role → what the column holds: each is an option that names the column."""


def column_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each column that a reader looks for."""
    for role, what in reversed(COLUMNS.items()):
        option = click.option(
            f"--{role}", f"column_{role}", metavar="COLUMN", help=f"The column with {what}."
        )
        command = option(command)
    return command


@click.command("report", short_help="Show how deals really go, from an export of any CRM.")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--map", "map_path", type=click.Path(path_type=Path), help="A map to hold the deals against.")
@click.option("--won", metavar="A,B", default="", help="Stages or activities that mean a sale.")
@click.option("--lost", metavar="A,B", default="", help="Stages or activities that mean a lost deal.")
@click.option("--html", "html", type=click.Path(path_type=Path), help="Write the report as one HTML page.")
@click.option(
    "--json", "json_path", type=click.Path(path_type=Path), help="Write the report as JSON; - prints it."
)
@click.option(
    "--tz",
    "zone",
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help="The time zone of times that name none, and of days: Europe/Helsinki, Asia/Tokyo …",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the report.",
)
@click.option(
    "--lifecycle",
    type=click.Choice(["complete", "all"]),
    help="Which events of a life cycle count: only completed ones, or all.",
)
@click.option(
    "--mapping",
    "mapping_path",
    type=click.Path(path_type=Path),
    help="A mapping file that says what the columns mean; with --dry-run it is written.",
)
@click.option(
    "--dry-run", is_flag=True, help="Only show how the files are understood, and what was rejected."
)
@column_options
def command(files: tuple[Path, ...], **options: Any) -> None:
    """Show how deals really go: the process, the paths, the funnel, the waits, and what deviates from a map.

    FILES are one history: an export of Salesforce, HubSpot, Pipedrive, Vtiger, Odoo or Zoho, or any CSV, XLSX,
    Parquet or XES file with deals and times; files with accounts or products may be given along. Columns are
    recognised. If one is not, name it. Nothing is stored and nothing leaves this machine.

    \b
    Examples:
      infield report opportunities.csv --html report.html
      infield report history.xlsx --map our-sale.yaml --html report.html
      infield report events.csv --won Signed --lost Declined,Cancelled
      infield report deals.csv --case ID --stage Phase --at Changed
      infield report deals.csv --dry-run --mapping mapping.json
    """
    from infield.cli.report_run import Asked, run

    columns = {role: options.pop(f"column_{role}") for role in COLUMNS}
    asked = Asked(files=files, columns={role: name for role, name in columns.items() if name}, **options)
    run(asked)
