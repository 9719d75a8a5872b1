"""XES, the exchange format of process mining (IEEE 1849): event logs as XML, also gzipped.

In: paths. Out: the tables found_events and found_cases (docs/decisions/0003) and a `Reading`. A trace is a
deal, an event an activity. The files are read once as streams (`xes_tags`, `xes_columns`) into columns of
integers; here these are checked as whole columns and written as tables, their texts as dictionaries.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from infield.imports.reading import (
    CREATE_TABLES,
    REJECTED_KEPT,
    Finding,
    LeftOut,
    OnProgress,
    Reading,
    Rejected,
)
from infield.imports.xes_columns import NAME, NO_TIME, NOTHING, Columns, Flags, Ints
from infield.imports.xes_deals import DealFaults, Ends, write_cases
from infield.imports.xes_tags import lines_of_events, tags

type Lifecycle = Literal["complete", "all"]

LONGEST_NAME = 1_000
FIRST_US, LAST_US = -2_208_988_800_000_000, 7_258_118_400_000_000  # 1900 and 2200
KINDS = STAGE_ENTERED, WON, LOST = ("stage_entered", "won", "lost")
FAULTS = KEPT, NOT_COMPLETE, NO_NAME, NAME_TOO_LONG, NO_TIME_GIVEN, BAD_TIME = range(6)
REASONS = {NO_NAME: "no_name", NAME_TOO_LONG: "name_too_long", NO_TIME_GIVEN: "no_time", BAD_TIME: "bad_time"}
INSTANTS = r"""
select coalesce(case
    when is_day then epoch_us((try_cast(x as timestamp) + interval 12 hour) at time zone $zone)
    when not regexp_matches(x, '^\d{4}-\d\d-\d\d[T ]') then null
    when regexp_matches(x, '(Z|[+-]\d\d(:?\d\d)?)$') then epoch_us(try_cast(x as timestamptz))
    else epoch_us(try_cast(x as timestamp) at time zone $zone) end, $none) as at_us, is_day
