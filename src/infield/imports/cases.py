"""Writes the two tables of a reading from the temporary ones: `found_events` and `found_cases`."""

from collections.abc import Sequence

import duckdb

from infield.imports.mapping import Role
from infield.imports.reading import CREATE_TABLES
from infield.imports.shapes import closing_us
from infield.imports.staging import Staged, has

ATTRIBUTES: tuple[Role, ...] = ("owner", "organization", "source", "segment", "product")


def write_tables(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Fill `found_events` and `found_cases`; the caller holds the transaction."""
    for statement in CREATE_TABLES.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(
        """create or replace temp table codes as
           select case_id, (row_number() over (order by min(gid)) - 1)::integer as code
           from judged where bad is null and out is null group by case_id"""
    )
    connection.execute(
        """insert into found_events
           select code, key, at_us, precision, kind, stage, owner from events join codes using (case_id)
           order by key"""
    )
    by_row = staged.shape in ("deals", "stage_dates")
    (_cases_of_rows if by_row else _cases_of_events)(connection, staged)


def write_own(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> None:
    """Fill `found_own`: for each deal and own field the last that its rows say; the columns o0, o1 … are of `keys`."""
    for number, key in enumerate(keys):
        connection.execute(
            f"""insert into found_own
                select code, ?, arg_max(o{number}, gid) from judged join codes using (case_id)
                where bad is null and out is null and o{number} <> '' group by code order by code""",
            [key],
        )


def _cases_of_rows(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    names = ", ".join(role if has(staged, role) else f"null::varchar as {role}" for role in ATTRIBUTES)
    says = has(staged, "stage") or has(staged, "status") or has(staged, "is_won")
    _make_ends(connection, reopens=False)
    connection.execute(
        f"""insert into found_cases
            with said as (
              select gid, case_id, {"outcome" if says else "null::varchar as outcome"}, {closing_us(staged)}
                as closing,
                     {names}, amount_minor, iso
              from judged where bad is null and out is null)
            select code, case_id, {"said.outcome" if says else "ends.outcome"} as ended,
                   if(ended is null, null, coalesce(if(ends.outcome = ended, ends.closed_us, null), closing)),
                   {", ".join(ATTRIBUTES)}, amount_minor, iso
            from said join codes using (case_id) left join ends using (case_id) order by code"""
    )


def _cases_of_events(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    latest = "at_us::hugeint * 4294967296 + gid"
    names = ", ".join(
        f"arg_max({role}, {latest}) filter ({role} is not null) as {role}"
        if has(staged, role) else f"null::varchar as {role}"
        for role in ATTRIBUTES
    )  # fmt: skip
    connection.execute(
        f"""create or replace temp table told as
            select case_id, {names}, arg_max(amount_minor, {latest}) filter (amount_minor is not null) as
              amount_minor,
                   arg_max(iso, {latest}) filter (amount_minor is not null) as currency
            from judged where bad is null and out is null group by case_id"""
    )
    _make_ends(connection, reopens=staged.format is not None and staged.format.reopens)
    connection.execute(
        """insert into found_cases
           select codes.code, case_id, outcome, closed_us, owner, organization, source, segment, product,
           amount_minor, currency
           from codes join told using (case_id) left join ends using (case_id) order by code"""
    )


def _make_ends(connection: duckdb.DuckDBPyConnection, *, reopens: bool) -> None:
    """Make `ends` (case_id, outcome, closed_us): the last end decides, its first moment in a row counts.

    With `reopens`, a stage that was entered after the end leaves the deal open.
    """
    order = "at_us::hugeint * 4294967296 + key"
    last = f"max({order}) filter"
    later = f"{last} (kind in ('stage_entered', 'reopened')) > {last} (kind in ('won', 'lost'))"
    connection.execute(
        f"""create or replace temp table ends as
            with moments as (
              select case_id, {last} (kind = 'won') as last_won, {last} (kind = 'lost') as last_lost
              from events where case_id in (select case_id from events where kind in ('won', 'lost'))
              group by case_id having not coalesce({later if reopens else "false"}, false)),
            decided as (
              select *, if(last_lost is null or last_won > last_lost, 'won', 'lost') as outcome from moments)
            select case_id, outcome, min(at_us) as closed_us
            from decided join events using (case_id)
            where kind = outcome and coalesce({order} > if(outcome = 'won', last_lost, last_won), true)
            group by case_id, outcome"""
    )
