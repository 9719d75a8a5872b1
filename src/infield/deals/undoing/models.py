"""Taking an act back."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.db.models.functions import Coalesce

from infield.accounts.models import User
from infield.accounts.owning.actions import follow_owner
from infield.deals.buyers.models import keep_stakeholder
from infield.deals.facts.models import keep_exchange, keep_fact
from infield.deals.naming.models import Naming
from infield.deals.own.models import Own, keep_own
from infield.deals.papers.models import keep_document
from infield.deals.products.models import keep_items
from infield.deals.proofs import asks
from infield.deals.qualifying.models import keep_answer
from infield.deals.record.models import UNCHANGED, Done, MetCriterion
from infield.deals.refusals import Refusal
from infield.deals.state import State, Subject, Told, act_of, columns_of, state_of, subject_of
from infield.fields.models import PREFIX
from infield.history.actions import void
from infield.history.models import OWN_SOURCES, Event
from infield.people.models import Contact, Organization

type Keep = Callable[[UUID, str, Told | None], None]

KEEPS: Mapping[str, Keep] = {
    "field": keep_fact,
    "person": keep_stakeholder,
    "answer": keep_answer,
    "document": keep_document,
}
"""By group of subjects: what writes the row that its latest event tells, or takes it away."""

LISTS: Mapping[str, Keep] = {"items": keep_items, "exchange": keep_exchange}
"""The facts that are lists, with rows of their own."""


NEVER_EMPTY = frozenset({"stage", "version_id", "title", "organization_id"})
"""Columns that cannot be put back where the log does not tell what stood there, or no longer does."""


def keeper_of(group: str, key: str) -> Keep:
    """Give what writes the rows of a subject."""
    if group == "field" and key.startswith(PREFIX):
        return keep_own
    return LISTS.get(key, KEEPS[group]) if group == "field" else KEEPS[group]


def _who_it_is_now(person: UUID) -> UUID | None:
    """Give the record that somebody an event names has become; None where they were erased."""
    now: UUID | None = (
        Contact.objects.filter(pk=person).values_list(Coalesce("merged_into", "pk"), flat=True).first()
    )
    return now


def _which_it_is_now(organization: UUID) -> UUID:
    """Give the record that an organization has become."""
    now: UUID = Organization.objects.values_list(Coalesce("merged_into", "pk"), flat=True).get(
        pk=organization
    )
    return now


class Undoing(Naming, Own):
    """Undo: what was done counts no more."""

    class Meta(Own.Meta):
        abstract = True

    def undo(self, event_id: UUID, by: User) -> Done:
        """Take an act back: its events count no more and the deal is as it was before; again, nothing happens.

        Refusal: not_of_this_deal, cannot_undo (an import's event, the beginning), not_latest (a later act
        changed the same).
        """
        with self.one_act():
            self._take(by, even_archived=True)
            event = Event.objects.filter(case=self.case, object_id=self.pk, pk=event_id).first()
            if event is None:
                raise Refusal("not_of_this_deal")
            if event.source not in OWN_SOURCES:
                raise Refusal("cannot_undo")
            if Event.objects.filter(voids=event).exists():
                return UNCHANGED
            told = self.told()
            act = act_of(told, event.pk)
            subjects = {subject_of(one) for one in told if one.id in act} - {None}
            self._put_back(
                state_of(one for one in told if one.id not in act), [one for one in subjects if one]
            )
            taken_back = Event.objects.filter(pk__in=act).order_by("-position")
            if asks(self.map()):
                self._proving = by
            return Done("undone", tuple(void(one, by) for one in taken_back))

    def _put_back(self, state: State, subjects: Iterable[Subject]) -> None:
        columns = [column for subject in sorted(subjects) for column in columns_of(subject)]
        if any(column in NEVER_EMPTY and not getattr(state, column) for column in columns):
            raise Refusal("cannot_undo")
        owner = self.owner_id
        for column in columns:
            setattr(self, column, getattr(state, column))
        if "next_person_id" in columns and self.next_person_id:
            self.next_person_id = _who_it_is_now(self.next_person_id)
        if "organization_id" in columns:
            self.organization_id = _which_it_is_now(self.organization_id)
        if columns:
            self._save(*columns)
            follow_owner(self, owner)
        if {"title", "organization_id"} & set(columns):
            self.be_found()
        for group, key in subjects:
            if group == "criterion":
                self._put_back_criterion(key, state.met.get(key))
            elif group in KEEPS and not columns_of((group, key)):
                keeper_of(group, key)(self.pk, key, state.kept.get((group, key)))

    def _put_back_criterion(self, criterion: str, event: UUID | None) -> None:
        MetCriterion.objects.filter(deal_id=self.pk, criterion=criterion).delete()
        if event:
            MetCriterion.objects.create(deal_id=self.pk, criterion=criterion, event_id=event)
