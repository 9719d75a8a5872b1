"""The XES reader: what it makes of small logs, of broken and hostile ones, of a real one counted apart."""

import gzip
import random
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from infield.history.sample_files import write_xes
from infield.history.sample_log import sample_log
from infield.imports import xes_tags
from infield.imports.reading import LeftOut, Progress, Reading, Unreadable
from infield.imports.xes import read_xes

REAL = Path(__file__).parents[3] / "shared" / "data" / "bpi2012-loan-applications" / "first1500.xes.gz"
NOON = 1_767_268_800_000_000  # 2026-01-01T12:00:00Z
HOUR = 3_600_000_000


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


type Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: str | bytes, name: str = "log.xes") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def event(name: str = "Proposal", at: str = "2026-01-01T12:00:00Z", **more: str) -> str:
    extra = "".join(f'<string key="{key.replace("_", ":")}" value="{value}"/>' for key, value in more.items())
    said = f'<string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/>'
    return f"<event>{said}{extra}</event>"


def trace(*events: str, name: str | None = "D-1", more: str = "") -> str:
    named = "" if name is None else f'<string key="concept:name" value="{name}"/>'
    return f"<trace>{named}{more}{''.join(events)}</trace>"


def log(*traces: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<log xes.version="1.0" xmlns="http://www.xes-standard.org/">{"".join(traces)}</log>'


def events(connection: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[object, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f"select {names} from found_events order by ordinal").fetchall()


def cases(connection: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[object, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f'select {names} from found_cases order by "case"').fetchall()


# What is read


def test_one_event_is_one_activity_with_its_owner_and_time(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    path = write(
        log(trace(event("Call", org_resource="Aino"), event("Proposal", "2026-01-01T15:00:00.5+02:00")))
    )
    reading = read_xes([path], connection)
    assert events(connection, "case", "ordinal", "at_us", "precision", "kind", "stage", "owner") == [
        (0, 0, NOON, "time", "stage_entered", "Call", "Aino"),
        (0, 1, NOON + HOUR + 500_000, "time", "stage_entered", "Proposal", None),
    ]
    assert reading == Reading(
        files=("log.xes",),
        format="xes",
        rows_read=2,
        rows_kept=2,
        rows_rejected=0,
        mapping={"lifecycle": "complete", "uuid": "concept:name"},
    )


def test_only_complete_events_are_kept_in_any_case_and_those_without_a_transition(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    rows = [event(name, lifecycle_transition=name) for name in ("start", "complete", "COMPLETE", "Schedule")]
    path = write(log(trace(*rows, event("plain"))))
    reading = read_xes([path], connection)
    assert events(connection, "stage", "ordinal") == [("complete", 1), ("COMPLETE", 2), ("plain", 4)]
    assert reading.left_out == (LeftOut("not_complete", 2),)
    assert (reading.rows_read, reading.rows_kept) == (5, 3)


def test_all_of_a_lifecycle_keeps_every_event_under_its_name(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    path = write(log(trace(*(event("Call", lifecycle_transition=step) for step in ("start", "complete")))))
    reading = read_xes([path], connection, lifecycle="all")
    assert events(connection, "stage") == [("Call",), ("Call",)]
    assert reading.left_out == ()


def test_every_trace_is_a_deal_even_with_a_repeated_name(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    path = write(log(trace(event()), trace(event()), trace(event(), name="D-2")))
    reading = read_xes([path], connection)
    assert cases(connection, "case", "uuid") == [(0, "D-1"), (1, "D-1"), (2, "D-2")]
    assert [(finding.code, finding.n) for finding in reading.findings] == [("repeated_deal_name", 1)]


def test_deals_without_a_kept_event_are_not_counted_but_reported(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    started = trace(event(lifecycle_transition="start"), name="only started")
    path = write(log(trace(name="empty"), started, trace(event(), name="kept")))
    reading = read_xes([path], connection)
    assert cases(connection, "case", "uuid") == [(0, "kept")]
    assert events(connection, "case") == [(0,)]
    assert [(finding.code, finding.n) for finding in reading.findings] == [("deals_without_events", 2)]


def test_a_deal_without_a_name_has_the_number_of_its_trace(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    path = write(log(trace(event()), trace(event(), name=None)))
    reading = read_xes([path], connection)
    assert cases(connection, "uuid") == [("D-1",), ("2",)]
    assert [(finding.code, finding.n) for finding in reading.findings] == [("deal_without_name", 1)]


def test_equal_times_keep_the_order_of_the_file(write: Write, connection: duckdb.DuckDBPyConnection) -> None:
    late, early = event("late", "2026-01-02T00:00:00Z"), event("early", "2026-01-01T00:00:00Z")
    path = write(log(trace(late, early, event("late too", "2026-01-02T00:00:00Z"))))
    read_xes([path], connection)
    ordered = connection.execute("select stage from found_events order by at_us, ordinal").fetchall()
    assert ordered == [("early",), ("late",), ("late too",)]


def test_the_last_won_or_lost_activity_in_time_decides_the_outcome(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    reopened = trace(event("LOST"), event("Won", "2026-01-01T13:00:00Z"))
    out_of_order = trace(event("Won", "2026-01-01T13:00:00Z"), event("lost"))
    at_once = trace(event("Won"), event("lost"))
    path = write(log(reopened, out_of_order, at_once, trace(event("Call"))))
    read_xes([path], connection, won=["won"], lost=[" Lost "])
    assert cases(connection, "outcome", "closed_us") == [
        ("won", NOON + HOUR),
        ("won", NOON + HOUR),
        ("lost", NOON),
        (None, None),
    ]
    assert events(connection, "kind", "stage")[:2] == [("lost", "LOST"), ("won", "Won")]


def test_without_names_of_outcomes_every_deal_is_open(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    read_xes([write(log(trace(event("Won"))))], connection)
    assert cases(connection, "outcome", "closed_us") == [(None, None)]
    assert events(connection, "kind") == [("stage_entered",)]


def test_attributes_of_the_trace_describe_the_deal(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    more = (
        '<float key="amount" value="1200.505"/><string key="Currency" value="usd"/>'
        '<string key="account" value="R&amp;D &#x3042;"/><string key="source" value="Web"/>'
        '<string key=\'segment\' value=\'Small "A"\'/><string key="product" value="Atlas"/>'
    )
    yen = '<int key="amount" value="1200"/><string key="Currency" value="JPY"/>'
    path = write(log(trace(event(), more=more), trace(event(), more=yen), trace(event())))
    reading = read_xes([path], connection)
    columns = ("amount_minor", "currency", "organization", "source", "segment", "product")
    assert cases(connection, *columns) == [
        (120_051, "USD", "R&D あ", "Web", 'Small "A"', "Atlas"),
        (1200, "JPY", None, None, None, None),
        (None, None, None, None, None, None),
    ]
    assert reading.mapping["organization"] == "account"


def test_the_amount_is_the_numeric_key_that_says_amount(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    more = '<int key="value_score" value="7"/><string key="AMOUNT_REQ" value="20000"/>'
    more += '<string key="amount_in_words" value="much"/>'
    reading = read_xes([write(log(trace(event(), more=more)))], connection)
    assert reading.mapping["amount"] == "AMOUNT_REQ"
    assert cases(connection, "amount_minor", "currency") == [(2_000_000, None)]


@pytest.mark.parametrize("amount", ["UNKNOWN", "NaN", "1e400", "Infinity", "99999999999999999999"])
def test_amounts_of_no_sense_are_found_and_left_empty(
    amount: str, write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    good, bad = (f'<string key="amount" value="{value}"/>' for value in ("1", amount))
    reading = read_xes([write(log(trace(event(), more=good), trace(event(), more=bad)))], connection)
    assert cases(connection, "amount_minor") == [(100,), (None,)]
    assert ("unreadable_amount", 1) in [(finding.code, finding.n) for finding in reading.findings]


def test_the_owner_of_a_deal_is_the_last_one_in_time_else_the_traces(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    changed = trace(event(at="2026-01-02T00:00:00Z", org_resource="Ben"), event(org_resource="Aino"), event())
    named = trace(event(), more='<string key="owner" value="Chiara"/>')
    read_xes([write(log(changed, named))], connection)
    assert cases(connection, "owner") == [("Ben",), ("Chiara",)]


def test_nested_attributes_lists_globals_and_classifiers_are_passed_over(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    head = (
        '<extension name="Concept" prefix="concept" uri="http://example.org/"/>'
        '<global scope="event"><string key="concept:name" value="global"/></global>'
        '<classifier name="a" keys="concept:name"/><string key="concept:name" value="the log"/>'
    )
    nested = (
        '<string key="concept:name" value="nested"/><date key="time:timestamp" value="1999-01-01T00:00:00Z"/>'
    )
    deal = (
        f'<trace><list key="x"><values>{nested}</values></list>'
        f'<string key="concept:name" value="D-9">{nested}</string>'
        f'<event><container key="c">{nested}</container>'
        f'<string key="concept:name" value="Call">{nested}</string>'
        f'<date key="time:timestamp" value="2026-01-01T12:00:00Z">{nested}</date></event></trace>'
    )
    reading = read_xes([write(log(head, deal))], connection)
    assert cases(connection, "uuid") == [("D-9",)]
    assert events(connection, "stage", "at_us") == [("Call", NOON)]
    assert reading.rows_read == 1


def test_prefixes_quotes_order_spaces_comments_and_cdata_change_nothing(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    path = write(
        """<?xml version='1.0'?><!-- <event> --><x:log xmlns:x="http://www.xes-standard.org/"><?pi <trace> ?>
        <x:trace ><![CDATA[<event>]]>text &amp; more
        <x:event id="7"><!-- <string key="concept:name" value="no"/> -->
          <x:string value = 'Call &quot;back&quot;&#10;now'
             key='concept:name' ></x:string>
          <x:date value="2026-01-01T12:00:00Z" key="time:timestamp" />
          <x:string key="concept:name" value="second of equal keys"/>
        </x:event></x:trace></x:log>"""
    )
    read_xes([path], connection)
    assert events(connection, "stage", "at_us") == [('Call "back"\nnow', NOON)]


@pytest.mark.parametrize(
    ("written", "at_us", "precision"),
    [
        ("2026-01-01T12:00:00Z", NOON, "time"),
        ("2026-01-01T14:00:00.000+02:00", NOON, "time"),
        ("2026-01-01T12:00:00.123456789Z", NOON + 123_456, "time"),
        ("2026-01-01T21:00:00", NOON, "time"),
        ("2026-01-01 21:00", NOON, "time"),
        ("2026-01-01", NOON - 9 * HOUR, "day"),
    ],
)
def test_times_are_read_with_their_offset_or_in_the_zone_given(
    written: str, at_us: int, precision: str, write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    read_xes([write(log(trace(event(at=written))))], connection, zone="Asia/Tokyo")
    assert events(connection, "at_us", "precision") == [(at_us, precision)]


def test_several_files_are_one_history(write: Write, connection: duckdb.DuckDBPyConnection) -> None:
    first = write(log(trace(event("a"), event("")), trace(event("b"))), "first.xes")
    second = write(
        gzip.compress(log(trace("\n", event(""), event("c"), name="D-3")).encode()), "second.xes.gz"
    )
    reading = read_xes([first, second], connection)
    assert events(connection, "case", "ordinal", "stage") == [(0, 0, "a"), (1, 2, "b"), (2, 4, "c")]
    assert reading.files == ("first.xes", "second.xes.gz")
    assert [(row.file, row.row, row.params) for row in reading.rejected] == [
        ("first.xes", 1, {"event": 2}),
        ("second.xes.gz", 2, {"event": 1}),
    ]


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


# What is rejected, row by row


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('<event><date key="time:timestamp" value="2026-01-01T12:00:00Z"/></event>', "no_name"),
        (event(name="  "), "no_name"),
        (event(name="x" * 1001), "name_too_long"),
        ("<event/>", "no_name"),
        ('<event><string key="concept:name" value="Call"/></event>', "no_time"),
        (event(at="yesterday"), "bad_time"),
        (event(at=""), "bad_time"),
        (event(at="2026-02-30T00:00:00Z"), "bad_time"),
        (event(at="0000-01-01T00:00:00Z"), "bad_time"),
        (event(at="0001-01-01T00:00:00Z"), "bad_time"),
        (event(at="9999-12-31T00:00:00Z"), "bad_time"),
        (event(at="infinity"), "bad_time"),
    ],
)
def test_an_event_that_cannot_be_understood_is_rejected_with_its_place(
    bad: str, reason: str, write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    path = write(log("\n", trace("\n", event("good"), "\n", bad, event("also good"))))
    reading = read_xes([path], connection)
    assert [(row.file, row.row, row.reason, row.params) for row in reading.rejected] == [
        ("log.xes", 4, reason, {"event": 2})
    ]
    assert (reading.rows_read, reading.rows_kept, reading.rows_rejected) == (3, 2, 1)
    assert events(connection, "stage", "ordinal") == [("good", 0), ("also good", 2)]


def test_events_that_belong_to_no_trace_are_left_out_and_counted(
    write: Write, connection: duckdb.DuckDBPyConnection
) -> None:
    reading = read_xes([write(log(event("alone"), trace(event("good")), event("alone")))], connection)
    assert events(connection, "stage") == [("good",)]
    assert reading.left_out == (LeftOut("outside_trace", 2),)
    assert reading.rows_read == 3


# What is refused


BOMB = """<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""
OUTSIDE = '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY % more SYSTEM "http://localhost:1/x.dtd"> %more;]>'
GOOD = log(trace(event("Käynti")))


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


SNIPPETS = [
    b"<event>", b"</event>", b"<trace>", b"</trace>", b"<!--", b"-->", b"&amp;", b"&#0;", b"\0", b"\xff",
    b"<![CDATA[", b"]]>", b"<!DOCTYPE log []>", b'"', b"/>", b"<log/>", b'value=""', b"<x:event>", b"key=",
    b'<date key="time:timestamp" value="x"/>', b'<date key="time:timestamp" value="2026-01-01"/>',
]  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_log_is_read_with_every_row_accounted_for_or_refused(seed: int, write: Write) -> None:
    rng = random.Random(seed)  # noqa: S311
    content = log(
        *(trace(event("a"), event("b", org_resource="Aino"), name=f"D-{n}") for n in range(3))
    ).encode()
    for _ in range(rng.randint(1, 3)):
        place = content.find(b"<", rng.randrange(len(content)))
        content = content[:place] + rng.choice(SNIPPETS) + content[place + rng.choice([0, 0, 1, 30]) :]
    if found := account(write(content)):
        reading, kept = found
        left_out = sum(entry.n for entry in reading.left_out)
        assert reading.rows_read == reading.rows_kept + len(reading.rejected) + left_out
        assert kept == reading.rows_kept


def account(path: Path) -> tuple[Reading, int] | None:
    with duckdb.connect() as connection:
        try:
            return read_xes([path], connection), len(events(connection, "case"))
        except Unreadable:
            return None


# A real log, counted apart


@pytest.mark.skipif(not REAL.exists(), reason="the real log is not beside the checkout")
@pytest.mark.parametrize("lifecycle", ["complete", "all"])
def test_a_real_log_gives_the_counts_of_an_independent_reading(
    lifecycle: str, connection: duckdb.DuckDBPyConnection
) -> None:
    deals = dom_deals(keep_all=lifecycle == "all")
    reading = read_xes([REAL], connection, lifecycle=lifecycle, won=["A_ACTIVATED"])  # type: ignore[arg-type]
    assert reading.rows_kept == sum(len(steps) for _, _, steps in deals)
    assert cases(connection, "uuid", "amount_minor") == [(name, amount * 100) for name, amount, _ in deals]
    found = connection.execute(
        'select "case", stage, owner, at_us from found_events order by 1, at_us, ordinal'
    )
    expected = [
        (number, name, owner, at_us)
        for number, (_, _, steps) in enumerate(deals)
        for at_us, name, owner in sorted(steps, key=lambda step: step[0])
    ]
    assert found.fetchall() == expected
    edges = Counter(
        pair
        for _, _, steps in deals
        for pair in pairwise(name for _, name, _ in sorted(steps, key=lambda step: step[0]))
    )
    asked = connection.execute(
        """select stage, next, count(*) from (
             select stage, lead(stage) over (partition by "case" order by at_us, ordinal) as next
             from found_events)
           where next is not null group by all"""
    ).fetchall()
    assert {(source, target): n for source, target, n in asked} == edges
    won = sum(any(name == "A_ACTIVATED" for _, name, _ in steps) for _, _, steps in deals)
    assert cases(connection, "outcome").count(("won",)) == won > 0


def dom_deals(*, keep_all: bool) -> list[tuple[str, int, list[tuple[int, str, str | None]]]]:
    """Read the real log with a DOM and plain Python: name, amount, and (time, activity, owner) per event."""
    root = etree.fromstring(gzip.decompress(REAL.read_bytes()))
    space = "{http://www.xes-standard.org/}"
    deals = []
    for trace_ in root.iterchildren(f"{space}trace"):
        about = {str(child.get("key")): str(child.get("value")) for child in trace_}
        steps = []
        for event_ in trace_.iterchildren(f"{space}event"):
            said = {str(child.get("key")): str(child.get("value")) for child in event_}
            if not keep_all and said.get("lifecycle:transition", "complete").lower() != "complete":
                continue
            moment = datetime.fromisoformat(said["time:timestamp"])
            at_us = round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000) * 1000
            steps.append((at_us, said["concept:name"], said.get("org:resource")))
        if steps:
            deals.append((about["concept:name"], int(about["AMOUNT_REQ"]), steps))
    return deals
