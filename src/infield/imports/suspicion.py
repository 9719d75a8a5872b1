"""Looks for what is suspicious in a history that was understood; nothing is dropped for it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb

from infield.imports.mapping import Role
from infield.imports.reading import Finding, Value
from infield.imports.shapes import closing_us
from infield.imports.staging import Staged, has, header_of

type Columns = dict[Role, str]

EXAMPLES = 5
KEPT = "bad is null and out is null"
FEW = 10
"""Below so many sales, what is usual cannot be told."""


def findings(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> tuple[Finding, ...]:
    """Give the findings of a history; asks `judged`, `events` and `found_cases`."""
    looks = (
        _dates,
        _currencies,
        _duplicates,
        _missing,
        _order,
        _amounts,
        _ends,
        _stale,
        _left_censored,
        _first_stages,
        _together,
    )
    return tuple(found for look in looks for found in look(connection, staged, columns))


def _number(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    return int(connection.execute(question).fetchall()[0][0])


def _day(us: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)).date().isoformat()


def _dates(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    for name, form in staged.times.items():
        label = name.removeprefix("r_")
        where = header_of(name, staged.loaded, columns)
        n = _number(connection, f"select count({label}_us) from judged")
        if form.all_midnight and n and not staged.dates_are_midnights:
            yield Finding("all_at_midnight", where, n)
        if form.ambiguous and n:
            yield Finding("date_order_unsure", where, n, {"order": form.name})
        if form.several_offsets:
            yield Finding("several_offsets", where, n)


def _currencies(_: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    for text, n in staged.unknown_currencies.items():
        yield Finding("unknown_currency", columns.get("currency", ""), n, {"value": text})


def _duplicates(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    where = columns["case"]
    n = _number(
        connection,
        "select coalesce(sum(n - 1), 0)::bigint from (select count(*) as n from judged where bad is null "
        "group by file, same having n > 1)",
    )
    if n:
        yield Finding("duplicate_rows", where, n)
    if staged.shape in ("deals", "stage_dates"):
        rows = connection.execute(
            f"select case_id, count(*) from judged where out in ('repeated_id', 'duplicate_row') group by 1 "
            f"order by 2 desc, 1 limit {EXAMPLES}"
        ).fetchall()
        n = _number(connection, "select count(*) from judged where out in ('repeated_id', 'duplicate_row')")
        if n:
            yield Finding("repeated_ids", where, n, {"examples": [case for case, _ in rows]})


def _missing(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    if staged.shape in ("deals", "stage_dates"):
        n = _number(connection, "select count(*) from judged where out = 'no_date'")
        named = "stage" if has(staged, "stage") else "status" if has(staged, "status") else "null"
        stages = connection.execute(
            f"select distinct {named} from judged where out = 'no_date' and {named} is not null order by 1 "
            f"limit {EXAMPLES}"
        ).fetchall()
        if n:
            yield Finding(
                "deals_without_date",
                columns.get("created", columns.get("closed", "")),
                n,
                {"stages": [name for (name,) in stages]},
            )
    if has(staged, "organization"):
        n = _number(connection, "select count(*) from judged where bad is null and organization is null")
        n_open = _number(
            connection,
            "select count(*) from judged where bad is null and organization is null and outcome is null",
        )
        if n:
            yield Finding("missing_organization", columns["organization"], n, {"open": n_open})
    if has(staged, "owner") and (
        n := _number(connection, f"select count(*) from judged where {KEPT} and owner is null")
    ):
        yield Finding("missing_owner", columns["owner"], n)


def _order(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    if staged.shape not in ("deals", "stage_dates") or not has(staged, "created"):
        return
    n = _number(
        connection,
        f"select count(*) from judged where {KEPT} and outcome is not null and {closing_us(staged)} < "
        f"created_us",
    )
    if n:
        yield Finding("end_before_start", columns.get("closed", columns["created"]), n)
    if has(staged, "closed") and (
        n := _number(
            connection,
            f"select count(*) from judged where {KEPT} and outcome is null and closed_us is not null",
        )
    ):
        yield Finding("open_with_close_date", columns["closed"], n)


def _amounts(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    for outcome in ("lost", "won") if has(staged, "amount") else ():
        n = _number(
            connection, f"select count(*) from found_cases where outcome = '{outcome}' and amount_minor = 0"
        )
        if n:
            yield Finding(f"amount_zero_on_{outcome}", columns["amount"], n)
    if has(staged, "amount") and (
        n := _number(connection, "select count(*) from found_cases where amount_minor < 0")
    ):
        yield Finding("negative_amount", columns["amount"], n)


def _ends(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    n, won, lost, undated = connection.execute(
        """select count(*), count(*) filter (outcome = 'won'), count(*) filter (outcome = 'lost'),
                  count(*) filter (outcome is not null and closed_us is null) from found_cases"""
    ).fetchall()[0]
    where = columns.get("status", columns.get("stage", columns.get("new_value", columns["case"])))
    if n and not won and not lost:
        yield Finding("no_outcomes", where, n)
    if undated:
        yield Finding("closed_without_date", columns.get("closed", where), undated)
    archived = staged.format is not None and staged.format.loses_by_archiving
    if archived and won and not lost:
        yield Finding("archived_deals_missing", where, won)
    if staged.format is not None and staged.format.close_is_expected and won + lost:
        yield Finding("closed_at_expected_date", columns.get("closed", where), won + lost)


SPANS = """select "case", min(at_us) as first_us, max(at_us) as last_us from found_events group by "case\""""


