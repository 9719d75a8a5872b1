"""The directly-follows graph with count, deals, mean, exact median and p90, from the prepared tables.

    python -m bench.graph [--folder DIR] [--rounds 5] [--pm4py-python PATH]

Each round is a fresh process, rounds of the sizes and of the rival alternate; medians are printed. Time runs
from opening the prepared tables to having the rows; loading the engine (the rival: its dataframe too) is
shown apart. Processor seconds stand beside, for a machine that others use too. With `--pm4py-python`, a
Python that has PM4Py, its dataframe path runs on the same sample and must find the same edges. Ends with
status 1 if a limit is passed.
"""

import argparse
import json
import subprocess
import sys
import time
from math import isclose, log10
from pathlib import Path
from statistics import median
from typing import Any

from bench.peak import peak_mb
from bench.prepared import Prepared, prepared

SIZES = (100_000, 1_000_000)
LIMITS_S = {100_000: 0.15, 1_000_000: 1.0}
LIMIT_MB = 600
LIMIT_EXPONENT = 1.1

MEASURES = ("graph_s", "cpu_s", "peak_mb", "load_s")
LINE = "graph {:.3f} s, processor {:.3f} s, {:.0f} MB, load {:.2f} s; rounds {} s"

type Round = dict[str, Any]


def once(log: str) -> None:
    """One round, in a process of its own."""
    begun = time.perf_counter()
    from infield.history.ask import connect
    from infield.history.log import open_log
    from infield.mining.graph import edges

    connection = connect()
    start, spent_s = time.perf_counter(), time.process_time()
    open_log(connection, Path(log))
    found = edges(connection)
    graph_s, cpu_s = time.perf_counter() - start, time.process_time() - spent_s
    rows = [[e.source, e.target, e.count, e.mean_s, e.median_s] for e in found]
    seconds = {"load_s": start - begun, "graph_s": graph_s, "cpu_s": cpu_s}
    print(json.dumps({**seconds, "peak_mb": peak_mb(), "edges": rows}))


def run(*command: str) -> Round:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    told: Round = json.loads(done.stdout.splitlines()[-1])
    return told


def rounds(samples: list[Prepared], number: int, rival: str | None) -> dict[tuple[str, int], list[Round]]:
    told: dict[tuple[str, int], list[Round]] = {}
    for _ in range(number):
        for sample in samples:
            ours = run(sys.executable, "-m", "bench.graph", "--once", sample.log)
            told.setdefault(("ours", sample.deals), []).append(ours)
            if rival:
                other = run(rival, "-m", "bench.rival_graph", sample.file)
                told.setdefault(("rival", sample.deals), []).append(other)
                check_equal(ours, other)
    return told


def check_equal(ours: Round, other: Round) -> None:
    """Both found the same edges as often, with equal means and medians."""
    known = {tuple(row[:2]): row[2:] for row in other["edges"]}
    assert len(known) == len(ours["edges"]), (len(known), len(ours["edges"]))
    for source, target, count, mean_s, median_s in ours["edges"]:
        other_count, other_mean_s, other_median_s = known[source, target]
        assert count == other_count, (source, target)
        assert isclose(mean_s, other_mean_s, rel_tol=1e-6, abs_tol=1e-3), (source, target)
        assert isclose(median_s, other_median_s, rel_tol=1e-6, abs_tol=1e-3), (source, target)


def middle(told: list[Round], name: str) -> float:
    return float(median(found[name] for found in told))


def show(samples: list[Prepared], told: dict[tuple[str, int], list[Round]]) -> None:
    for sample in samples:
        print(f"\n{sample.deals:,} deals, {sample.events:,} events")
        costs = (sample.generate_s, sample.stage_s, sample.build_s, sample.save_s)
        print("  made once: generate {:.1f} s, stage {:.1f} s, build {:.1f} s, save {:.1f} s".format(*costs))
        for who in ("ours", "rival"):
            found = told.get((who, sample.deals))
            if found:
                rounds_s = " ".join(f"{one['graph_s']:.3f}" for one in found)
                print(f"  {who:6}", LINE.format(*(middle(found, name) for name in MEASURES), rounds_s))
        rival = told.get(("rival", sample.deals))
        if rival:
            ours = told["ours", sample.deals]
            ratios = [middle(rival, name) / middle(ours, name) for name in MEASURES]
            print("  rival / ours: time {:.0f}, processor {:.0f}, memory {:.1f}; equal edges".format(*ratios))


def passed(told: dict[tuple[str, int], list[Round]]) -> list[str]:
    """What went over a limit, in words."""
    small, large = (middle(told["ours", deals], "graph_s") for deals in SIZES)
    exponent = log10(large / small) / log10(SIZES[1] / SIZES[0])
    peak = max(middle(told["ours", deals], "peak_mb") for deals in SIZES)
    print(f"\ngrowth exponent {exponent:.2f}")
    verdicts = {
        f"{SIZES[0]:,} deals in {small:.3f} s": small <= LIMITS_S[SIZES[0]],
        f"{SIZES[1]:,} deals in {large:.3f} s": large <= LIMITS_S[SIZES[1]],
        f"{peak:.0f} MB": peak <= LIMIT_MB,
        f"exponent {exponent:.2f}": exponent <= LIMIT_EXPONENT,
    }
    return [what for what, kept in verdicts.items() if not kept]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pm4py-python", dest="rival")
    parser.add_argument("--once", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        once(given.once)
        return 0
    samples = [prepared(deals, given.folder) for deals in SIZES]
    told = rounds(samples, given.rounds, given.rival)
    show(samples, told)
    over = passed(told)
    for what in over:
        print("over the limit:", what)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
