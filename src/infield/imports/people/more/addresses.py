"""Postal addresses in a table: a column for each line of each kind, and one for all further ones."""

from collections.abc import Mapping, Sequence

from infield.imports.people.more.misfit import Misfit
from infield.people.lists.reach.cells import lines_in
from infield.people.reach import ADDRESSES, LINES, tidy

type Lines = Mapping[str, str]
"""The lines of an address for which there is a column; "" for one that the row leaves empty."""

ROLES = tuple(f"{kind}_{line}" for kind in ADDRESSES for line in LINES)
FURTHER = "addresses_further"
LONGEST = 200
LONGEST_CELL = 20_000
_TOWN = ("place", "country")


def addresses_in(cells: Mapping[str, str], countries: Mapping[str, str]) -> dict[str, Lines]:
    """Give the addresses that a row says, by kind.

    `cells`: of every column; `countries`: code by name, in small letters. A country alone is no address.
    Misfit: too_long, no_country.
    """
    found = {kind: _lines(kind, cells, countries) for kind in ADDRESSES}
    return {kind: lines for kind, lines in found.items() if any(lines.get(one) for one in LINES[:-1])}


def further_in(
    cells: Mapping[str, str], kinds: Mapping[str, str], countries: Mapping[str, str]
) -> list[dict[str, str]]:
    """Give the addresses that stand in one cell: a line each, its kind and LINES between semicolons.

    `kinds`, `countries`: by their names, in small letters. Misfit: too_long, no_kind, no_country.
    """
    cell = cells.get(FURTHER, "")
    if len(cell) > LONGEST_CELL:
        raise Misfit(FURTHER, "too_long")
    return [_further(parts, kinds, countries) for parts in lines_in(cell)]


def with_town(addresses: Mapping[str, Lines], told: Mapping[str, str]) -> dict[str, Lines]:
    """Complete addresses without columns for town or country with those that the row says of the company.

    >>> with_town({"visit": {"street": "Kauppatori 1"}}, {"place": "Oulu", "size": "9"})
    {'visit': {'place': 'Oulu', 'street': 'Kauppatori 1'}}
    """
    town = {line: told[line] for line in _TOWN if told.get(line)}
    return {kind: {**town, **lines} for kind, lines in addresses.items()}


def town_of(addresses: Mapping[str, Lines]) -> Lines:
    """Give town and country of the first address that has a town."""
    named = next((lines for lines in addresses.values() if lines.get("place")), {})
    return {line: named[line] for line in _TOWN if named.get(line)}


def put_onto(
    there: Sequence[Mapping[str, str]], told: Mapping[str, Lines], further: Sequence[Mapping[str, str]] = ()
) -> list[dict[str, str]]:
    """Give addresses with what a row says of them: it replaces those lines of the first of its kind, or is added.

    `further`: others, each of which is added where none like it is there.

    >>> put_onto([{"label": "visit", "street": "Old 1", "region": "Lapland"}], {"visit": {"street": "New 2"}})
    [{'label': 'visit', 'street': 'New 2', 'region': 'Lapland'}]
    """
    ways = [dict(way) for way in there]
    for kind, lines in told.items():
        first = next((way for way in ways if way.get("label") == kind), None)
        if first is None:
            first = {"label": kind}
            ways.append(first)
        first.update(lines)
    return tidy([*ways, *further])


def _lines(kind: str, cells: Mapping[str, str], countries: Mapping[str, str]) -> dict[str, str]:
    roles = {line: f"{kind}_{line}" for line in LINES}
    return {line: _line(role, line, cells[role], countries) for line, role in roles.items() if role in cells}


def _line(role: str, line: str, text: str, countries: Mapping[str, str]) -> str:
    """Give a line as it is kept: of a country the code. Misfit."""
    if len(text) > LONGEST:
        raise Misfit(role, "too_long")
    if line != "country" or not text:
        return text
    if text.casefold() not in countries:
        raise Misfit(role, "no_country")
    return countries[text.casefold()]


def _further(parts: Sequence[str], kinds: Mapping[str, str], countries: Mapping[str, str]) -> dict[str, str]:
    kind, *lines = parts
    if kind.casefold() not in kinds or len(lines) > len(LINES):
        raise Misfit(FURTHER, "no_kind")
    told = {
        line: _line(FURTHER, line, text, countries) for line, text in zip(LINES, lines, strict=False) if text
    }
    return {"label": kinds[kind.casefold()], **told}
