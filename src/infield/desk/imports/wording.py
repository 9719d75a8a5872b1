"""What the pages of an import answer, in the language that is active."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

KIND_NAMES = {
    "history": _("Deals and what happened to them"),
    "organization": _("Organizations"),
    "contact": _("Contacts"),
    "lead": _("Leads"),
}
"""What a row of an import is about."""


def stages_corrected(deals: int) -> str:
    """Give what came of correcting which stages the names mean."""
    return ngettext(
        "Corrected. {n} deal stands in another stage now.",
        "Corrected. {n} deals stand in another stage now.",
        deals,
    ).format(n=deals)
