"""What happens about an objection on a deal: the buyer raises it, we answer, it is resolved or stands."""

from uuid import UUID

from infield.accounts.models import User
from infield.deals.models import UNCHANGED, Deal, Done
from infield.deals.refusals import Refusal
from infield.history.models import Event
from infield.people.models import Contact
from infield.playbook.models import GivenAnswer, Objection, PreparedAnswer, RaisedObjection
from infield.playbook.shipped import OBJECTIONS, objection, prepared
from infield.process.texts import in_language


def raise_objection(
    deal: Deal,
    by: User,
    key: str,
    *,
    words: str = "",
    person: Contact | None = None,
    answer: str = "",
    answer_words: str = "",
    is_resolved: bool = False,
) -> Done:
    """Note an objection on a deal by its key in the library, and in the same act the answer given, if any.

    `words`: how the buyer said it; `answer`: the key of a prepared answer; `answer_words`: an answer of one's own.
    Gives what to undo by. PermissionDenied: `by` may not write here. Refusal: unknown_objection, unknown_answer,
    not_at_the_buyer, lost, history_only.
    """
    text = objection_text(key, by.language)
    if answer:
        answer_text(key, answer, by.language)
    with deal.one_act():
        if person and person.organization_id != deal.organization_id:
            raise Refusal("not_at_the_buyer")
        data = {"objection": key} | ({"person": str(person.pk)} if person else {})
        said = {"objection": text, "said": words, "person": str(person or "")}
        event = deal.tell("objection_raised", by, data, said)
        raised = RaisedObjection.objects.create(
            deal=deal,
            objection=key,
            stage=deal.stage,
            person=person,
            raised_at=event.at,
            raised=event,
        )
        if not (answer or answer_words.strip() or is_resolved):
            return Done("objection_raised", (event,))
        told = _answer(raised, deal, by, answer, answer_words, is_resolved=is_resolved)
        return Done(told.kind, (event, told))


def answer_objection(
    raised: RaisedObjection, by: User, *, answer: str = "", words: str = "", is_resolved: bool
) -> Done:
    """Note the answer that was given, and whether the objection is resolved or stands.

    An objection may be resolved without an answer: it went away by itself. Refusal: answer_missing (it stands, and
    nothing was said), unknown_answer, resolved_already, lost, history_only.
    """
    if not (is_resolved or answer or words.strip()):
        raise Refusal("answer_missing")
    deal = Deal.objects.get(pk=raised.deal_id)
    with deal.one_act():
        raised = RaisedObjection.objects.select_for_update().get(pk=raised.pk)
        if raised.resolved_id:
            raise Refusal("resolved_already")
        told = _answer(raised, deal, by, answer, words, is_resolved=is_resolved)
        return Done(told.kind, (told,))


def undo_objection(deal: Deal, event_id: UUID, by: User) -> Done:
    """Take an objection or an answer back, the latest first; again, nothing happens.

    Refusal: not_of_this_deal, cannot_undo (an event of another kind), not_latest (answers came after it).
    """
    with deal.one_act():
        event = Event.objects.filter(case=deal.case, object_id=deal.pk, pk=event_id).first()
        if event is None:
            raise Refusal("not_of_this_deal")
        if Event.objects.filter(voids=event).exists():
            return UNCHANGED
        raised = _raised_by(event)
        later = raised.answers.filter(event__position__gt=event.position)
        if later.exclude(event__at=event.at).exists():
            raise Refusal("not_latest")
        return deal.take_back(_forget(raised, event), by)


def objection_text(key: str, language: str) -> str:
    """Give what an objection of the library says. Refusal: unknown_objection."""
    row = Objection.objects.filter(key=key).first()
    if row is None and key not in OBJECTIONS:
        raise Refusal("unknown_objection")
    texts = {**(objection(key) if key in OBJECTIONS else {}), **(row.texts if row else {})}
    return in_language(texts, language, "en")


def answer_text(of: str, key: str, language: str) -> str:
    """Give what a prepared answer says. Refusal: unknown_answer."""
    shipped = prepared(of).get(key)
    row = PreparedAnswer.objects.filter(objection=of, key=key).first()
    if row is None and shipped is None:
        raise Refusal("unknown_answer")
    return in_language({**(shipped or {}), **(row.texts if row else {})}, language, "en")


def _answer(
    raised: RaisedObjection, deal: Deal, by: User, answer: str, words: str, *, is_resolved: bool
) -> Event:
    kind = "objection_resolved" if is_resolved else "objection_answered"
    data = {"objection": raised.objection} | ({"answer": answer} if answer else {})
    said = words.strip() or (answer_text(raised.objection, answer, by.language) if answer else "")
    event = deal.tell(
        kind, by, data, {"objection": objection_text(raised.objection, by.language), "answer": said}
    )
    if said:
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
