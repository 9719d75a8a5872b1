"""A list as a file: CSV row by row, XLSX in constant memory. What begins like a formula is written as text."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from infield.fields.filled import plain

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in full width too."""
BLOCK = 64 * 1024
SHEET = 31
"""Letters that the name of a sheet may have."""


def harmless(value: Any) -> Any:
    """Give a value as a cell may hold it: a text that would be a formula is led by an apostrophe.

    >>> harmless("=HYPERLINK(1)"), harmless("-5 degrees"), harmless(Decimal("-5")), harmless("Aalto")
    ("'=HYPERLINK(1)", "'-5 degrees", Decimal('-5'), 'Aalto')
    """
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Give a CSV file piece by piece: UTF-8 with a mark that spreadsheets know it by, dates as ISO 8601."""
    yield "\ufeff".encode()
    yield _line(heads)
    for row in rows:
        yield _line(row)


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Any]], sheet: str) -> Iterator[bytes]:
    """Give a workbook piece by piece. It is written to a file first, since its directory stands at its end."""
    import xlsxwriter

    with tempfile.TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, options) as book:
            page = book.add_worksheet("".join(letter for letter in sheet if letter not in "[]:*?/\\")[:SHEET])
            bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
            page.freeze_panes(1, 0)
            for column, head in enumerate(heads):
                page.write_string(0, column, head, bold)
            for place, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    _write(page, place, column, value, day)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _write(page: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, (int, Decimal)):
        page.write_number(row, column, value)
    elif value not in (None, ""):
        # a text stays a text: nothing in a workbook is ever calculated from it
        page.write_string(row, column, str(value))


def _line(row: Sequence[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([_plain(harmless(value)) for value in row])
    return text.getvalue().encode()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else value
