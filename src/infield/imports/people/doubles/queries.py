"""What stands in the fields of records by which rows of a file are compared with them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from infield.fields.models import Field, values_of
from infield.fields.queries import names_of, text_of
from infield.people.contacts.models import Consent, Contact
from infield.people.leads.models import Lead
from infield.people.lists.wording import SAID
from infield.people.organizations.models import Organization
from infield.people.reach import ADDRESSES, LINES
from infield.people.wording import CONSENT_SOURCES, country_name, language_name, said
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
        | {"owner": str(one.owner or ""), "organization": str(of or "")}
        | {"language": language_name(getattr(one, "language", ""))}
    )


_OTHERWISE = frozenset({"owner", "organization", "opened_by", "addresses", "language"})


def _addresses(ways: Sequence[Mapping[str, str]]) -> Words:
    """Give the lines of the first address of each kind."""
    found: Words = {}
    for kind in ADDRESSES:
        first = next((way for way in ways if way.get("label") == kind), {})
        found |= {f"{kind}_{line}": first.get(line, "") for line in LINES}
        found[f"{kind}_country"] = country_name(found[f"{kind}_country"]) if first.get("country") else ""
    return found


def _consents(records: Sequence[Record], ids: Sequence[UUID], language: str) -> dict[UUID, Words]:
    """Give the last word on each channel."""
    if not records or isinstance(records[0], Organization):
        return {}
    whose = "contact" if isinstance(records[0], Contact) else "lead"
    found: dict[UUID, Words] = {}
    noted = Consent.objects.filter(**{f"{whose}__in": ids}).order_by("on", "at")
    for pk, channel, *word in noted.values_list(whose, "channel", "given", "source", "on"):
        found.setdefault(pk, {}).update(_word(f"consent_{channel}", word, language))
    return found


def _word(role: str, word: Sequence[Any], language: str) -> Words:
    given, source, on = word
    return {
        role: str(SAID[given]),
        f"{role}_source": str(CONSENT_SOURCES.get(source, source)),
        f"{role}_on": dates.day(on, language),
    }
