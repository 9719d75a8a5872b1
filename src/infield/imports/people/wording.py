"""What an import of organizations, contacts or leads is told in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from infield.fields.wording import UNFIT
from infield.imports.people.columns import FIELDS as ROLES_OF
from infield.imports.people.more import addresses, consents
from infield.people.lists.wording import LABELS, address_head, consent_head, further_head
from infield.people.reach import ADDRESSES
from infield.people.words.wording import CHANNEL_NAMES, FIELDS, LINE_NAMES

ROLES: Mapping[str, Any] = {
    "full_name": LABELS["full_name"],
    "next_step_on": LABELS["due"],
    "refused_email": _("Wants no e-mail"),
    "refused_phone": _("Wants no calls"),
}
HEADS: Mapping[str, str] = {"full_name": "name", "person": "name"}
"""The columns of our own lists that are called otherwise than the field which they fill."""

DOUBLES = {
    "skip": (_("Leave them out"), _("What is here stays as it is.")),
    "update": (
        _("Write over them"),
        _("What the file says takes the place of what is here; empty cells change nothing."),
    ),
    "new": (_("Add them all the same"), _("You can merge duplicates later.")),
}
"""What becomes of rows whose record is here: key to (name, what it means)."""

DOUBLES_ALONE = {
    "": _("As chosen for all"),
    "skip": _("Leave it out"),
    "update": _("Write over it"),
    "new": _("Add it all the same"),
}
"""The same for one row."""

WHY_KNOWN = {
    "email": _("same e-mail"),
    "phone": _("same phone"),
    "domain": _("same domain"),
    "name": _("same name"),
}

MISFITS: Mapping[str, Any] = {
    "too_long": _("That is too long."),
    "no_country": _("No country is called so."),
    "no_kind": _(
        "Write each address in a line of its own, as an export does:"
        " what it is for; street; postcode; town; region; country."
    ),
    "no_word": _(
        "Write each word in a line of its own, as an export does: channel; yes or no; where it was said; day; note."
    ),
    "no_answer": _("Write yes or no."),
    "no_day": UNFIT["no_day"],
    "two_days": _("This can be two days. Write it as 2026-11-21."),
    "future_day": _("That day is still to come."),
    "step_missing": _("Say what comes next."),
    "day_missing": _("Say on which day."),
    "step_and_end": _("There is a next step too. Leave one of the two empty."),
}


def role_name(role: str, own: Mapping[str, str]) -> str:
    """Name what a column fills: a field, or one of one's own by its label."""
    if role in addresses.ROLES:
        return address_head(*role.split("_"))
    if role == addresses.FURTHER:
        return further_head()
    if role.startswith("consent_"):
        return consent_head(*_consent_parts(role))
    return own.get(role) or str(ROLES.get(role) or FIELDS.get(role, role))


def short_name(role: str) -> str:
    """Name a field within its group, of which the head says the rest."""
    if role in addresses.ROLES:
        return str(LINE_NAMES[role.split("_")[1]])
    if role == addresses.FURTHER or (role in consents.ROLES and role.startswith("consent_")):
        return role_name(role, {}).partition(" · ")[2]
    return role_name(role, {})


def groups_of(kind: str) -> list[tuple[str, list[str]]]:
    """Give the fields of a kind that a form keeps folded: (head, fields)."""
    grouped = [
        (address_head(one), [role for role in addresses.ROLES if role.startswith(f"{one}_")])
        for one in ADDRESSES
    ]
    grouped.append((further_head(), [addresses.FURTHER]))
    grouped.append((str(LABELS["consent"]), list(consents.ROLES)))
    return [(head, roles) for head, roles in grouped if set(roles) <= set(ROLES_OF[kind])]


def called(kind: str, own: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Give what fields are called here, in each language, and own ones: an export comes back by these heads."""
    found: dict[str, list[str]] = {key: [label] for key, label in own.items()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for role in ROLES_OF[kind]:
                names = found.setdefault(role, [])
                names.append(role_name(role, {}))
                if role in HEADS:
                    names.append(str(LABELS[HEADS[role]]))
    return dict(found)


def misfit(code: str) -> str:
    return str(MISFITS[code])


def _consent_parts(role: str) -> tuple[str, str]:
    """Give channel and part of a field of consent, "" for any channel and for the word itself.

    >>> [_consent_parts(role) for role in ("consent_email_on", "consent_email", "consent_on")]
    [('email', 'on'), ('email', ''), ('', 'on')]
    """
    first, _mark, part = role.removeprefix("consent_").partition("_")
    return (first, part) if first in CHANNEL_NAMES else ("", first)
