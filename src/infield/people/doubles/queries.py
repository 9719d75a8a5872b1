"""Possible duplicates of what is typed, of one record, and all that were found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from infield.accounts.models import User
from infield.finding.models import Searched
from infield.people.contacts.models import Contact
from infield.people.cultures import culture_of
from infield.people.doubles.actions import KINDS, WAYS
from infield.people.doubles.likeness import LIKE_ENOUGH, Named, compared
from infield.people.doubles.models import LikelyDouble
from infield.people.leads.models import Lead
from infield.people.names import core, domain_of
from infield.people.organizations.models import Organization
from infield.people.reach import dialled_in, email_key, phone_key
from infield.people.records.models import Key, Record
from infield.people.wording import said, way_said, why_alike
from infield.people.words.wording import FIELDS
from infield.web.ids import new_id

MOST = 5
LOOKED_AT = 60
MODELS: Mapping[str, type[Organization | Contact | Lead]] = {**KINDS, "lead": Lead}
PAIRS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A record that looks like another: what it is called, more about it, and why it was found."""

    id: UUID
    name: str
    more: str
    why: tuple[str, ...]
    score: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two records that are likely one."""

    id: UUID
    first: AlikeRow
    second: AlikeRow
    why: tuple[str, ...]
    score: int

    @property
    def both(self) -> tuple[AlikeRow, AlikeRow]:
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which two records differ: what each says, and which is taken if nobody chooses."""

    field: str
    label: str
    kept: str
    gone: str
    takes_gone: bool


def alike_to(kind: str, typed: Mapping[str, str], user: User) -> list[AlikeRow]:
    """Give the records that look like what is being typed into a form. Three queries at most."""
    name = " ".join(typed.get(field, "").strip() for field in ("name", "family", "given", "company")).strip()
    keys = _typed_keys(typed, culture_of(name, ""))
    plain = (
        core(name)
        if kind != "contact"
        else Contact(family=typed.get("family", ""), given=typed.get("given", ""))
    )
    if isinstance(plain, Contact):
        plain.derive()
        plain = plain.compared
    return _alike(kind, Named(new_id(), plain, frozenset(keys)), name, user)


def alike_of(record: Organization | Contact | Lead, user: User) -> list[AlikeRow]:
    """Give the records that look like one that is there. Four queries at most."""
    kind = record._meta.model_name or ""
    keys = frozenset(Key.objects.filter(object_id=record.pk).values_list("kind", "text"))
    apart = LikelyDouble.objects.filter(Q(first=record.pk) | Q(second=record.pk)).exclude(told_apart_by=None)
    told = {one for pair in apart.values_list("first", "second") for one in pair}
    asked = Named(record.pk, record.compared, keys, _within(record))
    found = _alike(kind, asked, str(record), user)
    return [one for one in found if one.why and one.id not in told]


def found_by_words(kind: str, words: str, but: UUID, user: User) -> list[AlikeRow]:
    """Give the records that are found by these words, but one. One query."""
    return [_row(one) for one in _read(kind, ~Q(pk=but), user, words)][: MOST * 4]


def likely_organizations(company: str, email: str, website: str, user: User) -> list[AlikeRow]:
    """Give the organizations that a lead may be from."""
    domain = domain_of(email) or domain_of(website)
    keys = (
        frozenset({("domain", domain), ("email", email_key(email))})
        if domain
        else frozenset[tuple[str, str]]()
    )
    return _alike("organization", Named(new_id(), core(company), keys), company, user)


def likely_contacts(person: tuple[str, str], email: str, phone: str, user: User) -> list[AlikeRow]:
    """Give the contacts that a lead, by family and given name, may be."""
    typed = {"family": person[0], "given": person[1], "emails-value": email, "phones-value": phone}
    return alike_to("contact", typed, user)


def pairs(kind: str, user: User) -> list[PairRow]:
    """Give the pairs that the last search found, the likeliest first. Two queries."""
    found = list(
        LikelyDouble.objects.filter(kind=kind, told_apart_by=None).order_by("-score", "id")[: PAIRS_SHOWN * 2]
    )
    ids = {one for pair in found for one in (pair.first, pair.second)}
    records = {one.pk: one for one in _read(kind, Q(pk__in=ids), user)}
    rows = [
        PairRow(
            one.pk, _row(records[one.first]), _row(records[one.second]), tuple(why_alike(one.why)), one.score
        )
        for one in found
        if one.first in records and one.second in records
    ]
    return rows[:PAIRS_SHOWN]


