"""What a reader of a foreign file gives beside its tables: read, rejected, left out, guessed, found.

Every reader writes `found_events` and `found_cases` into the DuckDB connection it is given
(docs/decisions/0003) and returns one `Reading`. All is codes and parameters; `wording.py` makes sentences.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

type Value = str | int | float | list[str] | None
type Params = Mapping[str, Value]

REJECTED_KEPT = 10_000
"""How many rejected rows a reading lists one by one; `rows_rejected` counts them all."""

CREATE_TABLES = """
create or replace table found_events (
    "case" integer, ordinal bigint, at_us bigint, precision varchar, kind varchar, stage varchar,
    owner varchar);
create or replace table found_cases (
    "case" integer, uuid varchar, outcome varchar, closed_us bigint, owner varchar, organization varchar,
    source varchar, segment varchar, product varchar, amount_minor bigint, currency varchar);
create or replace table found_own ("case" integer, key varchar, text varchar)
"""
"""`found_own`: what the files say of fields of one's own, the last that they say of each deal."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be understood."""

    file: str
    row: int
    """The number of the row as a spreadsheet counts: the first row of the file is 1. In XES the line."""
    reason: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many rows were understood and left out by a rule, such as events that are not `complete`."""

    reason: str
    n: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something suspicious in the data: nothing is dropped for it."""

    code: str
    where: str
    """The column, or the file where no column is meant."""
    n: int
    """How many rows or deals."""
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reader is."""

    file: str
    done: int
    """Bytes of the file on disk that were read; compressed bytes where it is compressed."""
    total: int


type OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """The account of one history: `rows_read` = rows_kept + `rows_rejected` + the sum of `left_out`."""

    files: tuple[str, ...]
    format: str
    rows_read: int
    """Data rows seen in the files of the history (in XES: events); rows of companion files do not count."""
    rows_kept: int
    rows_rejected: int
    rejected: tuple[Rejected, ...] = ()
    """The first `REJECTED_KEPT` of them, in the order of the files."""
    left_out: tuple[LeftOut, ...] = ()
    mapping: Mapping[str, object] = field(default_factory=dict)
    """What was guessed or given, in JSON values; `Mapping.model_validate` takes it back."""
    findings: tuple[Finding, ...] = ()


class Unreadable(Exception):  # noqa: N818  the word a user is told
    """A file that cannot be read at all; nothing was written into the connection."""

    def __init__(
        self, code: str, params: Params | None = None, *, file: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params: Params = params or {}
        self.file = file
        self.line = line

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return f"{place}: {self.code} {dict(self.params)}" if place else f"{self.code} {dict(self.params)}"
