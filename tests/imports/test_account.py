"""No row is silently dropped: read = kept + rejected + left out, whatever the files hold."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infield.imports.mapping import Mapping
from infield.imports.reader import read

type Read = Callable[..., Any]

CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8),
    st.sampled_from(["two\nlines", 'a "quote"', "a,b", "", "tab\t", "=1+1"]),
)
TIMES = st.sampled_from(
    ["2024-01-01 10:00:00", "2024-02-30", "", "soon", "2024-01-02", "0000-01-01", "2024-05-05T10:00Z"]
)
AMOUNTS = st.sampled_from(["", "1", "1.5", "1,5", "NaN", "1e400", "-", "1.234,5"])
EVENTS = st.tuples(
    st.sampled_from(["a", "b", ""]), CELLS, TIMES, st.sampled_from(["complete", "START", ""]), AMOUNTS
)
DEALS = st.tuples(
    st.sampled_from(["a", "b", "c", ""]), st.sampled_from(["Won", "Lost", "New", ""]), TIMES, TIMES, AMOUNTS
)


def written(header: list[str], rows: list[tuple[str, ...]], extra: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([header, *rows, *extra])
    return text.getvalue()


def account(tmp_path: Path, text: str, mapping: Mapping) -> tuple[Any, int, int]:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8", newline="")
    with duckdb.connect() as connection:
        found = read([path], connection, zone=ZoneInfo("Europe/Helsinki"), mapping=mapping)
        (events,), (cases,) = (
            connection.execute(f"select count(*) from {name}").fetchall()[0]
            for name in ("found_events", "found_cases")
        )
        (undated,) = connection.execute("select count(*) from found_events where at_us is null").fetchall()[0]
        assert undated == 0
        orphans = connection.execute(
            'select count(*) from found_cases anti join found_events using ("case")'
        ).fetchall()
        assert orphans == [(0,)]
    return found, events, cases


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(EVENTS, min_size=1, max_size=30),
    extra=st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=3),
)
def test_every_event_row_is_kept_rejected_or_left_out(
    tmp_path: Path, rows: list[tuple[str, ...]], extra: list[list[str]]
) -> None:
    columns = {
        "case": "case",
        "stage": "activity",
        "at": "time",
        "lifecycle": "lifecycle",
        "amount": "amount",
    }
    text = written(list(columns.values()), rows, extra)
    mapping = Mapping.model_validate({"columns": columns, "delimiter": ",", "header_row": 1})
    found, events, _ = account(tmp_path, text, mapping)
    blank = sum(not any(cell.strip() for cell in row) for row in [*rows, *extra])
    assert found.rows_read == len(rows) + len(extra) - blank
    assert found.rows_read == found.rows_kept + found.rows_rejected + sum(one.n for one in found.left_out)
    assert len(found.rejected) == found.rows_rejected
    assert events == found.rows_kept


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(DEALS, min_size=1, max_size=30))
def test_every_deal_row_is_kept_rejected_or_left_out(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    columns = {"case": "deal", "stage": "stage", "created": "created", "closed": "closed", "amount": "amount"}
    text = written(list(columns.values()), rows, [])
    mapping = Mapping.model_validate(
        {"columns": columns, "delimiter": ",", "header_row": 1, "shape": "deals"}
    )
    found, events, cases = account(tmp_path, text, mapping)
    blank = sum(not any(cell.strip() for cell in row) for row in rows)
    assert found.rows_read == len(rows) - blank
    assert found.rows_read == found.rows_kept + found.rows_rejected + sum(one.n for one in found.left_out)
    assert cases == found.rows_kept <= events


def test_several_files_are_one_history_and_their_overlap_counts_once(tmp_path: Path, history: Read) -> None:
    (tmp_path / "a.csv").write_text(
        "case,activity,timestamp\n1,A,2024-01-01\n1,B,2024-01-02\n1,B,2024-01-02\n"
    )
    (tmp_path / "b.csv").write_text("activity;case;timestamp\nC;1;2024-01-03\nA;2;2024-01-01\n")
    (tmp_path / "c.csv").write_text("case,activity,timestamp\n1,B,2024-01-02\n2,D,2024-01-05\n")
    found = history(tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv")
    assert found.reading.files == ("a.csv", "b.csv", "c.csv")
    assert [stage for _, stage in found.path("1")] == ["A", "B", "B", "C"]
    assert [stage for _, stage in found.path("2")] == ["A", "D"]
    assert found.left_out == {"duplicate_of_other_file": 1}
    assert found.findings["duplicate_rows"] == 1
    assert [layout["delimiter"] for layout in found.reading.mapping["layouts"]] == [",", ";", ","]


def test_rejected_rows_of_several_files_name_their_file(tmp_path: Path, history: Read) -> None:
    (tmp_path / "a.csv").write_text("case,activity,timestamp\n1,A,2024-01-01\n,B,2024-01-02\n")
    (tmp_path / "b.csv").write_text("case,activity,timestamp\n2,A\n2,A,2024-01-01\n2,B,never\n")
    found = history(tmp_path / "a.csv", tmp_path / "b.csv")
    assert [(row.file, row.row, row.reason) for row in found.reading.rejected] == [
        ("a.csv", 3, "no_case"), ("b.csv", 2, "too_few_cells"), ("b.csv", 4, "bad_time"),
    ]  # fmt: skip


def test_repeated_deals_keep_their_first_row(read_text: Read) -> None:
    others = "".join(f"{n},2024-01-01,New\n" for n in range(2, 20))
    found = read_text(
        "deal id,created date,stage\n1,2024-01-01,New\n1,2024-01-01,New\n1,2024-02-01,Old\n" + others
    )
    assert found.left_out == {"duplicate_row": 1, "repeated_id": 1}
    assert (found.findings["repeated_ids"], found.findings["duplicate_rows"]) == (2, 1)
    assert found.path("1") == [("2024-01-01 12:00:00.000", "Created")]


def test_a_file_in_which_no_row_can_be_used_gives_the_account_and_no_events(read_text: Read) -> None:
    found = read_text("case,activity,timestamp\n1,A,never\n2,B,never\n")
    assert (found.reading.rows_kept, found.reading.rows_rejected, found.events) == (0, 2, [])


def test_cases_are_coded_in_order_of_first_appearance(read_text: Read) -> None:
    found = read_text("case,activity,timestamp\nz,A,2024-05-01\na,A,2024-01-01\nz,B,2024-06-01\n")
    assert [(uuid, case["case"]) for uuid, case in found.cases.items()] == [("z", 0), ("a", 1)]


def test_equal_times_keep_the_order_of_the_file(read_text: Read) -> None:
    found = read_text("case,activity,timestamp\n1,C,2024-01-01\n1,A,2024-01-01\n1,B,2024-01-01\n")
    assert [stage for _, stage in found.path("1")] == ["C", "A", "B"]
