"""The pages of the board, a deal, the funnel and the map, with few deals and with many.

    python -m bench.board [--many 100000]   queries, server CPU and compressed size

300 deals are open; then so many more that were lost or won, with ten events each, are put beside them. Server CPU is
the process's own time for one request, the median of 30, through the whole stack of middleware. A page of analysis
is told twice: asked for the first time after something happened, and again.
"""

import argparse
import gzip
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.day.asks import Ask, cpu_ms
from bench.day.company import fill as fill_company
from bench.installation import installed

LIMITS = {"board_ms": 60.0, "board_kB": 25.0, "deal_ms": 25.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="infield-bench-") as folder, installed(Path(folder)):
        from tests.desk.board_world import begin, fill

        from infield.history.queries import log_source
        from infield.history.upkeep import refresh

        world = begin()
        deal, anna = fill(world, 300)[0].pk, world.people.anna
        few = pages(anna, deal)
        fill_company(world, asked.many, working=0)
        refresh(log_source())
        compare(few, pages(anna, deal))


def pages(user: Any, deal: Any) -> dict[str, float]:
    """Give queries, CPU in ms the first time and again (median), and size in kB, compressed and not, of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from infield.web.ids import to_text

    client, found = Client(), {}
    client.force_login(user)
    paths = {
        "board": "/board",
        "deal": f"/deals/{to_text(deal)}",
        "funnel": "/funnel",
        "map": "/map?view=both",
    }
    for name, path in paths.items():
        before = time.process_time()
        client.get(path)
        found[f"{name}_first_ms"] = (time.process_time() - before) * 1000
        with CaptureQueriesContext(connection) as asked:
            body = client.get(path).content
        found[f"{name}_queries"] = float(len(asked))
        found[f"{name}_ms"] = cpu_ms(user, lambda _, path=path: Ask(path))  # type: ignore[misc]
        found[f"{name}_kB"] = len(gzip.compress(body, 6)) / 1000
        found[f"{name}_raw_kB"] = len(body) / 1000
    return found


def compare(few: dict[str, float], many: dict[str, float]) -> None:
    """Print what was measured with few and with many deals, and the growth of the pages that must not grow."""
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    print(f"{'':24}{'few':>10}{'many':>10}{'growth':>8}")
    for name, value in few.items():
        limit, growth = LIMITS.get(name), many[name] / value if value else 1
        said = f"   at most {limit:g}" if limit else ""
        print(f"{name:24}{value:10.1f}{many[name]:10.1f}{growth:8.2f}{said}")


if __name__ == "__main__":
    main()
