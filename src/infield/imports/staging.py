"""Understands the loaded texts column by column: times, amounts, outcomes, and which rows cannot be understood.

Makes the temporary table `parsed` from `raw`, one row a row of the files:
gid (order), file, row, same, case_id, every text role trimmed or null, <date role>_us and <date role>_day,
amount_minor, code (currency), `bad` (reason, null where the row is understood), bad_value, `out` (rule, or null).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from infield.imports.amounts import WITHOUT_CURRENCY, AmountForm, amount_form, currency_code, exponent
from infield.imports.formats import Format, plain
from infield.imports.guessing import DATES
from infield.imports.loading import Loaded
from infield.imports.mapping import Mapping, Role, Shape
from infield.imports.outcomes import FALSE, TRUE, meanings
from infield.imports.times import Hints, Order, TimeForm, time_form

BLANK = " \t\r\n\u00a0\u3000"
FLAGS: frozenset[Role] = frozenset({"is_won", "is_closed", "active"})


@dataclass(slots=True)
class Staged:
    """What was decided about the columns."""

    shape: Shape
    format: Format | None
    loaded: Loaded
    zone: str
    stage_names: tuple[str, ...] = ()
    """The stage of each of `loaded.stage_dates`."""
    times: dict[str, TimeForm] = field(default_factory=dict)
    """By column of the raw table: r_at, r_created, d0 …"""
    amount: AmountForm | None = None
    meanings: dict[str, str] = field(default_factory=dict)
    """The names that mean "won" or "lost"."""
    unknown_currencies: dict[str, int] = field(default_factory=dict)


def has(staged: Staged, *roles: Role) -> bool:
    return all(role in staged.loaded.roles for role in roles)


def read_columns(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    wanted: Mapping,
    columns: dict[Role, str],
    *,
    comma_likely: bool,
) -> None:
    """Decide how dates, amounts and outcomes are written, from all values."""
    dated = [f"r_{role}" for role in staged.loaded.roles if role in DATES]
    dated += [f"d{i}" for i in range(len(staged.loaded.stage_dates))]
    order: Order | None = None
    for name in sorted(dated, key=lambda name: name != "r_created"):
        header = _header(name, staged.loaded, columns)
        form = time_form(connection, "raw", name, Hints(_zone_of(header, staged.zone, wanted), order), wanted.dates.get(header))
        staged.times[name] = form
        if not form.ambiguous and form.name.startswith(("day_first", "month_first")):
            order = "day_first" if form.name.startswith("day") else "month_first"
    _settle_ambiguous(connection, staged, wanted, columns, order)
    if has(staged, "amount"):
        staged.amount = amount_form(
            connection, "raw", "r_amount", comma_likely=comma_likely, given=wanted.decimal_mark
        )
    names = _names(connection, staged)
    staged.meanings = dict(meanings(names, wanted.won, wanted.lost))


def _settle_ambiguous(
    connection: duckdb.DuckDBPyConnection, staged: Staged, wanted: Mapping, columns: dict[Role, str], order: Order | None
) -> None:
    """Read a column that can be read two ways in the order that another column of the file showed."""
    for name, form in list(staged.times.items()):
        if form.ambiguous and order:
            header = _header(name, staged.loaded, columns)
            staged.times[name] = time_form(connection, "raw", name, Hints(_zone_of(header, staged.zone, wanted), order))


def _header(name: str, loaded: Loaded, columns: dict[Role, str]) -> str:
    if name.startswith("d"):
        return loaded.stage_dates[int(name[1:])]
    return next(column for role, column in columns.items() if f"r_{role}" == name)


def _zone_of(header: str, zone: str, wanted: Mapping) -> str:
    """Give UTC where the column's own name says so and nobody says otherwise."""
    return "UTC" if wanted.zone is None and {"utc", "gmt"} & set(plain(header).split()) else zone


