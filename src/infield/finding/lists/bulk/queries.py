"""What can be done with many records of a list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infield.accounts.models import User
from infield.accounts.rules import Asked
from infield.finding.filters import Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.bulk.actions import Act, Result
from infield.finding.lists.bulk.forms import BulkForm
from infield.finding.lists.queries import Listing


@dataclass(frozen=True, slots=True)
class Bulk:
    """What can be done with many records of a list.

    `things`: those that a user may see, read with what acts need; `attempt`: does an act and says what came of it;
    `take_back`: undoes by the id that a result gave. `acts` and `titles`: each act's words on the bar and over its
    form. `form`: gives the form of an act; 404 for one that there is not. `fields`: what can be filled, by key.
    `count`: says how many are selected. `one`: the name of the address of one record. `note`: what is said under the
    form of an act.
    """

    listing: Listing
    things: Callable[[User], Any]
    attempt: Callable[[Any, Act], Result]
    take_back: Callable[[Any, UUID, User], Any]
    acts: Mapping[str, object]
    titles: Mapping[str, object]
    form: Callable[[Asked, str, list[UUID], Around, Any], BulkForm]
    fields: Callable[[Around], Sequence[tuple[str, str]]]
    count: Callable[[int, str], str]
    one: str
    notes: Mapping[str, object]

    def offered(self, wish: Filter) -> list[tuple[str, object]]:
        """Give the acts that the bar of what is selected offers: what is put away can only be restored."""
        away = wish.of("archived") or wish.of("outcome")
        is_away = bool(away and away.values in {("yes",), ("archived",)} and "restore" in self.acts)
        return [(what, words) for what, words in self.acts.items() if (what == "restore") is is_away]
