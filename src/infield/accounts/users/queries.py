"""The accounts as the page of users lists them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, OuterRef, Q

from infield.accounts.models import Link, User


@dataclass(frozen=True, slots=True)
class Row:
    """One account. `state`: active, invited, expired (the invitation is too old) or out; `depth`: 0 at the top."""

    id: UUID
    name: str
    email: str
    role: str
    manager: str
    state: str
    has_factor: bool
    last_login: datetime | None
    depth: int


def everybody() -> list[Row]:
    """Give every account: who works here in the order of the tree, each above who reports to them, then who left."""
    users = list(_read())
    names = {user.pk: str(user) for user in users}
    inside = [user for user in users if _state(user) != "out"]
    ordered = [*_as_tree(inside), *((user, 0) for user in users if _state(user) == "out")]
    return [_row(user, depth, names) for user, depth in ordered]


def _read() -> Iterator[User]:
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"))
    joins = Q(links__purpose=Link.JOIN, links__used_at=None, links__revoked_at=None)
    return (
        User.objects.annotate(
            has_factor=Exists(factors), invited_until=Max("links__expires_at", filter=joins)
        )
        .order_by("name", "email")
        .iterator()
    )


def _as_tree(users: list[User]) -> Iterator[tuple[User, int]]:
    known = {user.pk for user in users}
    team = defaultdict(list)
    for user in users:
        team[user.manager_id if user.manager_id in known else None].append(user)
    waiting = [(user, 0) for user in reversed(team[None])]
    shown = set()
    while waiting:
        user, depth = waiting.pop()
        shown.add(user.pk)
        yield user, depth
        waiting += [(one, depth + 1) for one in reversed(team[user.pk])]
    # a circle, as an import may have left one, hangs on nobody
    yield from ((user, 0) for user in users if user.pk not in shown)


def _state(user: User) -> str:
    if user.active:
        return "active"
    until: datetime | None = user.invited_until  # type: ignore[attr-defined]  # annotated
    if until is None:
        return "out"
    return "invited" if until > datetime.now(UTC) else "expired"


def _row(user: User, depth: int, names: dict[UUID, str]) -> Row:
    return Row(
        id=user.pk,
        name=user.name,
        email=user.email,
        role=user.role,
        manager=names.get(user.manager_id, "") if user.manager_id else "",
        state=_state(user),
        has_factor=user.has_factor,  # type: ignore[attr-defined]  # annotated
        last_login=user.last_login,
        depth=depth,
    )
