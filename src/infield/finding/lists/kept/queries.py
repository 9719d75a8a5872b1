"""What every view of a list shows around it: its switcher, the views that are kept, the filter in words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from infield.accounts.models import User
from infield.finding.filters import Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.queries import Listing, chips
from infield.finding.lists.wording import everyone, for_everyone, only_me, team_of
from infield.finding.models import SHARES_WITH_ALL, SavedView
from infield.web.ids import to_text

TABLE, EVERYONE = "table", "all"


@dataclass(frozen=True, slots=True)
class Kept:
    """A view that is kept: where it leads, whether it is this one, whether the viewer may drop it, who else has it."""

    pk: UUID
    name: str
    address: str
    is_here: bool
    may_drop: bool
    shared: str


def bar_context(listing: Listing, wish: Filter, around: Around, shape: str = TABLE) -> dict[str, Any]:
    """Give what the bar over a list needs. One query, for the views that are kept."""
    query = wish.address()
    offered = SavedView.objects.offered_to(around.user, listing.kind)
    views = tuple(_kept(listing, one, shape, query, around.user) for one in offered)
    return {
        "listing": listing.address,
        "shape": shape,
        "wish_filter": wish,
        "query": query,
        "chips": chips(listing, wish, around),
        "here": listing.address_of(shape),
        "kept_views": views,
        "kept_here": next((one for one in views if one.is_here), None),
        "hidden": [pair for pair in wish.pairs() if pair[0] != "q"],
    }


def _kept(listing: Listing, view: SavedView, shape: str, query: str, user: User) -> Kept:
    address = listing.address_of(view.shape) + view.query
    is_here = view.shape == shape and _parts(view.query) == _parts(query)
    shared = for_everyone() if view.for_all else team_of(view.team.name) if view.team else ""
    return Kept(view.pk, view.name, address, is_here, view.may_be_dropped_by(user), shared)


def circles(around: Around) -> list[tuple[str, str]]:
    """Give whom the viewer may give a view to: (key, name), themselves alone first.

    A team is that of whom they report to, their own, and those below; with everyone's deals open, each.
    """
    user, found = around.user, [("", only_me())]
    if not user.may(around.act):
        return found
    heads = {one.pk: one for one in around.heads}
    if user.manager_id:
        heads |= {one.pk: one for one in around.everybody if one.pk == user.manager_id}
    found += [(to_text(pk), team_of(one.name)) for pk, one in heads.items()]
    return [*found, (EVERYONE, everyone())] if user.may(SHARES_WITH_ALL) else found


def _parts(query: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(query.removeprefix("?")))
