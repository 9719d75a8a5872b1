"""Places that a command is told to write to: refused in words before the long work, not after it."""

from pathlib import Path

import click


def refuse_place(place: Path, example: str) -> None:
    """Refuse a file in a folder that is not there, and a folder; `example`: a name that a file could have."""
    if not place.parent.is_dir():
        raise click.UsageError(f"There is no folder {place.parent}. Make it first, or choose another place.")
    if place.is_dir():
        raise click.UsageError(f"{place} is a folder. Give the name of a file, such as {place / example}.")
