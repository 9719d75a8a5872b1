"""How long the exact alignments of all variants of a noisy log take, and what PM4Py takes for some of them.

    python bench/alignments.py [--variants 73000] [--deals 100000] [--pm4py-python PATH]

First made-up variants, then the sample log of so many deals (13.6 events each) from its tables.
PATH is the Python of an environment with PM4Py, made by hand. The map has 14 stages, with a branch, a
jump and ways back; the deals skip stages, go back and have entries that the map does not have.
"""

import argparse
import json
import random
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from bench.peak import peak_mb

from infield.history.ask import connect
from infield.history.log import build_log
from infield.history.sample_log import sample_log
from infield.history.sample_truth import TWELVE_STAGES
from infield.mining.align import align
from infield.mining.conformance import CodedPaths, Taken, coded, conformance, conformance_of_coded, matched
from infield.mining.log_conformance import conformance_of_log, paths_of_log
from infield.mining.model import Model, Outcome, model_of
from infield.process.values import ProcessMap, Stage, Transition, WayOut

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGES = (
    *("target", "contact", "inquiry", "qualify", "needs", "demo", "pilot", "offer"),
    *("legal", "negotiate", "contract", "kickoff", "rollout", "review"),
)
OTHERS = ("Follow-up", "On hold", "Quote revised")
SALE = STAGES.index("contract")
STAGING = """
CREATE TABLE found_events AS
SELECT
    (dense_rank() OVER (ORDER BY case_id::VARCHAR) - 1)::INTEGER AS "case", row_number() OVER () AS ordinal,
    epoch_us("timestamp") AS at_us, 'time' AS "precision", kind::VARCHAR AS kind,
    activity::VARCHAR AS stage, NULL::VARCHAR AS "owner"
FROM events;
CREATE TABLE found_cases AS
SELECT
    "case", 'deal' AS uuid, max(kind) FILTER (kind IN ('won', 'lost')) AS outcome,
    NULL::BIGINT AS closed_us, NULL::VARCHAR AS "owner", NULL::VARCHAR AS organization,
    NULL::VARCHAR AS source, NULL::VARCHAR AS segment, NULL::VARCHAR AS product,
    NULL::BIGINT AS amount_minor, NULL::VARCHAR AS currency
FROM found_events GROUP BY "case"
"""
TARGET_S = 1.5
TIMES = 5
SAMPLE = 200


def fourteen_stages() -> ProcessMap:
    ways = [Transition(source=a, target=b) for a, b in pairwise(STAGES)]
    ways += [
        Transition(source="demo", target="offer", kind="branch"),
        Transition(source="offer", target="negotiate", kind="jump"),
        Transition(source="negotiate", target="offer", kind="way_back"),
        Transition(source="review", target="needs", kind="way_back"),
    ]
    return ProcessMap(
        name="Fourteen stages",
        stages=tuple(
            Stage(key=key, name=key.title(), sale=at == SALE, about="client" if at > SALE else "deal")
            for at, key in enumerate(STAGES)
        ),
        transitions=tuple(ways),
        ways_out=(WayOut(key="no", name="No", kind="no"),),
    )


def deal(draw: random.Random) -> tuple[tuple[str, ...], Outcome]:
    """Give the path of one deal, which follows the map with slips, and how it ended."""
    outcome: Outcome = draw.choices(("won", "lost", None), (25, 65, 10))[0]
    last = len(STAGES) if outcome == "won" else draw.randint(4, SALE + 1)
    path, at = [], 0
    while at < last:
        if draw.random() < 0.93:
            path.append(STAGES[at])
        if draw.random() < 0.12:
            path.append(draw.choice(OTHERS))
        at = draw.randrange(at) if at and draw.random() < 0.06 else at + 1
    return tuple(path), outcome


def variants(wanted: int, seed: int = 7) -> list[Taken]:
    """Draw deals until so many different paths (with their outcome) are there."""
    draw = random.Random(seed)  # noqa: S311
    found: Counter[tuple[tuple[str, ...], Outcome]] = Counter()
    while len(found) < wanted:
        found[deal(draw)] += 1
    return [(path, outcome, deals) for (path, outcome), deals in found.items()]


def map_of_the_sample() -> ProcessMap:
    return ProcessMap(
        name="Sample",
        stages=tuple(
            Stage(key=stage.key, name=stage.name, sale=stage.key == TWELVE_STAGES.stages[-1].key)
            for stage in TWELVE_STAGES.entered
        ),
        transitions=tuple(Transition(source=a, target=b) for a, b in TWELVE_STAGES.moves),
        ways_out=(WayOut(key="no", name="No", kind="no"),),
    )


