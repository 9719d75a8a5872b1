"""Rows of XES that cannot be understood are rejected one by one, and accounted for."""

import random
from pathlib import Path

import duckdb
import pytest
from tests.imports.xes.files import Write, event, events, log, trace

from infield.imports.reading import LeftOut, Reading, Unreadable
from infield.imports.xes import read_xes


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
