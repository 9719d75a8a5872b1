"""What each role may do, as a table."""

from dataclasses import dataclass

ACTS = {
    "deals": "work on deals",
    "people": "work on organizations, contacts, leads and activities",
    "playbook": "write guidance, answers to objections, follow-up cadences and products",
    "maps": "write and publish maps",
    "imports": "bring files and undo them",
    "settings": "own fields, the ideal client, holidays, reasons",
    "audit": "read who changed what",
    "users": "invite, change and shut out users",
    "everything": "take all that is kept along as one archive",
}
"""What a role may do, apart from reading."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role: its key, whose deals it opens (own, team: the tree below, all), and which of ACTS it may do."""

    key: str
    opens: str
    may: frozenset[str]

    @property
    def writes(self) -> bool:
        """Tell whether it works on deals."""
        return "deals" in self.may


def _role(key: str, opens: str, *may: str) -> Role:
    return Role(key, opens, frozenset(may))


ROLES = {
    role.key: role
    for role in (
        _role("rep", "own", "deals", "people"),
        _role("manager", "team", "deals", "people", "playbook", "maps", "imports", "audit"),
        _role("operations", "all", "deals", "people", "playbook", "maps", "imports", "settings", "audit"),
        _role("marketing", "all", "people", "playbook"),
        _role("service", "all", "people"),
        _role("admin", "all", *ACTS),
        _role("reader", "all"),
    )
}


def who_may(act: str) -> frozenset[str]:
    """Give the roles that may do one of ACTS, for `allow(*who_may("maps"))`; KeyError for an unknown act."""
    ACTS[act]
    return frozenset(key for key, role in ROLES.items() if act in role.may)


WRITERS = who_may("deals")
