"""What an import of organizations, contacts or leads is told in."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from infield.people.wording import FIELDS

ROLES = {"full_name": _("Whole name")}

DOUBLES = {
    "skip": (_("Leave them out"), _("What is here stays as it is.")),
    "update": (
        _("Write over them"),
        _("What the file says takes the place of what is here; empty cells change nothing."),
    ),
    "new": (_("Add them all the same"), _("You can merge duplicates later.")),
}
"""What becomes of rows whose record is here: key to (name, what it means)."""

WHY_KNOWN = {
    "email": _("same e-mail"),
    "phone": _("same phone"),
    "domain": _("same domain"),
    "name": _("same name"),
}


def role_name(role: str, own: Mapping[str, str]) -> str:
    """Name what a column fills: a field, or one of one's own by its label."""
    return own.get(role) or str(ROLES.get(role) or FIELDS.get(role, role))
