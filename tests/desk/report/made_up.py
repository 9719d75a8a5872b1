"""A small made-up history as a file, and what plain Python finds in it."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from infield.desk.report.gather import Report, gather
from infield.history.ask import connect
from infield.imports.reader import read
from infield.process.values import ProcessMap, Stage, WayOut

MAP = ProcessMap(
    name="How we sell",
    stages=(
        Stage(key="ask", name="Ask"),
        Stage(key="show", name="Show"),
        Stage(key="offer", name="Offer"),
    ),
    ways_out=(WayOut(key="no", name="No", kind="no"),),
)
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class History:
    """Deals as lists of (time, activity), by id."""

    deals: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        with path.open("w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            rows.writerow(["Deal ID", "Activity", "Timestamp"])
            for deal, steps in self.deals.items():
                rows.writerows([deal, name, at.isoformat()] for at, name in steps)
        return path

    @property
    def events(self) -> int:
        return sum(map(len, self.deals.values()))

    def paths(self) -> Counter[tuple[str, ...]]:
        return Counter(tuple(name for _, name in steps) for steps in self.deals.values())

    def edges(self) -> Counter[tuple[str, str]]:
        pairs = (pair for path, deals in self.paths().items() for pair in [*pairwise(path)] * deals)
        return Counter(pairs)

    def ending_with(self, name: str) -> int:
        return sum(steps[-1][1] == name for steps in self.deals.values())


def made_up(deals: int = 60, seed: int = 4) -> History:
    """Give deals that go Ask, Show, Offer with skips and repeats, then are Signed, Declined or still open."""
    random = Random(seed)  # noqa: S311  no secret
    found: dict[str, list[tuple[datetime, str]]] = {}
    for number in range(deals):
        names = [name for name in ("Ask", "Show", "Offer") if random.random() < 0.85] or ["Ask"]
        names += ["Show"] * (random.random() < 0.2)
        names += random.choice([["Signed"], ["Declined"], []])
        at, steps = START + timedelta(hours=random.randrange(900)), []
        for name in names:
            steps.append((at, name))
            at += timedelta(minutes=random.randrange(1, 20_000))
        found[f"D-{number}"] = steps
    return History(found)


def report_of(
    *files: Path, won: Sequence[str] = (), lost: Sequence[str] = (), process: ProcessMap | None = None
) -> Report:
    connection = connect(threads=1)
    zone = ZoneInfo("UTC")
    reading = read(files, connection, zone=zone, won=won, lost=lost)
    return gather(connection, reading, zone, process, outcome_names=(*won, *lost))
