"""What every view of the deals shows around them: its switcher, the views that are kept, the filter in words."""

from typing import Any, cast

from infield.accounts.models import User
from infield.desk.deals.fields.queries import Around
from infield.desk.deals.queries import DEALS, switcher
from infield.finding.filters import Filter
from infield.finding.lists.kept import queries as kept


def around(user: User) -> Around:
    return cast("Around", DEALS.looked_at_by(user))


def bar_context(shape: str, wish: Filter, now: Around) -> dict[str, Any]:
    """Give what the bar over a view of deals needs. One query, for the views that are kept."""
    return kept.bar_context(DEALS, wish, now, shape) | {"switcher": switcher(shape, wish)}
