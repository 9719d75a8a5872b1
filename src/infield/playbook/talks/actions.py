"""What happens about an objection on a deal: the buyer raises it, we answer, it is resolved or stands."""

from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from infield.accounts.models import User
from infield.deals.models import UNCHANGED, Deal, Done
from infield.deals.refusals import Refusal
from infield.history.actions import void
from infield.history.models import Event
from infield.people.models import Contact
from infield.playbook.models import GivenAnswer, Objection, PreparedAnswer, RaisedObjection
from infield.playbook.shipped import OBJECTIONS, prepared


def raise_objection(
    deal: Deal,
    by: User,
    objection: str,
    *,
    words: str = "",
    person: Contact | None = None,
    answer: str = "",
    answer_words: str = "",
    is_resolved: bool = False,
) -> Done:
    """Note an objection of the library on a deal, and in the same act the answer that was given, where there was one.

    `words`: how the buyer said it; `answer`: the key of a prepared answer; `answer_words`: an answer of one's own.
    Gives what to undo by. PermissionDenied: `by` may not write here. Refusal: unknown_objection, unknown_answer,
    not_at_the_buyer, lost, history_only.
    """
    _refuse_unknown(objection, answer)
    at = datetime.now(UTC)
    with transaction.atomic():
        if person and person.organization_id != deal.organization_id:
            raise Refusal("not_at_the_buyer")
        data = {"objection": objection} | ({"person": str(person.pk)} if person else {})
        event = deal.note("objection_raised", by, data, {"objection": words}, at)
        raised = RaisedObjection.objects.create(
            deal=deal, objection=objection, stage=deal.stage, person=person, raised_at=at, raised=event
        )
        if not (answer or answer_words.strip() or is_resolved):
            return Done("objection_raised", (event,))
        told = _answer(raised, deal, by, answer, answer_words, at, is_resolved=is_resolved)
        return Done(told.kind, (event, told))


def answer_objection(
    raised: RaisedObjection, by: User, *, answer: str = "", words: str = "", is_resolved: bool
) -> Done:
    """Note the answer that was given, and whether the objection is resolved or stands.

    An objection may be resolved without an answer: it went away by itself. Refusal: answer_missing (it stands, and
    nothing was said), unknown_answer, resolved_already, lost, history_only.
    """
    _refuse_unknown(raised.objection, answer)
    if not (is_resolved or answer or words.strip()):
        raise Refusal("answer_missing")
    with transaction.atomic():
        raised = RaisedObjection.objects.select_for_update().get(pk=raised.pk)
        if raised.resolved_id:
            raise Refusal("resolved_already")
        deal = Deal.objects.get(pk=raised.deal_id)
        told = _answer(raised, deal, by, answer, words, datetime.now(UTC), is_resolved=is_resolved)
        return Done(told.kind, (told,))


def undo_objection(deal: Deal, event_id: UUID, by: User) -> Done:
    """Take an objection or an answer back, the latest first; again, nothing happens.

    Refusal: not_of_this_deal, cannot_undo (an event of another kind), not_latest (answers came after it).
    """
    with transaction.atomic():
        deal.hold(by)
        event = Event.objects.filter(case=deal.case, object_id=deal.pk, pk=event_id).first()
        if event is None:
            raise Refusal("not_of_this_deal")
        if Event.objects.filter(voids=event).exists():
            return UNCHANGED
        raised = _raised_by(event)
        later = raised.answers.filter(event__position__gt=event.position)
        if later.exclude(event__at=event.at).exists():
            raise Refusal("not_latest")
        return Done("undone", tuple(void(one, by) for one in _forget(raised, event)))


def _answer(
    raised: RaisedObjection, deal: Deal, by: User, answer: str, words: str, at: datetime, *, is_resolved: bool
) -> Event:
    kind = "objection_resolved" if is_resolved else "objection_answered"
    data = {"objection": raised.objection} | ({"answer": answer} if answer else {})
    event = deal.note(kind, by, data, {"answer": words}, at)
    if answer or words.strip():
        raised.answers.create(objection=raised.objection, answer=answer, stage=deal.stage, event=event)
    if is_resolved:
        raised.resolved = event
        raised.save(update_fields=["resolved"])
    return event


def _raised_by(event: Event) -> RaisedObjection:
    """Give the objection that an event is about. Refusal: cannot_undo."""
    found = (
        RaisedObjection.objects.filter(raised=event).first()
        or RaisedObjection.objects.filter(resolved=event).first()
        or RaisedObjection.objects.filter(answers__event=event).first()
    )
    if found is None:
        raise Refusal("cannot_undo")
    return found


def _forget(raised: RaisedObjection, event: Event) -> list[Event]:
    """Take what an event said off the rows; gives the events that count no more, the latest first."""
    if raised.raised_id == event.pk:
        gone = [one.event for one in raised.answers.select_related("event")]
        if raised.resolved and raised.resolved not in gone:
            gone.append(raised.resolved)
        raised.delete()
        return sorted((event, *gone), key=lambda one: -one.position)
    if raised.resolved_id == event.pk:
        raised.resolved = None
        raised.save(update_fields=["resolved"])
    GivenAnswer.objects.filter(event=event).delete()
    return [event]


def _refuse_unknown(objection: str, answer: str) -> None:
    if objection not in OBJECTIONS and not Objection.objects.filter(key=objection).exists():
        raise Refusal("unknown_objection")
    if not answer or answer in prepared(objection):
        return
    if not PreparedAnswer.objects.filter(objection=objection, key=answer).exists():
        raise Refusal("unknown_answer")
