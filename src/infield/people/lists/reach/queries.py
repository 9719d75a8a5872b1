"""Columns that say how somebody is reached, and whether they may be: in a file with all that an import takes again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import lazy

from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import Cell, Column, Part, Row
from infield.people.contacts.models import Consent
from infield.people.lists.reach.cells import lines_cell, ways_cell
from infield.people.lists.wording import LABELS, SAID, address_head, consent_head, further_head
from infield.people.reach import ADDRESSES, LINES, Way, further
from infield.people.wording import way_said
from infield.people.words.wording import (
    CHANNEL_NAMES,
    CONSENT_SOURCES,
    LABEL_NAMES,
    country_name,
)

# heads are made of several words, in the language of whoever reads them
_address_head, _consent_head = lazy(address_head, str), lazy(consent_head, str)
_further_head = lazy(further_head, str)


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of a channel: whether consent was given, where that was said, on which day, and a note."""

    channel: str
    given: bool
    source: str
    on: date
    note: str


def first_way(key: str, name: str) -> Column:
    """Give a column with the first of several ways to reach somebody; a file has all of them."""

    def cell(row: Row, _around: Around) -> Cell:
        return Cell(way_said(row[name][0]) if row[name] else "", "is-way")

    def whole(row: Row, _around: Around) -> str:
        return ways_cell(row[name], LABEL_NAMES)

    parts = _lines() if name == "addresses" else (Part(key, LABELS[key], whole),)
    return Column(key, LABELS[key], (name,), None, cell, parts=parts)


def consent_column(relation: str) -> Column:
    """Give a column with the channels that somebody may be reached by: the last word on each counts."""

    def gather(ids: Sequence[UUID], _around: Around) -> dict[UUID, list[Word]]:
        return words_of(relation, ids)

    def cell(row: Row, _around: Around) -> Cell:
        return Cell(
            ", ".join(str(CHANNEL_NAMES[one.channel]) for one in _last_words(row).values() if one.given)
        )

    parts = (*(part for channel in Consent.CHANNELS for part in _last_said(channel)), _EVERY_WORD)
    return Column("consent", LABELS["consent"], (), None, cell, gather=gather, parts=parts)


def words_of(relation: str, ids: Sequence[UUID]) -> dict[UUID, list[Word]]:
    """Give what contacts or leads said of each channel, the latest last. `relation`: contact or lead. One query."""
    words: dict[UUID, list[Word]] = {}
    noted = Consent.objects.filter(**{f"{relation}__in": ids}).order_by("on", "at")
    for whose, *word in noted.values_list(relation, *(one.name for one in fields(Word))):
        words.setdefault(whose, []).append(Word(*word))
    return words


def _words(row: Row) -> list[Word]:
    """Give what was said on any channel, the latest last."""
    return row["gathered"]["consent"] or []


def _last_words(row: Row) -> dict[str, Word]:
    return {one.channel: one for one in _words(row)}


def _lines() -> tuple[Part, ...]:
    """Give a column for each line of the first address of each kind, and one for all others."""
    firsts = (
        Part(f"{kind}_{line}", _address_head(kind, line), _line(kind, line))
        for kind in ADDRESSES
        for line in LINES
    )
    return *firsts, Part("address_further", _further_head(), _further)


def _further(row: Row, _around: Around) -> str:
    return further_cell(row["addresses"])


def further_cell(addresses: Sequence[Way]) -> str:
    """Write the addresses after the first of each kind into a cell, in words: a line each."""
    return lines_cell(map(_address, further(addresses)))


def _address(way: Way) -> tuple[str, ...]:
    """Give the kind of an address and its lines, in words."""
    kind, lines = way.get("label", ""), {line: way.get(line, "") for line in LINES}
    lines["country"] = country_name(lines["country"]) if lines["country"] else ""
    return str(LABEL_NAMES.get(kind, kind)), *lines.values()


def _line(kind: str, line: str) -> Callable[[Row, Any], str]:
    def value(row: Row, _around: Around) -> str:
        said = next((way.get(line, "") for way in row["addresses"] if way.get("label") == kind), "")
        return country_name(said) if said and line == "country" else str(said)

    return value


def _last_said(channel: str) -> tuple[Part, ...]:
    """Give the columns that tell the last word on a channel: what was said, where and when."""
    tellers: Mapping[str, Callable[[Word], Any]] = {
        "": lambda word: str(SAID[word.given]),
        "source": lambda word: source_said(word.source),
        "on": lambda word: word.on,
    }
    return tuple(
        Part(f"consent_{channel}_{part}", _consent_head(channel, part), _told(channel, teller))
        for part, teller in tellers.items()
    )


def _told(channel: str, teller: Callable[[Word], Any]) -> Callable[[Row, Any], Any]:
    def value(row: Row, _around: Around) -> Any:
        word = _last_words(row).get(channel)
        return teller(word) if word else ""

    return value


def source_said(source: str) -> str:
    return str(CONSENT_SOURCES.get(source, source))


def words_cell(words: Iterable[Word]) -> str:
    """Write words on consent into a cell: a line each."""
    return lines_cell(
        (CHANNEL_NAMES[one.channel], SAID[one.given], source_said(one.source), one.on.isoformat(), one.note)
        for one in words
    )


def _every_word(row: Row, _around: Around) -> str:
    return words_cell(_words(row))


_EVERY_WORD = Part("consent_words", _consent_head("", "words"), _every_word)
