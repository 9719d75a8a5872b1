"""How a deal ends, and how it is opened again."""

from datetime import UTC, datetime

from django.db import models, transaction

from infield.accounts.models import User
from infield.deals.checks import needed, reason_for
from infield.deals.moving.models import Moving
from infield.deals.reasons import LONGEST_REASON, lost_reasons
from infield.deals.record.models import Done
from infield.deals.refusals import Refusal
from infield.process.gate import after_the_sale
from infield.web.ids import new_id


class LostReason(models.Model):
    """A reason of the team's own, or what the team made of one that every company knows (the same `key`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=LONGEST_REASON, default="")  # "": the name that comes with Infield
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name or self.key


class Closing(Moving):
    """Won, lost, and open again."""

    class Meta(Moving.Meta):
        abstract = True

    def win(self, by: User, *, forced_because: str = "") -> Done:
        """Close it as sold. GateClosed: criteria up to the sale are open and no reason was given. Refusal: closed."""
        with transaction.atomic():
            self._take(by, "outcome", "won")
            self._refuse_closed()
            way = self.sale_gate()
            words = {"reason": reason_for(way, forced_because, "")}
            data = self._amount_data() | ({} if way.is_open else {"forced": True})
            self.outcome, self.closed_at = "won", datetime.now(UTC)
            self._save("outcome", "closed_at")
            return self._do("won", by, data, words, self.closed_at)

    def lose(self, reason: str, by: User, notes: str = "") -> Done:
        """Close it without a sale. `reason`: one of `reasons()`. Refusal: unknown_reason, notes_missing, closed."""
        with transaction.atomic():
            self._take(by, "outcome", "lost")
            self._refuse_closed()
            if reason not in self.reasons():
                raise Refusal("unknown_reason", reason=reason)
            words = {"notes": needed(notes, "notes_missing") if reason == "other" else notes}
            self.outcome, self.closed_at, self.lost_reason = "lost", datetime.now(UTC), reason
            self._save("outcome", "closed_at", "lost_reason")
            return self._do("lost", by, {"reason": reason}, words, self.closed_at)

    def reasons(self) -> tuple[str, ...]:
        """Give the keys of the reasons for which it can be lost; wording.lost_reason names them."""
        return lost_reasons(self.map(), self.stage)

    def reopen(self, by: User, because: str = "") -> Done:
        """Work on a closed deal again. Refusal: not_closed, client_already."""
        with transaction.atomic():
            self._take(by, "outcome", None)
            if self.outcome is None:
                raise Refusal("not_closed")
            if self.stage in after_the_sale(self.map()):
                raise Refusal("client_already")
            self.outcome, self.closed_at, self.lost_reason = None, None, ""
            self._save("outcome", "closed_at", "lost_reason")
            words = {"reason": because}
            return self._do("reopened", by, {}, words)
