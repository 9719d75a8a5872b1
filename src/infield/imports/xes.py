"""XES, the exchange format of process mining (IEEE 1849): event logs as XML, also gzipped.

In: paths. Out: the tables found_events and found_cases (docs/decisions/0003) and a `Reading`. A trace is a deal,
an event an activity. The file is read once as a stream (`xes_tags`, `xes_columns`); only integers are kept, and
named SQL makes the tables from them.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from infield.imports.amounts import WITHOUT_CURRENCY, currency_code, exponent
from infield.imports.reading import (
    CREATE_TABLES,
    REJECTED_KEPT,
    Finding,
    LeftOut,
    OnProgress,
    Reading,
    Rejected,
)
from infield.imports.xes_columns import NAME, NO_TIME, Columns, Flags, Ints, Texts
from infield.imports.xes_tags import lines_of_events, tags

type Lifecycle = Literal["complete", "all"]

LONGEST_NAME = 1_000
FIRST_US, LAST_US = -2_208_988_800_000_000, 7_258_118_400_000_000  # 1900 and 2200
TRACE_KEYS: Mapping[str, tuple[str, ...]] = {
    "currency": ("currency",),
    "owner": ("owner", "sales_agent", "org:resource"),
    "organization": ("organization", "organisation", "account", "company", "customer"),
    "source": ("source", "lead_source", "leadsource"),
    "segment": ("segment",),
    "product": ("product",),
}
"""Attributes of a trace that say something of the deal, by column; compared in lower case, the first one wins."""
AMOUNT_WORDS = ("amount", "value")
ROLES = ("uuid", "amount", *TRACE_KEYS)
REASONS = ("no_name", "name_too_long", "no_time", "bad_time")

KEYS_SQL = """
select k.text, count(*), count(try_cast(v.text as decimal(38, 9)))
from xes_attributes a join xes_texts k on k.code = a.key join xes_texts v on v.code = a.value
group by k.text order by min(a.place)
"""
CHECKED = f"""
create or replace temp table xes_checked as
select e.*, n.text as stage,
  case when {{left_out}} then 'not_complete'
       when coalesce(n.text, '') = '' then 'no_name'
       when length(n.text) > {LONGEST_NAME} then 'name_too_long'
       when not has_time then 'no_time'
       when at_us not between {FIRST_US} and {LAST_US} then 'bad_time' end as fault
from xes_events e
left join xes_texts n on n.code = e.name
left join xes_texts t on t.code = e.transition
"""  # noqa: S608
NOT_COMPLETE = "coalesce(lower(trim(t.text)), 'complete') <> 'complete'"
EVENTS_SQL = """
insert into found_events
select c."case", e.ordinal, e.at_us, if(e.is_day, 'day', 'time'), coalesce(k.kind, 'stage_entered'), e.stage,
  nullif(o.text, '')
from xes_checked e
join xes_cases c using (trace)
left join xes_kinds k on k.name = e.name
left join xes_texts o on o.code = e.owner
where e.fault is null
order by e.ordinal
"""
CASES_SQL = """
create or replace temp table xes_cases as
select trace, (row_number() over (order by trace) - 1)::integer as "case"
from (select distinct trace from xes_checked where fault is null)
"""
DEALS_SQL = """
insert into found_cases
with at_end as (
  select "case", arg_max(owner, (at_us, ordinal)) filter (owner is not null) as owner,
    arg_max(kind, (at_us, ordinal)) filter (kind in ('won', 'lost')) as outcome,
    max(at_us) filter (kind in ('won', 'lost')) as closed_us
  from found_events group by "case"),
said as (
  select trace, {columns}
  from xes_attributes join xes_roles using (key) join xes_texts t on t.code = value
  where trim(t.text) <> '' group by trace)
select "case", coalesce(s.uuid, (c.trace + 1)::varchar), a.outcome, a.closed_us, coalesce(a.owner, s.owner),
  s.organization, s.source, s.segment, s.product,
  try_cast(round(try_cast(s.amount as decimal(38, 9)) * coalesce(u.units, {units})) as bigint), u.code
from xes_cases c join at_end a using ("case")
left join said s using (trace)
left join xes_currencies u on u.written = s.currency
order by "case"
"""
FAULTS_SQL = """
with said as (
  select trace, role, t.text from xes_cases join xes_attributes using (trace) join xes_roles using (key)
  join xes_texts t on t.code = value where trim(t.text) <> '')
