"""The served app under many who write at once, and killed amid it. What was answered with success is kept."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic, sleep

import pytest
from tests import postgres
from tests.cli.server import PEOPLE, Installation, free_port
from tests.cli.visitor import PATIENCE_S, Visitor
from tests.people import PASSWORD

pytestmark = pytest.mark.long

WRITERS, SECONDS = 32, 60
KILLS, WRITERS_KILLED = 20, 4


@dataclass(slots=True)
class Written:
    """What one writer was told is saved, and how it was answered."""

    titles: list[str] = field(default_factory=list)
    next_steps: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="infield-served-"))
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def on_sqlite(home: Path) -> Installation:
    installation = Installation(home, free_port())
    installation.company("begin")
    return installation


@pytest.fixture
def on_postgresql(home: Path) -> Iterator[Installation]:
    url = postgres.start(home.parent)
    try:
        installation = Installation(home, free_port(), url)
        installation.company("begin")
        yield installation
    finally:
        postgres.stop()


def signed_in(address: str, writers: int) -> list[Visitor]:
    """Windows of the people of the company, several of each: they share the cookies."""
    people = [Visitor(address) for _ in PEOPLE]
    for name, visitor in zip(PEOPLE, people, strict=True):
        visitor.sign_in(f"{name}@northwind.example", PASSWORD)
    return [Visitor(address, people[number % len(people)].cookies) for number in range(writers)]


def write(visitor: Visitor, name: str, written: Written, go_on: Callable[[], bool]) -> None:
    """Begin deals and set their next steps until it is enough or nobody answers."""
    try:
        for number in count(1):
            if not go_on():
                break
            _begin_deal(visitor, f"{name} deal {number}", written)
    except (OSError, HTTPException) as gone:
        written.troubles.append(repr(gone))
    written.statuses += visitor.statuses


def _begin_deal(visitor: Visitor, title: str, written: Written) -> None:
    begun = visitor.submit("/deals/new", organization="Harbour Paper", title=title)
    if begun.status != 302:
        written.troubles.append(f"{begun.status} {begun.text[:300]}")
        return
    written.titles.append(title)
    step = f"Call about {title}"
    answer = visitor.submit(f"/next{begun.location}", what=step)
    if answer.status != 302:
        written.troubles.append(f"{answer.status} {answer.text[:300]}")
        return
    written.next_steps.append(step)


@contextmanager
def writing_at_once(visitors: list[Visitor], first: int) -> Iterator[list[Written]]:
    """Writers at work until this is left; what they were told fills up meanwhile."""
    enough, written = Event(), [Written() for _ in visitors]
    with ThreadPoolExecutor(len(visitors)) as pool:
        futures = [
            pool.submit(write, visitor, f"writer {number}", its_own, lambda: not enough.is_set())
            for number, (visitor, its_own) in enumerate(zip(visitors, written, strict=True), first)
        ]
        try:
            yield written
        finally:
            enough.set()
        for future in futures:
            future.result()


def assert_kept(installation: Installation, all_written: list[Written]) -> tuple[int, int]:
    """Everything acknowledged is there, and the log has each event once; gives how many deals and steps."""
    titles = {title for written in all_written for title in written.titles}
    steps = {step for written in all_written for step in written.next_steps}
    told = installation.company("told")
    assert titles - set(told["titles"]) == set()
    assert steps - set(told["next_steps"]) == set()
    assert told["events"] == told["steps"] == told["different"]
    return len(titles), len(steps)


def test_32_writers_at_two_web_processes_and_a_worker_never_meet_a_locked_database(
    on_sqlite: Installation,
) -> None:
    with on_sqlite.served("--processes", "2"):
        visitors = signed_in(on_sqlite.address, WRITERS)
        with writing_at_once(visitors, first=1) as written:
            sleep(SECONDS)
        deals, steps = assert_kept(on_sqlite, written)
    assert [trouble for one in written for trouble in one.troubles] == []
    statuses = sum((one.statuses for one in written), Counter())
    print(f"\n{WRITERS} writers, {SECONDS} s: {deals} deals, {steps} next steps, answers {dict(statuses)}")  # noqa: T201
    assert max(statuses) < 400
    assert all(one.next_steps for one in written)
    assert not any("locked" in path.read_text() for path in on_sqlite.home.parent.glob("said-*"))


def wait_for_a_success(written: list[Written]) -> None:
    end = monotonic() + PATIENCE_S
    while not any(one.next_steps for one in written) and monotonic() < end:
        sleep(0.02)


def kill_amid_writing(installation: Installation) -> None:
    rng, visitors, written = Random(KILLS), list[Visitor](), list[Written]()  # noqa: S311
    started_s = []
    for number in range(KILLS):
        began = monotonic()
        # the writers go on until after the kill
        with ExitStack() as writers, installation.served():
            started_s.append(monotonic() - began)
            visitors = visitors or signed_in(installation.address, WRITERS_KILLED)
            windows = [Visitor(one.address, one.cookies) for one in visitors]
            told = writers.enter_context(writing_at_once(windows, 1 + number * WRITERS_KILLED))
            wait_for_a_success(told)
            sleep(rng.random() / 2)
        written += told
    deals, steps = assert_kept(installation, written)
    print(  # noqa: T201
        f"\n{KILLS} kills: {deals} deals and {steps} next steps acknowledged, none lost; "
        f"started in {sorted(started_s)[KILLS // 2]:.1f} s (median)"
    )
    assert deals >= steps >= KILLS


def test_20_kills_of_the_server_on_sqlite_lose_nothing_acknowledged(on_sqlite: Installation) -> None:
    kill_amid_writing(on_sqlite)


def test_20_kills_of_the_server_on_postgresql_lose_nothing_acknowledged(on_postgresql: Installation) -> None:
    kill_amid_writing(on_postgresql)
