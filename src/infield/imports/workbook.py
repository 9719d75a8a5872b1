"""XLSX: the columns and rows of a sheet, after a look that the file does not unpack into more than fits."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from infield.imports.header import find_header
from infield.imports.mapping import Layout, Mapping
from infield.imports.reading import OnProgress, Progress, Unreadable
from infield.imports.sources import SAMPLE_ROWS, Source

# what the archive's reader raises on noise; RuntimeError where a member is locked
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    KeyError,
    RuntimeError,
    OSError,
)
MOST_BYTES = 300 << 20
MOST_CELLS = 6_000_000
BLOCK = 1 << 20
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']""")
type Cell = str | float | int | bool | datetime | date | time | timedelta | None


def open_workbook(path: Path, wanted: Mapping) -> Source:
    """Open the sheet that is named, else the first one with rows.

    Raises Unreadable: not_xlsx, workbook_too_big, no_such_sheet, empty, and what `find_header` raises.
    """
    check_size(path)
    workbook = _load(path)
    for name in [wanted.sheet] if wanted.sheet else workbook.sheet_names:
        rows = list(islice(_rows(workbook, name, path), SAMPLE_ROWS))
        if any(any(row) for row in rows):
            header = find_header(rows, wanted.header_row, path.name)
            layout = Layout(file=path.name, kind="xlsx", sheet=name, header_row=header.row)
            return Source(path, layout, header.columns, tuple(rows[header.row :]))
    raise Unreadable("empty", file=path.name)


def check_size(path: Path) -> None:
    """Refuse a workbook that unpacks into too much, or whose cells lie too far apart to be held as a
    table."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise Unreadable("not_xlsx", file=path.name)
            _check_members(archive, path)
    except DAMAGED as error:
        raise Unreadable("not_xlsx", file=path.name) from error


def _check_members(archive: zipfile.ZipFile, path: Path) -> None:
    size = 0
    for info in archive.infolist():
        rows = columns = 0
        tail = b""
        with archive.open(info) as member:
            while block := member.read(BLOCK):
                size += len(block)
                if size > MOST_BYTES:
                    raise Unreadable("workbook_too_big", {"limit": MOST_BYTES >> 20}, file=path.name)
                if info.filename.startswith("xl/worksheets/"):
                    rows, columns = _furthest(tail + block, rows, columns)
                    tail = block[-64:]
        if rows * columns > MOST_CELLS:
            raise Unreadable("too_many_cells", {"limit": MOST_CELLS}, file=path.name)


def _furthest(block: bytes, rows: int, columns: int) -> tuple[int, int]:
    for letters, digits in set(PLACE.findall(block)):
        rows = max(rows, int(digits))
        columns = max(columns, _column_number(letters), 1)
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _load(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(path)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("not_xlsx", file=path.name) from error


def _rows(workbook: calamine.CalamineWorkbook, name: str, path: Path) -> Iterator[list[str]]:
    try:
        sheet = workbook.get_sheet_by_name(name)
        for row in sheet.iter_rows():
            yield [as_text(cell) for cell in row]
    except calamine.WorksheetNotFound as error:
        raise Unreadable("no_such_sheet", {"sheet": name}, file=path.name) from error
    except (calamine.CalamineError, ValueError) as error:
        raise Unreadable("not_xlsx", file=path.name) from error


def as_text(cell: Cell) -> str:
    """Give a cell as a CSV file would have it: numbers without a superfluous .0, times in ISO form.

    >>> as_text(5.0), as_text(1.25), as_text(True), as_text(datetime(2024, 5, 1, 9, 30))
    ('5', '1.25', 'True', '2024-05-01 09:30:00')
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f"{cell} 00:00:00"  # a time at midnight arrives as a date alone
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def workbook_records(source: Source, progress: OnProgress | None) -> Iterator[list[str]]:
    """Give all rows of the source's sheet, the ones above the header as well."""
    size = source.path.stat().st_size
    workbook = _load(source.path)
    assert source.layout.sheet is not None  # noqa: S101  a workbook's layout names its sheet
    yield from _rows(workbook, source.layout.sheet, source.path)
    if progress:
        progress(Progress(source.path.name, size, size))
