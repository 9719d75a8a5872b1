"""`infield demo` as it is typed: what it refuses, before anything is written."""

import os
import re
import socket
import subprocess
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest


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


@pytest.mark.long
def test_it_makes_the_company_serves_it_and_lets_each_role_in(tmp_path: Path) -> None:
    environment = {**os.environ, "INFIELD_HOME": str(tmp_path), "INFIELD_DATABASE_URL": ""}
    command = [sys.executable, "-u", "-m", "infield", "demo", "--port", str(free_port())]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            told = told_until_served(running)
            address = told[-1].split()[3]
            sign_ins = [line.split() for line in told if "@fieldgate.example" in line]
            deals = {role: shown_deals(address, email, word) for role, email, word in sign_ins}
        finally:
            running.terminate()
    assert deals.keys() == {"manager", "rep", "operations", "marketing", "reader", "admin"}
    assert deals.pop("rep") in range(11, 60)
    assert len(set(deals.values())) == 1
    assert deals["manager"] > 250
    again = demo(tmp_path, "--port", str(free_port()))
    assert (again.returncode, again.stdout.count("@")) == (1, 0)
    assert "Somebody works here already" in again.stderr


def told_until_served(running: subprocess.Popen[str]) -> list[str]:
    told: list[str] = []
    for line in running.stdout or ():
        told.append(line)
        if line.startswith("Infield is at "):
            return told
    raise AssertionError("".join(told))


def shown_deals(address: str, email: str, password: str) -> int:
    """Sign in and give how many deals the board counts."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{address}/sign-in").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
    browser.open(f"{address}/sign-in", urlencode(sent).encode()).read()
    found = re.search(r"<b[^>]*>(\d+)</b>\s*deals", browser.open(f"{address}/board").read().decode())
    assert found
    return int(found[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