def _names(connection: duckdb.DuckDBPyConnection, staged: Staged) -> list[str]:
    named: tuple[Role, ...] = ("new_value",) if staged.shape == "changes" else ("stage", "status")
    found = [role for role in named if has(staged, role)]
    names = list(staged.stage_names)
    for role in found:
        rows = connection.execute(
            f"select distinct {text_of(role, staged)} as v from raw where v is not null and length(v) <= 200 limit 50000"
        )
        names += [name for (name,) in rows.fetchall()]
    return names


def text_of(role: Role, staged: Staged) -> str:
    """Give the SQL of a role's text, trimmed; empty cells and written nulls are null."""
    text = f"trim(r_{role}, '{BLANK}')"
    if staged.format and staged.format.name == "vtiger_deals":
        text = f"regexp_replace({text}, '^\\w+::::', '')"
    return f"case when lower({text}) not in ('', 'null', '\\n') then {text} end"


def make_parsed(connection: duckdb.DuckDBPyConnection, staged: Staged, wanted: Mapping) -> None:
    """Make the temporary table `parsed`."""
    _make_currencies(connection, staged, wanted)
    parts = ["raw.rowid as gid", "file", "row", "same", f"{text_of('case', staged)} as case_id"]
    parts += [f"{text_of(role, staged)} as {role}" for role in staged.loaded.roles if _is_text(role)]
    parts += [f"{_flag(role)} as {role}" for role in staged.loaded.roles if role in FLAGS]
    for name, form in staged.times.items():
        label = name.removeprefix("r_")
        parts += [f"{form.us} as {label}_us", f"{form.is_day} as {label}_day", f"nullif(trim({name}, '{BLANK}'), '') as {label}_text"]
    parts += _amount_parts(staged, wanted)
    join = "left join currencies on currencies.text = upper(trim(r_currency))" if has(staged, "currency") else ""
    connection.execute(f"create or replace temp table parsed as select {', '.join(parts)} from raw {join}")


def _is_text(role: Role) -> bool:
    return role not in DATES and role not in FLAGS and role not in ("case", "amount", "currency")


def _flag(role: Role) -> str:
    text = f"lower(trim(r_{role}, '{BLANK}'))"
    return f"case when {text} in {_listed(TRUE)} then true when {text} in {_listed(FALSE)} then false end"


def _listed(words: Sequence[str]) -> str:
    return "(" + ", ".join("'" + word.replace("'", "''") + "'" for word in words) + ")"


def _make_currencies(connection: duckdb.DuckDBPyConnection, staged: Staged, wanted: Mapping) -> None:
    """Make the small table of the file's currencies: text as written, code, ten to the exponent."""
    connection.execute("create or replace temp table currencies (text varchar, code varchar, minor bigint)")
    if not has(staged, "currency"):
        return
    rows = connection.execute(
        "select upper(trim(r_currency)), count(*) from raw where trim(r_currency) <> '' group by 1 limit 1000"
    ).fetchall()
    known = {text: currency_code(text) for text, _ in rows}
    staged.unknown_currencies = {text[:20]: n for text, n in rows if known[text] is None}
    found = [(text, code, 10 ** (exponent(code) or 0)) for text, code in known.items() if code]
    if found:
        connection.executemany("insert into currencies values (?, ?, ?)", found)


def _amount_parts(staged: Staged, wanted: Mapping) -> list[str]:
    fallback = currency_code(wanted.currency) if wanted.currency else None
    ten = 10 ** ((exponent(fallback) or 0) if fallback else WITHOUT_CURRENCY)
    code, minor = (f"'{fallback}'" if fallback else "null::varchar"), str(ten)
    if has(staged, "currency"):
        code, minor = f"coalesce(currencies.code, {code})", f"coalesce(currencies.minor, {ten})"
    if staged.amount is None:
        return ["null::bigint as amount_minor", "null::varchar as iso", "null::varchar as amount_text"]
    text = f"nullif(trim(r_amount, '{BLANK}'), '')"
    exact = f"try_cast(round(({staged.amount.sql}) * {minor}::decimal(5, 0)) as bigint)"
    return [
        f"{exact} as amount_minor",
        f"case when {text} is not null then {code} end as iso",
        f"{text} as amount_text",
    ]
