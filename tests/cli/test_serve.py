"""`infield serve`, as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
START_S = 90


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(home: Path, port: int) -> subprocess.Popen[str]:
    named = {"INFIELD_HOME": str(home), "INFIELD_DATABASE_URL": ""}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("INFIELD_")}
    return subprocess.Popen(
        [sys.executable, "-m", "infield", "serve", "--port", str(port)],
        env=inherited | named,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    address = f"http://127.0.0.1:{port}"
    with serve(tmp_path / "home", port) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if address in line:
                break
        yield process, address
        process.terminate()


def read(address: str) -> tuple[dict[str, str], str]:
    with urllib.request.urlopen(address, timeout=START_S) as answer:  # noqa: S310  our own address
        return dict(answer.headers), answer.read().decode()


def children(parent: int) -> set[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return {pid for pid, its_parent in pairs if its_parent == parent}


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_new_folder_becomes_an_app_with_hashed_files_for_ever(
    served: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = served
    assert "Not set up yet" in read(address)[1]
    assert process.stdout
    printed = next(line.strip() for line in process.stdout if "/set-up?key=" in line)
    assert printed.startswith(f"{address}/set-up?key=")
    with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(
        printed, timeout=START_S
    ) as answer:
        page = answer.read().decode()
    assert "Welcome to Infield" in page
    module = re.search(r'src="(/static/web/js/app\.[0-9a-f]{12}\.js)"', page)
    assert module, "files are named by their content"
    headers, text = read(address + module[1])
    assert "immutable" in headers["cache-control"]
    assert re.search(r"toast\.[0-9a-f]{12}\.js", text), "what a module imports is named by its content too"
    assert {path.name for path in (tmp_path / "home").iterdir()} >= {
        "infield.sqlite3",
        "secret-key",
        "static",
    }


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_web_server_and_the_worker(
    served: tuple[subprocess.Popen[str], str], port: int, number: signal.Signals
) -> None:
    process, _ = served
    assert len(children(process.pid)) == 2
    process.send_signal(number)
    assert process.wait(30) == 0
    assert not listens(port)
    assert children(process.pid) == set()


def test_a_worker_that_dies_is_started_again(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    before = children(process.pid)
    os.kill(_worker_of(before), signal.SIGKILL)
    end = time.monotonic() + 20
    while time.monotonic() < end and (children(process.pid) == before or len(children(process.pid)) < 2):
        time.sleep(0.2)
    assert _worker_of(children(process.pid)) not in before
    assert "Infield" in read(address)[1]


def _worker_of(pids: set[int]) -> int:
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids}
    return next(pid for pid, command in commands.items() if b"ox_worker" in command)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent is gone")
def test_a_server_killed_outright_leaves_nobody_at_its_port(
    served: tuple[subprocess.Popen[str], str], port: int
) -> None:
    process, _ = served
    process.kill()
    end = time.monotonic() + 20
    while time.monotonic() < end and listens(port):
        time.sleep(0.2)
    assert not listens(port)


def test_a_port_in_use_is_said_and_nothing_is_made(tmp_path: Path, port: int) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        with serve(tmp_path / "home", port) as process:
            said, _ = process.communicate(timeout=START_S)
    assert process.returncode == 1
    assert f"Port {port} is in use" in said
    assert not (tmp_path / "home").exists()
