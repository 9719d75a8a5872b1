"""Deals: what a seller works on, and the acts that change one. Each act is one transaction with its events.

The acts stand by concern in the packages beside this file; here they come together in one deal.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction

from infield.accounts.models import User
from infield.deals.archive.models import Archived
from infield.deals.buyers.models import Bought, Stakeholder
from infield.deals.checks import first_of_deals, refuse_beginning, refuse_idle
from infield.deals.closing.models import Closing, LostReason
from infield.deals.facts.models import Exchange, Fact, Knowing
from infield.deals.papers.models import Document, Papered
from infield.deals.planning.models import NextStep
from infield.deals.products.models import Itemized, LineItem, Price, Product
from infield.deals.proofs import asks
from infield.deals.qualifying.models import Answer, Qualifying
from infield.deals.record.models import UNCHANGED, Done, MetCriterion, may_write, told_of
from infield.deals.undoing.models import Undoing
from infield.deals.usual.models import UsualStay
from infield.fields.filled import Filled
from infield.fields.models import Field, Value
from infield.history.actions import void
from infield.history.models import Event
from infield.people.models import Organization
from infield.process.models import ProcessVersion
from infield.web.ids import new_id
from infield.web.money import Money

__all__ = [
    "UNCHANGED",
    "Answer",
    "Deal",
    "DealQuerySet",
    "Document",
    "Done",
    "Exchange",
    "Fact",
    "LineItem",
    "LostReason",
    "MetCriterion",
    "NextStep",
    "Price",
    "Product",
    "Stakeholder",
    "UsualStay",
    "may_write",
    "told_of",
]


class DealQuerySet(models.QuerySet["Deal"]):
    """Deals, asked for as one would say it."""

    def visible_to(self, user: User) -> Self:
        """Those whose present owner this user may see."""
        owners = user.sees()
        return self.all() if owners is None else self.filter(owner__in=owners)

    def open(self) -> Self:
        """Those being worked on: neither won nor lost, not put away, and not imported as history only."""
        return self.filter(outcome=None, history_only=False, archived_at=None)

    def kept(self) -> Self:
        """Those that are not put away."""
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        """Those that are put away."""
        return self.exclude(archived_at=None)

    def without_next_step(self) -> Self:
        """Open ones for which nobody has said what comes next, nor that nothing does."""
        return self.open().filter(next_step_on=None, no_contact_at=None)

    def late(self, today: date) -> Self:
        """Open ones whose next step was due before `today`."""
        return self.open().filter(next_step_on__lt=today)

    def begin(
        self,
        organization: str,
        title: str,
        version: ProcessVersion,
        by: User,
        *,
        amount: Money | None = None,
        expected_close: date | None = None,
        owner: User | None = None,
        stage: str | None = None,
        case: UUID | None = None,
        own: Mapping[Field, Filled] | None = None,
    ) -> "Deal":
        """Begin a deal of `by`, or of `owner`, in the map's first stage about deals, or in `stage`.

        `case`: that of the lead it comes from; `own`: what stands in fields of one's own. PermissionDenied: `by`
        may not write. Refusal: organization_missing, title_missing, too_long, unknown_stage, after_sale,
        negative_amount, owner_cannot_work.
        """
        stage = stage or first_of_deals(version.map())
        may_write(by)
        refuse_beginning(organization, title, version.map(), stage, amount)
        refuse_idle(owner or by)
        with transaction.atomic():
            deal = Deal(
                organization=Organization.objects.named(organization, by),
                title=title.strip(),
                amount_minor=amount.amount_minor if amount else None,
                currency=amount.currency if amount else "",
                owner=owner or by,
                version=version,
                stage=stage,
                stage_entered_at=datetime.now(UTC),
                expected_close=expected_close,
                case=case or new_id(),
            )
            deal.created_at = deal.stage_entered_at
            deal.save(force_insert=True)
            deal.be_found()
            with deal.one_act():
                deal.record_beginning(by, own or {})
        return deal


class Deal(Closing, Knowing, Bought, Qualifying, Papered, Itemized, Archived, Undoing):
    """One sale in the making."""

    objects = DealQuerySet.as_manager()

    def record_beginning(self, by: User, own: Mapping[Field, Filled]) -> None:
        """Write the events of a new deal: created, its first stage, when it is expected to close, own fields."""
        data = {"owner": str(self.owner_id), "organization": str(self.organization_id)}
        data |= {"map": str(self.version.process_id)} | self._amount_data()
        self._record("created", by, self.created_at, data, {"title": self.title})
        self._record("stage_entered", by, self.created_at)
        if self.expected_close:
            self._record_close_date(by, self.created_at)
        for field, filled in own.items():
            Value.objects.put(self.pk, field, filled)
            self.tell_filled(field, filled, by, self.created_at)

    def tell(self, kind: str, by: User, data: Mapping[str, Any], words: Mapping[str, str]) -> Event:
        """Write an event of which another room keeps the row, inside `one_act` with that row.

        PermissionDenied: `by` may not write here. Refusal: lost, history_only, archived.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_lost()
            return self._record(kind, by, at, data, words)

    def take_back(self, events: Iterable[Event], by: User) -> Done:
        """Void events of which another room keeps the rows, inside `one_act` with those rows."""
        with self.one_act():
            self._take(by)
            if asks(self.map()):
                self._proving = by
            return Done("undone", tuple(void(one, by) for one in events))
