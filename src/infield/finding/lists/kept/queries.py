"""What every view of a list shows around it: its switcher, the views that are kept, the filter in words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from infield.accounts.models import User
from infield.finding.filters import Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.queries import Listing, chips
from infield.finding.models import SavedView

TABLE = "table"


@dataclass(frozen=True, slots=True)
class Kept:
    """A view that is kept: where it leads, whether it is this one, whether the viewer may drop it."""

    pk: UUID
    name: str
    address: str
    is_here: bool
    is_own: bool
    for_all: bool


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
    return Kept(view.pk, view.name, address, is_here, view.owner_id == user.pk, view.for_all)


def _parts(query: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(query.removeprefix("?")))
