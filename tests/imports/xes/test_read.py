"""The XES reader: what it makes of small logs, of broken and hostile ones, of a real one counted apart."""

import gzip

import duckdb
import pytest
from tests.imports.xes.files import HOUR, NOON, Write, cases, event, events, log, trace

from infield.imports.reading import LeftOut, Reading
from infield.imports.xes import read_xes


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
