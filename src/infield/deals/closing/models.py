"""How a deal ends, and how it is opened again."""

from django.db import models
from django.db.models import QuerySet

from infield.accounts.models import User
from infield.deals.checks import LONGEST_NAME, needed, reason_for
from infield.deals.moving.models import Moving
from infield.deals.planning.models import NextStep, Planning, refuse_step
from infield.deals.reasons import LONGEST_REASON, LOST_REASONS, lost_reasons
from infield.deals.record.models import Done
from infield.deals.refusals import Refusal
from infield.process.flow import leaves_from
from infield.process.gate import after_the_sale
from infield.process.values import WayOut
from infield.web.compiled import compiled
from infield.web.ids import new_id


class LostReason(models.Model):
    """A reason of the team's own, or what the team made of one that every company knows (the same `key`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=LONGEST_REASON, default="")  # "": the name that comes with Infield
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name or self.key


class Closing(Moving, Planning):
    """Won, lost, put off, and open again."""

    class Meta(Moving.Meta):
        abstract = True

    def win(self, by: User, *, forced_because: str = "") -> Done:
        """Close it as sold. GateClosed: criteria up to the sale are open and no reason was given. Refusal: closed."""
        with self.one_act() as at:
            self._take(by, "outcome", "won")
            self._refuse_closed()
            way = self.sale_gate()
            words = {"reason": reason_for(way, forced_because, "")}
            data = self._amount_data() | ({} if way.is_open else {"forced": True})
            self.outcome, self.closed_at = "won", at
            self._save("outcome", "closed_at")
            return self._do("won", by, data, words, self.closed_at)

    def lose(self, reason: str, by: User, notes: str = "", competitor: str = "") -> Done:
        """Close it without a sale. `reason`: one of `reasons()`; `competitor`: from whom the buyer bought instead.

        Refusal: unknown_reason, notes_missing, too_long, closed.
        """
        with self.one_act() as at:
            self._take(by, "outcome", "lost")
            self._refuse_closed()
            if reason not in self.reasons():
                raise Refusal("unknown_reason", reason=reason)
            if len(competitor) > LONGEST_NAME:
                raise Refusal("too_long", most=LONGEST_NAME)
            words = {"notes": needed(notes, "notes_missing") if reason == "other" else notes}
            self.outcome, self.closed_at, self.lost_reason = "lost", at, reason
            self.lost_to = competitor.strip()
            self._save("outcome", "closed_at", "lost_reason", "lost_to")
            return self._do("lost", by, {"reason": reason}, words | {"competitor": competitor})

    def reasons(self) -> tuple[str, ...]:
        """Give the keys of the reasons for which it can be lost; wording.lost_reason names them."""
        return lost_reasons(self.map(), self.stage, tuple(reasons_in_use()))

    def postpone(self, step: NextStep, because: str, by: User, *, way_out: str = "") -> Done:
        """Let it rest until the day of `step`, which is its next step then.

        `way_out`: the map's "no for now" that this is, by its key: where that leads to another stage, the deal goes
        there. Refusal: because_missing, unknown_reason, next_step_missing, past_day, closed.
        """
        with self.one_act() as at:
            self._take(by, "parked_until", step.on)
            self._refuse_closed()
            words = {"reason": needed(because, "because_missing")}
            refuse_step(step, by)
            out = next((one for one in self.ways_to_rest() if one.key == way_out), None)
            if way_out and out is None:
                raise Refusal("unknown_reason", reason=way_out)
            data = {"due": step.on.isoformat()} | ({"reason": way_out} if way_out else {})
            # the rest is told last: a step that is planned later ends it
            events = [self._plan(step, by, at, parked_until=step.on)]
            if out and out.target and out.target != self.stage:
                before, self.stage, self.stage_entered_at = self.stage, out.target, at
                self._save("stage", "stage_entered_at")
                events.append(self._record("stage_entered", by, at, {"from": before, "reason": way_out}))
            return Done("postponed", (self._record("postponed", by, at, data, words), *events))

    def ways_to_rest(self) -> tuple[WayOut, ...]:
        """Give the ways in which the map says "no for now" to a deal in this stage."""
        return tuple(
            out
            for out in self.map().ways_out
            if out.kind == "not_now" and self.stage in leaves_from(self.map(), out.sources)
        )

    def reopen(self, by: User, because: str = "") -> Done:
        """Work on a closed deal again. Refusal: not_closed, client_already."""
        with self.one_act():
            self._take(by, "outcome", None)
            if self.outcome is None:
                raise Refusal("not_closed")
            if self.stage in after_the_sale(self.map()):
                raise Refusal("client_already")
            self.outcome, self.closed_at, self.lost_reason, self.lost_to = None, None, "", ""
            self._save("outcome", "closed_at", "lost_reason", "lost_to")
            words = {"reason": because}
            return self._do("reopened", by, {}, words)


def reasons_in_use() -> dict[str, str]:
    """Give the keys of the reasons of the team with their own names, "" for a name that comes with Infield."""
    own = {one.key: one for one in LostReason.objects.order_by("id")}
    kept = {
        key: own[key].name if key in own else "" for key in LOST_REASONS if not _is_archived(own.get(key))
    }
    added = {key: one.name for key, one in own.items() if key not in LOST_REASONS and not one.archived_at}
    # "another reason" stays the last
    return {key: name for key, name in (kept | added).items() if key != "other"} | (
        {"other": kept["other"]} if "other" in kept else {}
    )


def own_names() -> dict[str, str]:
    """Give the names that the team gave to reasons, archived ones too, by key."""
    return dict(_named())


@compiled
def _named() -> QuerySet[LostReason, tuple[str, str]]:
    return LostReason.objects.exclude(name="").values_list("key", "name")


def _is_archived(reason: LostReason | None) -> bool:
    return reason is not None and reason.archived_at is not None
