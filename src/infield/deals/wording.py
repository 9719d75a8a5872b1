"""The sentences of this room, in the active language: refusals, what an act did, the lines of a timeline.

In: codes, parameters, and the map whose names are spoken. Every message stands here as one whole.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infield.deals.reasons import LOST_REASONS
from infield.deals.refusals import Refusal
from infield.deals.state import FIELD_COLUMNS, by_hand
from infield.deals.terms.wording import (
    activity_name,
    answer_word,
    document_name,
    fact_name,
    question_text,
    role_name,
    told_value,
)
from infield.people.wording import HAPPENED as OF_LEADS
from infield.people.wording import PROFILE_NAMES
from infield.process.texts import in_language
from infield.process.values import Criterion, ProcessMap
from infield.web.dates import day
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message
from infield.web.money import Money

if TYPE_CHECKING:
    from infield.deals.models import Done
    from infield.deals.state import Told

REFUSALS: Mapping[str, str] = {
    "stale": N_("Somebody changed this meanwhile. Look at what stands there now, then decide again."),
    "reason_missing": N_("Say why the deal goes back: whoever reads the map later learns from it."),
    "evidence_missing": N_("Say what shows that it is met, such as who said so and when."),
    "notes_missing": N_("Say in a few words what the reason was."),
    "organization_missing": N_("Say which company the deal is with."),
    "too_long": N_("That is too long: {most} letters at most."),
    "title_missing": N_("Give the deal a name."),
    "next_step_missing": N_("Say what comes next."),
    "past_day": N_("That day is over. Choose today or a later one."),
    "no_next_step": N_("There is no next step to finish."),
    "negative_amount": N_("An amount cannot be below zero."),
    "unknown_stage": N_("The map of this deal has no such stage."),
    "unknown_criterion": N_("The map of this deal has no such criterion."),
    "unknown_reason": N_("Choose one of the reasons."),
    "win_first": N_("That stage comes after the sale. Mark the deal as won first."),
    "after_sale": N_("That stage comes after the sale. A deal begins before it."),
    "before_sale": N_("The deal is won. Reopen it before you move it back."),
    "client_already": N_("The client is past the sale. Undo the later steps first."),
    "lost": N_("The deal is lost. Reopen it to work on it."),
    "closed": N_("The deal is closed. Reopen it to change this."),
    "not_closed": N_("The deal is open already."),
    "history_only": N_("The deal was imported as history. It can be read, not worked on."),
    "owner_cannot_work": N_("That person cannot work on deals. Choose somebody else."),
    "unknown_field": N_("Deals have no such field."),
    "not_of_this_deal": N_("That did not happen to this deal."),
    "cannot_undo": N_("This cannot be undone."),
    "archived": N_("The deal is in the archive. Take it out to work on it."),
    "because_missing": N_("Say why: whoever takes the deal up later will want to know."),
    "unknown_fact": N_("Neither Infield nor the map of this deal knows such a field."),
    "too_many_days": N_("That is too long: {most} days at most."),
    "too_many": N_("That is too many: {most} at most."),
    "too_large": N_("This is more than can be kept."),
    "unknown_exchange": N_(
        "Choose what is given and what is received: a product, a service, or cash or kind."
    ),
    "unknown_role": N_("Choose one of the parts in the decision."),
    "unknown_question": N_("The map of this deal has no such question."),
    "unknown_answer": N_("Choose yes, partly, no or unknown."),
    "unknown_document": N_("Choose one of the kinds of documents."),
    "unknown_product": N_("Choose products that are on sale."),
    "quantity_not_positive": N_("Say how many: more than none, and fewer than a milliard."),
    "discount_too_large": N_("A discount is between 0 and 100 percent."),
    "several_currencies": N_(
        "The lines are in several currencies and have no one sum. Write the amount of the deal yourself."
    ),
    "name_missing": N_("Give it a name."),
    "name_taken": N_("There is one of this name already."),
    "link_missing": N_("Give the link, or choose a file."),
    "bad_link": N_("A link begins with https:// or http://"),
    "file_too_large": N_("The file is too large: {most} MB at most."),
    "file_empty": N_("The file is empty."),
    "file_type": N_("Files of this type are not taken. Choose one of these: {types}."),
    "file_differs": N_("The file is not what its name says. Save it again in the right format."),
    "not_latest": N_("Something later changed the same. Undo that first."),
}

DEEDS: Mapping[str, str] = {
    "stage_entered": N_("Moved to {stage}."),
    "criterion_met": N_("Met: {criterion}"),
    "criterion_withdrawn": N_("No longer met: {criterion}"),
    "next_step_set": N_("Next step set."),
    "activity_done": N_("Done."),
    "won": N_("Won."),
    "lost": N_("Closed as lost."),
    "reopened": N_("Open again."),
    "amount_changed": N_("Amount changed."),
    "owner_changed": N_("Handed over to {owner}."),
    "field_changed": N_("{field} changed."),
    "organization_merged": N_("The organization was merged with another record"),
    "items_changed": N_("Products changed."),
    "version_changed": N_("The deal now runs on {process}."),
    "stakeholder_set": N_("{person}: {role}"),
    "question_answered": N_("Answer noted."),
    "document_added": N_("Document added."),
    "postponed": N_("Rests until {due}."),
    "no_contact": N_("No further contact."),
    "archived": N_("Put into the archive."),
    "restored": N_("Taken out of the archive."),
    "own_field_changed": N_("Changed."),
    "undone": N_("Undone."),
    "unchanged": N_("Nothing to change."),
}

HAPPENED: Mapping[str, str] = {
    "created": N_("Deal created"),
    "lead_arrived": OF_LEADS["created"],
    "converted": N_("A lead became this deal"),
    "began": N_("Began in {stage}"),
    "stage_entered": N_("Moved from {from_stage} to {stage}"),
    "stage_forced": N_("Moved from {from_stage} to {stage} with criteria open"),
    "criterion_met": N_("Met: {criterion}"),
    "criterion_withdrawn": N_("No longer met: {criterion}"),
    "next_step_set": N_("Next step: {next_step}, {due}"),
    "activity_done": N_("Done: {activity}"),
    "refused": N_("A gate refused a move"),
    "owner_changed": N_("Handed over to {owner}"),
    "amount_changed": N_("Now worth {amount}"),
    "amount_unknown": N_("Amount taken away"),
    "close_set": N_("Expected to close on {value}"),
    "close_unknown": N_("Expected close taken away"),
    "field_changed": N_("{field}: {value}"),
    "field_emptied": N_("{field}: no longer known"),
    "organization_merged": N_("The organization was merged with another record"),
    "items_changed": N_("Products: {value}"),
    "version_changed": N_("Runs on {process} from now on"),
    "criterion_proved": N_("Met by itself: {criterion}"),
    "criterion_unproved": N_("No longer met, as its proof is gone: {criterion}"),
    "won": N_("Won"),
    "won_for": N_("Won: {amount}"),
    "won_forced": N_("Won with criteria open"),
    "lost": N_("Lost: {reason}"),
    "lost_to": N_("Lost to {competitor}: {reason}"),
    "postponed": N_("Postponed until {due}"),
    "reopened": N_("Opened again"),
    "stakeholder_set": N_("{person} in the decision: {role}"),
    "stakeholder_left": N_("{person} has no part in the decision any more"),
    "document_added": N_("Document added: {document}"),
    "document_named": N_("Document added: {document}, {name}"),
    "question_answered": N_("Answered: {question} {value}"),
    "objection_raised": N_("The buyer objected"),
    "objection_resolved": N_("Objection resolved"),
    "objection_answered": N_("Objection answered, and it stands"),
    "quote_presented": N_("Quote presented"),
    "verbally_agreed": N_("The buyer said yes"),
    "signed": N_("Contract signed"),
    "live": N_("In use"),
    "commission_due": N_("Commission due"),
    "graduated": N_("Passed to those who keep clients"),
    "referral_given": N_("The client named somebody else"),
    "profiled": N_("The lead was looked at: {profile}"),
    "handed_over": N_("Marketing handed the lead over to sales"),
    "hand_over_accepted": N_("Sales took the lead"),
    "hand_over_returned": N_("Sales sent the lead back to marketing"),
    "no_contact": N_("No further contact"),
    "cadence_started": N_("A follow-up cadence began"),
    "cadence_stopped": N_("A follow-up cadence ended"),
    "archived": N_("Put away into the archive"),
    "restored": N_("Taken out of the archive"),
    "merged": N_("A duplicate was merged into this one"),
}

REASONS: Mapping[str, str] = {
    "no_need": N_("No need"),
    "no_money": N_("No money"),
    "price": N_("Price"),
    "competitor": N_("Bought from somebody else"),
    "timing": N_("Wrong time"),
    "no_decision": N_("No decision"),
    "no_answer": N_("No answer any more"),
    "not_a_fit": N_("Not a fit for us"),
    "other": N_("Another reason"),
}

AMOUNT = re.compile(r"-?\d+ [A-Z]{3}")
SPOKEN = ("activity", "person", "name", "competitor", "question")
"""What a person wrote that is a part of the line itself."""

QUOTED = ("reason", "evidence", "notes", "objection", "said", "answer", "expected")
"""What a person wrote with an event, shown under its line."""


def refusal(refused: Refusal) -> str:
    """Give the sentence of a refusal; KeyError for a code that has none."""
    if refused.code == "gate_closed":
        count = int(str(refused.params["open"]))
        return ngettext(
            "{count} criterion is still open. Meet it, or say why the deal moves on all the same.",
            "{count} criteria are still open. Meet them, or say why the deal moves on all the same.",
            count,
        ).format(count=count)
    return _(REFUSALS[refused.code]).format(**refused.params)


def deed(done: "Done", process: ProcessMap, language: str, owner: str = "") -> str:
    """Give the sentence of what an act did, for the message with "Undo" in it; `owner`: the name of a new owner."""
    event = done.event
    if event is None:
        return _(DEEDS[done.what]).format(field="")
    data = event.data
    said = {words.name: words.text for words in event.words.all()}
    if done.what == "stakeholder_set" and not data.get("role"):
        left = HAPPENED["stakeholder_left"]
        return _(left).format(person=said.get("person", ""))
    return _(DEEDS[done.what]).format(
        stage=stage_name(event.stage, process, language),
        criterion=criterion_text(data.get("criterion", ""), process, language),
        owner=owner,
        field=fact_name(data.get("field", "")),
        process=in_language(process.name, language, process.language),
        person=said.get("person", ""),
        role=role_name(data.get("role") or ""),
        due=day(date.fromisoformat(data["due"][:10]), language) if data.get("due") else "",
    )


def happened(
    event: "Told",
    process: ProcessMap,
    names: Mapping[UUID, str],
    language: str,
    reasons: Mapping[str, str] | None = None,
) -> str:
    """Give the line of an event in a timeline; `names`: of users, by id; `reasons`: the team's own, by key."""
    data = {
        key: _spoken(key, value, process, names, language, reasons or {}) for key, value in event.data.items()
    }
    spoken = {
        "stage": stage_name(event.stage, process, language),
        "from_stage": data.get("from", ""),
        "amount": _amount(event.data, language),
        "next_step": event.said.get("next_step") or data.get("activity", ""),
        "process": in_language(process.name, language, process.language),
        **data,
        **{name: text for name, text in event.said.items() if name in SPOKEN},
    }
    if _is_own(event):
        spoken |= _own_words(event, language)
    elif event.kind == "field_changed" and data.get("field") and event.data["field"] not in FIELD_COLUMNS:
        spoken["value"] = told_value(event.data, event.said, language) or spoken.get("value", "")
    return _(HAPPENED[_happening(event)]).format_map(_Blank(spoken))


