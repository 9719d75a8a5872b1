"""The places of the rail, as a table. A place is shown when its address exists and the viewer's role may open it."""

from dataclasses import dataclass

from infield.web.language import noop as _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the name of its address, its icon, its label, the key after G, its group or None."""

    address: str
    icon: str
    label: str
    key: str
    group: str | None = None


PLACES = (
    Place("desk:today", "sun", _("Today"), "t"),
    Place("desk:board", "board", _("Pipeline"), "p"),
    Place("desk:contacts", "people", _("Contacts"), "c"),
    Place("desk:map", "map", _("Map"), "m", _("Process")),
    Place("playbook:stages", "book", _("Playbook"), "b", _("Process")),
    Place("desk:funnel", "funnel", _("Funnel"), "f", _("Process")),
    Place("desk:forecast", "target", _("Forecast"), "r", _("Process")),
    Place("desk:import", "import", _("Import"), "i", _("Process")),
    Place("desk:products", "board", _("Products"), "o", _("Settings")),
    Place("desk:reasons", "flag", _("Reasons for losing"), "l", _("Settings")),
)
