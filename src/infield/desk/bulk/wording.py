"""What is said of an act on many deals."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from infield.web import figures

ACTS = {
    "owner": _("Owner"),
    "step": _("Next step"),
    "stage": _("Stage"),
    "close": _("Expected close"),
    "field": _("Field"),
    "lose": _("Lost"),
    "archive": _("Put into the archive"),
}

TITLES = {
    "owner": _("Hand over to"),
    "step": _("Set the next step"),
    "stage": _("Move to"),
    "close": _("Change the expected close"),
    "field": _("Fill a field"),
    "lose": _("Close as lost"),
    "archive": _("Put into the archive"),
}


NOTES = {
    "stage": _("A deal whose gate is still closed stays where it is, and you are told which."),
}


def not_yours() -> str:
    return gettext("Only who may work on this deal can change it.")


def selected(count: int, language: str) -> str:
    return ngettext("{n} deal", "{n} deals", count).format(n=figures.count(count, language))
