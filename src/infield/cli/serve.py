"""`infield serve`: the web server and the worker together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

import click

from infield.cli.readiness import ready

STOP_SECONDS = 15
THREADS = max(2, min(8, os.cpu_count() or 2))
START_SECONDS = 30
LOOK_EVERY_S = 0.2
PAUSE_BEFORE_RESTART_S = 1.0
PR_SET_PDEATHSIG = 1


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
def command(host: str, port: int, processes: int) -> None:
    """Serve the app: board, deals, map, funnel, import.

    Data is kept below $INFIELD_HOME (default: ./infield-data), in SQLite, or in the PostgreSQL that
    $INFIELD_DATABASE_URL names. The database is brought up to date first. Only this computer can open the
    app as long as --host stays 127.0.0.1; for others put a proxy with https in front and name the address
    people type in $INFIELD_HOSTS and $INFIELD_ORIGIN.
    """
    from infield.web.actions import UnsafeSqliteError
    from infield.web.place import make_set_up_key

    refuse_taken(host, port)
    os.environ.setdefault("INFIELD_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    try:
        prepared = ready(processes + 1)
    except UnsafeSqliteError as old:
        raise click.ClickException(
            f"SQLite {old} can lose data when several processes write. Install the package pysqlite3 again,"
            " or use PostgreSQL: set INFIELD_DATABASE_URL."
        ) from None
    _make_findable()
    both = Both(web=_web_command(host, port, processes))
    both.start()
    if not _wait_until_taken(host, port, both):
        both.stop()
        raise click.ClickException("The web server did not start; what it wrote above says why.")
    click.echo(f"Infield is at http://{_shown(host)}:{port}  (Ctrl-C stops it)")
    if prepared.is_new:
        click.echo("Nobody has an account yet. Set it up here; without this key nobody can:")
        click.echo(f"  http://{_shown(host)}:{port}/set-up?key={make_set_up_key()}")
    sys.exit(both.run())


def _make_findable() -> None:
    """Make the index of the search where an update has just brought it."""
    from infield.finding.actions import ready_index

    ready_index()


def refuse_taken(host: str, port: int) -> None:
    """End the command where something listens at the port already."""
    if _is_taken(host, port):
        raise click.ClickException(f"Port {port} is in use. Name another one with --port.")


@dataclass(slots=True)
class Both:
    """The web server and the worker. The worker is started again when it ends; the web server's end is the end."""

    web: list[str]
    worker: list[str] = field(default_factory=lambda: [sys.executable, "-m", "django", "ox_worker"])
    _web: subprocess.Popen[bytes] | None = None
    _worker: subprocess.Popen[bytes] | None = None
    _asked_to_stop: bool = False

    def start(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        self._web = _started(self.web)
        self._worker = _started(self.worker)

    def runs(self) -> bool:
        return not self._asked_to_stop and self._web is not None and self._web.poll() is None

    def run(self) -> int:
        """Wait for a signal or for the web server's end; then stop both and give the exit code."""
        while self.runs():
            if self._worker is None or self._worker.poll() is not None:
                time.sleep(PAUSE_BEFORE_RESTART_S)
                self._worker = _started(self.worker)
            time.sleep(LOOK_EVERY_S)
        self.stop()
        return 0 if self._asked_to_stop else 1

    def stop(self) -> None:
        children = [child for child in (self._web, self._worker) if child is not None]
        for child in children:
            child.terminate()
        end = time.monotonic() + STOP_SECONDS
        for child in children:
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _ask_to_stop(self, *_: object) -> None:
        self._asked_to_stop = True


def _web_command(host: str, port: int, processes: int) -> list[str]:
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": processes,
        "blocking-threads": THREADS,
        "workers-kill-timeout": STOP_SECONDS - 5,
        "log-level": "warning",
    }
    switches = ["--no-ws", "--respawn-failed-workers"]
    named = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "granian", *named, *switches, "infield.wsgi:application"]


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    # a session of its own: Ctrl-C reaches us alone, and we stop both in order
    before = _end_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, start_new_session=True, preexec_fn=before)  # noqa: PLW1509  no threads here


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((_shown(host), port)) == 0


def _wait_until_taken(host: str, port: int, both: Both) -> bool:
    end = time.monotonic() + START_SECONDS
    while both.runs() and time.monotonic() < end:
        if _is_taken(host, port):
            return True
        time.sleep(LOOK_EVERY_S)
    return False


def _shown(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
