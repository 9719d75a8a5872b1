"""Rows into a table without asking the app, which would take an hour for a million of them."""

import json
from collections.abc import Iterable
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

AT_ONCE = 50_000


def pour(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Put `rows` into `table`, 50,000 a transaction. Values: UUID, aware datetime in UTC, dict for JSON, or plain."""
    from django.db import connection, transaction

    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    for some in batched(rows, AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in some:
                        copy.write_row([_for_postgres(value) for value in row])
            else:
                insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
                cursor.executemany(insert, [[_for_sqlite(value) for value in row] for row in some])


def _for_postgres(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def _for_sqlite(value: Any) -> Any:
    match value:
        case UUID():
            return value.hex
        case datetime():
            return value.replace(tzinfo=None).isoformat(" ")
        case dict():
            return json.dumps(value)
    return value