def lost_reason(
    reason: str, process: ProcessMap, language: str, reasons: Mapping[str, str] | None = None
) -> str:
    """Give the name of a reason for losing: the map's own way out, the team's own, or one that every company knows."""
    for out in process.ways_out:
        if out.key == reason:
            return in_language(out.name, language, process.language)
    if reasons and reasons.get(reason):
        return reasons[reason]
    return _(REASONS[reason]) if reason in LOST_REASONS else reason


def stage_name(key: str, process: ProcessMap, language: str) -> str:
    """Give a stage's name, or its key where the map does not know it."""
    found = next((stage for stage in process.stages if stage.key == key), None)
    return in_language(found.name, language, process.language) if found else key


def criterion_text(key: str, process: ProcessMap, language: str) -> str:
    """Give a criterion's text, or its key where the map does not know it."""
    found: Criterion | None = next((one for _stage, one in process.criteria() if one.key == key), None)
    return in_language(found.text, language, process.language) if found else key


def quote(event: "Told") -> str:
    """Give what a person wrote with an event; nothing where they wrote nothing, or were erased."""
    return "\n".join(event.said[name] for name in QUOTED if event.said.get(name))


def _happening(event: "Told") -> str:
    """Give the key of HAPPENED that tells an event: mostly its kind."""
    found = next(
        (name for kinds, applies, name in HAPPENINGS if event.kind in kinds and applies(event)), None
    )
    if found is None and event.kind == "field_changed":
        return _changed_field(str(event.data.get("field")), event)
    return found or event.kind


