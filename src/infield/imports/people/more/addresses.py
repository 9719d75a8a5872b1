"""Postal addresses in a table: a column for each line of each kind."""

from collections.abc import Mapping, Sequence

from infield.imports.people.more.misfit import Misfit
from infield.people.reach import ADDRESSES, LINES

type Lines = Mapping[str, str]
"""The lines of an address for which there is a column; "" for one that the row leaves empty."""

ROLES = tuple(f"{kind}_{line}" for kind in ADDRESSES for line in LINES)
LONGEST = 200
_TOWN = ("place", "country")


def addresses_in(cells: Mapping[str, str], countries: Mapping[str, str]) -> dict[str, Lines]:
    """Give the addresses that a row says, by kind.

    `cells`: of every column; `countries`: code by name, in small letters. A country alone is no address.
    Misfit: too_long, no_country.
    """
    found = {kind: _lines(kind, cells, countries) for kind in ADDRESSES}
    return {kind: lines for kind, lines in found.items() if any(lines.get(one) for one in LINES[:-1])}


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


def put_onto(there: Sequence[Mapping[str, str]], told: Mapping[str, Lines]) -> list[dict[str, str]]:
    """Give addresses with what a row says of them: it replaces those lines of the first of its kind, or is added.

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
    return [{key: text for key, text in way.items() if text} for way in ways]


def _lines(kind: str, cells: Mapping[str, str], countries: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for line in LINES:
        role = f"{kind}_{line}"
        if role not in cells:
            continue
        text = cells[role]
        if len(text) > LONGEST:
            raise Misfit(role, "too_long")
        if line == "country" and text:
            if text.casefold() not in countries:
                raise Misfit(role, "no_country")
            text = countries[text.casefold()]
        found[line] = text
    return found
