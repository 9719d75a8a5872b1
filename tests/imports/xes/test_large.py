"""XES in pieces and at length: many lists of tags, a whole generated log, the progress told meanwhile."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from tests.imports.xes.files import Write, cases, event, events, log, trace

from infield.history.sample_files import write_xes
from infield.history.sample_log import sample_log
from infield.imports import xes_tags
from infield.imports.reading import Progress
from infield.imports.xes import read_xes


def test_a_log_cut_into_many_lists_of_tags_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_xes(sample_log(8, seed=2, until=datetime(2026, 1, 1, tzinfo=UTC)), tmp_path / "log.xes")
    found = []
    for size, block in ((100_000, 1 << 20), (1, 211)):
        monkeypatch.setattr(xes_tags, "TAGS_AT_ONCE", size)
        monkeypatch.setattr(xes_tags, "BLOCK", block)
        with duckdb.connect() as connection:
            reading = read_xes([tmp_path / "log.xes"], connection, won=["Won"], lost=["Lost"])
            found.append((reading, events(connection, "case", "ordinal", "at_us", "stage", "owner", "kind")))
    assert found[0] == found[1]
    assert found[0][0].rows_kept > 60


def test_a_generated_log_is_found_again_event_by_event(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    until = datetime(2026, 1, 1, tzinfo=UTC)
    write_xes(sample_log(300, seed=6, until=until), tmp_path / "log.xes.gz")
    rows = [row for batch in sample_log(300, seed=6, until=until) for row in batch.to_pylist()]
    read_xes([tmp_path / "log.xes.gz"], connection, won=["Won"], lost=["Lost"])
    expected = [
        (
            int(row["case_id"].removeprefix("D-")) - 1,
            int(row["timestamp"].timestamp() * 1_000_000),
            row["activity"],
            row["kind"].replace("activity_done", "stage_entered"),
            row["owner"],
        )
        for row in rows
    ]
    assert events(connection, "case", "at_us", "stage", "kind", "owner") == expected
    decimals = {"JPY": 0}
    amounts = {
        row["case_id"]: (
            None if row["amount"] is None else int(row["amount"] * 10 ** decimals.get(row["currency"], 2)),
            row["currency"],
        )
        for row in rows
    }
    assert {row[0]: row[1:] for row in cases(connection, "uuid", "amount_minor", "currency")} == amounts


def test_progress_ends_with_all_bytes_on_disk(write: Write, connection: duckdb.DuckDBPyConnection) -> None:
    path = write(gzip.compress(log(trace(event())).encode()), "log.xes.gz")
    seen: list[Progress] = []
    read_xes([path], connection, progress=seen.append)
    assert seen[-1] == Progress("log.xes.gz", path.stat().st_size, path.stat().st_size)
