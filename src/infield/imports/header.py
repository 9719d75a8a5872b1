"""Finds the row that names the columns."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from infield.imports.reading import Unreadable

LOOKS_LIKE_A_DATE = re.compile(
    r"\s*\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?([ T]\d{1,2}:\d{2}.*)?\s*$|\s*\d{4}-?\d\d-?\d\dT\d\d"
)
LOOKS_LIKE_A_NUMBER = re.compile(r"\s*[-+]?[\d.,\u00a0 ]*\d\s*%?\s*$")
ROWS_ABOVE = 20


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns and the row they stand in, from 1; 0 where they were numbered."""

    row: int
    columns: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]], given: int | None, file: str) -> Header:
    """Give the header of the first rows of a file: the first row that is as wide as most rows are.

    Lines above it, such as a report's title, are skipped. Raises Unreadable: no_header where that row holds
    dates
    or mostly numbers, one_column, no_rows.
    """
    if given is not None:
        return _given(rows, given, file)
    width = _usual_width(rows, file)
    for number, row in enumerate(rows[:ROWS_ABOVE], 1):
        if _trimmed_width(row) >= max(2, width - 1):
            if _is_data(row):
                raise Unreadable("no_header", {"row": ", ".join(row)[:200]}, file=file, line=number)
            return _named(rows, number, file)
    raise Unreadable("no_header", {"row": ", ".join(rows[0])[:200]}, file=file, line=1)


def _usual_width(rows: Sequence[Sequence[str]], file: str) -> int:
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    if not widths:
        raise Unreadable("empty", file=file)
    wide = {width: n for width, n in widths.items() if width > 1}
    if not wide:
        raise Unreadable("one_column", file=file)
    return max(wide, key=lambda width: (wide[width], width))


def _trimmed_width(row: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)


def _is_data(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    numbers = sum(bool(LOOKS_LIKE_A_NUMBER.match(cell)) for cell in filled)
    return any(LOOKS_LIKE_A_DATE.match(cell) for cell in filled) or numbers * 2 > len(filled)


def _given(rows: Sequence[Sequence[str]], given: int, file: str) -> Header:
    if given == 0:
        width = _usual_width(rows, file)
        return Header(0, tuple(str(place) for place in range(1, width + 1)))
    if given > len(rows):
        raise Unreadable("no_header", {"row": ""}, file=file, line=given)
    return _named(rows, given, file)


def _named(rows: Sequence[Sequence[str]], number: int, file: str) -> Header:
    if not any(any(cell.strip() for cell in row) for row in rows[number:]):
        raise Unreadable("no_rows", file=file)
    return Header(number, unique(rows[number - 1]))


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Give column names that differ: trimmed, a number after one that was there already, a number for none.

    >>> unique(["id ", "stage", "stage", ""])
    ('id', 'stage', 'stage (2)', '4')
    """
    seen: Counter[str] = Counter()
    result = []
    for place, name in enumerate(names, 1):
        base = name.strip().lstrip("\ufeff") or str(place)
        seen[base] += 1
        result.append(base if seen[base] == 1 else f"{base} ({seen[base]})")
    return tuple(result)
