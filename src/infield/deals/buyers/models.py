"""Who takes part in the buyer's decision, and in which part."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.buyers.roles import LONGEST_ROLE, ROLES
from infield.deals.record.models import UNCHANGED, Done, Record, told_of
from infield.deals.refusals import Refusal
from infield.deals.state import Told
from infield.history.models import Event
from infield.people.models import Contact


class Stakeholder(models.Model):
    """A person of the buyer with a part in the decision; buyers/roles.py says which parts there are."""

    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="stakeholders")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="stakes")
    role = models.CharField(max_length=LONGEST_ROLE)
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["deal", "contact"], name="stakeholder_once"),
            models.CheckConstraint(condition=~Q(role=""), name="stakeholder_with_role"),
        )

    def __str__(self) -> str:
        return self.role


class Bought(Record):
    """The people on the buyer's side."""

    class Meta(Record.Meta):
        abstract = True

    def buying_roles(self) -> tuple[str, ...]:
        """Give the parts in a decision: those every deal knows, and those its map asks for."""
        asked = (criterion.proof.stakeholder for _, criterion in self.map().criteria())
        return tuple(dict.fromkeys((*ROLES[:-1], *(role for role in asked if role), ROLES[-1])))

    def set_stakeholder(self, contact: Contact, role: str, by: User) -> Done:
        """Give a person a part in the decision, in place of the one before; "": none any more.

        Refusal: unknown_role, lost.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_lost()
            if role and role not in self.buying_roles():
                raise Refusal("unknown_role")
            there = Stakeholder.objects.filter(deal_id=self.pk, contact=contact).first()
            if (there.role if there else "") == role:
                return UNCHANGED
            data = {"person": str(contact.pk), "role": role or None}
            event = self._record("stakeholder_set", by, at, data, {"person": str(contact)})
            keep_stakeholder(self.pk, str(contact.pk), told_of(event))
            return Done("stakeholder_set", (event,))


def keep_stakeholder(deal: UUID, contact: str, event: Told | None) -> None:
    """Write the row of a person as an event tells it; none where the person has no part any more."""
    Stakeholder.objects.filter(deal_id=deal, contact_id=contact).delete()
    if event and event.data.get("role"):
        Stakeholder.objects.create(
            deal_id=deal, contact_id=contact, role=event.data["role"], event_id=event.id
        )