HAPPENINGS: tuple[tuple[tuple[str, ...], Callable[["Told"], bool], str], ...] = (
    (("created",), lambda event: "source" in event.data and "map" not in event.data, "lead_arrived"),
    (("stage_entered",), lambda event: not event.data.get("from"), "began"),
    (("stage_entered",), lambda event: bool(event.data.get("forced")), "stage_forced"),
    (("amount_changed",), lambda event: event.data.get("amount_minor") is None, "amount_unknown"),
    (("won",), lambda event: bool(event.data.get("forced")), "won_forced"),
    (("won",), lambda event: event.data.get("amount_minor") is not None, "won_for"),
    (("lost",), lambda event: bool(event.said.get("competitor")), "lost_to"),
    (("criterion_met",), lambda event: not by_hand(event), "criterion_proved"),
    (("criterion_withdrawn",), lambda event: not by_hand(event), "criterion_unproved"),
    (("stakeholder_set",), lambda event: not event.data.get("role"), "stakeholder_left"),
    (("document_added",), lambda event: bool(event.said.get("name")), "document_named"),
)
"""Kinds that are told in several ways: the first that applies."""


def _is_own(event: "Told") -> bool:
    """Tell whether an event is about a field that the company added."""
    return event.kind == "field_changed" and str(event.data.get("field", "")).startswith("own_")


