"""The rejected rows as a file for a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("  @cmd"), safe_cell("Acme")
    ("'=1+1", "'  @cmd", 'Acme')
    """
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def rejected_csv(header: Iterable[str], rows: Iterable[Iterable[str | int]]) -> str:
    """Give the text of the file, with a byte order mark so that spreadsheets read UTF-8."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(name) for name in header])
    for row in rows:
        writer.writerow([cell if isinstance(cell, int) else safe_cell(cell) for cell in row])
    return "\ufeff" + out.getvalue()
