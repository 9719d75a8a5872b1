"""What the traces of a XES file say of their deals: name, amount, currency, who and what.

In: the columns of a log and how each deal ended. Out: the table found_cases, which key was taken for what,
and how many deals say something that cannot be used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from duckdb import DuckDBPyConnection

from infield.imports.amounts import WITHOUT_CURRENCY, currency_code, exponent
from infield.imports.xes_columns import NAME, Columns, Ints

TRACE_KEYS: Mapping[str, tuple[str, ...]] = {
    "currency": ("currency",),
    "owner": ("owner", "sales_agent", "org:resource"),
    "organization": ("organization", "organisation", "account", "company", "customer"),
    "source": ("source", "lead_source", "leadsource"),
    "segment": ("segment",),
    "product": ("product",),
}
"""Attributes of a trace that are taken for a column, in lower case; the first in the file wins."""
AMOUNT_WORDS = ("amount", "value")
ROLES = ("uuid", "amount", *TRACE_KEYS)

KEYS_SQL = """
select k.text, count(try_cast(v.text as decimal(38, 9)))
from xes_attributes a join xes_texts k on k.code = a.key join xes_texts v on v.code = a.value
group by k.text order by min(a.place)
"""
SAID_SQL = """
create or replace temp table xes_said as
select d."case", {columns}
from xes_attributes join xes_deals d using (trace) join xes_roles using (key)
  join xes_texts t on t.code = value
where trim(t.text) <> '' group by d."case"
""".format(
    columns=", ".join(f"arg_min(trim(t.text), place) filter (role = '{role}') as {role}" for role in ROLES)
)
CURRENCIES_SQL = "select distinct currency from xes_said where currency is not null"
CASES_SQL = f"""
insert into found_cases
select d."case", coalesce(s.uuid, (trace + 1)::varchar), outcome, closed_us,
  coalesce(d.owner, s.owner), s.organization, s.source, s.segment, s.product,
  try_cast(round(try_cast(s.amount as decimal(38, 9)) * coalesce(c.units, {10**WITHOUT_CURRENCY})) as bigint),
  c.code
from xes_deals d left join xes_said s using ("case") left join xes_currencies c on c.written = s.currency
order by d."case"
"""  # noqa: S608  a number of our own
FAULTS_SQL = """
select count(*) - count(distinct f.uuid), count(*) - count(s.uuid),
  count(s.amount) - count(f.amount_minor), count(s.currency) - count(f.currency)
from found_cases f left join xes_said s using ("case")
"""


@dataclass(frozen=True, slots=True)
class Ends:
    """Who had each deal last (a code of texts), and how and when it ended, in order of the deals."""

    owner: Ints
    outcome: Sequence[str | None]
    closed_us: pa.Array


@dataclass(frozen=True, slots=True)
class DealFaults:
    """How many deals have a name that an earlier one has, no name, or an amount or currency of no sense."""

    repeated: int
    unnamed: int
    bad_amounts: int
    bad_currencies: int


def write_cases(
    connection: DuckDBPyConnection, columns: Columns, traces: Ints, ends: Ends
) -> tuple[dict[str, str], DealFaults]:
    """Write found_cases, one row for each of `traces`; give role → key, and what was wrong.

    A deal without a name has the number of its trace. Amounts without a known currency count two decimals.
    """
    tables = {
        "xes_texts": columns.texts.table(),
        "xes_attributes": columns.attributes_table(),
        "xes_deals": _deals(columns, traces, ends),
    }
    try:
        for name, table in tables.items():
            connection.register(name, table)
        roles = _roles(connection)
        keys = [(columns.texts.codes[key], role) for role, key in roles.items()]
        connection.register("xes_roles", _rows(keys, {"key": pa.int32(), "role": pa.string()}))
        connection.execute(SAID_SQL)
        connection.register("xes_currencies", _currencies(connection))
        connection.execute(CASES_SQL)
        [faults] = connection.execute(FAULTS_SQL).fetchall()
    finally:
        for name in (*tables, "xes_roles", "xes_currencies"):
            connection.unregister(name)
        connection.execute("drop table if exists xes_said")
    return roles, DealFaults(*faults)


def _deals(columns: Columns, traces: Ints, ends: Ends) -> pa.Table:
    return pa.table(
        {
            "case": pa.array(range(traces.size), pa.int32()),
            "trace": pa.array(traces, pa.int32()),
            "owner": columns.texts.column(ends.owner),
            "outcome": pa.array(ends.outcome, pa.string()),
            "closed_us": ends.closed_us,
        }
    )


def _roles(connection: DuckDBPyConnection) -> dict[str, str]:
    """Tell which key of the traces says what of a deal: role → key."""
    numbers: dict[str, int] = dict(connection.execute(KEYS_SQL).fetchall())
    roles = {"uuid": NAME} if NAME in numbers else {}
    for role, known in TRACE_KEYS.items():
        if found := [key for key in numbers if key.lower() in known]:
            roles[role] = found[0]
    if amount := _amount_key({key: n for key, n in numbers.items() if n and key not in roles.values()}):
        roles["amount"] = amount
    return roles


def _amount_key(numbers: Mapping[str, int]) -> str | None:
    """Of the keys with numbers give one that says amount, else value; of several the one with most numbers.

    >>> _amount_key({"id": 9, "value_last_year": 9, "AMOUNT_MAX": 3, "AMOUNT_REQ": 9})
    'AMOUNT_REQ'
    """
    for word in AMOUNT_WORDS:
        if found := [key for key in numbers if word in key.lower()]:
            return max(found, key=lambda key: numbers[key])
    return None


def _currencies(connection: DuckDBPyConnection) -> pa.Table:
    written = [text for (text,) in connection.execute(CURRENCIES_SQL).fetchall()]
    known = [(text, code, 10 ** (exponent(code) or 0)) for text in written if (code := currency_code(text))]
    return _rows(known, {"written": pa.string(), "code": pa.string(), "units": pa.int64()})


def _rows(rows: Sequence[tuple[object, ...]], types: Mapping[str, pa.DataType]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in types)
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, types.values(), strict=True)]
    return pa.table(dict(zip(types, arrays, strict=True)))
