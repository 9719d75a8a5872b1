"""A day's requests on a large company: server CPU of each, and how long it takes with one and with four at a time.

    python -m bench.day                    10,000 and 100,000 deals, a fifth of organizations, ten events a deal
    python -m bench.day --deals 10000      only so many
    python -m bench.day --postgres         on a PostgreSQL of its own
    python -m bench.day --served           also p50 over HTTP, with one and with four connections
    python -m bench.day --keep DIR         the companies are kept in DIR and used again

Server CPU is the process's own time for one request, the median of 30, through the whole stack of middleware; on
PostgreSQL the database's own time is not in it, p50 has both. The companies are measured in turn, in processes of
their own, for several rounds; told is the median of the rounds, and the least. 3,000 deals are open in each.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import median

LIMITS_MS = {
    "list": 25, "filtered": 25, "deal": 25, "board": 60, "search": 25, "create": 15, "move": 15,
}  # fmt: skip
GROWTH = 1.3

type Rounds = dict[str, list[float]]
"""What was measured → ms, one a round."""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--deals", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--served", action="store_true")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="infield-bench-") as folder:
        home = asked.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        Path(folder).chmod(0o755)  # PostgreSQL is run by a user of its own
        found: dict[int, Rounds] = {deals: {} for deals in asked.deals}
        for number in range(asked.rounds):
            for deals in asked.deals:
                for name, taken in _once(home, deals, asked).items():
                    found[deals].setdefault(name, []).append(taken)
            print(f"round {number + 1}, load of the machine {os.getloadavg()[0]:.1f}", flush=True)
    _tell(found)


def _once(home: Path, deals: int, asked: Namespace) -> dict[str, float]:
    place = home / f"{'postgres' if asked.postgres else 'sqlite'}-{deals}"
    switches = [f"--{name}" for name in ("postgres", "served") if getattr(asked, name)]
    command = [sys.executable, "-m", "bench.day.once", str(place), f"--deals={deals}", *switches]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _tell(found: dict[int, Rounds]) -> None:
    few, many = min(found), max(found)
    print(f"{'ms: median (least)':20}" + "".join(f"{deals:>20,}" for deals in found) + f"{'growth':>10}")
    for name in found[few]:
        told = "".join(
            f"{median(one[name]):13.1f} ({min(one[name]):.1f})".rjust(20) for one in found.values()
        )
        growth = median(found[many][name]) / median(found[few][name])
        limit = f"   at most {LIMITS_MS[name]}" if name in LIMITS_MS else ""
        print(f"{name:20}{told}{growth:10.2f}{limit}")


if __name__ == "__main__":
    main()
