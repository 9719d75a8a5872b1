"""Finds, for rows that come in, the records that are here already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infield.accounts.models import User
from infield.imports.people.forms import Told
from infield.people.contacts.models import Contact
from infield.people.leads.models import Lead
from infield.people.names import core
from infield.people.organizations.models import Organization
from infield.people.reach import dialled_in, keys_of
from infield.people.records.models import Key

MODELS: Mapping[str, type[Any]] = {
    "organization": Organization,
    "contact": Contact,
    "lead": Lead,
}
STRENGTH = ("email", "phone", "domain", "name")
"""Why a record is taken for the one in a row, the surest first."""

type Sign = tuple[str, str]
"""What a record is known by: email, phone, domain or name, and the text as it is compared."""


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is here already, and by what it was known again: one of STRENGTH."""

    id: UUID
    name: str
    why: str


def signs_of(kind: str, told: Told) -> frozenset[Sign]:
    """Give what the record of a row is known by."""
    made = made_of(kind, told.values)
    if isinstance(made, Lead):
        country = made.country
        emails, phones = ([{"value": value}] if value else [] for value in (made.email, made.phone))
        keys = keys_of(emails, phones, country)
    elif isinstance(made, Contact):
        keys = keys_of(made.emails, made.phones, dialled_in(made.culture))
    else:
        keys = keys_of(made.emails, made.phones, made.country, made.domain)
    name = _name_sign(made, str(told.values.get("organization", "")))
    return frozenset(keys | ({("name", name)} if name else set()))


def made_of(kind: str, values: Mapping[str, Any]) -> Organization | Contact | Lead:
    """Give the record of a row, not saved, with what follows from its fields; the organization of a contact apart."""
    made: Organization | Contact | Lead = MODELS[kind](
        **{name: value for name, value in values.items() if name != "organization"}
    )
    made.derive()
    return made


def known_by(kind: str, signs: Iterable[Sign], user: User) -> dict[Sign, Known]:
    """Give which record each sign means, of those that the user sees and that are in no archive. Three queries."""
    wanted = set(signs)
    texts = {text for why, text in wanted if why != "name"}
    keys: dict[UUID, set[Sign]] = {}
    for object_id, why, text in Key.objects.filter(object_kind=kind, text__in=texts).values_list(
        "object_id", "kind", "text"
    ):
        keys.setdefault(object_id, set()).add((why, text))
    here = MODELS[kind].objects.visible_to(user).current()
    if kind == "contact":
        here = here.select_related("organization")
    elif kind == "lead":
        here = here.filter(converted_at=None)
    compared = {text.partition("|")[0] for why, text in wanted if why == "name"}
    there = [*here.filter(pk__in=list(keys)), *here.filter(compared__in=compared)]
    found: dict[Sign, Known] = {}
    for one in there:
        name = _name_sign(one, str(getattr(one, "organization", "") or ""))
        for sign in keys.get(one.pk, set()) | {("name", name)}:
            if sign in wanted:
                found.setdefault(sign, Known(one.pk, str(one), sign[0]))
    return found


def match(signs: Iterable[Sign], known: Mapping[Sign, Known]) -> Known | None:
    """Give the record that a row means, by its surest sign."""
    found = [known[sign] for sign in signs if sign in known]
    return min(found, key=lambda one: (STRENGTH.index(one.why), one.id), default=None)


def strength(sign: Sign) -> tuple[int, str]:
    """Give how sure a sign is, the surest least, and the same order each time."""
    return STRENGTH.index(sign[0]), sign[1]


def first_of(kind: str, told: Sequence[Told], user: User) -> list[Known | None]:
    """Give for each of some rows the record that is here already."""
    signs = [signs_of(kind, one) for one in told]
    known = known_by(kind, {sign for some in signs for sign in some}, user)
    return [match(some, known) for some in signs]


def _name_sign(one: Organization | Contact | Lead, organization: str) -> str:
    """Give the name as it is compared: of a person with the company, without which a name says too little."""
    if isinstance(one, Organization):
        return one.compared
    if isinstance(one, Contact):
        within = core(organization) if organization else ""
        return f"{one.compared}|{within}" if one.compared and within else ""
    person = " ".join(one.person.casefold().split())
    return f"{one.compared}|{person}" if one.compared and person else ""
