"""`infield demo`: the sample company, made and served."""

import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from infield.cli.readiness import ready

SEED = 7
SAMPLE_MARK = "sample-company"
"""A file in the folder of a sample company: what lies there was made up and may be made anew."""


@click.command(name="demo")
@click.option("--seed", default=SEED, show_default=True, help="Another number makes another company.")
@click.option("--again", is_flag=True, help="Throw away the sample company of an earlier demo first.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.pass_context
def command(ctx: click.Context, seed: int, again: bool, host: str, port: int) -> None:
    """Make a sample company to look around in, and serve it.

    Eighteen people, 18 months of deals and some 300 open ones, up to yesterday. It is written into
    $INFIELD_HOME (default: ./infield-data), or into the database that $INFIELD_DATABASE_URL names, and only
    where nobody works yet. The sign-ins are printed once.
    """
    from infield.cli import serve
    from infield.web.place import home

    serve.refuse_taken(host, port)
    if again:
        _throw_away(home())
    click.echo("Making the sample company takes half a minute …")
    sign_ins = _make(seed)
    click.echo("Sign in as one of these; the passwords are shown only here:")
    for email, role, password in sign_ins:
        click.echo(f"  {role:10}  {email:24}  {password}")
    ctx.invoke(serve.command, host=host, port=port, processes=1)


def _throw_away(folder: Path) -> None:
    if not folder.exists():
        return
    if not (folder / SAMPLE_MARK).exists():
        raise click.ClickException(f"{folder} holds no sample company; it stays as it is.")
    shutil.rmtree(folder)


def _make(seed: int) -> list[tuple[str, str, str]]:
    """Make the company in this installation, and give e-mail, role and password of who can sign in."""
    from infield.web.place import home

    ready()
    # only now is Django there for them
    from infield.desk.sample_company.actions import HasData, make_company, ready_log, refuse_data
    from infield.desk.sample_company.address_book.actions import add_address_book
    from infield.desk.sample_company.staff import BY_NAME, SIGN_INS

    passwords = {name: secrets.token_hex(6) for name in SIGN_INS}
    try:
        refuse_data()
        # first: what is left of a demo that was stopped half-way can be thrown away
        (home() / SAMPLE_MARK).touch()
        today = datetime.now(UTC).date()
        made = make_company(seed, today, passwords)
        add_address_book(today)
    except HasData:
        raise click.ClickException(
            f"Somebody works here already ({home()}). Name an empty folder in INFIELD_HOME."
        ) from None
    ready_log()
    click.echo(f"{made.deals:,} deals, {made.open_deals} of them open, {made.events:,} events.")
    return [(BY_NAME[name].email, BY_NAME[name].role, password) for name, password in passwords.items()]
