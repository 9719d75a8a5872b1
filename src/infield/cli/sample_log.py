"""`infield sample-log`: write a made-up deal history, as large as wanted, the same for the same seed."""

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command("sample-log", short_help="Write a made-up deal history.")
@click.option("--deals", type=click.IntRange(min=1), default=1_000, show_default=True, help="How many deals.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Another seed, other deals."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write: .parquet, .csv, .xes or .xes.gz.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day (UTC) at whose beginning the history ends; today if not given.",
)
def command(deals: int, seed: int, output: Path, until: datetime | None) -> None:
    """Write a made-up deal history of three years.

    Its deals have a stage history with skips, ways back, stalls, weak and strong reps and open deals, about
    13.6 events each. The same deals, seed and end give the same history.

    \b
        infield sample-log --deals 2000 --seed 7 --until 2026-11-01 -o deals.parquet
    """
    from infield.history.sample_files import writer_for
    from infield.history.sample_log import sample_log

    write = writer_for(output)
    if write is None:
        raise click.BadParameter("the name must end in .parquet, .csv, .xes or .xes.gz", param_hint="-o")
    end = (until or datetime.now(UTC)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    try:
        write(sample_log(deals, seed=seed, until=end), output)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror or error}") from error
    click.echo(f"{output}: {deals} deals, seed {seed}, until {end:%Y-%m-%d}")
