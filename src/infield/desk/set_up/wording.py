"""The starters in words."""

from django.utils.translation import gettext_lazy as _

STARTER_NAMES = {
    "seven-steps": _("Seven steps"),
    "diamond": _("Baseball diamond"),
    "fourteen-stages": _("Fourteen stages"),
    "six-stage-funnel": _("Six-stage funnel"),
    "empty": _("An empty map"),
}
