"""Opens a foreign file by what is in it: its columns, its first rows, and all its rows as Arrow batches."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from infield.imports.header import find_header
from infield.imports.mapping import Layout, Mapping
from infield.imports.reading import REJECTED_KEPT, OnProgress, Progress, Rejected, Unreadable
from infield.imports.text_file import TextFile, guess_delimiter, lines_of, survey
from infield.web.disguise import may_disguise, undisguised

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

type Kind = Literal["csv", "xlsx", "parquet", "xes"]
type Row = Sequence[str]

SAMPLE_ROWS = 2_000
BATCH = 2_048  # larger ones cost twice the time in garbage collection
MOST_COLUMNS = 2_000
LONGEST_CELL = 16 << 20
WHY_NOT = {
    b"\xd0\xcf\x11\xe0": "old_spreadsheet",
    b"%PDF": "not_text",
    b"\x89PNG": "not_text",
    b"\xff\xd8\xff": "not_text",
    b"SQLite format 3": "not_text",
    b"7z\xbc\xaf": "packed",
    b"Rar!": "packed",
    b"BZh": "packed",
    b"\xfd7zXZ": "packed",
    b"\x28\xb5\x2f\xfd": "packed",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is understood as far as its columns."""

    path: Path
    layout: Layout
    columns: tuple[str, ...]
    sample: tuple[Row, ...]
    """The first data rows as text."""
    text: TextFile | None = None
    rows: int | None = None
    """How many data rows, where the format says it."""


@dataclass(slots=True)
class Tally:
    """What happened to the rows of one file while they were loaded."""

    read: int = 0
    footer: int = 0
    rejected: int = 0
    first_rejected: list[Rejected] = field(default_factory=list)


class BadRecord(list[str]):
    """A record whose quotation marks do not work out; it has no cells."""

    def __init__(self, reason: str, lines: int) -> None:
        super().__init__()
        self.reason, self.lines = reason, lines


def kind_of(path: Path) -> Kind:
    """Tell what is in a file by its first bytes, whatever it is called; Unreadable where it is nothing
    known."""
    try:
        head = _head(path)
    except FileNotFoundError as error:
        raise Unreadable("no_such_file", file=path.name) from error
    except OSError as error:
        raise Unreadable("cannot_open", {"why": error.strerror}, file=path.name) from error
    for start, code in WHY_NOT.items():
        if head.startswith(start):
            raise Unreadable(code, file=path.name)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    return _kind_of_text(path, head)


def _head(path: Path) -> bytes:
    from infield.imports.text_file import opened

    with opened(path) as (file, _):
        return file.read(4096)


def _kind_of_text(path: Path, head: bytes) -> Kind:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        raise Unreadable("html", file=path.name)
    if start.startswith(b"<"):
        return "xes"
    if start.startswith((b"{", b"[{", b"[\n")):
        raise Unreadable("json", file=path.name)
    if path.name.lower().endswith((".parquet", ".xlsx")):
        raise Unreadable("not_what_it_says", {"suffix": path.suffix.lower()}, file=path.name)
    return "csv"


def open_source(path: Path, wanted: Mapping) -> Source:
    """Open a CSV, XLSX or Parquet file as far as its columns and first rows; Unreadable says why not."""
    kind = kind_of(path)
    if kind == "parquet":
        from infield.imports.parquet_file import open_parquet

        source = open_parquet(path)
    elif kind == "xlsx":
        from infield.imports.workbook import open_workbook

        source = open_workbook(path, wanted)
    else:
        source = _open_text(path, wanted)
    if len(source.columns) > MOST_COLUMNS:
        raise Unreadable(
            "too_many_columns", {"n": len(source.columns), "limit": MOST_COLUMNS}, file=path.name
        )
    return source


def _open_text(path: Path, wanted: Mapping) -> Source:
    text = survey(path, wanted.encoding)
    with lines_of(text) as (lines, _):
        head = lines.read(100_000)
    head = head[: head.rfind("\n") + 1] or head
    delimiter = wanted.delimiter or guess_delimiter(head)
    rows = list(islice((_text_records(text, delimiter)), SAMPLE_ROWS))
    header = find_header(rows, wanted.header_row, path.name)
    layout = Layout(
        file=path.name,
        kind="csv",
        encoding=text.encoding,
        delimiter=delimiter,
        compressed=text.compressed,
        header_row=header.row,
    )
    sample = tuple(row for row in rows[header.row :] if len(row) == len(header.columns))
    return Source(path, layout, header.columns, sample, text)


def _text_records(
    text: TextFile, delimiter: str, progress: OnProgress | None = None
) -> Iterator[list[str] | BadRecord]:
    """Give the records of a text file; a record with wrong quotation marks is a BadRecord, reading goes
    on."""
    size = text.path.stat().st_size
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        with lines_of(text) as (lines, disk):
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            for n, record in enumerate(_records(reader, text.path.name)):
                if progress and n % 100_000 == 0:
                    progress(Progress(text.path.name, min(disk.tell(), size), size))
                yield record
            if progress:
                progress(Progress(text.path.name, size, size))
    finally:
        csv.field_size_limit(limit)


