"""`infield demo` as it is typed: what it refuses, before anything is written."""

import os
import socket
import subprocess
import sys
from pathlib import Path


def demo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "INFIELD_HOME": str(home), "INFIELD_DATABASE_URL": ""}
    command = [sys.executable, "-m", "infield", "demo", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_folder_that_no_demo_made_is_not_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "infield.sqlite3").write_bytes(b"years of work")
    ran = demo(tmp_path, "--again", "--port", str(free_port()))
    assert ran.returncode == 1
    assert "holds no sample company; it stays as it is" in ran.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["infield.sqlite3"]
    assert (tmp_path / "infield.sqlite3").read_bytes() == b"years of work"


def test_a_port_in_use_ends_it_before_anything_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "sample-company").touch()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = demo(tmp_path, "--again", "--port", str(taken.getsockname()[1]))
    assert ran.returncode == 1
    assert "is in use" in ran.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["sample-company"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
