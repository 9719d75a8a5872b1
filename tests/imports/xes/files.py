"""Small XES files, and what was read of them."""

from collections.abc import Callable
from pathlib import Path

import duckdb

NOON = 1_767_268_800_000_000  # 2026-01-01T12:00:00Z
HOUR = 3_600_000_000
type Write = Callable[..., Path]


def event(name: str = "Proposal", at: str = "2026-01-01T12:00:00Z", **more: str) -> str:
    extra = "".join(f'<string key="{key.replace("_", ":")}" value="{value}"/>' for key, value in more.items())
    said = f'<string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/>'
    return f"<event>{said}{extra}</event>"


def trace(*events: str, name: str | None = "D-1", more: str = "") -> str:
    named = "" if name is None else f'<string key="concept:name" value="{name}"/>'
    return f"<trace>{named}{more}{''.join(events)}</trace>"


def log(*traces: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<log xes.version="1.0" xmlns="http://www.xes-standard.org/">{"".join(traces)}</log>'


def events(connection: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[object, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f"select {names} from found_events order by ordinal").fetchall()


def cases(connection: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[object, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f'select {names} from found_cases order by "case"').fetchall()


GOOD = log(trace(event("Käynti")))
