"""Several values in a cell of a file, so that an import takes all of them in again.

Mails and phones stand in one line, each with its kind behind it; addresses and words on consent in one line each, their
parts between semicolons, in quotes where a part has one itself.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from infield.people.reach import Way

USUAL = "work"
"""The kind of mails and phones that needs no words."""
_KIND = re.compile(r"(?P<value>.*\S)\s*[(（](?P<kind>[^()（）]+)[)）]", re.DOTALL)
_BETWEEN = re.compile(r"[;,\n]+")


def ways_cell(ways: Iterable[Way], names: Mapping[str, object]) -> str:
    """Write mails or phones into a cell. `names`: of kinds.

    >>> ways_cell([{"label": "work", "value": "a@b.fi"}, {"label": "home", "value": "c@d.fi"}], {"home": "Home"})
    'a@b.fi; c@d.fi (Home)'
    """
    return "; ".join(_way(way, names) for way in ways)


def ways_in(cell: str, kinds: Mapping[str, str]) -> list[Way]:
    """Read mails or phones from a cell. `kinds`: by their names, in small letters; what is called otherwise is no kind.

    >>> ways_in("+358 40 1234567 (Mobile), 123 (ext. 4)", {"mobile": "mobile"})
    [{'label': 'mobile', 'value': '+358 40 1234567'}, {'label': 'work', 'value': '123 (ext. 4)'}]
    """
    found: list[Way] = []
    for text in filter(None, map(str.strip, _BETWEEN.split(cell))):
        told = _KIND.fullmatch(text)
        kind = kinds.get(told["kind"].strip().casefold()) if told else None
        found.append(
            {"label": kind, "value": told["value"]} if told and kind else {"label": USUAL, "value": text}
        )
    return found


def lines_cell(lines: Iterable[Sequence[object]]) -> str:
    """Write lines of several parts into a cell.

    >>> lines_cell([("Billing", "PL 5; A", "00101"), ("Other", "Mökkitie 2", "")])
    'Billing;"PL 5; A";00101\\nOther;Mökkitie 2;'
    """
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(lines)
    return text.getvalue().rstrip("\n")


def lines_in(cell: str) -> list[list[str]]:
    """Read lines of several parts from a cell; empty ones are none, and a part in quotes may have lines of its own.

    >>> lines_in('Billing;"PL 5; A"; 00101\\n\\nOther;Mökkitie 2;')
    [['Billing', 'PL 5; A', '00101'], ['Other', 'Mökkitie 2', '']]
    >>> lines_in(lines_cell([("Note", "one\\ntwo")]))
    [['Note', 'one\\ntwo']]
    """
    # whatever a spreadsheet ends lines with; a list of lines would glue those of a part together
    rows = csv.reader(io.StringIO(cell, newline=None), delimiter=";")
    return [[part.strip() for part in row] for row in rows if any(part.strip() for part in row)]


def _way(way: Way, names: Mapping[str, object]) -> str:
    kind = way.get("label", USUAL)
    return way["value"] if kind == USUAL or kind not in names else f"{way['value']} ({names[kind]})"
