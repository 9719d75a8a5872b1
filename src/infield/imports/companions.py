"""Files that come with a history: deals with more about each case, lists of products, accounts and
sellers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import duckdb

from infield.imports.cases import ATTRIBUTES
from infield.imports.formats import plain
from infield.imports.loading import load
from infield.imports.mapping import Mapping, Role
from infield.imports.planning import Plan
from infield.imports.reading import Finding
from infield.imports.spelling import likely_misspelled
from infield.imports.staging import Staged, has, parsed_query, read_columns

LISTED: dict[Role, str] = {
    "product": "unknown_product",
    "organization": "unknown_organization",
    "owner": "unknown_owner",
}
MOST_VALUES = 5_000
MOST_NAMED = 20
LIKENESS = 0.75
WORTH_SPELLING = {"sector", "industry", "segment", "country", "location", "office location"}


@dataclass(frozen=True, slots=True)
class Use:
    """What a companion was used for."""

    file: str
    purpose: str
    findings: tuple[Finding, ...]


def use_companions(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    others: Sequence[Plan],
    wanted: Mapping,
    columns: dict[Role, str],
) -> tuple[Use, ...]:
    """Use each companion for what it fits: cases whose ids are the history's, or a list of known names."""
    return tuple(_use(connection, staged, found, wanted, columns) for found in others)


def _use(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    found: Plan,
    wanted: Mapping,
    columns: dict[Role, str],
) -> Use:
    file = found.source.path.name
    ids = _column_like(
        found, _known(connection, "select distinct uuid from found_cases limit 200000"), sampled=True
    )
    if ids:
        _add_to_cases(connection, staged, found, ids, wanted)
        return Use(file, "cases", ())
    for role, code in LISTED.items():
        if has(staged, role) and (column := _column_like(found, _values(connection, role).keys())):
            listed = _list(connection, found, column)
            return Use(
                file,
                role,
                (*_unknown(connection, role, code, columns[role], listed), *_spelling(connection, found)),
            )
    return Use(file, "none", (Finding("file_not_used", file, len(found.source.sample)),))


def _known(connection: duckdb.DuckDBPyConnection, question: str) -> set[str]:
    return {value for (value,) in connection.execute(question).fetchall()}


def _values(connection: duckdb.DuckDBPyConnection, role: Role) -> dict[str, int]:
    rows = connection.execute(
        f"select {role}, count(*) from judged where bad is null and {role} is not null group by 1 order by "
        f"2 desc, 1 limit {MOST_VALUES}"
    ).fetchall()
    return dict(rows)


def _column_like(found: Plan, known: Iterable[str], *, sampled: bool = False) -> str | None:
    """Give the column that shares most names with `known`, at least half of the fewer."""
    names = set(known)
    best, most = None, 0
    for place, column in enumerate(found.source.columns):
        values = {row[place].strip() for row in found.source.sample} - {""}
        fewer = len(values) if sampled else min(len(values), len(names))
        shared = len(values & names)
        if shared > most and shared >= fewer / 2 and len(values) > 1:
            best, most = column, shared
    return best


def _list(connection: duckdb.DuckDBPyConnection, found: Plan, column: str) -> list[str]:
    load(connection, "listed", [Plan(found.source, None, None, {"case": column})], None)
    rows = connection.execute(
        "select distinct trim(r_case) as v from listed where v <> '' order by 1 limit 100000"
    ).fetchall()
    connection.execute("drop table listed")
    return [value for (value,) in rows]


def _unknown(
    connection: duckdb.DuckDBPyConnection, role: Role, code: str, where: str, listed: Sequence[str]
) -> Iterator[Finding]:
    known = set(listed)
    unknown = [(value, n) for value, n in _values(connection, role).items() if value not in known]
    for value, n in unknown[:MOST_NAMED]:
        close = get_close_matches(value, listed, 1, LIKENESS)
        yield Finding(code, where, n, {"value": value, "likely": close[0] if close else None})


def _spelling(connection: duckdb.DuckDBPyConnection, found: Plan) -> Iterator[Finding]:
    for column in found.source.columns:
        if plain(column) in WORTH_SPELLING:
            for value in _list(connection, found, column):
                if likely := likely_misspelled(value):
                    n = sum(
                        row[found.source.columns.index(column)].strip() == value
                        for row in found.source.sample
                    )
                    yield Finding(
                        "likely_misspelled",
                        f"{found.source.path.name}: {column}",
                        n,
                        {"value": value, "likely": likely},
                    )


def _add_to_cases(
    connection: duckdb.DuckDBPyConnection, staged: Staged, found: Plan, ids: str, wanted: Mapping
) -> None:
    """Fill what the history does not say about its cases from a file with a row for each."""
    columns: dict[Role, str] = {
        role: column for role, column in found.columns.items() if role in (*ATTRIBUTES, "amount", "currency")
    }
    columns["case"] = ids
    loaded = load(connection, "raw", [Plan(found.source, None, None, columns)], None)
    extra = Staged("deals", None, loaded, staged.zone)
    read_columns(
        connection, extra, Mapping(won=(), lost=(), currency=wanted.currency), columns, comma_likely=False
    )
    sets = [f"{role} = coalesce(found_cases.{role}, more.{role})" for role in ATTRIBUTES if has(extra, role)]
    if has(extra, "amount"):
        sets += ["amount_minor = coalesce(found_cases.amount_minor, more.amount_minor)",
                 ("currency = if(found_cases.amount_minor is null, more.iso, "
                 "found_cases.currency)")]  # fmt: skip
    if sets:
        connection.execute(
            f"""update found_cases set {", ".join(sets)}
                from (select * from ({parsed_query(extra)}) qualify row_number() over (partition by case_id
                  order by gid) = 1) more
                where more.case_id = found_cases.uuid"""
        )
    connection.execute("drop table raw")
