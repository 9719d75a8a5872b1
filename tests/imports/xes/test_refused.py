"""Files that are refused whole, and what hostile ones cannot do."""

import gzip
import tracemalloc
from pathlib import Path

import duckdb
import pytest
from tests.imports.xes.files import GOOD, Write, event, events, log, trace

from infield.imports import xes_tags
from infield.imports.reading import Unreadable
from infield.imports.xes import read_xes

BOMB = """<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""
OUTSIDE = '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY % more SYSTEM "http://localhost:1/x.dtd"> %more;]>'


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (log(trace(event("&c;")), head=BOMB), "entities", 1),
        (log(trace(event("&secret;")), head=OUTSIDE), "entities", 2),
        (log(trace(event()), head=PARAMETER), "entities", 1),
        (log(trace(event("&unknown;"))), "not_xml", 1),
        (gzip.compress(GOOD.encode() * 50)[:-9], "truncated_gzip", None),
        (gzip.compress(GOOD.encode())[:20] + b"\xff" * 400, "broken_gzip", None),
        ("", "empty", None),
        (" \n ", "empty", None),
        (gzip.compress(b""), "empty", None),
        ("case,activity\n1,Call\n", "not_xml", 1),
        (b"PK\x03\x04\0\0\0", "not_xml", 1),
        (GOOD.removesuffix("</log>"), "not_xml", 1),
        (GOOD + "<log/>", "not_xml", 1),
        (GOOD.replace("</trace>", "</Trace>"), "not_xml", 1),
        (log(trace(event()).replace("/>", '/ value="2">', 1)), "not_xml", 1),
        (GOOD.encode("latin-1"), "wrong_encoding", 1),
        (GOOD.replace("UTF-8", "UTF-9").encode(), "no_such_encoding", None),
        (GOOD.replace("UTF-8", "cp932").encode("cp932", "replace") + b"\x81", "wrong_encoding", None),
        (GOOD.encode("utf-16")[:-1], "wrong_encoding", None),
        ("<html><body>no log</body></html>", "not_xes", None),
        (log(), "no_traces", None),
        (log(trace("<a>" * 200 + "</a>" * 200)), "nested_too_deep", None),
        (log(trace("<a>" * 500_000)), "nested_too_deep", None),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isidentifier() else "",
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_written(
    content: str | bytes, code: str, line: int | None, write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    connection.execute("create table found_cases as select 'kept' as uuid")
    with pytest.raises(Unreadable) as refusal:
        read_xes([write(content)], connection)
    assert (refusal.value.code, refusal.value.file, refusal.value.line) == (code, "log.xes", line)
    assert cases_as_they_were(connection) == [("kept",)]


def cases_as_they_were(connection: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
    assert connection.execute("select table_name from duckdb_tables()").fetchall() == [("found_cases",)]
    return connection.execute("select * from found_cases").fetchall()


def test_a_missing_file_and_a_folder_are_refused(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    for path, code in ((tmp_path / "none.xes", "no_such_file"), (tmp_path, "cannot_open")):
        with pytest.raises(Unreadable) as refusal:
            read_xes([path], connection)
        assert refusal.value.code == code


def test_an_outside_dtd_is_never_opened_and_its_entities_stay_as_written(
    tmp_path: Path, write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    (tmp_path / "other.dtd").write_text('<!ENTITY company "secret">')
    head = f'<?xml version="1.0"?><!DOCTYPE log SYSTEM "{(tmp_path / "other.dtd").as_uri()}">'
    read_xes([write(log(trace(event("&company;")), head=head))], connection)
    assert events(connection, "stage") == [("&company;",)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932"]
)
def test_a_log_is_read_in_the_encoding_it_declares_or_marks(
    encoding: str, write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    text = log(
        trace(event("提案" * 500)), head=f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    )
    read_xes([write(text.encode(encoding))], connection)
    assert events(connection, "stage") == [("提案" * 500,)]


def test_a_declaration_of_utf_16_in_plain_bytes_is_not_believed(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    read_xes([write(GOOD.replace("UTF-8", "UTF-16"))], connection)
    assert events(connection, "stage") == [("Käynti",)]


def test_a_huge_attribute_is_passed_over_and_a_tag_without_end_is_refused(
    write: Write, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(log(trace(event(note="x" * 3_000_000))))
    assert read_xes([path], connection).rows_kept == 1
    monkeypatch.setattr(xes_tags, "LONGEST_TAG", 1 << 20)
    with pytest.raises(Unreadable) as refusal:
        read_xes([path], connection)
    assert refusal.value.code == "tag_too_long"


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(
    write: Write, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xes_tags, "BOMB_BYTES", 16 << 20)
    path = write(gzip.compress(b"<log>" + b" " * (64 << 20) + b"</log>"))
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as refusal:
            read_xes([path], connection)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
    assert refusal.value.code == "gzip_bomb"
