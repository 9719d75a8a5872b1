"""Reads a table of organizations, contacts or leads from CSV or XLSX: a row a record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infield.finding.lists.export.files import FORMULA
from infield.imports.mapping import Mapping as Columns
from infield.imports.people.columns import NEEDS, Guess, guess
from infield.imports.reading import Unreadable
from infield.imports.sources import Source, Tally, batches, kind_of, open_source


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: its number as a spreadsheet counts, and what stands in the cells that fill a field."""

    file: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file with the columns that fill fields."""

    source: Source
    guesses: tuple[Guess, ...]

    def lines(self, tally: Tally) -> Iterator[Line]:
        """Give the rows that are whole; the others go to `tally`."""
        columns = [one.column for one in self.guesses]
        for batch in batches(self.source, columns, tally):
            numbers, _same, *cells = (column.to_pylist() for column in batch.columns)
            for number, *values in zip(numbers, *cells, strict=True):
                told = {
                    one.role: _bare((value or "").strip())
                    for one, value in zip(self.guesses, values, strict=True)
                }
                yield Line(self.source.path.name, number, told)


def open_tables(
    paths: Sequence[Path], kind: str, called: Mapping[str, Sequence[str]], given: Mapping[str, str]
) -> list[Table]:
    """Open files of records of one kind.

    Unreadable: not_a_table (neither CSV nor XLSX), nobody_named (no column says whom a row is about), and those
    of `open_source`.
    """
    return [_open(path, kind, called, given) for path in paths]


def _bare(text: str) -> str:
    """Give a cell without the apostrophe by which an export keeps a spreadsheet from calculating it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _open(path: Path, kind: str, called: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> Table:
    if kind_of(path) not in ("csv", "xlsx"):
        raise Unreadable("not_a_table", file=path.name)
    source = open_source(path, Columns())
    guesses = guess(kind, source.columns, source.sample, called, given)
    if not {one.role for one in guesses} & set(NEEDS[kind]):
        raise Unreadable("nobody_named", {"columns": list(source.columns[:50])}, file=path.name)
    return Table(source, guesses)
