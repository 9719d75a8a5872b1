"""`infield serve` as a process of its own, with all it starts."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PEOPLE = ("anna", "bo", "cleo", "dan", "emil")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(parent: int) -> set[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return {pid for pid, its_parent in pairs if its_parent == parent}


def descendants(parent: int) -> list[int]:
    """Every process below, parents before children."""
    return [pid for child in children(parent) for pid in (child, *descendants(child))]


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder, or a folder and a PostgreSQL, that an app is served from."""

    home: Path
    port: int
    database: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def company(self, verb: str) -> Any:
        """What tests/cli/company.py does with that word; gives what it says."""
        run = subprocess.run(
            [sys.executable, "-m", "tests.cli.company", verb],
            cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout) if run.stdout else None

    @contextmanager
    def served(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """The server, answering; at the end it is killed at once with everything it started."""
        said = self.home.parent / f"said-{self.port}.txt"
        with said.open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "infield", "serve", "--port", str(self.port), *options],
                env=self._environment(), stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        try:
            assert process.stdout is not None
            lines = []
            for line in process.stdout:
                lines.append(line)
                if self.address in line:
                    break
            else:
                raise AssertionError("".join(lines) + said.read_text())
            yield process
        finally:
            kill_outright(process)

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("INFIELD_")}
        return inherited | {
            "INFIELD_HOME": str(self.home),
            "INFIELD_DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "infield.settings",
        }


def kill_outright(process: subprocess.Popen[str]) -> None:
    """SIGKILL to it and to all below, so that nobody can put anything right; those that ended by themselves too."""
    halted: list[int] = []
    # halted first, from the top: a parent that still runs would put another in place of a child that was killed
    while left := [pid for pid in (process.pid, *descendants(process.pid)) if pid not in halted]:
        _signal(left, signal.SIGSTOP)
        halted += left
    _signal(halted, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
