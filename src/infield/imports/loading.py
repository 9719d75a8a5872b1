"""Loads the wanted columns of the history's files into one temporary table of texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import duckdb
import pyarrow as pa

from infield.imports.mapping import Role
from infield.imports.planning import Plan
from infield.imports.reading import REJECTED_KEPT, OnProgress, Progress, Rejected
from infield.imports.sources import Tally, batches

BATCHES_AT_ONCE = 64


@dataclass(slots=True)
class Loaded:
    """What was loaded: the roles and stage dates that are columns of the table, and the account of the
    rows."""

    roles: tuple[Role, ...]
    stage_dates: tuple[str, ...]
    """Columns of the table that hold a date for a stage: the columns d0, d1 … of the table."""
    own: int = 0
    """How many columns of own fields the table has: o0, o1 …"""
    read: int = 0
    footer: int = 0
    rejected: int = 0
    rejections: list[Rejected] = field(default_factory=list)


def load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    plans: Sequence[Plan],
    progress: OnProgress | None,
    own: Sequence[str] = (),
) -> Loaded:
    """Fill the temporary `table`: file (number), row, same (hash of the whole row), r_<role> …, d0, d1 …, o0, o1 …

    `own`: the columns of fields of one's own, where a file has them.
    """
    roles = tuple(dict.fromkeys(role for found in plans for role in found.columns))
    dates = tuple(dict.fromkeys(column for found in plans for column in found.stage_dates))
    names = [f"r_{role}" for role in roles] + [f"d{i}" for i in range(len(dates))]
    names += [f"o{i}" for i in range(len(own))]
    texts = "".join(f", {name} varchar" for name in names)
    connection.execute(
        f"create or replace temp table {table} (file smallint, row integer, same bigint{texts})"
    )
    loaded = Loaded(roles, dates, len(own))
    for number, found in enumerate(plans):
        _load_file(connection, table, number, found, loaded, progress, own)
    return loaded


def _load_file(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    number: int,
    found: Plan,
    loaded: Loaded,
    progress: OnProgress | None,
    own: Sequence[str],
) -> None:
    targets = {f"r_{role}": column for role, column in found.columns.items()}
    targets |= {f"d{loaded.stage_dates.index(column)}": column for column in found.stage_dates}
    targets |= {f"o{i}": column for i, column in enumerate(own) if column in found.source.columns}
    into = f"insert into {table} (file, row, same, {', '.join(targets)})"
    if found.source.layout.kind == "parquet":
        _load_parquet(connection, into, number, found, list(targets.values()), loaded, progress)
        return
    tally = Tally()
    for rows in _grouped(batches(found.source, list(targets.values()), tally, progress)):
        connection.register("arriving", rows)
        connection.execute(f"{into} select {number}, * from arriving")
        connection.unregister("arriving")
    loaded.read += tally.read
    loaded.footer += tally.footer
    loaded.rejected += tally.rejected
    loaded.rejections.extend(tally.first_rejected[: REJECTED_KEPT - len(loaded.rejections)])


def _grouped(arriving: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    while group := list(islice(arriving, BATCHES_AT_ONCE)):
        yield pa.Table.from_batches(group)


def _load_parquet(
    connection: duckdb.DuckDBPyConnection,
    into: str,
    number: int,
    found: Plan,
    columns: list[str],
    loaded: Loaded,
    progress: OnProgress | None,
) -> None:
    from infield.imports.parquet_file import insert_rows

    insert_rows(connection, into, number, found.source, columns)
    loaded.read += found.source.rows or 0
    if progress:
        size = found.source.path.stat().st_size
        progress(Progress(found.source.path.name, size, size))
