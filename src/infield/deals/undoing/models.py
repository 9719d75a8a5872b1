"""Taking an act back."""

from uuid import UUID

from django.db import transaction

from infield.accounts.models import User
from infield.deals.own.models import Own
from infield.deals.record.models import UNCHANGED, Done, MetCriterion
from infield.deals.refusals import Refusal
from infield.deals.state import State, act_of, facts_of, state_of
from infield.fields.models import PREFIX
from infield.history.actions import void
from infield.history.models import Event


class Undoing(Own):
    """Undo: what was done counts no more."""

    class Meta(Own.Meta):
        abstract = True

    def undo(self, event_id: UUID, by: User) -> Done:
        """Take an act back: its events count no more and the deal is as it was before; again, nothing happens.

        Refusal: not_of_this_deal, cannot_undo (an import's event, the beginning), not_latest (a later act
        changed the same).
        """
        with transaction.atomic():
            self._take(by)
            event = Event.objects.filter(case=self.case, object_id=self.pk, pk=event_id).first()
            if event is None:
                raise Refusal("not_of_this_deal")
            if Event.objects.filter(voids=event).exists():
                return UNCHANGED
            told = self.told()
            act = act_of(told, event.pk)
            state = state_of(one for one in told if one.id not in act)
            if str(event.data.get("field", "")).startswith(PREFIX):
                self._put_back_own(state, event.data["field"])
            self._put_back(state, event.kind)
            taken_back = Event.objects.filter(pk__in=act).order_by("-position")
            return Done("undone", tuple(void(one, by) for one in taken_back))

    def _put_back(self, state: State, kind: str) -> None:
        facts = facts_of(kind)
        if "stage" in facts and not state.stage:
            raise Refusal("cannot_undo")
        for fact in facts:
            setattr(self, fact, getattr(state, fact))
        self._save(*facts)
        if kind.startswith("criterion_"):
            met = MetCriterion.objects.filter(deal_id=self.pk)
            met.exclude(event__in=state.met.values()).delete()
            for criterion, event in state.met.items():
                met.get_or_create(deal_id=self.pk, criterion=criterion, defaults={"event_id": event})
