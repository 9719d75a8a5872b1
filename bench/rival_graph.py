"""The same graph by PM4Py's dataframe path, run by a Python that has PM4Py: never a dependency of ours.

In: a sample log as Parquet. Out, as JSON: seconds to load and to discover, peak MB, and the edges.
"""

import json
import sys
import time

import pandas as pd  # type: ignore[import-untyped]
import pm4py  # type: ignore[import-not-found]
from bench.peak import peak_mb

COLUMNS = {"case_id": "case:concept:name", "activity": "concept:name", "timestamp": "time:timestamp"}


def main(file: str) -> None:
    start = time.perf_counter()
    frame = pd.read_parquet(file, columns=list(COLUMNS)).rename(columns=COLUMNS)
    frame = frame.astype({"case:concept:name": str, "concept:name": str})
    log = pm4py.format_dataframe(
        frame, case_id="case:concept:name", activity_key="concept:name", timestamp_key="time:timestamp"
    )
    loaded, spent_s = time.perf_counter(), time.process_time()
    counts, _, _ = pm4py.discover_dfg(log)
    times, _, _ = pm4py.discover_performance_dfg(log, perf_aggregation_key="all")
    discovered, cpu_s = time.perf_counter(), time.process_time() - spent_s
    edges = [[*edge, count, times[edge]["mean"], times[edge]["median"]] for edge, count in counts.items()]
    seconds = {"load_s": loaded - start, "graph_s": discovered - loaded, "cpu_s": cpu_s}
    print(json.dumps({**seconds, "peak_mb": peak_mb(), "edges": edges}))


if __name__ == "__main__":
    main(sys.argv[1])
