"""Broken, hostile and merely odd files: a refusal that says why, or rows that say what is wrong with them."""

import gzip
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from infield.imports import text_file, workbook
from infield.imports.reader import read
from infield.imports.reading import Unreadable
from infield.imports.wording import refusal, rejection

HEADER = "case,activity,timestamp\n"
GOOD = "1,A,2024-01-01 10:00:00\n1,B,2024-01-02 10:00:00\n"
DEALS = "deal id,created date,close date,stage,amount\n"
MEGABYTE = 1 << 20


def sheet_bytes(rows: list[list[Any]], *, empty: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [] if empty else rows:
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def replaced_member(workbook: bytes, name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return packed.getvalue()


def table_bytes(columns: dict[str, Any]) -> bytes:
    packed = io.BytesIO()
    pq.write_table(pa.table(columns), packed)
    return packed.getvalue()


SHEET = sheet_bytes([["case", "activity", "timestamp"], ["1", "A", "2024-01-01"]])
FIRST_SHEET = "xl/worksheets/sheet1.xml"
TABLE = table_bytes({"case": ["1", "1"], "activity": ["A", "B"], "timestamp": ["2024-01-01", "2024-01-02"]})
FAR_CELL = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c '
    b'r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


def gz(content: bytes) -> bytes:
    return gzip.compress(content)


def bomb(size: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(size // MEGABYTE):
            file.write((b"1,A,2024-01-01\n" * 69906)[:MEGABYTE])
    return packed.getvalue()


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "no byte": ("a.csv", lambda: b"", "empty"),
    "only blank lines": ("a.csv", lambda: b"\n\r\n  \n", "empty"),
    "only a byte order mark": ("a.csv", lambda: b"\xef\xbb\xbf", "empty"),
    "only a header": ("a.csv", HEADER.encode, "no_rows"),
    "only a header and blank rows": ("a.csv", lambda: HEADER.encode() + b",,\n\n", "no_rows"),
    "no header": ("a.csv", GOOD.encode, "no_header"),
    "one column": ("a.csv", lambda: b"case\n1\n2\n", "one_column"),
    "ten thousand columns": (
        "a.csv",
        (",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("x" * 10_000) + "\n").encode,
        "too_many_columns",
    ),
    "no column of a history": ("a.csv", lambda: b"name,city\nAnn,Oulu\nBob,Kobe\n", "columns_missing"),
    "no time": ("a.csv", lambda: b"case,activity\n1,A\n1,B\n", "columns_missing"),
    "truncated gzip": ("a.csv.gz", lambda: gz((HEADER + GOOD * 5000).encode())[:-200], "truncated_gzip"),
    "gzip header only": ("a.csv.gz", lambda: gz(GOOD.encode())[:10], "truncated_gzip"),
    "gzip with a wrong checksum": (
        "a.csv.gz", lambda: gz((HEADER + GOOD).encode())[:-8] + b"\0\0\0\0\0\0\0\0", "broken_gzip",
    ),
    "gzip of noise": ("a.csv.gz", lambda: b"\x1f\x8b\x08\x00" + bytes(range(256)) * 8, "broken_gzip"),
    "gzip of nothing": ("a.csv.gz", lambda: gz(b""), "empty"),
    "gzip bomb": ("a.csv.gz", lambda: gz(HEADER.encode()) + bomb(40 * MEGABYTE), "gzip_bomb"),
    "one endless line": ("a.csv.gz", lambda: gz(b"a,b,c\n" + b"x" * (40 * MEGABYTE)), "line_too_long"),
    "a picture": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_text"),
    "a program": ("a.csv", lambda: b"\x7fELF" + bytes(range(256)) * 20, "not_text"),
    "a document": ("a.csv", lambda: b"%PDF-1.7\n", "not_text"),
    "a database": ("a.csv", lambda: b"SQLite format 3\0" + b"\0" * 100, "not_text"),
    "a web page called a spreadsheet": ("report.xls",
    lambda: b"<html><table><tr><td>1</td></tr></table></html>", "html"),
    "an old spreadsheet": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "old_spreadsheet"),
    "JSON": ("a.csv", lambda: b'{"case": 1, "activity": "A"}', "json"),
    "packed another way": ("a.csv.bz2", lambda: b"BZh91AY&SY", "packed"),
    "text called XLSX": ("a.xlsx", (HEADER + GOOD).encode, "not_what_it_says"),
    "text called Parquet": ("a.parquet", (HEADER + GOOD).encode, "not_what_it_says"),
    "a zip that is no workbook": ("a.xlsx", lambda: _zip({"readme.txt": b"x"}), "not_xlsx"),
    "a workbook cut short": ("a.xlsx", lambda: SHEET[: len(SHEET) // 2], "not_xlsx"),
    "a workbook with a broken sheet": ("a.xlsx", lambda: replaced_member(SHEET, FIRST_SHEET,
    b"<worksheet><sheetData><row"), "not_xlsx"),
    "a workbook with noise inside": ("a.xlsx", lambda: SHEET[:200] + b"\xff" * 300 + SHEET[500:], "not_xlsx"),
    "an empty workbook": ("a.xlsx", lambda: sheet_bytes([], empty=True), "empty"),
    "a workbook with a header only": ("a.xlsx", lambda: sheet_bytes([["case", "activity", "timestamp"]]),
    "no_rows"),
    "a workbook that unpacks into gigabytes": (
        "a.xlsx", lambda: replaced_member(SHEET, FIRST_SHEET, b"<worksheet>" + b" " * (20 * MEGABYTE)),
        "workbook_too_big",
    ),
    "a workbook with two cells far apart": ("a.xlsx", lambda: replaced_member(SHEET, FIRST_SHEET, FAR_CELL),
    "too_many_cells"),
    "Parquet cut short": ("a.parquet", lambda: TABLE[: len(TABLE) // 2], "not_parquet"),
    "Parquet of four bytes": ("a.parquet", lambda: b"PAR1", "not_parquet"),
    "Parquet with noise in its footer": ("a.parquet", lambda: TABLE[:-60] + b"\xff" * 52 + TABLE[-8:],
    "not_parquet"),
    "Parquet with noise in its pages": ("a.parquet", lambda: TABLE[:4] + b"\xff" * 200 + TABLE[204:],
    "not_parquet"),
    "Parquet without rows": ("a.parquet", lambda: table_bytes({"case": pa.array([], pa.string()),
    "activity": pa.array([], pa.string())}), "no_rows"),
    "a quotation mark that swallows the rest": ("a.csv",
    (HEADER + '1,"A,2024-01-01\n' + GOOD * 50).encode, "unclosed_quote"),
    "a quotation mark before megabytes": ("a.csv",
    (HEADER + '1,"A,2024-01-01\n' + GOOD * 400_000).encode, "unclosed_quote"),
    "a cell of 20 MB": ("a.csv", (HEADER + f"1,{'x' * (20 * MEGABYTE)},2024-01-01\n").encode,
    "cell_too_long"),
}  # fmt: skip


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(text_file, "BOMB_BYTES", 32 * MEGABYTE)
    monkeypatch.setattr(workbook, "MOST_BYTES", 16 * MEGABYTE)
    name, content, code = REFUSED[what]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(Unreadable) as refused:
        read([path], connection, zone=ZoneInfo("UTC"))
    assert refused.value.code == code
    assert refused.value.file == name
    assert refusal(refused.value).startswith(name)
    assert connection.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]


ROWS: dict[str, tuple[str, str, dict[int, str]]] = {
    "a row with too few cells": (HEADER, "1,A\n" + GOOD, {2: "too_few_cells"}),
    "a row with too many cells": (HEADER, GOOD + "1,A,2024-01-01,x\n", {4: "too_many_cells"}),
    "a last row that was cut": (HEADER, GOOD + "1,C,2024-0", {4: "bad_time"}),
    "a last cell whose quotation mark never closes": (HEADER, GOOD + '1,"C', {4: "bad_quotes"}),
    "text after a closing quotation mark": (HEADER, '1,"A"x,2024-01-01\n' + GOOD, {2: "bad_quotes"}),
    "a row without a deal": (HEADER, ",A,2024-01-01\n" + GOOD, {2: "no_case"}),
    "a row without an activity": (HEADER, "1,,2024-01-01\n" + GOOD, {2: "no_stage"}),
    "a row without a time": (HEADER, "1,A,\n" + GOOD, {2: "no_time"}),
    "the year 0": (HEADER, "1,A,0000-01-01 10:00:00\n" + GOOD, {2: "bad_time"}),
    "the 30th of February": (HEADER, "1,A,2024-02-30 10:00:00\n" + GOOD, {2: "bad_time"}),
    "the year 9999": (HEADER, "1,A,9999-12-31 10:00:00\n" + GOOD, {2: "bad_time"}),
    "infinity for a time": (HEADER, "1,A,infinity\n1,A,-infinity\n" + GOOD, {2: "bad_time", 3: "bad_time"}),
    "a year of six digits": (HEADER, "1,A,294247-01-10 04:00:54\n" + GOOD, {2: "bad_time"}),
    "a year before our era": (HEADER, "1,A,290309-12-22 (BC) 00:00:00\n" + GOOD, {2: "bad_time"}),
    "too many seconds since 1970": (
        HEADER, "1,A,9223372036854775807\n" + "1,A,1704067200\n" * 9, {2: "bad_time"},
    ),
    "too many days of a spreadsheet": (HEADER, "1,A,999999999999\n" + "1,A,45292\n" * 9, {2: "bad_time"}),
    "a word for a time": (HEADER, "1,A,yesterday\n" + GOOD, {2: "bad_time"}),
    "a hundred thousand letters for an activity": (HEADER, f"1,{'x' * 100_000},2024-01-01\n" + GOOD,
    {2: "cell_too_long"}),
    "a cell of 3 MB": (HEADER, f"1,{'x' * (3 * MEGABYTE)},2024-01-01\n" + GOOD, {2: "cell_too_long"}),
    "a zero byte in a name": (HEADER, "1,A\0B,2024-01-01 10:00:00\n" + GOOD, {2: "bad_characters"}),
    "not a number for an amount": (DEALS, "1,2024-01-01,,New,NaN\n2,2024-01-01,,New,5\n", {2: "bad_amount"}),
    "infinity for an amount": (DEALS, "1,2024-01-01,,New,-inf\n2,2024-01-01,,New,5\n", {2: "bad_amount"}),
    "1e400 for an amount": (DEALS, "1,2024-01-01,,New,1e400\n2,2024-01-01,,New,5\n", {2: "bad_amount"}),
    "more money than 64 bits": (DEALS, "1,2024-01-01,,New,9e19\n2,2024-01-01,,New,5\n", {2: "bad_amount"}),
    "a formula for an amount": (DEALS, "1,2024-01-01,,New,=1+1\n2,2024-01-01,,New,5\n", {2: "bad_amount"}),
    "a closing date that cannot be read": (DEALS,
    "1,2024-01-01,soon,Won,5\n2,2024-01-01,2024-01-02,Won,5\n", {2: "bad_time"}),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", ROWS)
def test_a_row_that_cannot_be_understood_is_reported_and_the_others_are_kept(
    tmp_path: Path, history: Callable[..., Any], what: str
) -> None:
    header, body, expected = ROWS[what]
    path = tmp_path / "a.csv"
    path.write_bytes((header + body).encode())
    found = history(path)
    assert {row.row: row.reason for row in found.reading.rejected} == expected
    assert found.reading.rows_rejected == len(expected)
    assert found.reading.rows_kept > 0
    assert all(rejection(row).startswith(f"a.csv, row {row.row} ") for row in found.reading.rejected)


def test_rows_with_broken_bytes_are_reported_and_the_encoding_is_kept(
    tmp_path: Path, history: Callable[..., Any]
) -> None:
    lines = [HEADER.encode()] + [f"1,Käynti {i},2024-01-01 10:00:00\n".encode() for i in range(50)]
    lines[7] = b"1,K\xe4ynti,2024-01-01 10:00:00\n"
    path = tmp_path / "a.csv"
    path.write_bytes(b"".join(lines))
    found = history(path)
    assert [(row.row, row.reason) for row in found.reading.rejected] == [(8, "bad_characters")]
    assert found.reading.rows_kept == 49


def test_a_long_cell_that_is_not_needed_does_no_harm(read_text: Callable[..., Any]) -> None:
    found = read_text(
        f"case,activity,timestamp,note\n1,A,2024-01-01,{'x' * (3 * MEGABYTE)}\n1,B,2024-01-02,\n"
    )
    assert found.reading.rows_kept == 2


def test_formulas_are_text(read_text: Callable[..., Any]) -> None:
    found = read_text('case,activity,timestamp\n"=HYPERLINK(""http://x"")",@A,2024-01-01\n+1,-B,2024-01-02\n')
    assert [stage for *_, stage in found.events] == ["@A", "-B"]


def test_a_column_twice_and_a_column_without_a_name(read_text: Callable[..., Any]) -> None:
    found = read_text("case,activity,activity,,timestamp\n1,A,x,y,2024-01-01\n1,B,x,y,2024-01-02\n")
    assert [stage for *_, stage in found.events] == ["A", "B"]


def test_an_unknown_encoding_and_a_missing_file(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    from infield.imports.mapping import Mapping

    path = tmp_path / "a.csv"
    path.write_text(HEADER + GOOD)
    cases: list[tuple[Mapping | None, list[Path], str]] = [
        (Mapping(encoding="klingon"), [path], "no_such_encoding"),
        (Mapping(encoding="base64"), [path], "no_such_encoding"),
        (None, [tmp_path / "b.csv"], "no_such_file"),
        (None, [tmp_path], "cannot_open"),
        (None, [], "no_files"),
    ]
    for mapping, files, code in cases:
        with pytest.raises(Unreadable) as refused:
            read(files, connection, zone=ZoneInfo("UTC"), mapping=mapping)
        assert refused.value.code == code
        assert refusal(refused.value)


def test_a_refusal_keeps_what_an_earlier_reading_wrote(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.parquet"
    good.write_text(HEADER + GOOD)
    bad.write_bytes(TABLE[:4] + b"\xff" * 200 + TABLE[204:])
    read([good], connection, zone=ZoneInfo("UTC"))
    with pytest.raises(Unreadable):
        read([good, bad], connection, zone=ZoneInfo("UTC"))
    assert connection.execute("select count(*) from found_events").fetchall() == [(2,)]


READ_ALL = """
import sys
from pathlib import Path
from zoneinfo import ZoneInfo
import duckdb
from bench.peak import peak_mb
from infield.imports.reader import read
from infield.imports.reading import Unreadable
for path in sorted(Path(sys.argv[1]).iterdir()):
    with duckdb.connect() as connection:
        try:
            read([next(path.iterdir())], connection, zone=ZoneInfo("UTC"))
        except Unreadable:
            pass
print(peak_mb())
"""


@pytest.mark.slow
def test_reading_all_of_them_one_after_the_other_takes_at_most_500_mb(tmp_path: Path) -> None:
    files = {what: (name, content()) for what, (name, content, _) in REFUSED.items()}
    files |= {what: ("a.csv", (header + body).encode()) for what, (header, body, _) in ROWS.items()}
    # under the limits of the refusal tests a small one is enough, here it has to be the real size
    files["gzip bomb"] = ("a.csv.gz", gz(HEADER.encode()) + bomb(64 * MEGABYTE) * 17)
    for what, (name, content) in files.items():
        folder = tmp_path / what
        folder.mkdir()
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert float(done.stdout) <= 500
