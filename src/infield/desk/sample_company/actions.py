"""Writing the sample company: what it is, who works there, and the deals with all that happened to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from infield.accounts.models import User
from infield.deals.models import Deal, MetCriterion
from infield.deals.state import COLUMNS, Told, state_of
from infield.deals.undoing.models import keeper_of
from infield.desk.sample_company.days.actions import make_days
from infield.desk.sample_company.findings.actions import make_findable
from infield.desk.sample_company.knowledge import Colleague, colleagues, informed
from infield.desk.sample_company.objections.actions import keep_material, keep_objections
from infield.desk.sample_company.objections.telling import with_objections
from infield.desk.sample_company.price_list.actions import make_price_list
from infield.desk.sample_company.staff import COMPANY, CURRENCY, STAFF, ZONE, ZONES
from infield.desk.sample_company.story import Happening, Story, stories
from infield.desk.sample_company.truth import DEALS, sample_map
from infield.history.actions import NewEvent, record_many
from infield.history.models import Event
from infield.history.queries import log_source
from infield.history.upkeep import refresh
from infield.people.models import Contact, Organization
from infield.process.models import Process, ProcessVersion
from infield.web.company import Company
from infield.web.ids import new_id

AT_ONCE = 1_000


class HasData(ValueError):  # noqa: N818  (the word says it)
    """There is a company, a user or an event already: nothing was written."""


@dataclass(frozen=True, slots=True)
class Made:
    """How much was made."""

    deals: int
    open_deals: int
    events: int


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of what the stories name."""

    staff: Mapping[str, UUID]
    organizations: Mapping[str, UUID]
    version: ProcessVersion
    contacts: Mapping[tuple[UUID, str], UUID]
    """By organization and name."""


def make_company(seed: int, today: date, passwords: Mapping[str, str], deals: int = DEALS) -> Made:
    """Make the sample company, all or nothing; the same seed and day make the same company, ids aside.

    `passwords`: those of the colleagues who can sign in, by name. HasData: nothing was written.
    """
    with transaction.atomic():
        refuse_data()
        Company.objects.create(id=Company.ONLY, name=COMPANY, zone=ZONE, currency=CURRENCY, language="en")
        staff = _staff(passwords)
        process = Process.objects.begin(sample_map(), staff[STAFF[0].name])
        told = [informed(with_objections(story, seed), seed, today) for story in stories(seed, today, deals)]
        keep_material(process, today, staff[STAFF[0].name])
        organizations = _organizations(told, staff)
        ids = _Ids(
            {name: user.pk for name, user in staff.items()},
            organizations,
            process.current(),
            _contacts(told, organizations, staff),
        )
        made = _write(told, ids)
        make_price_list(staff[STAFF[0].name], seed)
        make_days(seed, today, staff)
        make_findable(seed, staff, STAFF[0].name)
        return replace(made, events=Event.objects.count())


def ready_log() -> None:
    """Build the parts of the log now, so that nobody waits for them at the first look."""
    refresh(log_source())
    connection.close()


def refuse_data() -> None:
    """HasData where somebody works already."""
    if User.objects.exists() or Company.objects.exists() or Event.objects.exists():
        raise HasData


def _staff(passwords: Mapping[str, str]) -> dict[str, User]:
    users: dict[str, User] = {}
    for one in STAFF:  # managers come before those who report to them
        users[one.name] = User.objects.add(
            one.email,
            passwords.get(one.name),
            name=one.name,
            role=one.role,
            manager=users.get(one.reports_to),
            zone=ZONES[one.country],
        )
    return users


def _organizations(told: Iterable[Story], staff: Mapping[str, User]) -> dict[str, UUID]:
    owners = {story.organization: staff[story.happenings[0].by] for story in reversed(list(told))}
    made = [Organization.fresh(name, owner=owner) for name, owner in owners.items()]
    return {one.name: one.pk for one in Organization.objects.bulk_create(made, batch_size=AT_ONCE)}


