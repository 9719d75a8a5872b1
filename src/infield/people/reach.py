"""Phones, e-mails and postal addresses: as typed for people, in one form for comparing."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

LABELS = ("work", "mobile", "home", "switchboard", "billing", "visit", "other")
ADDRESSES = ("visit", "billing", "other")
"""The kinds of postal addresses: labels that they may have."""
LINES = ("street", "postcode", "place", "region", "country")
"""What a postal address is made of."""

type Way = Mapping[str, str]
"""One phone, e-mail or address: `label`, one of LABELS, and `value`, or LINES for an address."""


def further(addresses: Iterable[Way]) -> list[Way]:
    """Give the addresses after the first of each of ADDRESSES.

    >>> further([{"label": "visit", "place": "Oulu"}, {"label": "visit", "place": "Ii"}, {"label": "other"}])
    [{'label': 'visit', 'place': 'Ii'}]
    """
    left = set(ADDRESSES)
    found = []
    for way in addresses:
        if way.get("label", "") in left:
            left.remove(way["label"])
        else:
            found.append(way)
    return found


def phone_key(typed: str, country: str = "") -> str:
    """Give a phone number as it is compared: E.164 where it can be read, its digits where not.

    `country` (ISO 3166) is where a number without a country code is dialled.

    >>> phone_key("(09) 123 4567", "FI"), phone_key("+358 9 1234567"), phone_key("ext. 12")
    ('+35891234567', '+35891234567', '12')
    """
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

    try:
        number = parse(typed, country or None)
    except NumberParseException:
        return "".join(str(int(letter)) for letter in typed if letter.isdecimal())
    return str(format_number(number, PhoneNumberFormat.E164))


def email_key(typed: str) -> str:
    """Give an e-mail address as it is compared: small letters, no spaces around it."""
    return typed.strip().casefold()


def keys_of(
    emails: Iterable[Way], phones: Iterable[Way], country: str, domain: str = ""
) -> set[tuple[str, str]]:
    """Give the pairs of kind (email, phone, domain) and compared text by which a record is found."""
    found = {("email", email_key(way["value"])) for way in emails}
    found |= {("phone", phone_key(way["value"], country)) for way in phones}
    found |= {("domain", domain)}
    return {(kind, text) for kind, text in found if len(text) > 2}


def tidy(ways: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Give the ways that say something, trimmed, each once."""
    kept: dict[tuple[str, ...], dict[str, str]] = {}
    for way in ways:
        cleaned = {key: str(value).strip() for key, value in way.items() if str(value).strip()}
        said = tuple(value.casefold() for key, value in sorted(cleaned.items()) if key != "label")
        if said:
            kept.setdefault(said, {"label": "work", **cleaned})
    return list(kept.values())


@cache
def dialled_in(language: str) -> str:
    """Give the country in which people of this language most likely dial, "" where it says nothing."""
    return {"ja": "JP", "fi": "FI", "th": "TH"}.get(language, "")
