"""Understands the loaded texts column by column: times, amounts, currencies, what means a sale.

`parsed_query` reads the temporary table `raw` and gives one row a row of the files: gid (order), file, row,
same,
case_id, every text role trimmed or null, flags as booleans, <date role>_us, _day and _text, amount_minor,
amount_text, iso (currency).
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
    files: int = 1
    stage_names: tuple[str, ...] = ()
    """The stage of each of `loaded.stage_dates`."""
    dates_are_midnights: bool = False
    """Whether the files write a date alone as midnight, as spreadsheets do."""
    times: dict[str, TimeForm] = field(default_factory=dict)
    """By column of the raw table: r_at, r_created, d0 …"""
    amount: AmountForm | None = None
    meanings: dict[str, str] = field(default_factory=dict)
    """The names that mean "won" or "lost"."""
    padded: set[str] = field(default_factory=set)
    """The columns of the raw table that have blanks around some value."""
    amount_parts: list[str] = field(default_factory=list)
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
        header = header_of(name, staged.loaded, columns)
        form = time_form(
            connection,
            "raw",
            name,
            Hints(_zone_of(header, staged.zone, wanted), order),
            wanted.dates.get(header),
        )
        staged.times[name] = form
        if not form.ambiguous and form.name.startswith(("day_first", "month_first")):
            order = "day_first" if form.name.startswith("day") else "month_first"
    _settle_ambiguous(connection, staged, wanted, columns, order)
    if has(staged, "amount"):
        staged.amount = amount_form(
            connection, "raw", "r_amount", comma_likely=comma_likely, given=wanted.decimal_mark
        )
    _find_padded(connection, staged)
    names = _names(connection, staged)
    staged.meanings = dict(meanings(names, wanted.won, wanted.lost))
    _make_currencies(connection, staged)
    staged.amount_parts = _amount_parts(staged, wanted)


def _settle_ambiguous(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    wanted: Mapping,
    columns: dict[Role, str],
    order: Order | None,
) -> None:
    """Read a column that can be read two ways in the order that another column of the file showed."""
    for name, form in list(staged.times.items()):
        if form.ambiguous and order:
            header = header_of(name, staged.loaded, columns)
            staged.times[name] = time_form(
                connection, "raw", name, Hints(_zone_of(header, staged.zone, wanted), order)
            )


def header_of(name: str, loaded: Loaded, columns: dict[Role, str]) -> str:
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
            f"select distinct {text_of(role, staged)} as v from raw where v is not null and length(v) <= "
            f"200 limit 50000"
        )
        names += [name for (name,) in rows.fetchall()]
    return names


def trimmed(column: str, staged: Staged) -> str:
    """Give the SQL of a column without blanks around it; most columns have none and are taken as they are."""
    return f"trim({column}, '{BLANK}')" if column in staged.padded else column


def _find_padded(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    names = [f"r_{role}" for role in staged.loaded.roles] + list(staged.times)
    looks = [
        f"bool_or(strlen({x}) <> length({x}) or left({x}, 1) <= ' ' or right({x}, 1) <= ' ')" for x in names
    ]
    (found,) = connection.execute(f"select {', '.join(looks)} from raw").fetchall()
    staged.padded = {name for name, padded in zip(names, found, strict=True) if padded}


def text_of(role: Role, staged: Staged) -> str:
    """Give the SQL of a role's text, trimmed; empty cells and written nulls are null."""
    text = trimmed(f"r_{role}", staged)
    if staged.format and staged.format.name == "vtiger_deals":
        text = f"regexp_replace({text}, '^\\w+::::', '')"
    return f"case when lower({text}) not in ('', 'null', '\\n') then {text} end"


def parsed_query(staged: Staged) -> str:
    """Give the SELECT of the understood rows; the texts are read once, then times from clocks on the wall."""
    texts = [f"{text_of('case', staged)} as case_id"]
    texts += [f"{text_of(role, staged)} as {role}" for role in staged.loaded.roles if _is_text(role)]
    texts += [f"{_flag(role, staged)} as {role}" for role in staged.loaded.roles if role in FLAGS]
    texts += [f"trim(raw.o{i}, '{BLANK}') as o{i}" for i in range(staged.loaded.own)]
    known = []
    for name, form in staged.times.items():
        label = name.removeprefix("r_")
        texts += [f"{form.wall} as {label}_wall", f"{form.is_day} as {label}_day"]
        texts += [
            f"{form.instant or 'null::bigint'} as {label}_instant",
            f"nullif({trimmed(name, staged)}, '') as {label}_text",
        ]
        known.append(f"{form.us(f'{label}_wall', f'{label}_day', f'{label}_instant')} as {label}_us")
    dropped = ", ".join(
        f"{name.removeprefix('r_')}_{part}" for name in staged.times for part in ("wall", "instant")
    )
    join = (
        "left join currencies on currencies.text = upper(trim(r_currency))" if has(staged, "currency") else ""
    )
    return f"""select * {f"exclude ({dropped})" if dropped else ""} {"".join(f", {one}" for one in known)}
        from (
        select raw.rowid as gid, file, row, same, {", ".join([*texts, *staged.amount_parts])} from raw
          {join})"""


def _is_text(role: Role) -> bool:
    return role not in DATES and role not in FLAGS and role not in ("case", "amount", "currency")


def _flag(role: Role, staged: Staged) -> str:
    text = f"lower({trimmed(f'r_{role}', staged)})"
    return f"case when {text} in {_listed(TRUE)} then true when {text} in {_listed(FALSE)} then false end"


def _listed(words: Sequence[str]) -> str:
    return "(" + ", ".join("'" + word.replace("'", "''") + "'" for word in words) + ")"


def _make_currencies(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
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
    text = f"nullif({trimmed('r_amount', staged)}, '')"
    exact = f"try_cast(round(({staged.amount.sql}) * {minor}::decimal(5, 0)) as bigint)"
    return [
        f"{exact} as amount_minor",
        f"case when {text} is not null then {code} end as iso",
        f"{text} as amount_text",
    ]
