"""What this room calls things, in the active language: facts, parts in a decision, documents, questions, answers.

In: keys. Out: names. A key that a map made up is given as words: `demo_date` is "Demo date".
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from infield.deals.facts.kinds import SAME_AS, Value, read
from infield.process.texts import in_language
from infield.process.values import ProcessMap
from infield.web import dates, figures
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

FACTS: Mapping[str, str] = {
    "need": N_("Need"),
    "cost_of_problem": N_("What the problem costs"),
    "compelling_reason": N_("Compelling reason to buy"),
    "pain_points": N_("Pain points"),
    "budget": N_("Budget"),
    "decision_process": N_("How they decide"),
    "competitors": N_("Competitors"),
    "goals": N_("The buyer's goals"),
    "goal_date": N_("Goal to be reached by"),
    "days_needed": N_("Days the plan takes"),
    "research_notes": N_("Research notes"),
    "source": N_("Source"),
    "exchange": N_("What is exchanged"),
    "items": N_("Products"),
    "expected_close": N_("Expected close"),
    "version": N_("Map"),
    "deal_title": N_("What it is about"),
    "deal_organization": N_("Organization"),
    "amount": N_("Amount"),
    "owner": N_("Owner"),
    "industry": N_("Industry"),
    "consent": N_("Consent"),
    "organization": N_("Organization"),
    "contact": N_("Contact"),
    "next_step": N_("Next step"),
    "objections": N_("Objections"),
    "meeting_date": N_("Day of the meeting"),
    "demo_date": N_("Day of the demo"),
    "discovery_date": N_("Day of the discovery meeting"),
    "presentation_date": N_("Day of the presentation"),
    "topic": N_("Topic"),
    "request": N_("Request"),
    "visits": N_("Visits"),
}

FACT_HINTS: Mapping[str, str] = {
    "need": N_("What they need, in their words"),
    "cost_of_problem": N_("In a year, worked out with the buyer"),
    "compelling_reason": N_("Why they must act, and why now"),
    "pain_points": N_("What hurts, whom, how often"),
    "decision_process": N_("Who decides, in which order, by when"),
    "competitors": N_("Whom else they look at, doing nothing included"),
    "goals": N_("What they want to reach, in figures"),
    "goal_date": N_("By when the buyer must have reached the goal"),
    "days_needed": N_("How soon the plan can be carried out after a yes"),
    "research_notes": N_("What is known of the company, its market and its plans"),
}

BUYING_ROLES: Mapping[str, Any] = {
    "decision_maker": pgettext_lazy("buying role", "Decision maker"),
    "approver": pgettext_lazy("buying role", "Approver"),
    "champion": pgettext_lazy("buying role", "Champion"),
    "influencer": pgettext_lazy("buying role", "Influencer"),
    "gatekeeper": pgettext_lazy("buying role", "Gatekeeper"),
    "user": pgettext_lazy("buying role", "User"),
    "procurement": pgettext_lazy("buying role", "Procurement"),
    "blocker": pgettext_lazy("buying role", "Blocker"),
    "other": pgettext_lazy("buying role", "Another part"),
}

DOCUMENTS: Mapping[str, str] = {
    "proposal": N_("Proposal"),
    "contract": N_("Contract"),
    "requirements": N_("Requirements"),
    "presentation": N_("Presentation"),
    "demo_plan": N_("Plan of the demo"),
    "contracting_outline": N_("Outline of the contracting"),
    "order": N_("Order"),
    "acceptance": N_("Acceptance"),
    "reference": N_("Reference"),
    "other": N_("Another document"),
}

ACTIVITIES: Mapping[str, str] = {
    "call": N_("a call"),
    "mail": N_("a mail"),
    "message": N_("a message"),
    "visit": N_("a visit"),
    "meeting": N_("a meeting"),
    "demo": N_("a demo"),
    "task": N_("a task"),
    "note": N_("a note"),
}

ANSWER_WORDS: Mapping[str, Any] = {
    "yes": pgettext_lazy("answer", "Yes"),
    "partly": pgettext_lazy("answer", "Partly"),
    "no": pgettext_lazy("answer", "No"),
    "unknown": pgettext_lazy("answer", "Unknown"),
}

SIDES: Mapping[str, str] = {
    "product": N_("Product"),
    "service": N_("Service"),
    "cash_or_kind": N_("Cash or kind"),
}

FORMS: Mapping[str, str] = {
    "bant": N_("BANT"),
    "gpct": N_("GPCT"),
    "map": N_("Questions of this stage"),
}

PARTS: Mapping[str, Any] = {
    "budget": N_("Budget"),
    "authority": N_("Authority"),
    "need": N_("Need"),
    "timeline": pgettext_lazy("qualification", "Timeline"),
    "goals": N_("Goals"),
    "plans": N_("Plans"),
    "challenges": N_("Challenges"),
    "timing": N_("Timing"),
}

QUESTIONS: Mapping[str, str] = {
    "bant:means": N_("Are there means to pay for a solution?"),
    "bant:worth": N_("Is the problem worth more to them than our price?"),
    "bant:approver": N_("Do we know who can say yes, and who can say no?"),
    "bant:reached": N_("Have we spoken with that person?"),
    "bant:pain": N_("Is there a pain that nobody has solved yet?"),
    "bant:consequence": N_("Do they see what happens if nothing is done?"),
    "bant:frame": N_("Is there a time by which it must be solved?"),
    "bant:event": N_("Does something happen on that day that cannot be moved?"),
    "gpct:goal": N_("Have they named a goal that our offer serves?"),
    "gpct:figure": N_("Is the goal put in figures?"),
    "gpct:plan": N_("Do they have a plan to reach it?"),
    "gpct:gap": N_("Does their plan fall short without help?"),
    "gpct:obstacle": N_("Do we know what stands in their way?"),
    "gpct:alone": N_("Have they failed to overcome it alone?"),
    "gpct:deadline": N_("Is there a day by which the goal must be reached?"),
    "gpct:capacity": N_("Do they have people and time for it now?"),
}


def fact_name(key: str) -> str:
    key = SAME_AS.get(key, key)
    return _(FACTS[key]) if key in FACTS else as_words(key)


def fact_hint(key: str) -> str:
    return _(FACT_HINTS[key]) if key in FACT_HINTS else ""


def role_name(key: str) -> str:
    return str(BUYING_ROLES[key]) if key in BUYING_ROLES else as_words(key)


def document_name(key: str) -> str:
    return _(DOCUMENTS[key]) if key in DOCUMENTS else as_words(key)


def activity_name(key: str) -> str:
    """Give the name of an activity inside a sentence."""
    return _(ACTIVITIES[key]) if key in ACTIVITIES else as_words(key)


def answer_word(value: str) -> str:
    return str(ANSWER_WORDS[value]) if value in ANSWER_WORDS else value


def side_name(key: str) -> str:
    return _(SIDES[key]) if key in SIDES else as_words(key)


def question_text(key: str, process: ProcessMap, language: str) -> str:
    """Give a question of a qualification or of the map; its key where neither asks it any more."""
    if key in QUESTIONS:
        return _(QUESTIONS[key])
    stage, _colon, own = key.rpartition(":")
    for one in process.stages:
        for question in one.questions:
            if question.key == own and stage in ("", one.key):
                return in_language(question.text, language, process.language)
    return key


def as_words(key: str) -> str:
    """Give a key as words.

    >>> as_words("implementation_handover")
    'Implementation handover'
    """
    return key.replace("_", " ").capitalize()


def value_words(value: Value, language: str) -> str:
    """Give what a fact says; nothing where it says nothing."""
    if value.money:
        return value.money.plain(language)
    if value.day:
        return dates.day(value.day, language)
    if value.days is not None:
        return ngettext("{count} day", "{count} days", value.days).format(
            count=figures.count(value.days, language)
        )
    return value.text


def told_value(data: Mapping[str, Any], said: Mapping[str, str], language: str) -> str:
    """Give what a changed field says now, as an event tells it."""
    field, value = data.get("field"), data.get("value")
    if field == "exchange" and isinstance(value, list):
        return "; ".join(f"{side_name(gives)} → {side_name(gets)}" for gives, gets in value)
    if field == "items" and isinstance(value, list):
        return ngettext("{count} line", "{count} lines", len(value)).format(
            count=figures.count(len(value), language)
        )
    return value_words(read(data, said.get("value", "")), language)


def proof_to_do(kind: str, wanted: str, own: str = "") -> str:
    """Say what would meet a criterion by itself; `own`: what a field of the company's own is called."""
    match kind:
        case "field":
            return _("Fill in: {field}").format(field=own or fact_name(wanted))
        case "stakeholder":
            return _("Add a person: {role}").format(role=role_name(wanted))
        case "document":
            return _("Add a document: {document}").format(document=document_name(wanted))
        case "activity":
            return _("Finish {activity}").format(activity=activity_name(wanted))
        case "answer":
            return pgettext("a question", "Note the answer")
    return ""


def proof_told(kind: str, wanted: str, value: str, own: str = "") -> str:
    """Say why a criterion was met by itself; `value`: what the proof says, "" where it was erased.

    `own`: what a field of the company's own is called.
    """
    sentences = {
        "field": _("By itself: {name} is filled in"),
        "stakeholder": _("By itself: there is a person who is {name}"),
        "document": _("By itself: there is a document, {name}"),
        "activity": _("By itself: {name} was finished"),
        "answer": _("By itself: the question was answered"),
    }
    names: Mapping[str, Callable[[str], str]] = {
        "field": fact_name,
        "stakeholder": role_name,
        "document": document_name,
        "activity": activity_name,
        "answer": str,
    }
    said = sentences[kind].format(name=own or names[kind](wanted))
    return _("{reason}: {value}").format(reason=said, value=value) if value else said