def looked_at(kind: str) -> datetime | None:
    """Give when doubles of a kind were last found."""
    last = LikelyDouble.objects.filter(kind=kind).order_by("-found_at").first()
    return last.found_at if last else None


def choices(kept: Record, gone: Record) -> list[Choice]:
    """Give the fields in which two records differ, to choose from."""
    named = {str(one.owner_id): str(one.owner) for one in (kept, gone) if one.owner}
    opened = [getattr(one, "opened_by", None) for one in (kept, gone)]
    named |= {str(one.pk): str(one) for one in opened if one}
    organizations = [getattr(one, "organization", None) for one in (kept, gone)]
    others = {str(one.pk): str(one) for one in organizations if one}
    return [
        Choice(
            field=name,
            label=str(FIELDS[name]),
            kept=said(name, kept.plain(name), named, others),
            gone=said(name, gone.plain(name), named, others),
            takes_gone=not kept.plain(name),
        )
        for name in kept.CHANGES
        if name not in WAYS and kept.plain(name) != gone.plain(name)
    ]


def _alike(kind: str, asked: Named, name: str, user: User) -> list[AlikeRow]:
    keys = Q()
    for key, text in asked.keys:
        keys |= Q(kind=key, text=text)
    ids = (
        list(Key.objects.filter(keys, object_kind=kind).values_list("object_id", flat=True)[:LOOKED_AT])
        if keys
        else []
    )
    same = Q(pk__in=ids) | (Q(compared=asked.name) if asked.name else Q(pk__in=()))
    found = {one.pk: one for one in _read(kind, same, user)}
    if len(asked.name) > 1:
        found |= {one.pk: one for one in _read(kind, Q(), user, asked.name if kind != "contact" else name)}
    found.pop(asked.id, None)
    shared: dict[UUID, set[tuple[str, str]]] = {}
    for object_id, key, text in Key.objects.filter(object_id__in=list(found)).values_list(
        "object_id", "kind", "text"
    ):
        shared.setdefault(object_id, set()).add((key, text))
    return _ranked(asked, found.values(), shared)


def _ranked(asked: Named, found: Iterable[Any], keys: Mapping[UUID, set[tuple[str, str]]]) -> list[AlikeRow]:
    rows = []
    for one in found:
        alike = compared(asked, Named(one.pk, one.compared, frozenset(keys.get(one.pk, ())), _within(one)))
        if alike:
            rows.append(_row(one, tuple(why_alike(alike.why)), alike.score))
        elif asked.name and asked.name in one.compared:
            # what is typed so far begins or ends its name
            rows.append(_row(one, (), LIKE_ENOUGH - 1))
    return sorted(rows, key=lambda row: (-row.score, row.name))[:MOST]


def _read(kind: str, which: Q, user: User, words: str = "") -> Iterable[Any]:
    model: Any = MODELS[kind]
    things = model.objects.visible_to(user).current().filter(which)
    related = {"organization": ("owner",), "contact": ("owner", "organization"), "lead": ("owner",)}[kind]
    things = things.select_related(*related)
    return (Searched.objects.matching(things, words) if words else things)[:LOOKED_AT]


def _row(one: Any, why: tuple[str, ...] = (), score: int = 0) -> AlikeRow:
    return AlikeRow(one.pk, str(one), " · ".join(part for part in _details(one) if part), why, score)


def _within(one: Any) -> UUID | None:
    return one.organization_id if isinstance(one, Contact) else None


def _details(one: Any) -> tuple[str, ...]:
    if isinstance(one, Organization):
        return (one.place, one.domain, *(way_said(way) for way in one.phones[:1]))
    if isinstance(one, Contact):
        return (one.job_title, str(one.organization or ""), *(way["value"] for way in one.emails[:1]))
    return (one.company, one.email)


def _typed_keys(typed: Mapping[str, str], culture: str) -> set[tuple[str, str]]:
    emails = [typed.get(name, "") for name in ("email", "emails-value")]
    phones = [typed.get(name, "") for name in ("phone", "phones-value")]
    country = typed.get("country", "") or dialled_in(typed.get("culture", "") or culture)
    keys = {("email", email_key(one)) for one in emails} | {
        ("phone", phone_key(one, country)) for one in phones
    }
    keys.add(("domain", domain_of(typed.get("domain", "") or typed.get("website", ""))))
    return {(kind, text) for kind, text in keys if len(text) > 4}
