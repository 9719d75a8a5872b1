"""Writers, readers and keepers at the same time, each a process, some of them killed."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.history.live import asked

from infield.history.generations import current
from infield.history.models import Event
from infield.history.queries import log_source
from infield.history.upkeep import refresh

pytestmark = pytest.mark.django_db(transaction=True)

ENOUGH, PATIENCE_S = 50, 120
ROOT = Path(__file__).parent.parent.parent
type Process = subprocess.Popen[str]


def started(verb: str, number: int, heard: Path) -> Process:
    command = [sys.executable, "-m", "tests.history.process", str(connection.settings_dict["NAME"])]
    with heard.open("w") as said:
        return subprocess.Popen(
            [*command, str(settings.HOME), verb, str(number)],
            cwd=ROOT, stdout=said, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip


@contextmanager
def running(tmp_path: Path, *, writers: int, keepers: int, first: int = 1) -> Iterator[list[Process]]:
    """Processes that have all said something; they are killed at the end, and none stopped by itself."""
    told = [("write", number) for number in range(first, first + writers)] + [
        ("keep", n) for n in range(keepers)
    ]
    heard = [tmp_path / f"{verb}-{number}" for verb, number in told]
    processes = [started(verb, number, file) for (verb, number), file in zip(told, heard, strict=True)]
    try:
        until = time.monotonic() + 60
        while not all(file.stat().st_size for file in heard) and time.monotonic() < until:
            time.sleep(0.02)
        yield processes
    finally:
        for process in processes:
            process.send_signal(signal.SIGKILL)
        errors = [process.communicate()[1] for process in processes]
    assert [error for error in errors if error] == []
    assert all(file.stat().st_size for file in heard)


def acknowledged(tmp_path: Path) -> tuple[set[int], set[int]]:
    """Numbers of the events that writers said are kept, and of those that they said are undone."""
    # a killed writer may have said half a number
    lines = [line for file in tmp_path.glob("write-*") for line in file.read_text().split("\n")[:-1]]
    numbers = [int(line) for line in lines]
    return {n for n in numbers if n > 0}, {-n for n in numbers if n < 0}


def numbers_in_steps() -> list[int]:
    """Writers number their events by microseconds."""
    return [number for (number,) in asked("SELECT at_us - 1772442000000000 FROM steps ORDER BY 1")]


def assert_all_is_there_once(tmp_path: Path) -> None:
    kept, undone = acknowledged(tmp_path)
    found = numbers_in_steps()
    assert len(found) == len(set(found))
    assert kept <= set(found)
    assert undone & set(found) == set()
    # besides, there may be what was written and not acknowledged before its writer was killed
    assert len(found) == Event.objects.counting().count() <= len(kept) + 100
    refresh(log_source())
    assert numbers_in_steps() == found


def write_for(seconds: float, tmp_path: Path) -> None:
    """At least so long, and until enough is written for the reading to mean something, however slow the machine."""
    with running(tmp_path, writers=6, keepers=2) as processes:
        begun = time.monotonic()
        while (waited := time.monotonic() - begun) < seconds or (
            waited < PATIENCE_S and len(acknowledged(tmp_path)[0]) <= ENOUGH
        ):
            found = numbers_in_steps()
            assert len(found) == len(set(found))
        assert [process.poll() for process in processes] == [None] * 8
    assert_all_is_there_once(tmp_path)
    kept, _ = acknowledged(tmp_path)
    assert len(kept) > ENOUGH


@pytest.mark.long
def test_six_writers_and_two_keepers_at_once_lose_nothing(tmp_path: Path) -> None:
    write_for(3, tmp_path)


@pytest.mark.long
def test_six_writers_and_two_keepers_for_half_a_minute_lose_nothing(tmp_path: Path) -> None:
    write_for(30, tmp_path)


def kill_amid_writing(times: int, tmp_path: Path) -> None:
    rng = random.Random(times)  # noqa: S311
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()
        with running(folder, writers=2, keepers=1, first=1 + 2 * number):
            time.sleep(rng.random() / 2)
        kept, undone = acknowledged(folder)
        in_database = {int(key) for key in Event.objects.values_list("dedupe", flat=True) if key}
        assert kept | undone <= in_database
        assert kept <= set(numbers_in_steps())
        refresh(log_source())
        assert kept <= set(numbers_in_steps())
        named = current(log_source().folder)
        assert named is not None
        assert {path.name for path in log_source().folder.glob("part-*")} == set(named.parts)


def test_a_kill_amid_writing_loses_nothing_acknowledged(tmp_path: Path) -> None:
    kill_amid_writing(1, tmp_path)


@pytest.mark.long
def test_twenty_kills_amid_writing_lose_nothing_acknowledged(tmp_path: Path) -> None:
    kill_amid_writing(20, tmp_path)