def _own_words(event: "Told", language: str) -> dict[str, str]:
    value = str(event.data.get("value") or "")
    if AMOUNT.fullmatch(value):
        amount, currency = value.split(" ")
        value = Money(int(amount), currency).plain(language)
    elif _is_day(value):
        value = day(date.fromisoformat(value), language)
    return {"field": event.said.get("field", ""), "value": event.said.get("value") or value}


def _changed_field(field: str, event: "Told") -> str:
    is_there = event.data.get("value") not in (None, False, "", [])
    match field:
        case "expected_close":
            return "close_set" if is_there else "close_unknown"
        case "version":
            return "version_changed"
        case "items" if is_there:
            return "items_changed"
        case "organization":
            return "organization_merged"
    return "field_changed" if is_there else "field_emptied"


def _spoken(
    key: str,
    value: Any,
    process: ProcessMap,
    names: Mapping[UUID, str],
    language: str,
    reasons: Mapping[str, str],
) -> str:
    if key in ("due", "value") and _is_day(value):
        return day(date.fromisoformat(value), language)
    if key == "owner":
        return names.get(UUID(str(value)), "")
    if key in OF_THE_MAP:
        return OF_THE_MAP[key](str(value), process, language)
    if key == "reason":
        return lost_reason(str(value), process, language, reasons)
    return NAMES[key](str(value or "")) if key in NAMES else str(value)


OF_THE_MAP: Mapping[str, Callable[[str, ProcessMap, str], str]] = {
    "from": stage_name,
    "to": stage_name,
    "criterion": criterion_text,
    "question": question_text,
}
NAMES: Mapping[str, Callable[[str], str]] = {
    "field": fact_name,
    "role": role_name,
    "document": document_name,
    "value": answer_word,
    "activity": activity_name,
    "profile": lambda key: str(PROFILE_NAMES.get(key, key)),
    # a person is named by the words of the event: those can be erased
    "person": lambda _value: "",
}


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _amount(data: Mapping[str, Any], language: str) -> str:
    amount = data.get("amount_minor")
    return "" if amount is None else Money(amount, data["currency"]).plain(language)


class _Blank(dict[str, str]):
    """An imported event may lack what its line names: the line stands without it."""

    def __missing__(self, key: str) -> str:
        return ""
