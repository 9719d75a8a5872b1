"""A lead becomes an organization, a contact and a deal in one transaction, on the case it had; and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from infield.accounts.models import User
from infield.activities.models import Activity
from infield.deals.models import Deal, MetCriterion, NextStep, Stakeholder
from infield.fields.models import Value
from infield.finding.models import Searched
from infield.history.actions import void
from infield.history.models import Event
from infield.people.contacts.models import Contact
from infield.people.leads.models import Lead
from infield.people.organizations.models import Organization
from infield.people.own.actions import carried, fill
from infield.people.refusals import Refusal
from infield.process.models import ProcessVersion
from infield.web.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What a lead becomes: organization and contact that are there, or what new ones are made of.

    `role`: the part of the contact in the decision.
    """

    organization: Organization | None
    organization_name: str
    contact: Contact | None
    person: Mapping[str, str]
    title: str
    version: ProcessVersion
    amount: Money | None = None
    role: str = "other"


def convert(lead: Lead, wished: Conversion, by: User) -> Deal:
    """Make the lead a deal; its person has a part in the decision, and its next step is that of the deal.

    Refusal: converted, name_missing; those of Deal.objects.begin, and unknown_role.
    """
    with transaction.atomic():
        lead.take(by)
        if lead.converted_at:
            raise Refusal("converted")
        organization = wished.organization or _organization(lead, wished.organization_name, by)
        contact = wished.contact or _contact(lead, wished.person, organization, by)
        if contact.organization_id is None:
            contact.change(by, organization=organization)
        _fill_from(lead, organization, by)
        _fill_from(lead, contact, by)
        owner = lead.owner if lead.owner and lead.owner.writes and lead.owner.active else by
        deal = Deal.objects.begin(
            organization.name,
            wished.title,
            wished.version,
            by,
            amount=wished.amount,
            owner=owner,
            case=lead.case,
            own=carried(lead.pk, "deal"),
        )
        deal.set_stakeholder(contact, wished.role, by)
        _plan_on(lead, deal, by)
        lead.become(organization, contact, by)
        return deal


def unconvert(lead: Lead, by: User) -> None:
    """Take the deal back while nobody has worked on it: the lead is open again, its events of the sale count no more.

    Organization and contact that came with it are put away where nothing else hangs on them. Refusal: worked_on.
    """
    with transaction.atomic():
        lead.take(by)
        deal = Deal.objects.visible_to(by).select_for_update().filter(case=lead.case).first()
        if deal is None or not lead.converted_at:
            raise Refusal("not_converted")
        began = Event.objects.filter(case=lead.case, object_id=deal.pk).counting().order_by("-position")
        if any(event.at > lead.converted_at for event in began):
            raise Refusal("worked_on")
        for model in (Stakeholder, MetCriterion):
            model.objects.filter(deal=deal, event__in=began).delete()
        steps = Activity.objects.steps().filter(deal=deal, lead=lead)
        steps.update(deal=None, organization=None, owner=lead.owner_id or by.pk)
        if _hangs_on(deal):
            raise Refusal("worked_on")
        for event in list(began):
            void(event, by)
        organization, contact, at = lead.organization, lead.contact, lead.converted_at
        Searched.objects.drop(deal)
        Value.objects.filter(object_id=deal.pk).delete()
        deal.delete()
        lead.unbecome(by)
        for record in (contact, organization):
            if record and _came_with(record, at) and not _hangs_on(record):
                record.archive(by)


def _plan_on(lead: Lead, deal: Deal, by: User) -> None:
    """Make what was planned with the lead the next step of the deal, today where its day is over."""
    step = Activity.objects.steps().filter(lead=lead).first()
    if step is None or step.due_on is None:
        return
    today = datetime.now(by.tzinfo).date()
    if step.due_on < today:
        step.due_on, step.due_at = today, None
    deal.set_next_step(NextStep(step.what, step.due_on, step.kind, step.selling, expected=step.expected), by)
    step.deal, step.organization, step.owner = deal, deal.organization, deal.owner
    step.lock += 1
    step.save(update_fields=["deal", "organization", "owner", "due_on", "due_at", "lock"])


def _organization(lead: Lead, name: str, by: User) -> Organization:
    """Give the organization of this name, made of what the lead tells where it is new."""
    found: Organization = Organization.objects.named(name, by)
    if found.archived_at:
        found.restore(by)
    known = {"country": lead.country, "place": lead.place, "industry": lead.industry, "size": lead.size}
    told: dict[str, Any] = {**known, "domain": lead.website}
    lacking = {field: value for field, value in told.items() if value and not getattr(found, field)}
    found.change(by, None, **lacking)
    return found


def _fill_from(lead: Lead, record: Organization | Contact, by: User) -> None:
    """Fill the fields of one's own that the lead tells of, where nothing stands in them yet."""
    there = Value.objects.filter(object_id=record.pk).values_list("field", flat=True)
    told = carried(lead.pk, record._meta.model_name or "")
    fill(record, by, {field: filled for field, filled in told.items() if field.pk not in set(there)})


def _contact(lead: Lead, person: Mapping[str, str], organization: Organization, by: User) -> Contact:
    ways: dict[str, Any] = {"emails": lead.email, "phones": lead.phone}
    made = Contact(
        **person,
        organization=organization,
        job_title=lead.job_title,
        language=lead.language,
        owner=lead.owner or by,
        # whoever had the lead opened the relation
        opened_by=_opened_by(lead) or by,
        **{name: [{"label": "work", "value": value}] for name, value in ways.items() if value},
    ).begin(by)
    for one in lead.consents.all():
        one.pk, one.contact, one.lead, one._state.adding = None, made, None, True
        one.save(force_insert=True)
    return made


def _opened_by(lead: Lead) -> User | None:
    """Give who first dealt with the lead: by whom its first event was written."""
    first = Event.objects.filter(case=lead.case).counting().order_by("position").first()
    return User.objects.filter(pk=first.by).first() if first and first.by else None


def _came_with(record: Organization | Contact, at: datetime | None) -> bool:
    """Tell whether it was made by the act that made the deal."""
    second = 1.0
    return at is not None and abs((record.created_at - at).total_seconds()) < second


def _hangs_on(record: Any) -> bool:
    """Tell whether other rows point at this one."""
    kept = {"consents", "merged"}
    for relation in record._meta.related_objects:
        name = relation.get_accessor_name()
        rows = relation.related_model._default_manager.filter(**{relation.field.name: record})
        if relation.related_model is Contact:
            rows = rows.filter(archived_at=None)
        if name not in kept and rows.exists():
            return True
    return False
