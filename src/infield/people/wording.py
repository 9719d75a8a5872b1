"""The sentences of this room, in the active language: refusals, what an act did, the words of choices and changes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from infield.people.refusals import Refusal
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

FIELDS: Mapping[str, Any] = {
    "name": gettext_lazy("Name"),
    "reading": gettext_lazy("Reading (kana)"),
    "domain": gettext_lazy("Web domain"),
    "industry": gettext_lazy("Industry"),
    "size": gettext_lazy("Employees"),
    "country": gettext_lazy("Country"),
    "place": gettext_lazy("Place"),
    "emails": gettext_lazy("E-mail"),
    "phones": gettext_lazy("Phone"),
    "addresses": gettext_lazy("Address"),
    "owner": gettext_lazy("Owner"),
    "family": gettext_lazy("Family name"),
    "given": gettext_lazy("Given name"),
    "family_kana": gettext_lazy("Family name (kana)"),
    "given_kana": gettext_lazy("Given name (kana)"),
    "honorific": gettext_lazy("Form of address"),
    "culture": gettext_lazy("Name is written as in"),
    "organization": gettext_lazy("Organization"),
    "job_title": gettext_lazy("Job title"),
    "channel": gettext_lazy("Preferred channel"),
    "language": gettext_lazy("Language"),
    "opened_by": gettext_lazy("Opened the relation"),
    "next_step": gettext_lazy("Next step"),
    "next_step_on": gettext_lazy("Due"),
    "no_contact_because": gettext_lazy("No further contact"),
    "person": gettext_lazy("Person"),
    "company": gettext_lazy("Company"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "website": gettext_lazy("Web site"),
    "wanted": gettext_lazy("What was asked for"),
    "source": gettext_lazy("Source"),
    "direction": gettext_lazy("Who came to whom"),
    "arrived_at": gettext_lazy("Arrived"),
    "profile": gettext_lazy("Profile"),
    "fit": gettext_lazy("Ideal client"),
    "archived_at": gettext_lazy("Put away"),
}

INDUSTRY_NAMES: Mapping[str, Any] = {
    "agriculture": gettext_lazy("Agriculture and forestry"),
    "food": gettext_lazy("Food and drink"),
    "manufacturing": gettext_lazy("Manufacturing"),
    "machinery": gettext_lazy("Machinery"),
    "electronics": gettext_lazy("Electronics"),
    "chemicals": gettext_lazy("Chemicals and materials"),
    "energy": gettext_lazy("Energy and utilities"),
    "construction": gettext_lazy("Construction"),
    "property": gettext_lazy("Real estate"),
    "wholesale": gettext_lazy("Wholesale"),
    "retail": gettext_lazy("Retail"),
    "transport": gettext_lazy("Transport and logistics"),
    "hospitality": gettext_lazy("Hotels and restaurants"),
    "software": gettext_lazy("Software and IT"),
    "telecom": gettext_lazy("Telecommunications"),
    "media": gettext_lazy("Media"),
    "finance": gettext_lazy("Finance and insurance"),
    "consulting": gettext_lazy("Consulting"),
    "health": gettext_lazy("Health care"),
    "education": gettext_lazy("Education and research"),
    "public": gettext_lazy("Public sector"),
    "association": gettext_lazy("Associations"),
    "other": gettext_lazy("Other industry"),
}

LABEL_NAMES: Mapping[str, Any] = {
    "work": gettext_lazy("Work"),
    "mobile": gettext_lazy("Mobile"),
    "home": pgettext_lazy("kind of address", "Home"),
    "switchboard": gettext_lazy("Switchboard"),
    "billing": gettext_lazy("Billing"),
    "visit": gettext_lazy("For visits"),
    "other": gettext_lazy("Other"),
}

LINE_NAMES: Mapping[str, Any] = {
    "street": gettext_lazy("Street"),
    "postcode": gettext_lazy("Postcode"),
    "place": gettext_lazy("Town"),
    "region": gettext_lazy("Region"),
    "country": gettext_lazy("Country"),
}

CULTURE_NAMES: Mapping[str, Any] = {
    "ja": gettext_lazy("Japanese: family name first, さん"),
    "th": gettext_lazy("Thai: คุณ and given name"),
    "fi": gettext_lazy("Finnish: given name first"),
    "en": gettext_lazy("English: given name first"),
    "zh": gettext_lazy("Chinese: family name first"),
    "ko": gettext_lazy("Korean: family name first"),
    "other": gettext_lazy("Other: given name first"),
}

CHANNEL_NAMES: Mapping[str, Any] = {
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "text": gettext_lazy("Text message"),
    "chat": gettext_lazy("Chat"),
    "post": gettext_lazy("Post"),
    "meeting": gettext_lazy("Meeting"),
    "all": gettext_lazy("All channels"),
}

CONSENT_SOURCES: Mapping[str, Any] = {
    "form": gettext_lazy("Web form"),
    "mail": gettext_lazy("By e-mail"),
    "spoken": gettext_lazy("Spoken"),
    "card": gettext_lazy("Business card"),
    "contract": gettext_lazy("Contract"),
    "other": gettext_lazy("Other"),
}

SOURCE_NAMES: Mapping[str, Any] = {
    "web": gettext_lazy("Web site"),
    "fair": gettext_lazy("Trade fair"),
    "referral": gettext_lazy("Referral"),
    "partner": gettext_lazy("Partner"),
    "advert": gettext_lazy("Advertisement"),
    "social": gettext_lazy("Social network"),
    "mail": gettext_lazy("Mailing"),
    "call": gettext_lazy("Call"),
    "event": gettext_lazy("Own event"),
    "other": gettext_lazy("Other source"),
}

DIRECTIONS: Mapping[str, Any] = {
    "inbound": gettext_lazy("They came to us"),
    "outbound": gettext_lazy("We went to them"),
}

PROFILE_NAMES: Mapping[str, Any] = {
    "lead": gettext_lazy("Lead"),
    "prospect": gettext_lazy("Prospect"),
    "qualified": gettext_lazy("Qualified prospect"),
    "disqualified": gettext_lazy("Disqualified"),
}

REASON_NAMES: Mapping[str, Any] = {
    "no_need": gettext_lazy("No need"),
    "no_money": gettext_lazy("No money"),
    "no_power": gettext_lazy("No say in the decision"),
    "timing": gettext_lazy("Wrong time"),
    "not_a_fit": gettext_lazy("Not a fit for us"),
    "no_answer": gettext_lazy("No answer"),
    "not_real": gettext_lazy("Not a real inquiry"),
    "double": gettext_lazy("Already known"),
    "other": gettext_lazy("Another reason"),
}

RETURN_NAMES: Mapping[str, Any] = {
    "too_early": gettext_lazy("Too early to sell"),
    "not_a_fit": gettext_lazy("Not a fit for us"),
    "not_reached": gettext_lazy("Cannot be reached"),
    "wrong_person": gettext_lazy("Wrong person"),
    "other": gettext_lazy("Another reason"),
}

FITS: Mapping[str, Any] = {
    "met": gettext_lazy("Marketing-qualified"),
    "unmet": gettext_lazy("Not our ideal client"),
    "unknown": gettext_lazy("Not known yet"),
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

BUYING_ROLES: Mapping[str, Any] = {
    "decision_maker": gettext_lazy("Decides"),
    "approver": gettext_lazy("Approves"),
    "champion": gettext_lazy("Champion"),
    "influencer": gettext_lazy("Influences"),
    "gatekeeper": gettext_lazy("Gatekeeper"),
    "user": gettext_lazy("Uses it"),
    "procurement": gettext_lazy("Procurement"),
    "blocker": gettext_lazy("Blocks"),
    "other": gettext_lazy("Takes part"),
}

RULE_KINDS: Mapping[str, Any] = {
    "place": gettext_lazy("Place"),
    "size": gettext_lazy("Size"),
    "industry": gettext_lazy("Industry"),
    "own": gettext_lazy("A rule of your own"),
}

CHOICES: Mapping[str, Mapping[str, Any]] = {
    "industry": INDUSTRY_NAMES,
    "channel": CHANNEL_NAMES,
    "culture": CULTURE_NAMES,
    "source": SOURCE_NAMES,
    "direction": DIRECTIONS,
    "profile": PROFILE_NAMES,
    "fit": FITS,
}
"""The words of fields whose values are keys."""


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


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """Give the countries with their names in this language, in its order."""
    from babel import Locale

    names = {str(code): str(name) for code, name in Locale(language).territories.items()}
    codes = (code for code in names if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY)
    return sorted(((code, names[code]) for code in codes), key=lambda one: one[1])


_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


@cache
def languages(language: str) -> list[tuple[str, str]]:
    """Give the languages that customers most often speak, by their names in this one."""
    from babel import Locale

    names = Locale(language).languages
    return [(code, names[code]) for code in ("en", "ja", "fi", "th", "sv", "zh", "ko", "de", "fr", "es")]


def country_name(code: str) -> str:
    return dict(countries(_language())).get(code, code)


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


def language_name(code: str) -> str:
    return dict(languages(_language())).get(code, code)


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
