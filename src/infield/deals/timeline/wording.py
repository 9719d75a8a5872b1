"""The lines of a timeline, in the active language.

In: events, and the map whose names are spoken. Every message stands here as one whole.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from infield.deals.state import by_hand
from infield.deals.terms.wording import (
    activity_name,
    answer_word,
    document_name,
    fact_name,
    question_text,
    role_name,
    told_value,
)
from infield.deals.wording import DEEDS, criterion_text, lost_reason, stage_name
from infield.people.wording import HAPPENED as OF_LEADS
from infield.people.words.wording import PROFILE_NAMES
from infield.process.texts import in_language
from infield.process.values import ProcessMap
from infield.web.dates import day
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message
from infield.web.money import Money

if TYPE_CHECKING:
    from infield.deals.state import Told

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
    "stakeholder_left": DEEDS["stakeholder_left"],
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


AMOUNT = re.compile(r"-?\d+ [A-Z]{3}")


TOLD_ALONE = frozenset({"expected_close", "version"})
"""Fields with a line of their own in HAPPENED, which says their value as it is."""


SPOKEN = ("activity", "person", "name", "competitor", "question")
"""What a person wrote that is a part of the line itself."""


QUOTED = ("reason", "evidence", "notes", "objection", "said", "answer", "expected")
"""What a person wrote with an event, shown under its line."""


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
    elif event.kind == "field_changed" and data.get("field") and event.data["field"] not in TOLD_ALONE:
        spoken["value"] = told_value(event.data, event.said, language) or spoken.get("value", "")
    return _(HAPPENED[_happening(event)]).format_map(_Blank(spoken))


def fact_told(event: "Told", language: str) -> tuple[str, str]:
    """Give the name of the fact that an event changes, and what it says from then on, "" for nothing."""
    if _is_own(event):
        words = _own_words(event, language)
        return words["field"], words["value"]
    return fact_name(str(event.data.get("field"))), told_value(event.data, event.said, language)


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
