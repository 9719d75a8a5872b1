from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from infield.imports.mapping import Mapping
from infield.imports.reader import read
from infield.imports.reading import Reading


@dataclass
class History:
    """A reading with its two tables as plain rows."""

    reading: Reading
    events: list[tuple[Any, ...]]
    """uuid, time in UTC as text, precision, kind, stage"""
    cases: dict[str, dict[str, Any]]

    @property
    def findings(self) -> dict[str, int]:
        return {found.code: found.n for found in self.reading.findings}

    @property
    def left_out(self) -> dict[str, int]:
        return {rows.reason: rows.n for rows in self.reading.left_out}

    def path(self, uuid: str) -> list[tuple[str, str | None]]:
        """The events of a deal in their order: time and stage."""
        return [(at, stage) for case, at, _, _, stage in self.events if case == uuid]


type ReadText = Callable[..., History]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@pytest.fixture
def history(connection: duckdb.DuckDBPyConnection) -> Callable[..., History]:
    """Read files and give the reading with its tables."""

    def of(*files: Path, zone: str = "UTC", **options: Any) -> History:
        reading = read(files, connection, zone=ZoneInfo(zone), **options)
        left = sum(rows.n for rows in reading.left_out)
        assert reading.rows_read == reading.rows_kept + reading.rows_rejected + left
        if reading.format != "xes":
            assert Mapping.model_validate(reading.mapping).shape == reading.mapping["shape"]
        return History(reading, _events(connection), _cases(connection))

    return of


@pytest.fixture
def read_text(tmp_path: Path, history: Callable[..., History]) -> ReadText:
    """Write one text file and read it."""

    def of(text: str, encoding: str = "utf-8", name: str = "deals.csv", **options: Any) -> History:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return history(path, **options)

    return of


def _events(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return connection.execute(
        """select uuid, strftime(make_timestamp(at_us), '%Y-%m-%d %H:%M:%S.%g'), precision, kind, stage
           from found_events join found_cases using ("case") order by "case", at_us, ordinal"""
    ).fetchall()


def _cases(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    found = connection.execute(
        """select uuid, "case", outcome, strftime(make_timestamp(closed_us), '%Y-%m-%d %H:%M') as closed,
        owner,
                  organization, source, segment, product, amount_minor, currency from found_cases order by
                  "case\""""
    )
    names = [column[0] for column in found.description or []]
    return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


@pytest.fixture
def jobs_run_at_once(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
