"""How much a XES log of 1.36 million events costs to read: CPU seconds and peak memory in fresh processes.

    python bench/xes.py [--deals 100000] [--runs 5] [--gz] [--pm4py-python PATH]

The log is generated (seed 1), so everyone measures the same one. Each run is a process of its own, imports
included; runs alternate with those of the rival, whose environment is made by hand and named by its Python:
PM4Py is no dependency. Prints one line a reader: medians, and the ratio of the rival to ours.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

UNTIL = datetime(2026, 10, 1, tzinfo=UTC)
MEASURED = """
import json, resource, sys, time
{read}
used = resource.getrusage(resource.RUSAGE_SELF)
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({{"cpu_s": used.ru_utime + used.ru_stime, "wall_s": time.perf_counter() - began,
                  "peak_mb": used.ru_maxrss * unit / 1e6, "events": events}}))
"""
OURS = """
began = time.perf_counter()
from pathlib import Path
import duckdb
from infield.imports.xes import read_xes
events = read_xes([Path(sys.argv[1])], duckdb.connect(), won=["Won"], lost=["Lost"]).rows_kept
"""
PM4PY = """
began = time.perf_counter()
import pm4py
events = len(pm4py.read_xes(sys.argv[1]))
"""


def main() -> None:
    options = parsed()
    readers = {"infield": (sys.executable, OURS)}
    if options.pm4py_python:
        readers["pm4py"] = (options.pm4py_python, PM4PY)
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), options.deals, gzipped=options.gz)
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, {options.deals} deals")
        runs = [{name: run(*reader, path) for name, reader in readers.items()} for _ in range(options.runs)]
    medians = {name: medians_of([one[name] for one in runs]) for name in readers}
    for name, found in medians.items():
        ratio = "".join(f" {key} x{found[key] / medians['infield'][key]:.1f}" for key in ("cpu_s", "peak_mb"))
        print(
            f"{name}: {found['events']:.0f} events, {found['cpu_s']:.2f} s CPU, {found['wall_s']:.2f} s,",
            end="",
        )
        print(f" {found['peak_mb']:.0f} MB;{ratio} (median of {options.runs})")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gz", action="store_true", help="read the log gzipped")
    parser.add_argument("--pm4py-python", help="the Python of an environment with PM4Py in it")
    return parser.parse_args()


def written(folder: Path, deals: int, *, gzipped: bool) -> Path:
    from infield.history.sample_files import write_xes
    from infield.history.sample_log import sample_log

    path = folder / ("log.xes.gz" if gzipped else "log.xes")
    write_xes(sample_log(deals, seed=1, until=UNTIL), path)
    return path


def run(python: str, read: str, path: Path) -> dict[str, float]:
    code = MEASURED.format(read=read)
    answer = subprocess.run([python, "-c", code, str(path)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def medians_of(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


if __name__ == "__main__":
    main()