from (select place, trim(text) as x, regexp_matches(x, '^\d{4}-\d\d-\d\d$') as is_day from xes_times)
order by place
"""


@dataclass(frozen=True, slots=True)
class _Events:
    """The events of a history, in the order of the files, one place an event."""

    trace: Ints
    name: Ints
    owner: Ints
    at_us: Ints
    is_day: Flags
    fault: Ints


def read_xes(
    files: Sequence[Path],
    connection: DuckDBPyConnection,
    *,
    lifecycle: Lifecycle = "complete",
    won: Collection[str] = (),
    lost: Collection[str] = (),
    zone: str = "UTC",
    progress: OnProgress | None = None,
) -> Reading:
    """Read event logs into found_events and found_cases, and give the account of it.

    Every trace is a deal, also where names repeat. Events whose `lifecycle:transition` is there and not
    `complete` (in any case) are left out; with `lifecycle="all"` they are kept under the same name, so that
    an activity can appear several times in a row. `won` and `lost` are names of activities, compared without
    regard to case: the last such event in time decides, and without one the deal is open. Times without an
    offset are in `zone`.

    Nothing is written where Unreadable is raised: for the reasons of `xes_tags.tags` and `Columns.add_file`.
    """
    columns, sizes = Columns(), [0]
    for path in files:
        columns.add_file(tags(path, progress), lambda texts: _instants(connection, texts, zone), path.name)
        sizes.append(columns.events_count())
    events = _checked(columns, lifecycle)
    columns.events.clear()  # a long history would otherwise be in memory three times
    rejected = _rejected(events.fault, files, sizes)
    traces, ends = _write_events(connection, columns, events, _kinds(columns, won, lost))
    roles, faults = write_cases(connection, columns, traces, ends)
    counts = np.bincount(events.fault, minlength=len(FAULTS)).tolist()
    left_out = (
        LeftOut("not_complete", counts[NOT_COMPLETE]),
        LeftOut("outside_trace", columns.events_outside),
    )
    return Reading(
        files=tuple(path.name for path in files),
        format="xes",
        rows_read=sum(counts) + columns.events_outside,
        rows_kept=counts[KEPT],
        rows_rejected=sum(counts[fault] for fault in REASONS),
        rejected=rejected,
        left_out=tuple(entry for entry in left_out if entry.n),
        mapping={"lifecycle": lifecycle, **roles},
        findings=_findings(columns.traces - traces.size, faults),
    )


def _instants(connection: DuckDBPyConnection, texts: pa.Array, zone: str) -> tuple[Ints, Flags]:
    """Read ISO 8601 times: microseconds since 1970 UTC, and which are dates alone (noon in `zone`)."""
    try:
        # Arrow takes a whole column at once, but only if all have an offset and none is wrong.
        read = texts.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
        return read.to_numpy(zero_copy_only=False), np.zeros(len(texts), bool)
    except pa.ArrowInvalid:
        pass
    connection.register("xes_times", pa.table({"place": range(len(texts)), "text": texts}))
    try:
        read = connection.execute(INSTANTS, {"zone": zone, "none": NO_TIME}).fetchnumpy()
    finally:
        connection.unregister("xes_times")
    return np.asarray(read["at_us"], np.int64), np.asarray(read["is_day"], bool)


def _checked(columns: Columns, lifecycle: Lifecycle) -> _Events:
    """Give all events with what is wrong with each; of several faults the first in order of `FAULTS`."""
    table = columns.events_table()
    column = {name: table[name].to_numpy() for name in table.column_names}
    texts = [text.strip() for text in columns.texts.codes]
    # NOTHING looks at the last place: there is no transition, and no name.
    complete = np.array([text.lower() in ("", "complete") for text in texts] + [True])
    empty = np.array([not text for text in texts] + [True])
    too_long = np.array([len(text) > LONGEST_NAME for text in texts] + [False])
    at_us, has_time = column["at_us"], column["has_time"]
    fault = np.select(
        [
            ~complete[column["transition"]] & (lifecycle == "complete"),
            empty[column["name"]],
            too_long[column["name"]],
            ~has_time,
            (at_us < FIRST_US) | (at_us >= LAST_US),
        ],
        FAULTS[1:],
        KEPT,
    )
    return _Events(column["trace"], column["name"], column["owner"], at_us, column["is_day"], fault)


def _rejected(fault: Ints, files: Sequence[Path], sizes: Sequence[int]) -> tuple[Rejected, ...]:
    """Give the rejected events. `sizes` are the events before each file, and after the last."""
    rows = np.flatnonzero(fault >= NO_NAME)[:REJECTED_KEPT]
    found: list[Rejected] = []
    for path, first, after in zip(files, sizes[:-1], sizes[1:], strict=True):
        here = {int(row) - first + 1: int(fault[row]) for row in rows if first <= row < after}
        # Lines are looked for only now: most logs reject nothing, and counting lines would slow all of them.
        lines = lines_of_events(path, here) if here else {}
        found += [Rejected(path.name, lines[n], REASONS[why], {"event": n}) for n, why in here.items()]
    return tuple(found)


def _kinds(columns: Columns, won: Collection[str], lost: Collection[str]) -> Ints:
    """Give for each text which of `KINDS` an activity of that name is."""
    meant = {name.strip().casefold(): kind for kind, names in ((2, lost), (1, won)) for name in names}
    return np.array([meant.get(text.strip().casefold(), 0) for text in columns.texts.codes], np.int64)


def _write_events(
    connection: DuckDBPyConnection, columns: Columns, events: _Events, kinds: Ints
) -> tuple[Ints, Ends]:
    """Write found_events; give the traces that are deals, in order, and how each ended."""
    kept = np.flatnonzero(events.fault == KEPT)
    traces, case = _cases(events.trace[kept])
    name, owner, at_us = events.name[kept], events.owner[kept], events.at_us[kept]
    kind = kinds[name] if name.size else name
    table = pa.table(
        {
            "case": pa.array(case, pa.int32()),
            "ordinal": kept,
            "at_us": at_us,
            "precision": _dictionary(events.is_day[kept].astype(int), ["time", "day"]),
            "kind": _dictionary(kind, KINDS),
            "stage": columns.texts.column(name),
            "owner": columns.texts.column(owner),
        }
    )
    for statement in CREATE_TABLES.split(";"):
        connection.execute(statement)
    connection.register("xes_events", table)
    try:
        connection.execute("insert into found_events select * from xes_events")
    finally:
        connection.unregister("xes_events")
    last_owned = _last(case, at_us, owner != NOTHING, traces.size)
    closed = _last(case, at_us, kind > 0, traces.size)
    return traces, Ends(
        owner=np.where(last_owned == NOTHING, NOTHING, owner[last_owned]) if owner.size else last_owned,
        outcome=[None if place == NOTHING else KINDS[kind[place]] for place in closed.tolist()],
        closed_us=pa.array(at_us[closed] if at_us.size else closed, mask=closed == NOTHING),
    )


def _cases(trace: Ints) -> tuple[Ints, Ints]:
    """Give the different traces, which come in ascending order, and for each event the place of its trace."""
    changes = np.diff(trace, prepend=NOTHING) != 0
    return trace[changes], np.cumsum(changes) - 1


def _dictionary(codes: Ints, names: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(names, pa.string()))


def _last(case: Ints, at_us: Ints, rows: Flags, n: int) -> Ints:
    """Give for each of `n` cases the last of these rows in time (the later of equal ones), or NOTHING."""
    places = np.flatnonzero(rows)
    places = places[np.lexsort((at_us[places], case[places]))]
    last = np.full(n, NOTHING)
    last[case[places]] = places
    return last


def _findings(empty_traces: int, faults: DealFaults) -> tuple[Finding, ...]:
    findings = (
        Finding("deals_without_events", "trace", empty_traces),
        Finding("repeated_deal_name", NAME, faults.repeated),
        Finding("deal_without_name", NAME, faults.unnamed),
        Finding("unreadable_amount", "amount", faults.bad_amounts),
        Finding("unknown_currency", "currency", faults.bad_currencies),
    )
    return tuple(finding for finding in findings if finding.n)
