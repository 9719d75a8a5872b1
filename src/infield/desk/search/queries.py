"""What is found over everything that a user may see: deals, organizations, contacts, leads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OrderBy, QuerySet, Value
from django.urls import NoReverseMatch, reverse

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.desk.search.wording import deal_line
from infield.finding.folding import fold, words_of
from infield.finding.models import Searched
from infield.people.models import Contact, Lead, Organization
from infield.web.ids import from_text, to_text

NEWEST = 1_000
"""So many of a kind are looked through; a word that more have finds the newest, and one word more finds the others."""
LOOKED_AT = 60
"""So many of those found are looked at for the best; more say only that there are more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: how it is called, what else tells it from others, where it is."""

    kind: str
    key: str
    name: str
    line: str
    address: str


@dataclass(frozen=True, slots=True)
class Hits:
    """The records of one kind; `more` where there are more than are shown."""

    kind: str
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: which a user may see, how one is shown, and the name of its page's address."""

    key: str
    seen: Callable[[User], QuerySet[Any]]
    shown: Callable[[Any, str], tuple[str, str]]
    address: str
    closed: str = ""
    """The column that is empty while somebody works on it: those come first."""

    @property
    def first(self) -> tuple[OrderBy, ...]:
        return (F(self.closed).asc(nulls_first=True),) if self.closed else ()


def search(user: User, query: str, most: int, language: str) -> tuple[Hits, ...]:
    """Give what is found for a query, the best first, at most `most` of each kind. Three queries a kind at most."""
    if not words_of(query):
        return ()
    found = (_found(kind, user, query, most, language) for kind in KINDS)
    return tuple(one for one in found if one.hits)


def recent(user: User, addresses: Iterable[str], language: str) -> tuple[Hit, ...]:
    """Give the records whose pages somebody opened last, of those they still may see, in the order given."""
    wanted = [(kind, pk) for kind, pk in map(_of_address, addresses) if kind and pk]
    by_pk: dict[UUID, Hit] = {}
    for kind in KINDS:
        ids = [pk for one, pk in wanted if one is kind]
        things = kind.seen(user).filter(pk__in=ids) if ids else ()
        by_pk |= {thing.pk: _hit(kind, thing, language) for thing in things}
    return tuple(by_pk[pk] for _, pk in wanted if pk in by_pk)


def _found(kind: Kind, user: User, query: str, most: int, language: str) -> Hits:
    seen = kind.seen(user)
    found = Searched.objects.matching(seen.order_by(*kind.first), query, NEWEST)
    rows = dict(found.values_list("pk", kind.closed or Value(None, output_field=CharField()))[:LOOKED_AT])
    ids = list(rows)
    # what is ranked are the texts that were searched: only the best are read whole
    texts = Searched.objects.filter(object_id__in=ids).values_list("object_id", "text") if ids else ()
    ranked = sorted(texts, key=lambda one: (rows[one[0]] is not None, _rank(one[1], fold(query))))[:most]
    things = seen.in_bulk([pk for pk, _ in ranked])
    hits = tuple(_hit(kind, things[pk], language) for pk, _ in ranked if pk in things)
    return Hits(kind.key, hits, more=len(ids) > most)


def _rank(text: str, query: str) -> tuple[int, int]:
    """The name itself first, then names that begin with it, then those with a word that does."""
    if text == query:
        return 0, 0
    return (1 if text.startswith(query) else 2 if f" {query}" in text else 3), len(text)


def _hit(kind: Kind, thing: Any, language: str) -> Hit:
    name, line = kind.shown(thing, language)
    return Hit(kind.key, to_text(thing.pk), name, line, _address(kind, thing))


def _address(kind: Kind, thing: Any) -> str:
    try:
        return reverse(kind.address, args=[thing.pk])
    except NoReverseMatch:
        # a room without a page of its own leads to the deals of the organization
        organization = getattr(thing, "organization_id", None) or thing.pk
        return f"{reverse('desk:deals')}?organization={to_text(organization)}&outcome=any"


def _of_address(address: str) -> tuple[Kind | None, UUID | None]:
    parts = address.strip("/").split("/")
    kind = next((one for one in KINDS if len(parts) == 2 and parts[0] == _folder(one)), None)
    try:
        return kind, from_text(parts[1]) if kind else None
    except ValueError:
        return None, None


def _folder(kind: Kind) -> str:
    return f"{kind.key}s"


def _deals(user: User) -> QuerySet[Deal]:
    return Deal.objects.visible_to(user).filter(archived_at=None).select_related("organization", "owner")


def _organizations(user: User) -> QuerySet[Organization]:
    return Organization.objects.visible_to(user).current()


def _contacts(user: User) -> QuerySet[Contact]:
    return Contact.objects.visible_to(user).current().select_related("organization")


def _leads(user: User) -> QuerySet[Lead]:
    return Lead.objects.visible_to(user).current()


def _deal(deal: Deal, language: str) -> tuple[str, str]:
    return f"{deal.organization.name} · {deal.title}", deal_line(deal, language)


def _organization(one: Organization, _language: str) -> tuple[str, str]:
    return one.name, " · ".join(filter(None, (one.reading, one.place, one.domain)))


def _contact(one: Contact, _language: str) -> tuple[str, str]:
    return str(one), one.organization.name if one.organization else ""


def _lead(one: Lead, _language: str) -> tuple[str, str]:
    return str(one), one.company if one.person else one.place


KINDS = (
    Kind("deal", _deals, _deal, "desk:deal", "outcome"),
    Kind("organization", _organizations, _organization, "desk:organization"),
    Kind("contact", _contacts, _contact, "desk:contact"),
    Kind("lead", _leads, _lead, "desk:lead"),
)
