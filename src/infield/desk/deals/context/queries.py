"""What every view of the deals shows around them: its switcher, the views that are kept, the filter in words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.desk.deals.fields.queries import Around
from infield.desk.deals.queries import ADDRESSES, chips, switcher
from infield.finding.filters import Filter
from infield.finding.models import SavedView

KIND = "deal"


@dataclass(frozen=True, slots=True)
class Kept:
    """A view that is kept: where it leads, whether it is this one, whether the viewer may drop it."""

    pk: UUID
    name: str
    address: str
    is_here: bool
    is_own: bool
    for_all: bool


def around(user: User) -> Around:
    return Around(user, timezone.localtime(), get_language() or "en")


def bar_context(shape: str, wish: Filter, now: Around) -> dict[str, Any]:
    """Give what the bar over a view of deals needs. One query, for the views that are kept."""
    query = wish.address()
    views = tuple(_kept(one, shape, query, now.user) for one in SavedView.objects.offered_to(now.user, KIND))
    return {
        "shape": shape,
        "wish_filter": wish,
        "query": query,
        "switcher": switcher(shape, wish),
        "chips": chips(wish, now),
        "here": reverse(ADDRESSES[shape]),
        "kept_views": views,
        "kept_here": next((one for one in views if one.is_here), None),
        "hidden": [pair for pair in wish.pairs() if pair[0] != "q"],
    }


def _kept(view: SavedView, shape: str, query: str, user: User) -> Kept:
    address = reverse(ADDRESSES.get(view.shape, ADDRESSES["table"])) + view.query
    is_here = view.shape == shape and _parts(view.query) == _parts(query)
    return Kept(view.pk, view.name, address, is_here, view.owner_id == user.pk, view.for_all)


def _parts(query: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(query.removeprefix("?")))
