"""The starters in words."""

from django.utils.translation import gettext_lazy as _

from infield.process.texts import Text, in_language

STARTER_NAMES = {
    "seven-steps": _("Seven steps"),
    "diamond": _("Baseball diamond"),
    "fourteen-stages": _("Fourteen stages"),
    "six-stage-funnel": _("Six-stage funnel"),
    "empty": _("An empty map"),
}


def sentence(text: Text, language: str) -> str:
    """Say what a starter is for, in `language` where it was written in it, else in English."""
    return in_language(text, language, "en")