select
  (select count(*) from xes_cases where trace not in (select trace from said where role = 'uuid')),
  (select count(*) from said where role = 'amount' and try_cast(text as decimal(38, 9)) is null),
  (select count(*) from said where role = 'currency' and text not in (select written from xes_currencies))
"""


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

    Every trace is a deal, also where names repeat. Events whose `lifecycle:transition` is there and not `complete`
    (in any case) are left out, or with `lifecycle="all"` kept under the same name, so that one activity can
    appear several times in a row. `won` and `lost` are names of activities, compared without regard to case; the
    last such event in time decides, and without one the deal is open. Times without an offset are in `zone`.

    Nothing is written where `Unreadable` is raised: by `xes_tags.tags`, or not_xes, no_traces, nested_too_deep,
    event_too_long.
    """
    columns, sizes = Columns(), [0]
    for path in files:
        columns.add_file(tags(path, progress), lambda texts: _instants(connection, texts, zone), path.name)
        sizes.append(columns.events_count())
    try:
        for name, table in columns.tables().items():
            connection.register(name, table)
        roles = _roles(connection)
        _register_meanings(connection, columns.texts, roles, {"won": won, "lost": lost})
        return _written(connection, columns, list(zip(files, sizes, strict=False)), lifecycle, roles)
    finally:
        _leave_clean(connection)


def _instants(connection: DuckDBPyConnection, texts: pa.Array, zone: str) -> tuple[Ints, Flags]:
    """Read ISO 8601 times; a date alone is noon in `zone`."""
    try:
        # Arrow takes a whole column at once, but only if all have an offset and none is wrong.
        read = texts.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
        return read.to_numpy(zero_copy_only=False), np.zeros(len(texts), bool)
    except pa.ArrowInvalid:
        return _instants_one_by_one(connection, texts, zone)


def _instants_one_by_one(connection: DuckDBPyConnection, texts: pa.Array, zone: str) -> tuple[Ints, Flags]:
    connection.register("xes_times", pa.table({"place": range(len(texts)), "text": texts}))
    try:
        read = connection.execute(
            r"""
            select coalesce(case
                when is_day then epoch_us((try_cast(x as timestamp) + interval 12 hour) at time zone $zone)
                when regexp_matches(x, '^\d{4}-\d\d-\d\d[T ].*(Z|[+-]\d\d(:?\d\d)?)$') then
                  epoch_us(try_cast(x as timestamptz))
                when regexp_matches(x, '^\d{4}-\d\d-\d\d[T ]') then
                  epoch_us(try_cast(x as timestamp) at time zone $zone) end, $none) as at_us, is_day
            from (select place, trim(text) as x, regexp_matches(x, '^\d{4}-\d\d-\d\d$') as is_day from xes_times)
            order by place""",
            {"zone": zone, "none": NO_TIME},
        ).fetchnumpy()
    finally:
        connection.unregister("xes_times")
    return np.asarray(read["at_us"], np.int64), np.asarray(read["is_day"], bool)


def _roles(connection: DuckDBPyConnection) -> dict[str, str]:
    """Tell which attribute of the traces says what of a deal: role → key."""
    keys = connection.execute(KEYS_SQL).fetchall()
    roles = {"uuid": NAME} if any(key == NAME for key, _, _ in keys) else {}
    for role, known in TRACE_KEYS.items():
        if found := next((key for key, _, _ in keys if key.lower() in known), None):
            roles[role] = found
    amounts = [
        (any(word in key.lower() for word in AMOUNT_WORDS[:1]), numbers, key)
        for key, _, numbers in keys
        if numbers and key not in roles.values() and any(word in key.lower() for word in AMOUNT_WORDS)
    ]
    if amounts:
        # Of several, one that says amount, then the one with most numbers; max keeps the first of equals.
        roles["amount"] = max(amounts, key=lambda amount: amount[:2])[2]
    return roles


