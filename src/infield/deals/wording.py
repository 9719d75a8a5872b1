"""The sentences of this room, in the active language: refusals, what an act did, the lines of a timeline.

In: codes, parameters, and the map whose names are spoken. Every message stands here as one whole.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infield.deals.reasons import LOST_REASONS
from infield.deals.refusals import Refusal
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
    "field_changed": N_("Expected close changed."),
    "own_field_changed": N_("Changed."),
    "undone": N_("Undone."),
    "unchanged": N_("Nothing to change."),
}

HAPPENED: Mapping[str, str] = {
    "created": N_("Deal created"),
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
    "field_changed": N_("Changed: {field}"),
    "own_set": N_("{field}: {value}"),
    "own_unknown": N_("{field}: taken away"),
    "won": N_("Won"),
    "won_for": N_("Won: {amount}"),
    "won_forced": N_("Won with criteria open"),
    "lost": N_("Lost: {reason}"),
    "postponed": N_("Postponed until {due}"),
    "reopened": N_("Opened again"),
    "stakeholder_set": N_("A person got a part in the decision: {role}"),
    "document_added": N_("Document added"),
    "question_answered": N_("Question answered"),
    "objection_raised": N_("The buyer objected"),
    "objection_resolved": N_("Objection answered"),
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
    "cadence_started": N_("A series of follow-ups began"),
    "cadence_stopped": N_("A series of follow-ups ended"),
    "archived": N_("Put into the archive"),
    "restored": N_("Taken out of the archive"),
    "merged": N_("A double was merged into this one"),
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
SPOKEN = ("activity", "field", "value")
"""What stands in the line itself."""
QUOTED = ("reason", "evidence", "notes")
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
    stage = stage_name(event.stage, process, language) if event else ""
    criterion = criterion_text(event.data.get("criterion", ""), process, language) if event else ""
    return _(DEEDS[done.what]).format(stage=stage, criterion=criterion, owner=owner)


def happened(event: "Told", process: ProcessMap, names: Mapping[UUID, str], language: str) -> str:
    """Give the line of an event in a timeline; `names`: of users, by id."""
    data = {key: _spoken(key, value, process, names, language) for key, value in event.data.items()}
    spoken = {
        "stage": stage_name(event.stage, process, language),
        "from_stage": data.get("from", ""),
        "amount": _amount(event.data, language),
        "next_step": event.said.get("next_step") or data.get("activity", ""),
        **data,
        **{name: text for name, text in event.said.items() if name in SPOKEN},
    }
    return _(HAPPENED[_happening(event)]).format_map(_Blank(spoken))


def lost_reason(reason: str, process: ProcessMap, language: str) -> str:
    """Give the name of a reason for losing: the map's own way out, or one that every company knows."""
    for out in process.ways_out:
        if out.key == reason:
            return in_language(out.name, language, process.language)
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
    amount = event.data.get("amount_minor")
    match event.kind:
        case "stage_entered" if not event.data.get("from"):
            return "began"
        case "stage_entered" if event.data.get("forced"):
            return "stage_forced"
        case "amount_changed" if amount is None:
            return "amount_unknown"
        case "won" if event.data.get("forced"):
            return "won_forced"
        case "won" if amount is not None:
            return "won_for"
        case "field_changed" if event.data.get("field") == "expected_close":
            return "close_set" if event.data.get("value") else "close_unknown"
        case "field_changed" if str(event.data.get("field", "")).startswith("own_"):
            return "own_unknown" if event.data.get("value") is None else "own_set"
    return event.kind


def _spoken(key: str, value: Any, process: ProcessMap, names: Mapping[UUID, str], language: str) -> str:
    match key:
        case "from" | "to":
            return stage_name(str(value), process, language)
        case "criterion":
            return criterion_text(str(value), process, language)
        case "owner":
            return names.get(UUID(str(value)), "")
        case "due" | "value" if _is_day(value):
            return day(date.fromisoformat(value), language)
        case "value" if AMOUNT.fullmatch(str(value)):
            amount, currency = str(value).split(" ")
            return Money(int(amount), currency).plain(language)
        case "reason":
            return lost_reason(str(value), process, language)
    return str(value)


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
