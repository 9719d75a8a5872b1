"""Parquet: the columns and first rows of a file, and its rows as SQL."""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from infield.imports.mapping import Layout
from infield.imports.reading import Unreadable
from infield.imports.sources import SAMPLE_ROWS, Source
from infield.web.disguise import TURNS

GLOB = re.compile(r"([*?[])")
"""What DuckDB takes for a pattern, so that a file named `deals*.parquet` would bring its neighbours along."""


def open_parquet(path: Path) -> Source:
    """Open a Parquet file; Unreadable `not_parquet` where it is none or damaged."""
    try:
        with pq.ParquetFile(path) as file:
            columns, rows = tuple(file.schema_arrow.names), file.metadata.num_rows
            batch = next(file.iter_batches(SAMPLE_ROWS), None) if len(columns) <= SAMPLE_ROWS else None
            sample = () if batch is None else _as_text(batch)
    except (pa.ArrowException, OSError) as error:
        raise Unreadable("not_parquet", file=path.name) from error
    if not rows:
        raise Unreadable("no_rows", file=path.name)
    return Source(path, Layout(file=path.name, kind="parquet", header_row=0), columns, sample, rows=rows)


def _as_text(batch: pa.RecordBatch) -> tuple[tuple[str, ...], ...]:
    columns = [
        ["" if value is None else str(value) for value in column.to_pylist()] for column in batch.columns
    ]
    return tuple(zip(*columns, strict=True))


def select_rows(source: Source, wanted: Sequence[str]) -> str:
    """Give the SELECT for row, same, c0, c1 … of a Parquet file; all columns as text."""
    cells = ", ".join(f"{_cell(column)} as c{i}" for i, column in enumerate(wanted))
    every = ", ".join(f'"{_escaped(column)}"' for column in source.columns)
    path = GLOB.sub(r"[\1]", str(source.path)).replace("'", "''")
    return f"""
        select (file_row_number + 1)::integer as row, (hash({every}) >> 1)::bigint as same, {cells}
        from read_parquet('{path}', file_row_number = true)"""


def insert_rows(
    connection: duckdb.DuckDBPyConnection, into: str, number: int, source: Source, wanted: Sequence[str]
) -> None:
    """Run `into` (an INSERT without its SELECT) for all rows; Unreadable `not_parquet` where pages are
    damaged."""
    try:
        connection.execute(f"{into} select {number}, * from ({select_rows(source, wanted)})")
    except duckdb.Error as error:
        raise Unreadable("not_parquet", file=source.path.name) from error


def _cell(column: str) -> str:
    """Give a column as text, in one line without signs that turn the direction of writing."""
    text = f'"{_escaped(column)}"::varchar'
    # a text of as many bytes as letters has none: to look through all of them would triple the time
    is_plain = f"strlen({text}) = length({text}) or contains({text}, chr(10))"
    return f"if({is_plain}, {text}, regexp_replace({text}, '[{TURNS}]', '', 'g'))"


def _escaped(name: str) -> str:
    return name.replace('"', '""')
