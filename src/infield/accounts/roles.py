"""What each role may do, as a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """One role: its key, whether it changes anything, and whose deals it opens: own, team (the tree below), all."""

    key: str
    writes: bool
    opens: str


ROLES = {
    role.key: role
    for role in (
        Role("rep", writes=True, opens="own"),
        Role("manager", writes=True, opens="team"),
        Role("reader", writes=False, opens="all"),
    )
}
WRITERS = frozenset(key for key, role in ROLES.items() if role.writes)
