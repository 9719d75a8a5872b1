"""The sentences of this room, in the active language: refusals, what an act did, what happened and what changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from infield.people.refusals import Refusal
from infield.people.words.wording import (
    BUYING_ROLES,
    CHANNEL_NAMES,
    CHOICES,
    DIRECTIONS,
    FIELDS,
    INDUSTRY_NAMES,
    SOURCE_NAMES,
    country_name,
)
from infield.web import dates, figures
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

if TYPE_CHECKING:
    from infield.people.ideal.models import IdealRule
    from infield.people.records.models import Done

REFUSALS: Mapping[str, str] = {
    "stale": N_("Somebody changed this meanwhile. Look at what stands there now, then decide again."),
    "name_missing": N_("Give a name."),
    "name_taken": N_("{name} is in the address book already."),
    "merged": N_("This went into another record. Take the merge back there first."),
    "archived": N_("This was put away. Restore it first."),
    "same_record": N_("These are one record already."),
    "not_latest": N_("Something later changed the same. Undo that first."),
    "unknown_field": N_("There is no such field any more. Load the page again."),
    "cannot_undo": N_("This cannot be undone."),
    "next_step_missing": N_("Say what comes next."),
    "past_day": N_("That day is over. Choose today or a later one."),
    "no_next_step": N_("There is no next step to finish."),
    "reason_missing": N_("Say why."),
    "converted": N_("This lead is a deal by now. Work on the deal."),
    "not_converted": N_("This lead is no deal."),
    "unknown_profile": N_("Choose one of the steps."),
    "unknown_reason": N_("Choose one of the reasons."),
    "notes_missing": N_("Say in a few words what the reason was."),
    "not_disqualified": N_("The lead is being worked on already."),
    "disqualified": N_("The lead is disqualified. Reopen it first."),
    "owner_cannot_work": N_("That person cannot work on this. Choose somebody else."),
    "already_handed_over": N_("The lead is handed over already and waits for an answer."),
    "not_handed_over": N_("Nobody handed this lead over."),
    "not_yours": N_("It was handed over to somebody else."),
    "worked_on": N_("Somebody worked on the deal since. Undo that first, or close the deal."),
}

DEEDS: Mapping[str, str] = {
    "changed": N_("Changed."),
    "unchanged": N_("Nothing to change."),
    "archived": N_("Put away."),
    "restored": N_("Restored."),
    "merged": N_("Merged."),
    "undone": N_("Undone."),
    "next_step_set": N_("Next step set."),
    "step_done": N_("Done."),
    "no_contact": N_("Nobody will contact this person any more."),
    "consent": N_("Consent noted."),
    "profiled": N_("Profile changed."),
    "disqualified": N_("Disqualified."),
    "lead_reopened": N_("Open again."),
    "owner_changed": N_("Owner changed."),
    "handed_over": N_("Handed over."),
    "hand_over_accepted": N_("Accepted."),
    "hand_over_returned": N_("Sent back."),
    "answered": N_("Noted."),
    "told_apart": N_("Kept as two."),
}

WHY_ALIKE: Mapping[str, str] = {
    "email": N_("Same e-mail: {text}"),
    "phone": N_("Same phone: {text}"),
    "domain": N_("Same domain: {text}"),
    "same_name": N_("Same name"),
    "like_name": N_("Names {text} % alike"),
}

HAPPENED: Mapping[str, str] = {
    "created": N_("Lead arrived"),
    "profiled": N_("Judged as: {profile}"),
    "disqualified": N_("Disqualified: {reason}"),
    "owner_changed": N_("{owner} answers for it"),
    "handed_over": N_("Handed over to {owner}"),
    "hand_over_accepted": N_("Accepted by sales"),
    "hand_over_returned": N_("Sent back to {owner}: {reason}"),
    "converted": N_("Became a deal"),
    "field_changed": N_("Changed: {field}"),
    "activity_done": N_("Done: {activity}"),
    "next_step_set": N_("Next step: {next_step}"),
}


def refusal(refused: Refusal) -> str:
    """Give the sentence of a refusal; KeyError for a code that has none."""
    return _(REFUSALS[refused.code]).format(**refused.params)


def deed(done: "Done") -> str:
    """Give the sentence of what an act did."""
    return _(DEEDS[done.what])


def why_alike(why: Mapping[str, str]) -> list[str]:
    """Give the reasons for which two records look alike."""
    return [_(WHY_ALIKE[reason]).format(text=text) for reason, text in why.items() if reason in WHY_ALIKE]


def pairs_found(count: int) -> str:
    return ngettext("{shown} possible duplicate found.", "{shown} possible duplicates found.", count).format(
        shown=figures.count(count, _language())
    )


def place_said(place: str, country: str) -> str:
    """Give town and country in one line."""
    return ", ".join(part for part in (place, country_name(country) if country else "") if part)


def said(field: str, value: Any, users: Mapping[str, str], others: Mapping[str, str]) -> str:
    """Give a value of a change in words, "" for nothing; `users` and `others` name ids."""
    if value in (None, "", []):
        return ""
    if field == "consent" and isinstance(value, dict):
        return consent_said(value)
    if isinstance(value, list):
        return ", ".join(way_said(one) for one in value)
    if field in CHOICES:
        return str(CHOICES[field].get(value, value))
    if field == "country":
        return country_name(value)
    if isinstance(value, bool) or not isinstance(value, str):
        return figures.count(value, _language()) if isinstance(value, int) else str(value)
    return users.get(value) or others.get(value) or _as_day(field, value)


def source_said(source: str, direction: str) -> str:
    """Give where a lead came from, and who came to whom."""
    return f"{SOURCE_NAMES.get(source, source)} · {DIRECTIONS.get(direction, direction)}"


def when_said(at: datetime) -> str:
    return dates.moment_of(at, timezone.get_current_timezone(), _language())


def number(value: int | None) -> str:
    """Give a count, "" for None."""
    return "" if value is None else figures.count(value, _language())


def now_language() -> str:
    return _language()


def happened(kind: str, told: Mapping[str, str]) -> str:
    """Give the sentence of something that happened to a lead."""
    return _(HAPPENED[kind]).format(**told)


def rule_said(rule: "IdealRule") -> str:
    """Give a rule of the ideal client in words."""
    if rule.kind == "own":
        return rule.question
    if rule.kind == "size":
        least, most = (
            figures.count(end, _language()) if end is not None else "" for end in (rule.least, rule.most)
        )
        if least and most:
            return _("{least} to {most} employees").format(least=least, most=most)
        pattern = _("{least} employees or more") if least else _("{most} employees at most")
        return pattern.format(least=least, most=most)
    names = [
        country_name(key) if rule.kind == "place" else str(INDUSTRY_NAMES.get(key, key)) for key in rule.among
    ]
    pattern = _("In {places}") if rule.kind == "place" else _("Works in {places}")
    return pattern.format(places=", ".join(names))


def way_said(way: Mapping[str, str]) -> str:
    """Give an address, a phone or an e-mail in one line."""
    if "value" in way:
        return way["value"]
    lines = [way.get(name, "") for name in ("street", "postcode", "place", "region")]
    return ", ".join(line for line in (*lines, country_name(way.get("country", ""))) if line)


def part_said(person: str, role: str, deal: str) -> str:
    """Say which part somebody has in a deal."""
    return _("{person}: {role} ({deal})").format(person=person, role=BUYING_ROLES.get(role, role), deal=deal)


def relations_said(organization: str, parts: Iterable[str]) -> str:
    """Say in words what the picture of an organization draws."""
    return _("Who has which part at {organization}: {parts}").format(
        organization=organization, parts="; ".join(parts)
    )


def change_name(field: str) -> str:
    """Give what a change is about, as the history of a record says it."""
    special = {
        "created": _("Added"),
        "merged": _("Merged with"),
        "merged_into": _("Merged into"),
        "consent": _("Consent"),
    }
    return special.get(field) or str(FIELDS.get(field, field))


def consent_said(told: Mapping[str, Any]) -> str:
    """Say a consent as it was noted: over which channel, and whether given or withdrawn."""
    pattern = _("{channel}: given") if told.get("given") else _("{channel}: withdrawn")
    return pattern.format(channel=CHANNEL_NAMES.get(told.get("channel", ""), ""))


def _as_day(field: str, value: str) -> str:
    if field in {"archived_at", "arrived_at"}:
        return dates.day(timezone.localtime(datetime.fromisoformat(value)).date(), _language())
    if field == "next_step_on":
        return dates.day(date.fromisoformat(value), _language())
    return value


def _language() -> str:
    return (get_language() or "en").split("-")[0]
