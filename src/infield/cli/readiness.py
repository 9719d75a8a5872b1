"""What a command does before it works on an installation: make it ready, or end in words that say what is missing."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from infield.web.actions import Ready


def ready(processes: int = 1) -> "Ready":
    """Make the installation ready; ClickException where its folder or its database cannot be had."""
    from infield.web import actions
    from infield.web.databases import UnknownDatabaseError

    try:
        return actions.make_ready(processes)
    except UnknownDatabaseError as unknown:
        raise click.ClickException(f"{unknown}.") from None
    except actions.DatabaseGoneError as gone:
        raise click.ClickException(
            f"The database cannot be reached: {gone}. Look at INFIELD_DATABASE_URL."
        ) from None
    except OSError as failed:
        raise click.ClickException(
            f"{failed.filename} cannot be used: {failed.strerror}. Look at INFIELD_HOME."
        ) from None
