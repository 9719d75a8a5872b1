"""The words of the lists of organizations, contacts and leads."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from infield.finding.lists.groups import Group
from infield.finding.lists.wording import DUE
from infield.people.words.wording import (
    CHANNEL_NAMES,
    FIELDS,
    LABEL_NAMES,
    LINE_NAMES,
    PROFILE_NAMES,
)
from infield.web import figures

PLURALS: Mapping[str, Any] = {
    "organization": _("Organizations"),
    "contact": _("Contacts"),
    "lead": _("Leads"),
}

LABELS: Mapping[str, Any] = {
    **FIELDS,
    "full_name": _("Whole name"),
    "team": _("Team of"),
    "people": _("People"),
    "deals": _("Open deals"),
    "step": _("Next step"),
    "due": _("Next step due"),
    "touched": _("Last touch"),
    "arrived": _("Arrived"),
    "created": _("Added"),
    "archived": _("Put away"),
    "consent": _("Consent"),
    "handed": _("Hand-over"),
    "reason": _("Why disqualified"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "address": _("Address"),
}

_RECORD = ("created", "archived")
_FIRM = ("country", "place", "industry", "size")

GROUPS: Mapping[str, tuple[Group, ...]] = {
    "organization": (
        Group(_("Owner and next step"), ("owner", "team", "step", "deals", "people", *_RECORD)),
        Group(_("Organization"), (*_FIRM, "domain")),
    ),
    "contact": (
        Group(_("Owner and next step"), ("owner", "team", "step", "due", "touched", "opened_by", *_RECORD)),
        Group(_("Person"), ("job_title", "language", "culture", "channel", "consent")),
        Group(_("Organization"), _FIRM),
    ),
    "lead": (
        Group(_("Owner and profile"), ("owner", "team", "profile", "fit", "handed", "reason", *_RECORD)),
        Group(_("Arrival and next step"), ("step", "arrived", "source", "direction", "wanted")),
        Group(_("Person"), ("job_title", "language", "consent")),
        Group(_("Organization"), ("company", *_FIRM, "website")),
    ),
}
"""Under which headings the fields to look by stand."""

ARCHIVED: Mapping[str, Any] = {
    "yes": _("Put away"),
    "any": _("All, put away ones too"),
}

DEALS: Mapping[str, Any] = {
    "open": _("Has open deals"),
    "won": _("Has bought"),
    "none": _("No deals yet"),
}

PEOPLE: Mapping[str, Any] = {
    "some": _("Somebody is known"),
    "none": _("Nobody is known"),
}

STEPS: Mapping[str, Any] = {**DUE, "ended": _("No further contact")}

CONSENT_PARTS: Mapping[str, Any] = {
    "source": _("Where it was said"),
    "on": _("Day it was said"),
    "words": _("Every word"),
}
"""What is known of a consent beside the channel and the word itself."""

SAID: Mapping[bool, Any] = {True: _("Given"), False: _("Withdrawn")}

CONSENTS: Mapping[str, Any] = {
    **{key: CHANNEL_NAMES[key] for key in ("email", "phone", "text", "post")},
    "withdrawn": _("Withdrawn"),
    "-": _("Nothing noted"),
}

PROFILES: Mapping[str, Any] = {"open": _("Being worked on"), **PROFILE_NAMES, "deal": _("Became a deal")}

HANDED: Mapping[str, Any] = {
    "mine": _("Handed over to me"),
    "any": _("Handed over, not answered"),
}

ACTS: Mapping[str, Any] = {
    "owner": _("Owner"),
    "step": _("Next step"),
    "profile": _("Profile"),
    "disqualify": _("Disqualify"),
    "field": _("Field"),
    "archive": _("Put into the archive"),
    "restore": _("Restore"),
}

TITLES: Mapping[str, Any] = {
    "owner": _("Hand over to"),
    "step": _("Set the next step"),
    "profile": _("Change the profile"),
    "disqualify": _("Disqualify"),
    "field": _("Fill a field"),
    "archive": _("Put into the archive"),
    "restore": _("Restore"),
}


NOTES: Mapping[str, Mapping[str, Any]] = {
    "lead": {
        "disqualify": _("A lead that is a deal by now stays as it is, and you are told which."),
        "profile": _("A lead that is a deal by now stays as it is, and you are told which."),
    },
}


def selected(kind: str, count: int, language: str) -> str:
    """Say how many are selected."""
    text = {
        "organization": ngettext("{n} organization", "{n} organizations", count),
        "contact": ngettext("{n} contact", "{n} contacts", count),
        "lead": ngettext("{n} lead", "{n} leads", count),
    }[kind]
    return text.format(n=figures.count(count, language))


def address_head(kind: str, line: str = "") -> str:
    """Name a kind of postal address, or a line of one, as the head of a column of a file."""
    lines = (LINE_NAMES[line],) if line else ()
    return " · ".join(str(part) for part in (FIELDS["addresses"], LABEL_NAMES[kind], *lines))


def further_head() -> str:
    """Name the addresses after the first of their kind, as the head of a column of a file."""
    return " · ".join((str(FIELDS["addresses"]), pgettext("addresses", "Further")))


def consent_head(channel: str, part: str = "") -> str:
    """Name the consent for a channel, or one of CONSENT_PARTS, as the head of a column; "" for any channel."""
    channels = (CHANNEL_NAMES[channel],) if channel else ()
    parts = (CONSENT_PARTS[part],) if part else ()
    return " · ".join(str(one) for one in (LABELS["consent"], *channels, *parts))


def not_yours() -> str:
    return gettext("Your role does not work on people.")


def no_further_contact() -> str:
    return gettext("No further contact")


def waits() -> str:
    return gettext("Waits for an answer")


def nobody() -> str:
    return gettext("nobody")
