"""Who is below whom."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID


def below(top: UUID, reports: Iterable[tuple[UUID, UUID | None]]) -> frozenset[UUID]:
    """Give `top` and everyone who reports to them, directly or through others; a circle ends where it closes.

    `reports`: pairs of a user and the user they report to, or None.
    """
    team = defaultdict(list)
    for user, manager in reports:
        team[manager].append(user)
    found, waiting = {top}, [top]
    while waiting:
        for user in team[waiting.pop()]:
            if user not in found:
                found.add(user)
                waiting.append(user)
    return frozenset(found)


def above(bottom: UUID, reports: Iterable[tuple[UUID, UUID | None]]) -> frozenset[UUID]:
    """Give `bottom` and everyone they report to, directly or through others; a circle ends where it closes.

    `reports`: as `below` takes them.
    """
    managers = dict(reports)
    found: set[UUID] = set()
    one: UUID | None = bottom
    while one is not None and one not in found:
        found.add(one)
        one = managers.get(one)
    return frozenset(found)
