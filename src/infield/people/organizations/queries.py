"""What the list and the card of organizations read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from infield.accounts.models import User
from infield.finding.models import Searched
from infield.people.contacts.models import Contact
from infield.people.cultures import PersonName
from infield.people.organizations.models import Organization
from infield.people.records.listing import Page, Wish
from infield.people.records.queries import Sort, page_of
from infield.people.wording import BUYING_ROLES, INDUSTRY_NAMES, country_name
from infield.process.models import maps_of
from infield.process.texts import in_language
from infield.web.money import Money

SORTS: Mapping[str, Sort] = {"name": Sort("sort_key"), "added": Sort("created_at", is_falling=True)}
PEOPLE_SHOWN = 60
DEALS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """A line of the list; `deals`: open ones that the viewer may open, `step_on`: the next day among theirs."""

    id: UUID
    name: str
    reading: str
    place: str
    industry: str
    size: int | None
    owner: str
    people: int
    deals: int
    step_on: date | None
    is_archived: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of an organization; `roles`: their parts in decisions, `touched_at`: the last contact with them."""

    id: UUID
    name: PersonName
    job_title: str
    roles: tuple[str, ...]
    touched_at: datetime | None
    next_step: str
    next_step_on: date | None
    is_left_alone: bool


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal of an organization that the viewer may open."""

    id: UUID
    title: str
    stage: str
    money: Money | None
    outcome: str | None
    owner: str
    next_step: str
    next_step_on: date | None


type Filter = Callable[[QuerySet[Any], str, User], QuerySet[Any]]


def by_owner(things: QuerySet[Any], value: str, user: User) -> QuerySet[Any]:
    """Keep those of one owner: me, nobody, or the id of a user."""
    if value == "nobody":
        return things.filter(owner=None)
    owner = user.pk if value == "me" else _uuid(value)
    return things.filter(owner=owner) if owner else things


def by_words(things: QuerySet[Any], value: str, _user: User) -> QuerySet[Any]:
    return Searched.objects.matching(things, value)


def only_archived(things: QuerySet[Any], value: str, _user: User) -> QuerySet[Any]:
    return things.exclude(archived_at=None) if value == "yes" else things.filter(archived_at=None)


def by_column(column: str) -> Filter:
    """Give the filter that keeps those with this value in a column."""
    return lambda things, value, _user: things.filter(**{column: value})


FILTERS: Mapping[str, Filter] = {
    "q": by_words,
    "owner": by_owner,
    "industry": by_column("industry"),
    "country": by_column("country"),
    "archived": only_archived,
}


def filtered(
    things: QuerySet[Any], told: Mapping[str, str], filters: Mapping[str, Filter], user: User
) -> QuerySet[Any]:
    """Narrow things by the filters that are told; put away ones only where that is asked for."""
    for name, keep in filters.items():
        if told.get(name):
            things = keep(things, told[name], user)
    return things if told.get("archived") else things.filter(archived_at=None)


def organization_page(user: User, wish: Wish) -> Page:
    """Give a page of organizations as rows. Six queries at most."""
    things = Organization.objects.visible_to(user).select_related("owner").filter(merged_into=None)
    page = page_of(filtered(things, wish.told, FILTERS, user), wish, SORTS)
    return Page(tuple(rows_of(page.rows, user)), page.after, page.count, page.is_more)


def rows_of(organizations: Iterable[Organization], user: User) -> list[OrganizationRow]:
    """Give organizations as lines of a list. Two queries."""
    some = list(organizations)
    ids = [one.pk for one in some]
    people = _counted(Contact.objects.current().filter(organization__in=ids))
    deals = _deals_of(ids, user)
    return [
        OrganizationRow(
            id=one.pk,
            name=one.name,
            reading=one.reading,
            place=", ".join(part for part in (one.place, country_name(one.country)) if part),
            industry=str(INDUSTRY_NAMES.get(one.industry, "")),
            size=one.size,
            owner=str(one.owner) if one.owner else "",
            people=people.get(one.pk, 0),
            deals=deals.get(one.pk, (0, None))[0],
            step_on=deals.get(one.pk, (0, None))[1],
            is_archived=one.archived_at is not None,
        )
        for one in some
    ]


def people_of(organization: Organization, user: User) -> list[PersonRow]:
    """Give its people by name, with their parts in decisions and the last contact. Three queries at most."""
    people = list(organization.contacts.current().order_by("sort_key", "id")[:PEOPLE_SHOWN])
    ids = [one.pk for one in people]
    roles, touched = roles_of(ids, user), touched_at(ids)
    return [
        PersonRow(
            id=one.pk,
            name=one.called,
            job_title=one.job_title,
            roles=roles.get(one.pk, ()),
            touched_at=touched.get(one.pk),
            next_step=one.next_step,
            next_step_on=one.next_step_on,
            is_left_alone=bool(one.no_contact_because),
        )
        for one in people
    ]


def deals_of(things: QuerySet[Any], user: User, language: str) -> list[DealRow]:
    """Give the deals among `things` that the viewer may open: open ones first. Two queries."""
    deals = things.visible_to(user).select_related("owner").order_by("outcome", "-created_at")  # type: ignore[attr-defined]
    some = sorted(deals[:DEALS_SHOWN], key=lambda deal: deal.outcome is not None)
    maps = maps_of({deal.version_id for deal in some})
    return [
        DealRow(
            id=deal.pk,
            title=deal.title,
            stage=_stage(maps[deal.version_id], deal.stage, language),
            money=deal.money,
            outcome=deal.outcome,
            owner=str(deal.owner),
            next_step=deal.next_step,
            next_step_on=deal.next_step_on,
        )
        for deal in some
    ]


def roles_of(contacts: Iterable[UUID], user: User) -> dict[UUID, tuple[str, ...]]:
    """Give the parts that people have in the decisions on deals the viewer may open. One query."""
    stakes = _right_of(Contact, "stakes")
    if stakes is None:
        return {}
    found = stakes._default_manager.filter(
        contact__in=list(contacts), deal__in=deals_model().objects.visible_to(user)
    )
    roles: dict[UUID, list[str]] = {}
    for contact, role in found.order_by("role").values_list("contact", "role").distinct():
        roles.setdefault(contact, []).append(role)
    return {
        contact: tuple(str(BUYING_ROLES.get(one, one)) for one in some) for contact, some in roles.items()
    }


def parts_of(contacts: Iterable[UUID], deals: Iterable[UUID]) -> list[tuple[UUID, UUID, str]]:
    """Give who of these has which part in which of these deals: contact, deal, role. One query."""
    stakes = _right_of(Contact, "stakes")
    if stakes is None:
        return []
    found = stakes._default_manager.filter(contact__in=list(contacts), deal__in=list(deals))
    return list(found.order_by("deal", "role", "contact").values_list("contact", "deal", "role"))


def touched_at(contacts: Iterable[UUID]) -> dict[UUID, datetime]:
    """Give when somebody last dealt with each person. One query."""
    activities = _right_of(Contact, "activities")
    if activities is None:
        return {}
    done = activities._default_manager.filter(contact__in=list(contacts)).exclude(done_at=None)
    return dict(done.values_list("contact").annotate(Max("done_at")))


def deals_model() -> Any:
    """Give the model of deals: it stands to the right, and is known here by the name of its relation only."""
    return _right_of(Organization, "deals")


def _right_of(model: Any, relation: str) -> Any:
    names = {one.get_accessor_name(): one.related_model for one in model._meta.related_objects}
    return names.get(relation)


def _deals_of(ids: list[UUID], user: User) -> dict[UUID, tuple[int, date | None]]:
    deals = deals_model().objects.visible_to(user).open().filter(organization__in=ids)
    found = deals.order_by().values_list("organization").annotate(Count("pk"), Min("next_step_on"))
    return {organization: (count, day) for organization, count, day in found}


def _counted(things: QuerySet[Contact]) -> dict[UUID, int]:
    return dict(things.order_by().values_list("organization").annotate(Count("pk")))


def _stage(process: Any, key: str, language: str) -> str:
    name = next((stage.name for stage in process.stages if stage.key == key), key)
    return in_language(name, language, process.language)


def _uuid(text: str) -> UUID | None:
    from infield.web.ids import from_text

    try:
        return from_text(text)
    except ValueError:
        return None
