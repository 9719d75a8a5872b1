"""Who looks at a list, and what the company has that a list asks about."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from infield.accounts.models import User
from infield.accounts.roles import who_may
from infield.accounts.team import below
from infield.fields.models import Field
from infield.finding.collation import sort_key
from infield.web.ids import to_text


@dataclass(frozen=True)
class Around:
    """Who looks, when in their zone, in which language; and what the company has, each read when it is needed.

    `kind`: whose own fields; `act`: the one of roles.ACTS that those do who may own such a record.
    """

    user: User
    now: datetime
    language: str
    kind: str
    act: str

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def own(self) -> tuple[Field, ...]:
        return tuple(Field.objects.of(self.kind))

    @cached_property
    def everybody(self) -> tuple[User, ...]:
        """All who work here or once did, in the order of their names."""
        return tuple(sorted(User.objects.all(), key=lambda one: (sort_key(one.name), one.pk)))

    @cached_property
    def workers(self) -> list[User]:
        """Those who may own what this user sees."""
        seen = self.user.sees()
        may = who_may(self.act)
        return [one for one in self.everybody if one.role in may and (seen is None or one.pk in seen)]

    @property
    def colleagues(self) -> list[tuple[str, str]]:
        return [(to_text(one.pk), one.name) for one in self.everybody if one.active]

    @property
    def heads(self) -> list[User]:
        """Those to whom somebody reports, this user or somebody whom this user sees."""
        leading = {one.manager_id for one in self.everybody}
        seen = self.user.sees()
        return [one for one in self.everybody if one.pk in leading and (seen is None or one.pk in seen)]

    def team_of(self, head: User) -> frozenset[object]:
        """Give the ids of `head` and of everyone below."""
        return frozenset(below(head.pk, ((one.pk, one.manager_id) for one in self.everybody)))
