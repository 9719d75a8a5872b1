"""How soon after 10,000 new events the analysis knows them, beside a log of 13.6 million (1,000,000 deals).

    python bench/append.py [--deals 1000000] [--folder FOLDER]

Loads a made-up history into the database (SQLite, or what INFIELD_DATABASE_URL names: an empty one), builds the
parts, writes 10,000 events and asks for the process: of new deals, of deals anywhere in the history, and of some
whose events were late. Against it stand the two plain ways: to read the touched cases whole, and to build everything
anew. The last lines are the medians of the rounds of this run; FOLDER is kept and used again where it holds the
history already.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import md5
from itertools import batched
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

import pyarrow as pa
from bench.peak import peak_mb

UNTIL = datetime(2026, 11, 1, tzinfo=UTC)
COLUMNS = (
    "id", "position", "case", "at", "recorded_at", "precision", "kind", "stage", "stage_found", "object_kind",
    "object_id", "source", "data",
)  # fmt: skip
ROWS = Path(__file__).parent / "append_rows.sql"
APPENDED = 10_000
STAGES = ("Inquiry", "Qualified", "Discovery", "Proposal")

type Row = tuple[Any, ...]


def history(deals: int) -> Iterator[Row]:
    """The rows of `COLUMNS`, ids as hexadecimal text; those of events and deals are counted."""
    from infield.history.ask import connect
    from infield.history.sample_log import sample_log

    log, position = connect(), 0
    log.execute("SET timezone = 'UTC'")
    for batch in sample_log(deals, seed=1, until=UNTIL):
        log.register("batch", pa.Table.from_batches([batch]))
        rows = log.execute(ROWS.read_text(encoding="utf-8"), {"position": position})
        while some := rows.fetchmany(50_000):
            position += len(some)
            yield from some


def owner(name: str) -> UUID:
    return UUID(bytes=md5(name.encode(), usedforsecurity=False).digest())


def load(rows: Iterator[Row]) -> None:
    """Puts the rows into the table without asking the app, which would take an hour for them."""
    from django.db import connection, transaction

    names = ", ".join(f'"{name}"' for name in COLUMNS)
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            with cursor.copy(f"COPY history_event ({names}) FROM STDIN") as copy:
                for values in rows:
                    copy.write_row(values)
            cursor.execute("ANALYZE history_event")
        return
    marks = ", ".join("%s" for _ in COLUMNS)
    insert = f"INSERT INTO history_event ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
    for some in batched(rows, 200_000):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, some)


TAKEN: dict[str, list[tuple[float, float]]] = {}
"""What was timed → seconds on the clock and of the processor, one a round."""


def timed[T](what: str, act: Callable[[], T]) -> T:
    wall, cpu = time.perf_counter(), time.process_time()
    result = act()
    took = time.perf_counter() - wall, time.process_time() - cpu
    TAKEN.setdefault(what, []).append(took)
    print(f"{what:<72} {took[0]:8.2f} s  {took[1]:8.2f} cpu s  peak {peak_mb():.0f} MB", flush=True)
    return result


def tell_medians() -> None:
    print(f"-- medians; load of the machine {os.getloadavg()[0]:.1f}")
    for what, rounds in TAKEN.items():
        wall, cpu = (median(some) for some in zip(*rounds, strict=True))
        print(f"{what:<72} {wall:8.2f} s  {cpu:8.2f} cpu s  of {len(rounds)}")


def process_of_today(owners: frozenset[UUID] | None = None) -> int:
    """The directly-follows graph with exact medians, over the log as of now."""
    from infield.history.ask import ask
    from infield.history.queries import open_log

    with open_log(owners) as log:
        return len(ask(log, "infield.mining", "edges").relation.fetchall())


def append(cases: list[UUID], seed: int, *, late: bool = False) -> None:
    """10,000 events, dealt out to the cases in turn; late ones happened before others of their case."""
    from infield.history.actions import NewEvent, record_many

    at, data = UNTIL + timedelta(days=seed), {"owner": str(owner("Aino Laine"))}
    record_many(
        NewEvent(
            kind="stage_entered",
            case=cases[n % len(cases)],
            object_kind="deal",
            object_id=cases[n % len(cases)],
            at=at - timedelta(days=3_000 if late and n % 20 == 0 else 0) + timedelta(minutes=n),
            stage=STAGES[n // len(cases) % len(STAGES)],
            data=data,
        )
        for n in range(APPENDED)
    )


def scattered(deals: int, seed: int) -> list[UUID]:
    """As many deals as events: a tenth of them new, the others anywhere in the history."""
    rng = Random(seed)  # noqa: S311  (the same every time)
    numbers = (
        deals + seed * APPENDED + n if n % 10 == 0 else rng.randrange(1, deals) for n in range(APPENDED)
    )
    return [UUID(int=number) for number in numbers]


def new_deals(deals: int, seed: int) -> list[UUID]:
    """Deals that were not there, with 14 events each."""
    return [UUID(int=deals + seed * APPENDED + n) for n in range(APPENDED // 14)]


WAYS = (
    ("new deals", new_deals, False),
    ("scattered", scattered, False),
    ("scattered, some late", scattered, True),
)


def measure(deals: int, rounds: int) -> None:
    from django.core.management import call_command

    from infield.history.models import Event
    from infield.history.queries import log_source
    from infield.history.upkeep import refresh, rewrite_base

    call_command("migrate", verbosity=0)
    if not Event.objects.exists():
        timed("load the history", lambda: load(history(deals)))
    events = Event.objects.count()
    print(f"{events:,} events")
    timed("build everything anew: the base", lambda: refresh(log_source()))
    timed("the process, nothing pending", process_of_today)
    timed("the process, nothing pending, again", process_of_today)
    first = events // 1_000
    for seed in range(first, first + rounds):
        for what, choose, late in WAYS:
            print(f"-- {what}; load of the machine {os.getloadavg()[0]:.1f}")
            timed(f"{what}: write 10,000 events", partial(append, choose(deals, seed), seed, late=late))
            timed(f"{what}: the process, 10,000 pending  <= 2 s", process_of_today)
            with whole_cases():
                timed(f"{what}: the same, touched cases read whole", process_of_today)
            timed(f"{what}: write the delta", lambda: refresh(log_source()))
            timed(f"{what}: the process, with the delta", process_of_today)
    timed("the process, one owner's deals", lambda: process_of_today(frozenset({owner("Aino Laine")})))
    timed("rewrite the base", lambda: rewrite_base(log_source(), deltas=0))
    timed("the process, on the new base", process_of_today)
    tell_medians()


@contextmanager
def whole_cases() -> Iterator[None]:
    """The plain way: every touched case is read whole from the database."""
    from infield.history import upkeep

    continued, upkeep.CONTINUED_MOST = upkeep.CONTINUED_MOST, -1
    try:
        yield
    finally:
        upkeep.CONTINUED_MOST = continued


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deals", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.folder or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        os.environ |= {"INFIELD_HOME": str(home.absolute()), "DJANGO_SETTINGS_MODULE": "infield.settings"}
        os.environ.setdefault("INFIELD_SECRET_KEY", "a key of fifty letters or more, for measuring alone")
        import django

        django.setup()
        measure(asked.deals, asked.rounds)


if __name__ == "__main__":
    main()
