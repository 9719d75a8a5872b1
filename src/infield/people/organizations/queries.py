"""What the card of an organization reads, and its list besides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from infield.accounts.models import User
from infield.people.contacts.models import Contact
from infield.people.cultures import PersonName
from infield.people.organizations.models import Organization
from infield.people.words.wording import BUYING_ROLES
from infield.process.models import maps_of
from infield.process.texts import in_language
from infield.web.money import Money

PEOPLE_SHOWN = 60
DEALS_SHOWN = 30


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
    stakes = right_of(Contact, "stakes")
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
    stakes = right_of(Contact, "stakes")
    if stakes is None:
        return []
    found = stakes._default_manager.filter(contact__in=list(contacts), deal__in=list(deals))
    return list(found.order_by("deal", "role", "contact").values_list("contact", "deal", "role"))


def touched_at(contacts: Iterable[UUID]) -> dict[UUID, datetime]:
    """Give when somebody last dealt with each person. One query."""
    activities = right_of(Contact, "activities")
    if activities is None:
        return {}
    done = activities._default_manager.filter(contact__in=list(contacts)).exclude(done_at=None)
    return dict(done.values_list("contact").annotate(Max("done_at")))


def deals_model() -> Any:
    """Give the model of deals: it stands to the right, and is known here by the name of its relation only."""
    return right_of(Organization, "deals")


def right_of(model: Any, relation: str) -> Any:
    """Give the model on the other side of a relation, None where there is none."""
    names = {one.get_accessor_name(): one.related_model for one in model._meta.related_objects}
    return names.get(relation)


def open_deals_of(ids: Sequence[UUID], user: User) -> dict[UUID, tuple[int, date | None]]:
    """Give how many open deals of each organization the viewer may open, and the next day among theirs. One query."""
    deals = deals_model().objects.visible_to(user).open().filter(organization__in=ids)
    found = deals.order_by().values_list("organization").annotate(Count("pk"), Min("next_step_on"))
    return {organization: (count, day) for organization, count, day in found}


def people_counted(ids: Sequence[UUID]) -> dict[UUID, int]:
    """Give how many people of each organization are known. One query."""
    people = Contact.objects.current().filter(organization__in=ids)
    return dict(people.order_by().values_list("organization").annotate(Count("pk")))


def _stage(process: Any, key: str, language: str) -> str:
    name = next((stage.name for stage in process.stages if stage.key == key), key)
    return in_language(name, language, process.language)
