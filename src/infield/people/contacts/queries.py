"""What the list and the card of contacts read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from infield.accounts.models import User
from infield.people.contacts.models import Consent, Contact
from infield.people.cultures import PersonName
from infield.people.organizations.queries import (
    Filter,
    by_column,
    by_owner,
    by_words,
    filtered,
    only_archived,
    touched_at,
)
from infield.people.records.listing import Page, Wish
from infield.people.records.queries import Sort, page_of
from infield.people.wording import CHANNEL_NAMES, CONSENT_SOURCES

SORTS: Mapping[str, Sort] = {"name": Sort("sort_key"), "added": Sort("created_at", is_falling=True)}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A line of the list. `due_days`: days until the next step, negative where it is late, None without one."""

    id: UUID
    name: PersonName
    job_title: str
    organization: str
    organization_id: UUID | None
    email: str
    phone: str
    owner: str
    touched_at: datetime | None
    next_step: str
    next_step_on: date | None
    due_days: int | None
    is_left_alone: bool
    is_archived: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The last word on one channel."""

    channel: str
    is_given: bool
    source: str
    on: date
    note: str
    by: str


def by_step(things: QuerySet[Any], value: str, _user: User) -> QuerySet[Any]:
    """Keep those without a next step, or those whose next step is late."""
    if value == "missing":
        return things.filter(next_step_on=None, no_contact_because="")
    return things.filter(next_step_on__lt=timezone.localtime().date()) if value == "late" else things


def by_organization(things: QuerySet[Any], value: str, _user: User) -> QuerySet[Any]:
    from infield.web.ids import from_text

    try:
        return things.filter(organization=from_text(value))
    except ValueError:
        return things


FILTERS: Mapping[str, Filter] = {
    "q": by_words,
    "owner": by_owner,
    "step": by_step,
    "language": by_column("language"),
    "organization": by_organization,
    "archived": only_archived,
}


def contact_page(user: User, wish: Wish) -> Page:
    """Give a page of contacts as rows. Five queries at most."""
    things = Contact.objects.visible_to(user).select_related("owner", "organization").filter(merged_into=None)
    page = page_of(filtered(things, wish.told, FILTERS, user), wish, SORTS)
    return Page(tuple(rows_of(page.rows)), page.after, page.count, page.is_more)


def rows_of(contacts: Iterable[Contact]) -> list[ContactRow]:
    """Give contacts, read with owner and organization, as lines of a list. One query at most."""
    some, today = list(contacts), timezone.localtime().date()
    touched = touched_at([one.pk for one in some])
    return [
        ContactRow(
            id=one.pk,
            name=one.called,
            job_title=one.job_title,
            organization=one.organization.name if one.organization else "",
            organization_id=one.organization_id,
            email=one.emails[0]["value"] if one.emails else "",
            phone=one.phones[0]["value"] if one.phones else "",
            owner=str(one.owner) if one.owner else "",
            touched_at=touched.get(one.pk),
            next_step=one.next_step,
            next_step_on=one.next_step_on,
            due_days=(one.next_step_on - today).days if one.next_step_on else None,
            is_left_alone=bool(one.no_contact_because),
            is_archived=one.archived_at is not None,
        )
        for one in some
    ]


def consents_of(consents: QuerySet[Consent]) -> list[ConsentRow]:
    """Give the last word on each channel. One query."""
    latest = {one.channel: one for one in consents.select_related("by").order_by("on", "at")}
    return [
        ConsentRow(
            channel=str(CHANNEL_NAMES[one.channel]),
            is_given=one.given,
            source=str(CONSENT_SOURCES[one.source]),
            on=one.on,
            note=one.note,
            by=str(one.by) if one.by else "",
        )
        for one in latest.values()
    ]
