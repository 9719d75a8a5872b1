"""The words of the map page, and of the flowchart, in the language that is active."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infield.process.drawing.labels import Labels

VIEWS = {"mapped": _("As mapped"), "real": _("As it happens"), "both": _("Both")}
PERIODS = {"quarter": _("Quarter"), "year": _("12 months"), "all": _("All")}

FLOWCHART: Mapping[str, object] = {
    "start": _("Start"),
    "no_lane": _("No department"),
    "from_any": _("from any stage up to the sale"),
    "from_marked": _("from stages marked {badge}"),
    "from_named": _("from: {stages}"),
    "forward": _("usual way"),
    "branch": _("branch"),
    "way_back": _("way back"),
    "jump": _("jump"),
    "no": _("no"),
    "not_now": _("not now"),
    "rare": _("rare"),
    "gate": _("gate: share of a sale in %"),
    "sale": _("the sale"),
    "badge": _("may leave here"),
    "untagged": _("{source} → {target}: {when}"),
    "description": _("Flowchart with {stages} stages in {lanes} lanes. {steps}"),
}
PHASES = {
    "awareness": _("Awareness"),
    "consideration": _("Consideration"),
    "decision": _("Decision"),
    "advocacy": _("Advocacy"),
}
ABOUT = {"audience": _("audience"), "lead": _("lead"), "deal": _("deal"), "client": _("client")}


def flowchart_labels() -> Labels:
    """Give the words of the flowchart in the language that is active."""
    return Labels(
        **{name: str(words) for name, words in FLOWCHART.items()},
        phases={name: str(words) for name, words in PHASES.items()},
    )


def file_name(name: str, view: str) -> str:
    """Give the name under which a picture is saved."""
    return gettext("{map} {view}.svg").format(map=name, view=str(VIEWS[view]).lower())