def _register_meanings(
    connection: DuckDBPyConnection,
    texts: Texts,
    roles: Mapping[str, str],
    outcomes: Mapping[str, Collection[str]],
) -> None:
    """Give the SQL what names, keys and currencies mean."""
    kinds = {name.casefold(): kind for kind, names in outcomes.items() for name in names}
    meant = [(code, kinds[name]) for name, code in texts.folded() if name in kinds]
    connection.register("xes_kinds", _rows(meant, {"name": pa.int32(), "kind": pa.string()}))
    coded = [(texts.codes[key], role) for role, key in roles.items()]
    connection.register("xes_roles", _rows(coded, {"key": pa.int32(), "role": pa.string()}))
    written = connection.execute(
        """select distinct t.text from xes_attributes join xes_roles using (key)
           join xes_texts t on t.code = value where role = 'currency'"""
    ).fetchall()
    known = [
        (text, code, 10 ** (exponent(code) or 0)) for (text,) in written if (code := currency_code(text))
    ]
    types = {"written": pa.string(), "code": pa.string(), "units": pa.int64()}
    connection.register("xes_currencies", _rows(known, types))


def _rows(rows: Sequence[tuple[object, ...]], types: Mapping[str, pa.DataType]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in types)
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, types.values(), strict=True)]
    return pa.table(dict(zip(types, arrays, strict=True)))


def _written(
    connection: DuckDBPyConnection,
    columns: Columns,
    sources: Sequence[tuple[Path, int]],
    lifecycle: Lifecycle,
    roles: Mapping[str, str],
) -> Reading:
    """Make the tables from the checked events. `sources` are the files with their first ordinals."""
    left_out = NOT_COMPLETE if lifecycle == "complete" else "false"
    connection.execute(CHECKED.format(left_out=left_out))
    for statement in CREATE_TABLES.split(";"):
        connection.execute(statement)
    connection.execute(CASES_SQL)
    connection.execute(EVENTS_SQL)
    said = ", ".join(f"arg_min(t.text, place) filter (role = '{role}') as {role}" for role in ROLES)
    connection.execute(DEALS_SQL.format(columns=said, units=10**WITHOUT_CURRENCY))
    counts = dict(connection.execute("select fault, count(*) from xes_checked group by fault").fetchall())
    outside = columns.events_outside
    left = (LeftOut("not_complete", counts.get("not_complete", 0)), LeftOut("outside_trace", outside))
    return Reading(
        files=tuple(path.name for path, _ in sources),
        format="xes",
        rows_read=sum(counts.values()) + outside,
        rows_kept=counts.get(None, 0),
        rows_rejected=sum(counts.get(reason, 0) for reason in REASONS),
        rejected=_rejected(connection, sources),
        left_out=tuple(entry for entry in left if entry.n),
        mapping={"lifecycle": lifecycle, **roles},
        findings=_findings(connection, columns.traces),
    )


def _rejected(connection: DuckDBPyConnection, sources: Sequence[tuple[Path, int]]) -> tuple[Rejected, ...]:
    rows = connection.execute(
        "select ordinal, fault from xes_checked where fault is not null and fault <> 'not_complete' "
        f"order by ordinal limit {REJECTED_KEPT}"
    ).fetchall()
    found = []
    for (path, first), after in zip(sources, [*(first for _, first in sources[1:]), None], strict=True):
        here = {n - first + 1: fault for n, fault in rows if n >= first and (after is None or n < after)}
        # Lines are looked for only now: most logs reject nothing, and counting lines would slow all of them.
        lines = lines_of_events(path, here) if here else {}
        found += [Rejected(path.name, lines[n], fault, {"event": n}) for n, fault in here.items()]
    return tuple(found)


def _findings(connection: DuckDBPyConnection, traces: int) -> tuple[Finding, ...]:
    [(deals, names)] = connection.execute("select count(*), count(distinct uuid) from found_cases").fetchall()
    [(unnamed, bad_amount, bad_currency)] = connection.execute(FAULTS_SQL).fetchall()
    findings = (
        Finding("deals_without_events", "trace", traces - deals),
        Finding("repeated_deal_name", NAME, deals - names),
        Finding("deal_without_name", NAME, unnamed),
        Finding("unreadable_amount", "amount", bad_amount),
        Finding("unknown_currency", "currency", bad_currency),
    )
    return tuple(finding for finding in findings if finding.n)


def _leave_clean(connection: DuckDBPyConnection) -> None:
    for name in ("xes_texts", "xes_events", "xes_attributes", "xes_kinds", "xes_roles", "xes_currencies"):
        connection.unregister(name)
    for name in ("xes_checked", "xes_cases"):
        connection.execute(f"drop table if exists {name}")
