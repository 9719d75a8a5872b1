"""The sentences of this room, in the active language: refusals, what an act did, the words of choices and changes."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from infield.people.refusals import Refusal
from infield.web import dates, figures
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

if TYPE_CHECKING:
    from infield.people.leads.models import IdealRule
    from infield.people.records.models import Done

REFUSALS: Mapping[str, str] = {
    "stale": N_("Somebody changed this meanwhile. Look at what stands there now, then decide again."),
    "name_missing": N_("Give a name."),
    "name_taken": N_("{name} is in the address book already."),
    "merged": N_("This went into another record. Take the merge back there first."),
    "archived": N_("This was put away. Restore it first."),
    "same_record": N_("These are one record already."),
    "not_latest": N_("Something later changed the same. Undo that first."),
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
    "name": _lazy("Name"),
    "reading": _lazy("Reading (kana)"),
    "domain": _lazy("Web domain"),
    "industry": _lazy("Industry"),
    "size": _lazy("Employees"),
    "country": _lazy("Country"),
    "place": _lazy("Place"),
    "emails": _lazy("E-mail"),
    "phones": _lazy("Phone"),
    "addresses": _lazy("Address"),
    "owner": _lazy("Owner"),
    "family": _lazy("Family name"),
    "given": _lazy("Given name"),
    "family_kana": _lazy("Family name (kana)"),
    "given_kana": _lazy("Given name (kana)"),
    "honorific": _lazy("Form of address"),
    "culture": _lazy("Name is written as in"),
    "organization": _lazy("Organization"),
    "job_title": _lazy("Job title"),
    "channel": _lazy("Preferred channel"),
    "language": _lazy("Language"),
    "opened_by": _lazy("Opened the relation"),
    "next_step": _lazy("Next step"),
    "next_step_on": _lazy("Due"),
    "no_contact_because": _lazy("No further contact"),
    "person": _lazy("Person"),
    "company": _lazy("Company"),
    "email": _lazy("E-mail"),
    "phone": _lazy("Phone"),
    "website": _lazy("Web site"),
    "wanted": _lazy("What was asked for"),
    "source": _lazy("Source"),
    "direction": _lazy("Who came to whom"),
    "arrived_at": _lazy("Arrived"),
    "profile": _lazy("Profile"),
    "fit": _lazy("Ideal client"),
    "archived_at": _lazy("Put away"),
}

INDUSTRY_NAMES: Mapping[str, Any] = {
    "agriculture": _lazy("Agriculture and forestry"),
    "food": _lazy("Food and drink"),
    "manufacturing": _lazy("Manufacturing"),
    "machinery": _lazy("Machinery"),
    "electronics": _lazy("Electronics"),
    "chemicals": _lazy("Chemicals and materials"),
    "energy": _lazy("Energy and utilities"),
    "construction": _lazy("Construction"),
    "property": _lazy("Real estate"),
    "wholesale": _lazy("Wholesale"),
    "retail": _lazy("Retail"),
    "transport": _lazy("Transport and logistics"),
    "hospitality": _lazy("Hotels and restaurants"),
    "software": _lazy("Software and IT"),
    "telecom": _lazy("Telecommunications"),
    "media": _lazy("Media"),
    "finance": _lazy("Finance and insurance"),
    "consulting": _lazy("Consulting"),
    "health": _lazy("Health care"),
    "education": _lazy("Education and research"),
    "public": _lazy("Public sector"),
    "association": _lazy("Associations"),
    "other": _lazy("Other industry"),
}

LABEL_NAMES: Mapping[str, Any] = {
    "work": _lazy("Work"),
    "mobile": _lazy("Mobile"),
    "home": _lazy("Home"),
    "switchboard": _lazy("Switchboard"),
    "billing": _lazy("Billing"),
    "visit": _lazy("For visits"),
    "other": _lazy("Other"),
}

LINE_NAMES: Mapping[str, Any] = {
    "street": _lazy("Street"),
    "postcode": _lazy("Postcode"),
    "place": _lazy("Town"),
    "region": _lazy("Region"),
    "country": _lazy("Country"),
}

CULTURE_NAMES: Mapping[str, Any] = {
    "ja": _lazy("Japanese: family name first, さん"),
    "th": _lazy("Thai: คุณ and given name"),
    "fi": _lazy("Finnish: given name first"),
    "en": _lazy("English: given name first"),
    "zh": _lazy("Chinese: family name first"),
    "ko": _lazy("Korean: family name first"),
    "other": _lazy("Other: given name first"),
}

CHANNEL_NAMES: Mapping[str, Any] = {
    "email": _lazy("E-mail"),
    "phone": _lazy("Phone"),
    "text": _lazy("Text message"),
    "chat": _lazy("Chat"),
    "post": _lazy("Post"),
    "meeting": _lazy("Meeting"),
    "all": _lazy("All channels"),
}

CONSENT_SOURCES: Mapping[str, Any] = {
    "form": _lazy("Web form"),
    "mail": _lazy("By e-mail"),
    "spoken": _lazy("Spoken"),
    "card": _lazy("Business card"),
    "contract": _lazy("Contract"),
    "other": _lazy("Other"),
}

SOURCE_NAMES: Mapping[str, Any] = {
    "web": _lazy("Web site"),
    "fair": _lazy("Trade fair"),
    "referral": _lazy("Referral"),
    "partner": _lazy("Partner"),
    "advert": _lazy("Advertisement"),
    "social": _lazy("Social network"),
    "mail": _lazy("Mailing"),
    "call": _lazy("Call"),
    "event": _lazy("Own event"),
    "other": _lazy("Other source"),
}

DIRECTIONS: Mapping[str, Any] = {
    "inbound": _lazy("They came to us"),
    "outbound": _lazy("We went to them"),
}

PROFILE_NAMES: Mapping[str, Any] = {
    "lead": _lazy("Lead"),
    "prospect": _lazy("Prospect"),
    "qualified": _lazy("Qualified prospect"),
    "disqualified": _lazy("Disqualified"),
}

REASON_NAMES: Mapping[str, Any] = {
    "no_need": _lazy("No need"),
    "no_money": _lazy("No money"),
    "no_power": _lazy("No say in the decision"),
    "timing": _lazy("Wrong time"),
    "not_a_fit": _lazy("Not a fit for us"),
    "no_answer": _lazy("No answer"),
    "not_real": _lazy("Not a real inquiry"),
    "double": _lazy("Already known"),
    "other": _lazy("Another reason"),
}

RETURN_NAMES: Mapping[str, Any] = {
    "too_early": _lazy("Too early to sell"),
    "not_a_fit": _lazy("Not a fit for us"),
    "not_reached": _lazy("Cannot be reached"),
    "wrong_person": _lazy("Wrong person"),
    "other": _lazy("Another reason"),
}

FITS: Mapping[str, Any] = {
    "met": _lazy("Marketing-qualified"),
    "unmet": _lazy("Not our ideal client"),
    "unknown": _lazy("Not known yet"),
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
    "decision_maker": _lazy("Decides"),
    "approver": _lazy("Approves"),
    "champion": _lazy("Champion"),
    "influencer": _lazy("Influences"),
    "gatekeeper": _lazy("Gatekeeper"),
    "user": _lazy("Uses it"),
    "procurement": _lazy("Procurement"),
    "blocker": _lazy("Blocks"),
    "other": _lazy("Takes part"),
}

RULE_KINDS: Mapping[str, Any] = {
    "place": _lazy("Place"),
    "size": _lazy("Size"),
    "industry": _lazy("Industry"),
    "own": _lazy("A rule of your own"),
}

COLUMNS: Mapping[str, Any] = {
    "name": _lazy("Name"),
    "place": _lazy("Place"),
    "industry": _lazy("Industry"),
    "size": _lazy("Employees"),
    "people": _lazy("People"),
    "deals": _lazy("Open deals"),
    "step": _lazy("Next step"),
    "owner": _lazy("Owner"),
    "organization": _lazy("Organization"),
    "reach": _lazy("Reach"),
    "touched": _lazy("Last touch"),
    "profile": _lazy("Profile"),
    "fit": _lazy("Ideal client"),
    "source": _lazy("Source"),
    "arrived": _lazy("Arrived"),
}

FILTER_NAMES: Mapping[str, Any] = {
    "owner": _lazy("Any owner"),
    "industry": _lazy("Any industry"),
    "archived": _lazy("Current ones"),
    "step": _lazy("Any next step"),
    "language": _lazy("Any language"),
    "profile": _lazy("Any profile"),
    "fit": _lazy("Any fit"),
    "source": _lazy("Any source"),
    "handed": _lazy("Any hand-over"),
}

SPECIAL: Mapping[str, Any] = {
    "me": _lazy("Mine"),
    "nobody": _lazy("Nobody's"),
    "archived": _lazy("Put away"),
    "missing": _lazy("Without a next step"),
    "late": _lazy("Next step late"),
    "open": _lazy("Being worked on"),
    "deal": _lazy("Became a deal"),
    "handed": _lazy("Handed over, not answered"),
    "handed_me": _lazy("Handed over to me"),
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
    return ngettext("{shown} likely double found.", "{shown} likely doubles found.", count).format(
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


def said(field: str, value: Any, users: Mapping[str, str], others: Mapping[str, str]) -> str:
    """Give a value of a change in words, "" for nothing; `users` and `others` name ids."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return ", ".join(way_said(one) for one in value)
    if field in CHOICES:
        return str(CHOICES[field].get(value, value))
    if field == "country":
        return country_name(value)
    if isinstance(value, bool) or not isinstance(value, str):
        return figures.count(value, _language()) if isinstance(value, int) else str(value)
    return users.get(value) or others.get(value) or _as_day(field, value)


def count_said(count: int, *, is_more: bool) -> str:
    """Give how many rows a list has."""
    shown = figures.count(count, _language())
    if is_more:
        return _("more than {shown}").format(shown=shown)
    return ngettext("{shown} record", "{shown} records", count).format(shown=shown)


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


def change_name(field: str) -> str:
    """Give what a change is about, as the history of a record says it."""
    special = {"created": _("Added"), "merged": _("Merged with"), "merged_into": _("Merged into")}
    return special.get(field) or str(FIELDS.get(field, field.removeprefix("own_")))


def _as_day(field: str, value: str) -> str:
    if field in {"archived_at", "arrived_at"}:
        return dates.day(timezone.localtime(datetime.fromisoformat(value)).date(), _language())
    if field == "next_step_on":
        return dates.day(date.fromisoformat(value), _language())
    return value


def _language() -> str:
    return (get_language() or "en").split("-")[0]
