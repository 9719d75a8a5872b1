"""What fields and choices of this room are called: of records, of leads, of countries and languages."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

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


def language_name(code: str) -> str:
    return dict(languages(_language())).get(code, code)


def _language() -> str:
    return (get_language() or "en").split("-")[0]
