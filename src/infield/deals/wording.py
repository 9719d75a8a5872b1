"""The sentences of this room, in the active language: refusals, what an act did, names of a map.

In: codes, parameters, and the map whose names are spoken. Every message stands here as one whole.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infield.deals.reasons import LOST_REASONS
from infield.deals.refusals import Refusal
from infield.deals.terms.wording import (
    fact_name,
    role_name,
)
from infield.process.texts import in_language
from infield.process.values import Criterion, ProcessMap
from infield.web.dates import day
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

if TYPE_CHECKING:
    from infield.deals.models import Done

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
    "stakeholder_left": N_("{person} has no part in the decision any more"),
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
    "renamed": N_("Changed."),
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
        left = DEEDS["stakeholder_left"]
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
