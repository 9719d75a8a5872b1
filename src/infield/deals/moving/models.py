"""Moving a deal through its map, and the criteria it meets on the way."""

from django.db.models import QuerySet

from infield.accounts.models import User
from infield.deals.checks import needed, reason_for, refuse_other_side, refuse_unknown
from infield.deals.proofs import asks
from infield.deals.record.models import UNCHANGED, Done, MetCriterion, Record
from infield.process.gate import Gate, gate, sale_gate
from infield.process.models import ProcessVersion


class Moving(Record):
    """What lets a deal pass a gate, and passing it."""

    class Meta(Record.Meta):
        abstract = True

    def met_keys(self) -> frozenset[str]:
        """Give the keys of the criteria that are met."""
        return frozenset(self._met().values_list("criterion", flat=True))

    def gate_to(self, stage: str) -> Gate:
        """Give what is open between its stage and another; Refusal: unknown_stage."""
        refuse_unknown(self.map(), stage=stage)
        return gate(self.map(), self.met_keys(), self.stage, stage)

    def sale_gate(self) -> Gate:
        """Give what is open between its stage and the sale."""
        return sale_gate(self.map(), self.met_keys(), self.stage)

    def move_to(self, stage: str, by: User, *, forced_because: str = "", back_because: str = "") -> Done:
        """Move to another stage of its map.

        GateClosed: required criteria are open and no reason was given for moving all the same.
        Refusal: reason_missing (a move back), unknown_stage, win_first, before_sale, lost.
        """
        with self.one_act() as at:
            self._take(by, "stage", stage)
            way = self.gate_to(stage)
            if stage == self.stage:
                return UNCHANGED
            refuse_other_side(self.map(), self.outcome, stage)
            reason = reason_for(way, forced_because, back_because)
            data = {"from": self.stage} | ({} if way.is_open else {"forced": True})
            self.stage, self.stage_entered_at = stage, at
            self._save("stage", "stage_entered_at")
            return self._do("stage_entered", by, data, {"reason": reason}, self.stage_entered_at)

    def meet(self, criterion: str, by: User, evidence: str) -> Done:
        """Tick a criterion of any stage, with what shows that it is met.

        Needs no fresh lock: two people who tick the same mean the same. Refusal: evidence_missing,
        unknown_criterion, lost.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_lost()
            refuse_unknown(self.map(), criterion=criterion)
            if self._met().filter(criterion=criterion).exists():
                return UNCHANGED
            data = {"criterion": criterion, "proof": {"tick": True}}
            words = {"evidence": needed(evidence, "evidence_missing")}
            event = self._record("criterion_met", by, at, data, words)
            self._met().create(deal_id=self.pk, criterion=criterion, event=event)
            return Done("criterion_met", (event,))

    def withdraw(self, criterion: str, by: User, because: str = "") -> Done:
        """Take a criterion's tick away. Refusal: unknown_criterion, lost."""
        with self.one_act():
            self._take(by)
            self._refuse_lost()
            refuse_unknown(self.map(), criterion=criterion)
            if not self._met().filter(criterion=criterion).delete()[0]:
                return UNCHANGED
            data, words = {"criterion": criterion}, {"reason": because}
            return self._do("criterion_withdrawn", by, data, words)

    def change_version(self, version: ProcessVersion, stage: str, by: User) -> Done:
        """Run on another version of its map, or on another map, from the stage `stage` of it on.

        What is met stays met where the new map has the same criteria. Refusal: unknown_stage, win_first, before_sale,
        lost.
        """
        with self.one_act() as at:
            self._take(by, "version_id", version.pk)
            refuse_unknown(version.map(), stage=stage)
            refuse_other_side(version.map(), self.outcome, stage)
            if (version.pk, stage) == (self.version_id, self.stage):
                return UNCHANGED
            before, self.stage, self.version = self.stage, stage, version
            self._save("stage", "version")
            data = {"field": "version", "value": str(version.pk), "map": str(version.process_id)}
            events = [self._record("field_changed", by, at, data)]
            if stage != before:
                self.stage_entered_at = at
                self._save("stage_entered_at")
                events.append(self._record("stage_entered", by, at, {"from": before}))
            if asks(version.map()):
                self._proving = by
            return Done("version_changed", tuple(events))

    def _met(self) -> QuerySet[MetCriterion]:
        return MetCriterion.objects.filter(deal_id=self.pk)
