"""Columns that say how somebody is reached, and whether they may be: in a file with all that an import takes again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import lazy

from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import Cell, Column, Part, Row
from infield.people.contacts.models import Consent
from infield.people.lists.wording import CONSENT_PARTS, LABELS, SAID, address_head, consent_head
from infield.people.reach import ADDRESSES, LINES
from infield.people.wording import CHANNEL_NAMES, CONSENT_SOURCES, country_name, way_said

# heads are made of several words, in the language of whoever reads them
_address_head, _consent_head = lazy(address_head, str), lazy(consent_head, str)

type LastWord = tuple[bool, str, date]
"""Whether consent was given, where that was said, and on which day."""


def first_way(key: str, name: str) -> Column:
    """Give a column with the first of several ways to reach somebody; a file has all of them."""

    def cell(row: Row, _around: Around) -> Cell:
        return Cell(way_said(row[name][0]) if row[name] else "", "is-way")

    def whole(row: Row, _around: Around) -> str:
        return "; ".join(way_said(way) for way in row[name])

    parts = _lines() if name == "addresses" else (Part(key, LABELS[key], whole),)
    return Column(key, LABELS[key], (name,), None, cell, parts=parts)


def consent_column(relation: str) -> Column:
    """Give a column with the channels that somebody may be reached by: the last word on each counts."""

    def gather(ids: Sequence[UUID], _around: Around) -> dict[UUID, dict[str, LastWord]]:
        words: dict[UUID, dict[str, LastWord]] = {}
        noted = Consent.objects.filter(**{f"{relation}__in": ids}).order_by("on", "at")
        for whose, channel, *word in noted.values_list(relation, "channel", "given", "source", "on"):
            given, source, on = word
            words.setdefault(whose, {})[channel] = given, source, on
        return words

    def cell(row: Row, _around: Around) -> Cell:
        words: Mapping[str, LastWord] = row["gathered"]["consent"] or {}
        return Cell(", ".join(str(CHANNEL_NAMES[channel]) for channel, word in words.items() if word[0]))

    parts = tuple(part for channel in Consent.CHANNELS for part in _words(channel))
    return Column("consent", LABELS["consent"], (), None, cell, gather=gather, parts=parts)


def _lines() -> tuple[Part, ...]:
    """Give a column for each line of each kind of address: of several of a kind the first."""
    return tuple(
        Part(f"{kind}_{line}", _address_head(kind, line), _line(kind, line))
        for kind in ADDRESSES
        for line in LINES
    )


def _line(kind: str, line: str) -> Callable[[Row, Any], str]:
    def value(row: Row, _around: Around) -> str:
        said = next((way.get(line, "") for way in row["addresses"] if way.get("label") == kind), "")
        return country_name(said) if said and line == "country" else str(said)

    return value


def _words(channel: str) -> tuple[Part, ...]:
    """Give the columns that tell the last word on a channel: what was said, where and when."""
    tellers: Mapping[str, Callable[[LastWord], Any]] = {
        "": lambda word: str(SAID[word[0]]),
        "source": lambda word: str(CONSENT_SOURCES.get(word[1], word[1])),
        "on": lambda word: word[2],
    }
    return tuple(
        Part(f"consent_{channel}_{part}", _consent_head(channel, part), _told(channel, tellers[part]))
        for part in ("", *CONSENT_PARTS)
    )


def _told(channel: str, teller: Callable[[LastWord], Any]) -> Callable[[Row, Any], Any]:
    def value(row: Row, _around: Around) -> Any:
        word = (row["gathered"]["consent"] or {}).get(channel)
        return teller(word) if word else ""

    return value
