"""The people with a part in the decision, as a deal's page shows them, and how they are reached. Two queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from infield.deals.models import Deal, Stakeholder
from infield.deals.terms.wording import role_name
from infield.people.contacts.models import Consent, Contact
from infield.people.contacts.queries import refused_channels
from infield.web.compiled import compiled
from infield.web.initials import initials


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is reached; `is_refused`: they withdrew their consent to it."""

    icon: str
    address: str
    text: str
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a part in the decision."""

    key: UUID
    name: str
    initials: str
    role: str
    role_key: str
    job_title: str
    ways: tuple[Way, ...]


def people(deal: Deal) -> list[Person]:
    """Give them in the order of their parts, those who decide first."""
    found = _stakeholders(deal.pk)
    order, refused = deal.buying_roles(), refused_channels(_consents(deal.pk))
    found_people = [
        Person(
            key=one.contact_id,
            name=str(one.contact),
            initials=initials(str(one.contact)),
            role=role_name(one.role),
            role_key=one.role,
            job_title=one.contact.job_title,
            ways=_ways(one.contact, refused.get(one.contact_id, frozenset())),
        )
        for one in found
    ]
    return sorted(
        found_people, key=lambda one: order.index(one.role_key) if one.role_key in order else len(order)
    )


def _ways(contact: Contact, refused: frozenset[str]) -> tuple[Way, ...]:
    """Give the first phone and the first e-mail of somebody."""
    asked = (("phone", "phone", "tel:", contact.phones), ("email", "mail", "mailto:", contact.emails))
    return tuple(
        Way(icon, scheme + ways[0]["value"], ways[0]["value"], bool(refused & {channel, "all"}))
        for channel, icon, scheme, ways in asked
        if ways
    )


@compiled
def _stakeholders(deal: UUID) -> QuerySet[Stakeholder]:
    return Stakeholder.objects.filter(deal=deal).select_related("contact").order_by("id")


@compiled
def _consents(deal: UUID) -> QuerySet[Consent, tuple[UUID, str, bool]]:
    heard = Consent.objects.filter(contact__stakes__deal=deal).order_by("on", "at")
    return heard.values_list("contact", "channel", "given")
