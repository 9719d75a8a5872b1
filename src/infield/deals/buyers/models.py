"""Who takes part in the buyer's decision, and in which part."""

from django.db import models
from django.db.models import Q

from infield.deals.buyers.roles import LONGEST_ROLE
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
