"""A sample log goes the whole way: file, staging, log, saved, opened, asked."""

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench.prepared import prepared

from infield.history.ask import connect
from infield.history.log import open_log
from infield.mining.graph import edges
from infield.mining.overview import overview
from infield.mining.variants import variants


def test_the_saved_log_of_a_sample_says_what_its_file_says(tmp_path: Path) -> None:
    made = prepared(400, tmp_path)
    rows = pq.read_table(made.file).to_pylist()
    paths: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        paths[row["case_id"]].append(row["activity"])
    kinds = Counter(row["kind"] for row in rows)

    log = connect()
    open_log(log, Path(made.log))
    seen = overview(log)
    assert (seen.deals, seen.events, seen.won, seen.lost) == (400, len(rows), kinds["won"], kinds["lost"])
    followed = Counter(edge for path in paths.values() for edge in pairwise(path))
    assert {(edge.source, edge.target): edge.count for edge in edges(log)} == followed
    ways = Counter(map(tuple, paths.values()))
    found = variants(log)
    assert found.count == len(ways)
    assert [(way.path, way.deals) for way in found.top] == sorted(
        ways.items(), key=lambda item: (-item[1], item[0])
    )[:100]
    assert found.top[0].share == pytest.approx(found.top[0].deals / 400)


def test_a_sample_is_made_once(tmp_path: Path) -> None:
    assert prepared(5, tmp_path) == prepared(5, tmp_path)