def _contacts(
    told: Iterable[Story], organizations: Mapping[str, UUID], staff: Mapping[str, User]
) -> dict[tuple[UUID, str], UUID]:
    """Save those of the customers' people who have a part in a decision."""
    wanted: dict[tuple[UUID, str], Contact] = {}
    for story in told:
        named = {one.data["person"] for one in story.happenings if one.kind == "stakeholder_set"}
        for one in colleagues(story).values():
            key = organizations[story.organization], one.name
            if one.name in named and key not in wanted:
                wanted[key] = _contact(one, key[0], staff[story.happenings[0].by])
    Contact.objects.bulk_create(wanted.values(), batch_size=AT_ONCE)
    return {key: one.pk for key, one in wanted.items()}


def _contact(one: Colleague, organization: UUID, owner: User) -> Contact:
    contact = Contact(
        family=one.family,
        given=one.given,
        culture=one.culture,
        job_title=one.job_title,
        phones=[{"label": "mobile", "value": one.phone}],
        organization_id=organization,
        owner=owner,
    )
    contact.derive()
    return contact


def _write(told: Sequence[Story], ids: _Ids) -> Made:
    deals = [new_id() for _ in told]
    cases = [new_id() for _ in told]
    # one order of time for all: positions grow with it, as if it had been lived
    spread = sorted(
        (
            (happening.at, place, happening)
            for place, story in enumerate(told)
            for happening in story.happenings
        ),
        key=lambda one: one[:2],
    )
    written = record_many(
        _new(happening, deals[place], cases[place], ids.organizations[told[place].organization], ids)
        for _, place, happening in spread
    )
    by_deal: dict[UUID, list[Told]] = {deal: [] for deal in deals}
    for event, (_, _, happening) in zip(written, spread, strict=True):
        by_deal[event.object_id].append(_told(event, happening))
    rows = [
        _deal(story, deal, case, by_deal[deal], ids)
        for story, deal, case in zip(told, deals, cases, strict=True)
    ]
    Deal.objects.bulk_create(rows, batch_size=AT_ONCE)
    MetCriterion.objects.bulk_create(
        (
            MetCriterion(deal_id=deal, criterion=criterion, event_id=event)
            for deal in deals
            for criterion, event in state_of(by_deal[deal]).met.items()
        ),
        batch_size=AT_ONCE,
    )
    for deal in deals:
        for (group, key), told_last in state_of(by_deal[deal]).kept.items():
            keeper_of(group, key)(deal, key, told_last)
    keep_objections(written)
    return Made(len(rows), sum(row.outcome is None for row in rows), len(written))


def _new(happening: Happening, deal: UUID, case: UUID, organization: UUID, ids: _Ids) -> NewEvent:
    return NewEvent(
        kind=happening.kind,
        case=case,
        object_kind="deal",
        object_id=deal,
        at=happening.at,
        by=ids.staff[happening.by],
        stage=happening.stage,
        map_version=ids.version.pk,
        data=_with_ids(happening.data, ids, organization),
        words=happening.words,
    )


def _with_ids(data: Mapping[str, Any], ids: _Ids, organization: UUID) -> dict[str, Any]:
    given = dict(data)
    if "owner" in given:
        given["owner"] = str(ids.staff[given["owner"]])
    if "organization" in given:
        given["organization"] = str(ids.organizations[given["organization"]])
    if "map" in given:
        given["map"] = str(ids.version.process_id)
    if "person" in given:
        given["person"] = str(ids.contacts[organization, given["person"]])
    return given


def _told(event: Event, happening: Happening) -> Told:
    return Told(
        id=event.pk,
        kind=event.kind,
        at=event.at,
        stage=event.stage,
        data=event.data,
        said=happening.words,
    )


def _deal(story: Story, deal: UUID, case: UUID, told: Sequence[Told], ids: _Ids) -> Deal:
    state = state_of(told)
    return Deal(
        id=deal,
        case=case,
        organization_id=ids.organizations[story.organization],
        title=story.title,
        amount_minor=state.amount_minor,
        currency=state.currency,
        owner_id=_known(state.owner_id),
        version=ids.version,
        stage=state.stage,
        stage_entered_at=_known(state.stage_entered_at),
        created_at=story.happenings[0].at,
        expected_close=state.expected_close,
        outcome=state.outcome,
        closed_at=state.closed_at,
        lost_reason=state.lost_reason,
        **{column: getattr(state, column) for column in (*COLUMNS["next_step"], "lost_to", "archived_at")},
    )


def _known[Fact](fact: Fact | None) -> Fact:
    """Give what every story says with its first event."""
    if fact is None:
        raise LookupError
    return fact
