"""Marketing gives a lead to sales: handed over, accepted or sent back, and timed."""

from datetime import UTC, datetime

from django.db import models, transaction
from django.db.models import Q

from infield.accounts.models import User
from infield.accounts.roles import WRITERS
from infield.people.leads.record.models import LeadRecord
from infield.people.records.models import UNCHANGED, Done
from infield.people.refusals import Refusal
from infield.web.ids import new_id

RETURN_REASONS = ("too_early", "not_a_fit", "not_reached", "wrong_person", "other")
"""Why sales sends a lead back to marketing."""
KEEPS_UNASSIGNED = frozenset({"marketing", "manager", "operations", "admin"})
"""Roles that see, and give away, leads that nobody answers for yet."""


class HandOver(models.Model):
    """Marketing gave a lead to somebody in sales, who accepts it or sends it back with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lead = models.ForeignKey("people.Lead", models.PROTECT, related_name="hand_overs")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True, default="")
    accepted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_for = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(returned_at__isnull=True), name="hand_over_one_end"
            ),
            models.UniqueConstraint(
                fields=["lead"],
                condition=Q(accepted_at__isnull=True, returned_at__isnull=True),
                name="hand_over_waits_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lead_id} {self.at:%Y-%m-%d}"


class Handing(LeadRecord):
    """Who answers for a lead, and how it comes to them."""

    class Meta(LeadRecord.Meta):
        abstract = True

    def assign(self, owner: User, by: User) -> Done:
        """Say who answers for it, without a hand-over. Refusal: owner_cannot_work."""
        with transaction.atomic():
            self._take_open(by)
            if not owner.may("people"):
                raise Refusal("owner_cannot_work")
            if owner.pk == self.owner_id:
                return UNCHANGED
            self._keep(owner=owner)
            return self._told("owner_changed", by, {"owner": str(owner.pk)})

    def hand_over(self, to: User, by: User, note: str = "") -> Done:
        """Give it from marketing to somebody in sales, who accepts it or sends it back.

        Refusal: owner_cannot_work (who does not sell), already_handed_over, disqualified, converted.
        """
        with transaction.atomic():
            self._take_open(by)
            if self.profile == "disqualified":
                raise Refusal("disqualified")
            if not (to.active and to.role in WRITERS):
                raise Refusal("owner_cannot_work")
            if self.waiting_hand_over():
                raise Refusal("already_handed_over")
            HandOver.objects.create(lead_id=self.pk, by=by, to=to, at=datetime.now(UTC), note=note.strip())
            self._keep(owner=to)
            data = {"person": str(to.pk), "owner": str(to.pk)}
            return self._told("handed_over", by, data, {"note": note})

    def accept(self, by: User) -> Done:
        """Take what was handed over. Refusal: not_handed_over, not_yours."""
        with transaction.atomic():
            waiting = self._take_handed(by)
            waiting.accepted_at = datetime.now(UTC)
            waiting.save(update_fields=["accepted_at"])
            self._keep()
            return self._told("hand_over_accepted", by, {})

    def send_back(self, reason: str, by: User, notes: str = "") -> Done:
        """Give it back to whoever handed it over.

        Refusal: unknown_reason, notes_missing, not_handed_over, not_yours.
        """
        with transaction.atomic():
            waiting = self._take_handed(by)
            if reason not in RETURN_REASONS:
                raise Refusal("unknown_reason")
            if reason == "other" and not notes.strip():
                raise Refusal("notes_missing")
            waiting.returned_at, waiting.returned_for = datetime.now(UTC), reason
            waiting.save(update_fields=["returned_at", "returned_for"])
            self._keep(owner=waiting.by)
            data = {"reason": reason, "owner": str(waiting.by_id)}
            return self._told("hand_over_returned", by, data, {"notes": notes})

    def waiting_hand_over(self) -> HandOver | None:
        """Give the hand-over that is neither accepted nor sent back."""
        return self._hand_overs().filter(accepted_at=None, returned_at=None).first()

    def _take_handed(self, by: User) -> HandOver:
        self._take_open(by)
        waiting = self.waiting_hand_over()
        if waiting is None:
            raise Refusal("not_handed_over")
        if waiting.to_id != by.pk and by.role not in KEEPS_UNASSIGNED:
            raise Refusal("not_yours")
        return waiting

    def _owner_back(self) -> None:
        owner = next(
            (event.data["owner"] for event in self._own_events().reverse() if "owner" in event.data), None
        )
        self._keep(owner=User.objects.filter(pk=owner).first() if owner else None)

    def _hand_over_back(self) -> None:
        self._last_hand_over().delete()
        self._owner_back()

    def _accept_back(self) -> None:
        last = self._last_hand_over()
        last.accepted_at = None
        last.save(update_fields=["accepted_at"])

    def _return_back(self) -> None:
        last = self._last_hand_over()
        last.returned_at, last.returned_for = None, ""
        last.save(update_fields=["returned_at", "returned_for"])
        self._owner_back()

    def _last_hand_over(self) -> HandOver:
        return self._hand_overs().order_by("-at")[:1].get()

    def _hand_overs(self) -> models.QuerySet[HandOver]:
        return HandOver.objects.filter(lead=self.pk)
