"""Leads: possible customers who may or may not be interested, from the first touch until they become a deal.

The acts stand by concern in the packages beside this file; here they come together in one lead.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from infield.accounts.models import User
from infield.history.actions import void
from infield.history.models import Event
from infield.people.contacts.models import Contact
from infield.people.cultures import culture_of
from infield.people.ideal.models import IdealRule, ideal_rules
from infield.people.ideal.rules import MET, Facts, Rule, fit, judged
from infield.people.leads.handing.models import KEEPS_UNASSIGNED, Handing
from infield.people.leads.profiling.models import Profiling
from infield.people.organizations.models import Organization
from infield.people.reach import dialled_in, keys_of
from infield.people.records.models import Done
from infield.people.refusals import Refusal


class LeadQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, user: User) -> Self:
        """Those whose owner this user may see; those without one for the roles that give them away."""
        owners = user.sees()
        if owners is None:
            return self.all() if user.role in KEEPS_UNASSIGNED or not user.may("people") else self.assigned()
        mine = Q(owner__in=owners)
        return self.filter(mine | Q(owner=None) if user.role in KEEPS_UNASSIGNED else mine)

    def assigned(self) -> Self:
        return self.exclude(owner=None)

    def current(self) -> Self:
        """Those that are not put away."""
        return self.filter(archived_at=None)

    def open(self) -> Self:
        """Current ones that are neither disqualified nor a deal yet."""
        return self.current().filter(converted_at=None).exclude(profile="disqualified")


class Lead(Handing, Profiling):
    """A possible customer."""

    objects = LeadQuerySet.as_manager()

    def facts(self, answers: Mapping[UUID, bool]) -> Facts:
        """Give what the ideal-client rules look at."""
        return Facts(country=self.country, industry=self.industry, size=self.size, answers=answers)

    def judged(self) -> list[tuple[Rule, str]]:
        """Give each rule of the ideal client with whether this lead meets it."""
        answers = dict(self.answers.values_list("rule_id", "is_so"))
        return judged(ideal_rules(), self.facts(answers))

    @property
    def is_marketing_qualified(self) -> bool:
        return self.fit == MET

    def begin(self, by: User) -> Self:
        with transaction.atomic():
            super().begin(by)
            data = {"source": self.source} | ({"owner": str(self.owner_id)} if self.owner_id else {})
            self.tell("created", by, data, at=self.arrived_at)
        return self

    def answer(self, rule: IdealRule, is_so: bool | None, by: User) -> Done:
        """Say whether a rule that people judge holds for this lead; None: nobody knows."""
        with transaction.atomic():
            self.take(by)
            if is_so is None:
                self.answers.filter(rule=rule).delete()
            else:
                self.answers.update_or_create(rule=rule, defaults={"is_so": is_so, "by": by})
            self.judge()
        return Done("answered")

    def judge(self) -> None:
        """Bring `fit` up to date with the rules."""
        self.fit = fit([verdict for _, verdict in self.judged()])
        Lead.objects.filter(pk=self.pk).update(fit=self.fit)

    def become(self, organization: Organization, contact: Contact, by: User) -> Event:
        """Note that it is a deal of this organization now; the deal takes `case`. Refusal: converted."""
        with transaction.atomic():
            self._take_open(by)
            self._keep(
                profile="qualified",
                disqualified_for="",
                organization=organization,
                contact=contact,
                converted_at=datetime.now(UTC),
            )
            return self.tell("converted", by, {"organization": str(organization.pk)})

    def unbecome(self, by: User) -> None:
        """Take back that it became a deal; whoever calls has taken back the deal. Refusal: not_converted."""
        with transaction.atomic():
            self.take(by)
            if not self.converted_at:
                raise Refusal("not_converted")
            event = self._own_events().filter(kind="converted").last()
            if event:
                void(event, by)
            self._keep(converted_at=None, organization=None, contact=None, **self._profile_told())

    def undo_event(self, event_id: UUID, by: User) -> Done:
        """Take back the latest act of its own. Refusal: cannot_undo, not_latest, converted."""
        with transaction.atomic():
            self._take_open(by)
            events = self._own_events().reverse()
            event = events.filter(pk=event_id, kind__in=UNDOABLE).first()
            if event is None:
                raise Refusal("cannot_undo")
            if event != events.exclude(kind="field_changed").first():
                raise Refusal("not_latest")
            void(event, by)
            UNDOABLE[event.kind](self)
            return Done("undone")

    def keep_up(self) -> None:
        country = self.country or dialled_in(culture_of(self.person or self.company, ""))
        self.be_found(keys_of(_way(self.email), _way(self.phone), country, self.website))
        self.judge()


UNDOABLE: Mapping[str, Callable[[Lead], None]] = {
    "profiled": Lead._profile_back,
    "owner_changed": Lead._owner_back,
    "handed_over": Lead._hand_over_back,
    "hand_over_accepted": Lead._accept_back,
    "hand_over_returned": Lead._return_back,
}
"""What an undone event is put back by."""


def _way(value: str) -> list[dict[str, str]]:
    return [{"value": value}] if value.strip() else []
