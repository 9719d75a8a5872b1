"""The words of this room in the language that is active: topics, levels, refusals, and what was done."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from infield.deals.refusals import Refusal
from infield.deals.wording import refusal as refusal_of_deals
from infield.playbook.prepared import Tally
from infield.web import figures
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

TOPIC_NAMES = {
    "question": gettext_lazy("Questions"),
    "preparation": gettext_lazy("Prepare"),
    "approach": gettext_lazy("Approach"),
    "presentation": gettext_lazy("Present"),
    "objection": gettext_lazy("Objections"),
    "signal": gettext_lazy("Closing signals"),
    "closing": pgettext_lazy("winning a deal", "Close"),
    "follow_up": gettext_lazy("Follow up"),
}

PROPOSED_NAMES = {
    "question": gettext_lazy("A question to ask"),
    "approach": gettext_lazy("An approach"),
    "hint": gettext_lazy("A hint for preparing"),
    "answer": gettext_lazy("An answer to an objection"),
}

LEVEL_QUESTIONS = {
    "top": gettext_lazy("Questions for the top of the funnel"),
    "middle": gettext_lazy("Questions for the middle of the funnel"),
    "bottom": gettext_lazy("Questions for the bottom of the funnel"),
    "after_sale": gettext_lazy("Questions after the sale"),
}

LEVEL_NAMES = {
    "top": gettext_lazy("Top of the funnel"),
    "middle": gettext_lazy("Middle of the funnel"),
    "bottom": gettext_lazy("Bottom of the funnel"),
    "after_sale": gettext_lazy("After the sale"),
}

ABOUT_NAMES = {
    "price": gettext_lazy("Price"),
    "need": gettext_lazy("Need"),
    "trust": gettext_lazy("Trust"),
    "timing": gettext_lazy("Timing"),
    "decision": gettext_lazy("Deciding"),
    "competitor": gettext_lazy("Competitor"),
    "change": gettext_lazy("Change at the buyer's"),
    "other": gettext_lazy("Something else"),
}

PERIOD_NAMES = {
    "month": gettext_lazy("30 days"),
    "quarter": gettext_lazy("Quarter"),
    "year": gettext_lazy("12 months"),
    "all": gettext_lazy("All"),
}

REFUSALS: Mapping[str, str] = {
    "text_missing": N_("Write what it says."),
    "name_missing": N_("Give it a name."),
    "link_or_file": N_("Give either a link or a file."),
    "too_large": N_("That file is too large: {most} MB at most."),
    "unknown_topic": N_("The playbook has no such part."),
    "unknown_objection": N_("The library has no such objection. Choose one of the list."),
    "unknown_answer": N_("The library has no such answer. Choose one of the list."),
    "answer_missing": N_("Choose the answer you gave, or write it."),
    "decided": N_("Somebody decided that already. Look at what became of it."),
    "resolved_already": N_("That objection is resolved already."),
    "not_open": N_("That objection is not of this deal."),
    "not_at_the_buyer": N_("That person is not at this buyer's."),
}

DEEDS: Mapping[str, str] = {
    "written": N_("Saved."),
    "hidden": N_("Hidden."),
    "shown": N_("Shown again."),
    "restored": N_("Back to how it came."),
    "added": N_("Added."),
    "put_away": N_("Put away."),
    "undone": N_("Undone."),
    "objection_raised": N_("Objection noted."),
    "objection_answered": N_("Answer noted. The objection stands."),
    "objection_resolved": N_("Objection resolved."),
    "question_answered": N_("Answer kept."),
    "proposed": N_("Proposed. You are told here what becomes of it."),
    "accepted": N_("Taken into the playbook."),
    "declined": N_("Declined."),
    "withdrawn": N_("Proposal taken back."),
    "unchanged": N_("Nothing to change."),
}


def refusal(refused: Refusal) -> str:
    """Give the sentence of a refusal of this room or of a deal."""
    if refused.code in REFUSALS:
        return _(REFUSALS[refused.code]).format(**refused.params)
    return refusal_of_deals(refused)


def deed(what: str) -> str:
    """Give the sentence of what was done; KeyError for an unknown one."""
    return _(DEEDS[what])


def led_onward(tally: Tally, language: str) -> str:
    """Say how an answer fared: "led onward 7 of 12"; for few deals with a note that they are few."""
    if not tally.decided:
        return _("not tried yet") if not tally.given else _("not decided yet")
    numbers = {
        "onward": figures.count(tally.onward, language),
        "decided": figures.count(tally.decided, language),
    }
    if tally.is_few:
        return _("led onward {onward} of {decided}, few yet").format(**numbers)
    return _("led onward {onward} of {decided}").format(**numbers)


def how_manieth(number: int, language: str) -> str:
    """Say the place of an objection among those of its deal."""
    if number == 1:
        return _("the first of this deal")
    return _("no. {number} of this deal").format(number=figures.count(number, language))
