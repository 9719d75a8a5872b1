"""The words of the map page in the language that is active."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

VIEWS = {"mapped": _("As mapped"), "real": _("As it happens"), "both": _("Both")}
PERIODS = {"quarter": _("Quarter"), "year": _("12 months"), "all": _("All")}


def file_name(name: str, view: str) -> str:
    """Give the name under which a picture is saved."""
    return gettext("{map} {view}.svg").format(map=name, view=str(VIEWS[view]).lower())