def _stale(connection: duckdb.DuckDBPyConnection, _: Staged, columns: Columns) -> Iterator[Finding]:
    """Find open deals whose last event is longer ago than 95 % of the sales took from start to end."""
    sales, usual = connection.execute(
        f"""select count(*), quantile_cont(closed_us - first_us, 0.95) from found_cases join ({SPANS}) using
            ("case")
            where outcome = 'won' and closed_us >= first_us"""
    ).fetchall()[0]
    if sales < FEW:
        return
    n, oldest, oldest_quarter = connection.execute(
        f"""with ages as (select last_us, (select max(at_us) from found_events) - last_us as age
              from found_cases join ({SPANS}) using ("case") where outcome is null),
            old as (select * from ages where age > {usual})
            select count(*), min(last_us), count(*) filter (
                date_trunc('quarter', make_timestamp(last_us)) = (select date_trunc('quarter',
                  make_timestamp(min(last_us))) from old))
            from old"""
    ).fetchall()[0]
    if n:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=oldest)
        params: dict[str, Value] = {
            "days": round(usual / 86_400_000_000), "oldest": _day(oldest),
            "quarter": f"{moment.year} Q{(moment.month + 2) // 3}", "n_quarter": oldest_quarter,
        }  # fmt: skip
        yield Finding("stale_open_deals", columns.get("stage", columns["case"]), n, params)


def _left_censored(connection: duckdb.DuckDBPyConnection, _: Staged, columns: Columns) -> Iterator[Finding]:
    """Find a beginning without any end: deals that ended then are missing, the early ones look slow."""
    first, first_end, ended, quick = connection.execute(
        f"""select min(first_us), min(closed_us), count(closed_us), quantile_cont(closed_us - first_us, 0.1)
            from found_cases join ({SPANS}) using ("case") where outcome is not null and closed_us >=
              first_us"""
    ).fetchall()[0]
    month = 30 * 86_400_000_000
    if ended < 3 * FEW or first_end - first < max(2 * month, 3 * quick):
        return
    n = _number(connection, f"select count(*) from ({SPANS}) where first_us < {first_end}")
    yield Finding(
        "no_early_ends",
        columns.get("closed", columns.get("at", "")),
        n,
        {"first": _day(first), "first_end": _day(first_end)},
    )


def _first_stages(
    connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns
) -> Iterator[Finding]:
    """Find deals whose first change names a stage they were in before: when they entered it is not known."""
    if staged.shape != "changes" or not has(staged, "old_value"):
        return
    n = _number(
        connection,
        f"""select count(*) from (select arg_min(coalesce(old_value, ''), at_us::hugeint * 4294967296 + gid)
            as old
            from judged where {KEPT} group by case_id) where old not in ('', '0')""",
    )
    if n:
        yield Finding("first_stage_without_date", columns["old_value"], n)


def _together(connection: duckdb.DuckDBPyConnection, staged: Staged, columns: Columns) -> Iterator[Finding]:
    """Find events of one deal at the very same time: their order is the file's; and stages entered again."""
    if staged.shape not in ("events", "changes"):
        return
    where = columns.get("at", "")
    n = _number(
        connection,
        """select coalesce(sum(n), 0)::bigint from (select count(*) as n from found_events
                               where precision = 'time' group by "case", at_us having count(*) > 1)""",
    )
    if n:
        yield Finding("simultaneous_events", where, n)
    n = _number(
        connection,
        """select count(distinct "case") from (select "case" from found_events where stage is not null
                               group by "case", stage having count(*) > 1)""",
    )
    if n:
        yield Finding("repeated_stages", columns.get("stage", columns.get("new_value", "")), n)