def _records(reader: "CsvReader", file: str) -> Iterator[list[str] | BadRecord]:
    while True:
        line = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            swallowed = reader.line_num - line
            if "limit" in str(error):
                code = "unclosed_quote" if swallowed else "cell_too_long"
                raise Unreadable(code, {"limit": LONGEST_CELL}, file=file, line=line) from error
            if "unexpected end" in str(error) and swallowed > 0:
                raise Unreadable("unclosed_quote", file=file, line=line) from error
            yield BadRecord("bad_quotes", swallowed + 1)


def batches(
    source: Source, wanted: Sequence[str], tally: Tally, progress: OnProgress | None = None
) -> Iterator[pa.RecordBatch]:
    """Give the wanted columns of a CSV or XLSX file as batches of text: row, same (a hash of the row), c0,
    c1 …

    Rows that cannot be split into the header's cells go to `tally`, blank rows count nowhere.
    """
    places = [source.columns.index(column) for column in wanted]
    schema = pa.schema(
        [("row", pa.int32()), ("same", pa.int64())] + [(f"c{i}", pa.string()) for i in range(len(places))]
    )
    gate = _Gate(source, tally)
    for numbers, rows in gate.pass_through(_all_records(source, progress)):
        cells = list(zip(*rows, strict=True))
        data = [
            pa.array(numbers, pa.int32()),
            pa.array([hash(tuple(row)) for row in rows], pa.int64()),
            *(_undisguised(pa.array(cells[place], pa.string())) for place in places),
        ]
        yield pa.RecordBatch.from_arrays(data, schema=schema)


def _undisguised(cells: pa.StringArray) -> pa.StringArray:
    """Give cells without signs that turn the direction of writing, as what is typed is kept."""
    _valid, _offsets, texts = cells.buffers()
    if texts is None or not may_disguise(memoryview(texts)):
        return cells
    return pa.array([text and undisguised(text) for text in cells.to_pylist()], pa.string())


def _all_records(source: Source, progress: OnProgress | None) -> Iterator[list[str] | BadRecord]:
    if source.text is not None:
        records: Iterator[list[str] | BadRecord] = _text_records(
            source.text, source.layout.delimiter or ",", progress
        )
    else:
        from infield.imports.workbook import workbook_records

        records = workbook_records(source, progress)
    return islice(records, source.layout.header_row, None)


class _Gate:
    """Lets whole rows pass, in batches, and keeps account of the others."""

    def __init__(self, source: Source, tally: Tally) -> None:
        self.file, self.width, self.tally = source.path.name, len(source.columns), tally
        self.first_row = source.layout.header_row + 1
        self.careful = source.text is not None and not source.text.clean
        self.after_blank = False

    def pass_through(
        self, records: Iterator[list[str] | BadRecord]
    ) -> Iterator[tuple[Sequence[int], Sequence[Row]]]:
        """Give the numbers and cells of the rows that are whole."""
        number = self.first_row
        while chunk := list(islice(records, BATCH)):
            numbers, rows = self._whole(chunk, number)
            number += len(chunk)
            if rows:
                yield numbers, rows

    def _whole(self, chunk: list[list[str] | BadRecord], number: int) -> tuple[Sequence[int], Sequence[Row]]:
        if not self.careful and not self.after_blank and self._is_whole(chunk):
            self.tally.read += len(chunk)
            return range(number, number + len(chunk)), chunk
        checked = [(place, self._check(place, found)) for place, found in enumerate(chunk, number)]
        kept = [(place, row) for place, row in checked if row is not None]
        return [place for place, _ in kept], [row for _, row in kept]

    def _is_whole(self, chunk: list[list[str] | BadRecord]) -> bool:
        """Tell a chunk without anything to look at: as wide as the header, and no row blank."""
        return set(map(len, chunk)) == {self.width} and all(row[0].strip() for row in chunk)

    def _check(self, number: int, row: list[str] | BadRecord) -> Row | None:
        if isinstance(row, BadRecord):
            self._reject(number, row.reason, lines=row.lines)
            return None
        filled = sum(1 for cell in row if cell.strip())
        if not filled:
            self.after_blank = True
            return None
        self.tally.read += 1
        if self.after_blank and filled == 1 and self.width > 2:
            self.tally.footer += 1
            return None
        self.after_blank = False
        if len(row) < self.width:
            self._reject(number, "too_few_cells", counted=True, n=len(row), expected=self.width)
            return None
        if any(row[self.width :]):
            self._reject(number, "too_many_cells", counted=True, n=len(row), expected=self.width)
            return None
        if self.careful and any(
            "\ud800" <= letter <= "\udfff" or letter == "\ufffd" for letter in "".join(row)
        ):
            self._reject(number, "bad_characters", counted=True)
            return None
        return row[: self.width]

    def _reject(self, number: int, reason: str, *, counted: bool = False, **params: int) -> None:
        self.tally.read += not counted
        self.tally.rejected += 1
        if self.tally.rejected <= REJECTED_KEPT:
            self.tally.first_rejected.append(Rejected(self.file, number, reason, params))