def log_of(deals: int) -> "DuckDBPyConnection":
    """Build the tables of the sample log, as a reader and the history do."""
    events = pa.Table.from_batches(sample_log(deals, seed=1, until=datetime(2026, 7, 1, tzinfo=UTC)))
    connection = connect()
    connection.register("events", events.select(["case_id", "kind", "activity", "timestamp"]))
    connection.execute(STAGING)
    build_log(connection, ZoneInfo("UTC"))
    return connection


def of_log(deals: int) -> None:
    """Time conformance from the tables of the sample log."""
    connection, process = log_of(deals), map_of_the_sample()
    events, paths = connection.sql(
        "SELECT (SELECT count(*) FROM steps), (SELECT count(*) FROM paths)"
    ).fetchall()[0]
    found = conformance_of_log(connection, process)
    print(
        f"sample log: {found.deals:,} deals, {events:,} events, {paths:,} distinct paths; "
        f"{found.fitting:,} deals fit, cost {found.cost:,}, {len(found.deviations)} deviations"
    )
    read = median_s(lambda: paths_of_log(connection, process))
    whole = median_s(lambda: conformance_of_log(connection, process))
    print(f"from tables, explained   {whole:6.3f} s (target {TARGET_S} s), reading {read:.3f} s of it")


def median_s(work: Callable[[], object]) -> float:
    """Give the median of several runs, in seconds."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def of_rival(python: Path, model: Model, given: CodedPaths, rows: Sequence[int]) -> tuple[list[int], float]:
    """Let PM4Py align some of the paths; give its costs and its seconds."""
    paths, _ = matched(model, given)
    entries = [paths.entries[paths.starts[row] : paths.starts[row + 1]].tolist() for row in rows]
    question = {
        "nexts": [
            [state, to, str(model.stage_of[to])]
            for state, following in enumerate(model.nexts.tolist())
            for to in following
            if to >= 0
        ],
        "ends": [np.flatnonzero(skips == 0).tolist() for skips in model.skips_to_end],
        "paths": [
            [int(paths.outcomes[row]), [str(entry) for entry in path]]
            for row, path in zip(rows, entries, strict=True)
        ],
    }
    program = Path(__file__).parent / "rivals" / "pm4py_alignments.py"
    answer = subprocess.run(
        [python, program], input=json.dumps(question), capture_output=True, text=True, check=True
    )
    found = json.loads(answer.stdout[answer.stdout.index("{") :])
    print(f"PM4Py {found['version']}")
    return found["costs"], found["seconds"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--variants", type=int, default=73_000)
    asked.add_argument("--deals", type=int, default=100_000)
    asked.add_argument("--pm4py-python", type=Path)
    options = asked.parse_args()
    process, rows = fourteen_stages(), variants(options.variants)
    model, given = model_of(process), coded(rows)
    paths, _ = matched(model, given)
    found = conformance(process, rows)
    costs = align(model, paths).costs
    print(
        f"{len(rows):,} variants of {int(given.deals.sum()):,} deals, "
        f"{int(np.diff(given.starts) @ given.deals):,} events, {len(given.codes):,} entries, "
        f"longest {int(np.diff(given.starts).max())}, cost {int(costs.sum()):,}, "
        f"{found.fitting:,} deals fit, {len(found.deviations)} deviations"
    )
    whole = median_s(lambda: conformance(process, rows))
    print(f"from names, explained    {whole:6.3f} s (target {TARGET_S} s)")
    print(f"from codes, explained    {median_s(lambda: conformance_of_coded(process, given)):6.3f} s")
    print(f"alignments alone         {median_s(lambda: align(model, paths)):6.3f} s")
    tenth = variants(options.variants // 10)
    part = median_s(lambda: conformance(process, tenth))
    print(f"growth exponent          {np.log10(whole / part):6.2f}   (a tenth: {part:.3f} s)")
    print(f"peak memory              {peak_mb():6.0f} MB")
    of_log(options.deals)
    if options.pm4py_python:
        against_rival(options.pm4py_python, model, given, costs, whole)


def against_rival(python: Path, model: Model, given: CodedPaths, costs: np.ndarray, whole_s: float) -> None:
    rows = sorted(random.Random(11).sample(range(len(costs)), min(SAMPLE, len(costs))))  # noqa: S311
    theirs, seconds = of_rival(python, model, given, rows)
    ours_s = whole_s / len(costs)
    print(f"PM4Py, {len(rows)} variants     {seconds:6.3f} s, {1000 * seconds / len(rows):.1f} ms each")
    print(
        f"ours, whole, a variant   {1000 * ours_s:6.4f} ms: {seconds / len(rows) / ours_s:,.0f} times faster"
    )
    equal = sum(a == b for a, b in zip(costs[rows].tolist(), theirs, strict=True))
    print(f"equal costs              {equal} of {len(rows)}")
    assert equal == len(rows)


if __name__ == "__main__":
    main()
