"""The places of the rail, as a table. A place is shown when its address exists and the viewer's role may open it."""

from dataclasses import dataclass

from infield.web.language import noop as _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the name of its address, its icon, its label, the key after G, its group or None.

    `on_phone`: it has a place in the bar at the bottom of a phone, where five fit; the others stand on the profile.
    """

    address: str
    icon: str
    label: str
    key: str
    group: str | None = None
    on_phone: bool = True


PLACES = (
    Place("desk:today", "sun", _("Today"), "t"),
    Place("desk:calendar", "calendar", _("Calendar"), "d", on_phone=False),
    Place("desk:board", "board", _("Pipeline"), "p"),
    Place("people:contacts", "people", _("Contacts"), "c"),
    Place("desk:map", "map", _("Map"), "m", _("Process")),
    Place("playbook:stages", "book", _("Playbook"), "b", _("Process"), on_phone=False),
    Place("desk:funnel", "funnel", _("Funnel"), "f", _("Process"), on_phone=False),
    Place("desk:forecast", "target", _("Forecast"), "r", _("Process"), on_phone=False),
    Place("desk:import", "import", _("Import"), "i", _("Process"), on_phone=False),
    Place("accounts:users", "shield", _("Users"), "u", _("Administration"), on_phone=False),
    Place("desk:audit", "history", _("Audit"), "a", _("Administration"), on_phone=False),
    Place("desk:everything", "export", _("Full export"), "x", _("Administration"), on_phone=False),
    Place("desk:products", "box", _("Products"), "o", _("Settings"), on_phone=False),
    Place("desk:reasons", "flag", _("Reasons for losing"), "l", _("Settings"), on_phone=False),
    Place("desk:cadences", "repeat", _("Follow-ups"), "s", _("Settings"), on_phone=False),
    Place("fields:overview", "note", _("Fields of your own"), "e", _("Settings"), on_phone=False),
    Place("people:ideal_client", "target", _("Ideal client"), "k", _("Settings"), on_phone=False),
    Place("desk:hours", "clock", _("Working hours"), "w", _("Settings"), on_phone=False),
)
