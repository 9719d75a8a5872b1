"""What the traces of a XES file say of their deals: name, amount, currency, who and what.

In: the columns of a log and how each deal ended. Out: the table found_cases, which key was taken for what,
and how many deals say something that cannot be used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from infield.imports.amounts import WITHOUT_CURRENCY, currency_code, exponent
from infield.imports.xes_columns import NAME, NOTHING, Columns, Ints, first_of_each

TRACE_KEYS: Mapping[str, tuple[str, ...]] = {
    "uuid": (NAME,),
    "currency": ("currency",),
    "owner": ("owner", "sales_agent", "org:resource"),
    "organization": ("organization", "organisation", "account", "company", "customer"),
    "source": ("source", "lead_source", "leadsource"),
    "segment": ("segment",),
    "product": ("product",),
}
"""Attributes of a trace that are taken for a column, in lower case; the first in the file wins."""
AMOUNT_WORDS = ("amount", "value")
MOST_MINOR = 2**63 - 1


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


@dataclass(frozen=True, slots=True)
class _Said:
    """The attributes of the traces: arrays of equal length, in the order of the files."""

    trace: Ints
    key: Ints
    value: Ints
    texts: Sequence[str]
    roles: Mapping[str, int]
    """Which key (a code of texts) was taken for which column."""

    def of(self, role: str, traces: Ints) -> Ints:
        """Give what each of these traces says first: a code of texts, or NOTHING."""
        if role not in self.roles or not traces.size:
            return np.full(traces.size, NOTHING)
        rows = self.key == self.roles[role]
        first = first_of_each(self.trace, rows, max(int(traces[-1]), int(self.trace.max(initial=0))) + 1)[
            traces
        ]
        return np.where(first == NOTHING, NOTHING, self.value[first])

    def texts_of(self, role: str, traces: Ints) -> list[str | None]:
        return [
            self.texts[code].strip() or None if code >= 0 else None for code in self.of(role, traces).tolist()
        ]


def write_cases(
    connection: DuckDBPyConnection, columns: Columns, traces: Ints, ends: Ends
) -> tuple[dict[str, str], DealFaults]:
    """Write found_cases, one row for each of `traces` (ascending); give column → key, and what was wrong.

    A deal without a name has the number of its trace. Amounts without a known currency count two decimals.
    """
    said = _said(columns)
    names = said.texts_of("uuid", traces)
    uuids = [name or str(trace + 1) for name, trace in zip(names, traces.tolist(), strict=True)]
    amounts, currencies = said.texts_of("amount", traces), said.texts_of("currency", traces)
    codes = {text: currency_code(text) for text in set(currencies) if text}
    currency = [codes.get(text) if text else None for text in currencies]
    minor = [_minor(amount, code) for amount, code in zip(amounts, currency, strict=True)]
    owner = np.where(ends.owner == NOTHING, said.of("owner", traces), ends.owner)
    table = pa.table(
        {
            "case": pa.array(range(traces.size), pa.int32()),
            "uuid": pa.array(uuids, pa.string()),
            "outcome": pa.array(ends.outcome, pa.string()),
            "closed_us": ends.closed_us,
            "owner": columns.texts.column(owner),
            **{
                role: columns.texts.column(said.of(role, traces))
                for role in ("organization", "source", "segment", "product")
            },
            "amount_minor": pa.array(minor, pa.int64()),
            "currency": pa.array(currency, pa.string()),
        }
    )
    connection.register("xes_cases", table)
    try:
        connection.execute("insert into found_cases select * from xes_cases")
    finally:
        connection.unregister("xes_cases")
    faults = DealFaults(
        repeated=len(uuids) - len(set(uuids)),
        unnamed=names.count(None),
        bad_amounts=minor.count(None) - amounts.count(None),
        bad_currencies=currency.count(None) - currencies.count(None),
    )
    return {role: said.texts[key] for role, key in said.roles.items()}, faults


def _said(columns: Columns) -> _Said:
    table = columns.attributes_table()
    trace, key, value = (table[name].to_numpy() for name in ("trace", "key", "value"))
    texts = list(columns.texts.codes)
    different, first = np.unique(key, return_index=True)
    in_order = different[np.argsort(first)].tolist()
    roles = {
        role: found[0]
        for role, known in TRACE_KEYS.items()
        if (found := [code for code in in_order if texts[code].lower() in known])
    }
    numbers = {
        texts[code]: sum(_number(texts[one]) is not None for one in value[key == code].tolist())
        for code in in_order
        if code not in roles.values() and any(word in texts[code].lower() for word in AMOUNT_WORDS)
    }
    if amount := _amount_key(numbers):
        roles["amount"] = columns.texts.codes[amount]
    return _Said(trace, key, value, texts, roles)


def _amount_key(numbers: Mapping[str, int]) -> str | None:
    """Of the keys with numbers give one that says amount, else value; of several the one with most numbers.

    >>> _amount_key({"value_last_year": 9, "AMOUNT_MAX": 3, "AMOUNT_REQ": 9})
    'AMOUNT_REQ'
    """
    for word in AMOUNT_WORDS:
        if found := [key for key, n in numbers.items() if n and word in key.lower()]:
            return max(found, key=lambda key: numbers[key])
    return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except DecimalException:
        return None
    return number if number.is_finite() and number.adjusted() < 18 else None


def _minor(amount: str | None, currency: str | None) -> int | None:
    """Give an amount in the currency's smallest unit, or None where it is no number or too large.

    >>> _minor("1200.505", "EUR"), _minor("1200", "JPY"), _minor("7", None), _minor("1e400", "EUR")
    (120051, 1200, 700, None)
    """
    number = _number(amount) if amount else None
    if number is None:
        return None
    decimals = exponent(currency) if currency else WITHOUT_CURRENCY
    minor = int(number.scaleb(decimals or 0).quantize(Decimal(1), ROUND_HALF_UP))
    return minor if abs(minor) <= MOST_MINOR else None
