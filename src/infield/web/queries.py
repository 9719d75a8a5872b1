"""What the frame shows of a request."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils.translation import gettext

from infield.web.rail import PLACES, Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the rail as this viewer sees it on this page; `group`: the heading it opens, or nothing."""

    url: str
    icon: str
    label: str
    key: str
    group: str
    is_here: bool
    on_phone: bool


def rail_entries(request: HttpRequest, here: str = "") -> list[Entry]:
    """Give the entries of the rail that this viewer may open.

    `here`: the address name of the place a page belongs to, where its own address does not begin with the place's.
    """
    places = list(_open_places(request))
    nearest = max((url for _, url in places if request.path.startswith(url)), key=len, default="")
    entries, last_group = [], None
    for place, url in places:
        opens = place.group if place.group != last_group else None
        last_group = place.group or last_group
        is_here = place.address == here if here else url == nearest
        entries.append(
            Entry(
                url,
                place.icon,
                gettext(place.label),
                place.key,
                gettext(opens) if opens else "",
                is_here,
                place.on_phone,
            )
        )
    return entries


def _open_places(request: HttpRequest) -> Iterator[tuple[Place, str]]:
    role = getattr(getattr(request, "user", None), "role", "")
    for place in PLACES:
        try:
            url = reverse(place.address)
        except NoReverseMatch:
            continue
        rule = _rule(get_resolver(), url)
        if role in rule or "anyone" in rule:
            yield place, url


@cache
def _rule(addresses: URLResolver, url: str) -> frozenset[str]:
    """Give who may call the view at an address; it stays while the server runs, and to look it up is slow."""
    rule: frozenset[str] = getattr(addresses.resolve(url).func, "rule", frozenset())
    return rule
