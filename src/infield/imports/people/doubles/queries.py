"""What stands in the fields of records by which rows of a file are compared with them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from infield.fields.models import Field, values_of
from infield.fields.queries import names_of, text_of
from infield.imports.people.more.addresses import FURTHER
from infield.imports.people.more.consents import WORDS
from infield.people.contacts.models import Contact
from infield.people.leads.models import Lead
from infield.people.lists.reach.cells import ways_cell
from infield.people.lists.reach.queries import Word, further_cell, source_said, words_cell, words_of
from infield.people.lists.wording import SAID
from infield.people.organizations.models import Organization
from infield.people.reach import ADDRESSES, LINES
from infield.people.wording import said
from infield.people.words.wording import LABEL_NAMES, country_name, language_name
from infield.web import dates

type Record = Organization | Contact | Lead
type Words = dict[str, str]
"""What stands in fields, by their roles."""


def in_words(records: Sequence[Record], own: Mapping[str, Field], language: str) -> dict[UUID, Words]:
    """Give what stands in the fields of some records of one kind, by record and role. Three queries at most."""
    ids = [one.pk for one in records]
    filled = values_of(ids) if own else {}
    names = names_of(value for values in filled.values() for value in values.values())
    consents = _consents(records, ids, language)
    return {
        one.pk: _facts(one)
        | _addresses(getattr(one, "addresses", ()))
        | consents.get(one.pk, {})
        | {key: text_of(field, filled.get(one.pk, {}).get(field.pk), names) for key, field in own.items()}
        for one in records
    }


def _facts(one: Record) -> Words:
    plainly = {name: said(name, one.plain(name), {}, {}) for name in one.CHANGES if name not in _OTHERWISE}
    whole = {"full_name": str(one)} if isinstance(one, Contact) else {}
    of = getattr(one, "organization", None)
    return (
        plainly
        | whole
        | {name: ways_cell(getattr(one, name, ()), LABEL_NAMES) for name in ("emails", "phones")}
        | {"owner": str(one.owner or ""), "organization": str(of or "")}
        | {"language": language_name(getattr(one, "language", ""))}
    )


_OTHERWISE = frozenset({"owner", "organization", "opened_by", "addresses", "emails", "phones", "language"})


def _addresses(ways: Sequence[Mapping[str, str]]) -> Words:
    """Give the lines of the first address of each kind, and the others."""
    found: Words = {FURTHER: further_cell(ways)}
    for kind in ADDRESSES:
        first = next((way for way in ways if way.get("label") == kind), {})
        found |= {f"{kind}_{line}": first.get(line, "") for line in LINES}
        found[f"{kind}_country"] = country_name(found[f"{kind}_country"]) if first.get("country") else ""
    return found


def _consents(records: Sequence[Record], ids: Sequence[UUID], language: str) -> dict[UUID, Words]:
    """Give the last word on each channel, and every word."""
    if not records or isinstance(records[0], Organization):
        return {}
    words = words_of("contact" if isinstance(records[0], Contact) else "lead", ids)
    return {pk: _last_words(said, language) | {WORDS: words_cell(said)} for pk, said in words.items()}


def _last_words(words: Sequence[Word], language: str) -> Words:
    found: Words = {}
    for word in words:
        role = f"consent_{word.channel}"
        found[role] = str(SAID[word.given])
        found[f"{role}_source"] = source_said(word.source)
        found[f"{role}_on"] = dates.day(word.on, language)
    return found
