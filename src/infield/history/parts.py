"""The log out of its parts: base, deltas, and what happened since, in one DuckDB connection.

`attach` opens the parts of a generation. `whole_cases` builds touched cases from all that the database tells of them,
by the same questions as a file's history; `continued_cases` from the parts and the events that these do not have.
`show` lays `steps`, `cases`, `paths`, `names` and `visits` over all of it; `write_fresh` and `write_merged` make new
parts.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from infield.history.ask import question
from infield.history.generations import Generation
from infield.history.log import AS_PARQUET, fill_tables, know_kinds, literal

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

FILES = ("steps", "cases", "paths", "replaced")
CASES_AT_ONCE = 20_000
"""How many cases are read from the database at once: about 280,000 events."""

LOGGED = ("case", "position", "at_us", "kind", "stage", "stage_found", "version", "data")
"""The columns of events that count, one row an event."""
NEWS = ("uuid", *LOGGED[1:])
"""The same with the case's id in place of its code."""
_NUMBERS = ("case", "position", "at_us")

type Reader = Callable[[dict[str, int]], "pa.Table"]
"""Cases (UUID as text → code) → their events that count, in the columns `LOGGED`."""


def types_of(columns: Iterable[str]) -> "list[pa.DataType]":
    """The Arrow types of columns of `LOGGED` or `NEWS`; ids are text."""
    import pyarrow as pa

    return [pa.int64() if name in _NUMBERS else pa.string() for name in columns]


def attach(connection: "DuckDBPyConnection", folder: Path, generation: Generation | None) -> None:
    """Opens the parts as the schemas `base` and `deltas`, and an empty `fresh` with all names known so far."""
    parts = generation.parts if generation else ()
    _open(connection, "base", [folder / part for part in parts[:1]])
    _open(connection, "deltas", [folder / part for part in parts[1:]])
    connection.execute("CREATE SCHEMA fresh; USE fresh")
    _run(connection, "tables")
    _run(connection, "fresh")
    know_kinds(connection)
    if parts:
        # each part has all names of its time
        known = connection.read_parquet(literal(folder / parts[-1] / "names.parquet"))
        known.filter("what <> 'kind'").insert_into("names")
    connection.execute("USE main")


def whole_cases(
    connection: "DuckDBPyConnection", zone: ZoneInfo, touched: Iterable["pa.Table"], read: Reader
) -> None:
    """Builds the touched cases whole. `touched` are tables with one column `uuid`; a case may come twice."""
    _name(connection, touched)
    with _fresh(connection):
        _run(connection, "codes")
        _find_whole(connection, read)
        fill_tables(connection, zone)


def continued_cases(
    connection: "DuckDBPyConnection",
    zone: ZoneInfo,
    news: "pa.Table",
    marked: Iterable["pa.Table"],
    read: Reader,
) -> None:
    """Builds the cases of `news` (columns `NEWS`, voids among them), as the parts have them and with these events.

    Whole are built those of `marked` (tables with one column `uuid`), and where an event was undone or happened
    before one that the parts have.
    """
    _name(connection, marked)
    connection.from_arrow(news).insert_into("fresh.news")
    with _fresh(connection):
        for name in ("named_news", "codes", "known", "found"):
            _run(connection, name)
        _find_whole(connection, read)
        fill_tables(connection, zone)


def show(connection: "DuckDBPyConnection", owners: Iterable[str] | None = None) -> None:
    """Makes the log's tables readable: only cases whose present owner is among `owners` (None: all)."""
    _run(connection, "generation")
    if owners is None:
        _run(connection, "seen_all")
    else:
        connection.executemany(
            "INSERT INTO seen_owners VALUES (?)", [[owner] for owner in owners] or [[None]]
        )
        _run(connection, "seen_some")
    _run(connection, "seen_paths")
    _run(connection, "visits")


def write_fresh(connection: "DuckDBPyConnection", folder: Path, number: int) -> None:
    """Writes the fresh cases as the files of a delta."""
    for table in ("steps", "cases"):
        _write(connection, folder, table, f"fresh_{table}", part=number)
    _write(connection, folder, "replaced", "fresh_replaced", part=number)
    for table in ("paths", "names"):
        _copy(connection, f"FROM fresh.{table}", folder / f"{table}.parquet")


def write_merged(connection: "DuckDBPyConnection", folder: Path, number: int) -> None:
    """Writes all that is shown (to one who sees all) as the files of a base, by case and time."""
    for table in ("steps", "cases"):
        _write(connection, folder, table, f"merged_{table}", part=number)
    _write(connection, folder, "replaced", "merged_replaced", part=number)
    for table in ("paths", "names"):
        _copy(connection, f"FROM main.{table}", folder / f"{table}.parquet")


@contextmanager
def _fresh(connection: "DuckDBPyConnection") -> Iterator[None]:
    connection.execute("USE fresh")
    yield
    connection.execute("USE main")


def _name(connection: "DuckDBPyConnection", whole: Iterable["pa.Table"]) -> None:
    for table in whole:
        connection.from_arrow(table).project("uuid, true").insert_into("fresh.named")


def _find_whole(connection: "DuckDBPyConnection", read: Reader) -> None:
    for cases in _chunks(connection):
        connection.from_arrow(read(cases)).insert_into("fresh.logged")
        _run(connection, "found")


def _chunks(connection: "DuckDBPyConnection") -> Iterator[dict[str, int]]:
    cases = connection.cursor().execute(
        'SELECT CAST(uuid AS VARCHAR), "case" FROM fresh.touched WHERE whole ORDER BY "case"'
    )
    while chunk := cases.fetchmany(CASES_AT_ONCE):
        yield dict(chunk)


def _open(connection: "DuckDBPyConnection", schema: str, folders: list[Path]) -> None:
    connection.execute(f"CREATE SCHEMA {schema}; USE {schema}")
    if folders:
        for table in FILES:
            connection.read_parquet([literal(folder / f"{table}.parquet") for folder in folders]).create_view(
                table
            )
    else:
        _run(connection, "tables")
        _run(connection, "no_parts")
    connection.execute("USE main")


def _write(connection: "DuckDBPyConnection", folder: Path, table: str, name: str, *, part: int) -> None:
    _copy(connection, question(__package__, name), folder / f"{table}.parquet", part=part)


def _copy(connection: "DuckDBPyConnection", rows: str, file: Path, **parameters: int) -> None:
    connection.execute(f"COPY ({rows}) TO $file {AS_PARQUET}", {"file": str(file), **parameters})


def _run(connection: "DuckDBPyConnection", name: str) -> None:
    connection.execute(question(__package__, name))
