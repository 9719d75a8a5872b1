"""Asking the log: a question is one SQL file beside the room that asks it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

type Parameter = str | int | float | list[str] | list[int] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: it is worked out when it is read."""

    relation: "DuckDBPyRelation"

    def rows[Row](self, kind: type[Row]) -> tuple[Row, ...]:
        """The answer as frozen rows of `kind`, columns matched to its fields by name; a list becomes a tuple.

        TypeError: the question gives other columns than `kind` has fields.
        """
        columns = self.relation.columns
        return tuple(
            kind(**dict(zip(columns, map(_frozen, row), strict=True))) for row in self.relation.fetchall()
        )

    def arrow(self) -> "pa.Table":
        """The answer as an Arrow table."""
        return self.relation.to_arrow_table()


def connect(
    *, memory_limit: str | None = None, threads: int | None = None, spill: Path | None = None
) -> "DuckDBPyConnection":
    """A new database in memory.

    `memory_limit` as the engine writes it ("2GB"; none: the engine's own, 80 % of the machine's), `spill` the
    folder where it may put what does not fit (none: the engine's own choice).
    """
    import duckdb

    wanted = {
        "memory_limit": memory_limit,
        "threads": threads,
        "temp_directory": str(spill) if spill else None,
    }
    return duckdb.connect(config={name: value for name, value in wanted.items() if value is not None})


def ask(connection: "DuckDBPyConnection", package: str, name: str, /, **parameters: Parameter) -> Answer:
    """Asks the question `name`.sql of `package` with its `$parameters`; values never enter the text.

    FileNotFoundError: no such question. duckdb.InvalidInputException: a parameter is missing or unknown.
    """
    return Answer(connection.cursor().sql(question(package, name), params=parameters or None))


@cache
def question(package: str, name: str) -> str:
    """The text of the question `name` of `package`."""
    return files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
