"""What the frame shows of a request."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
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
        rule = _rule_at(url, settings.ROOT_URLCONF)
        if role in rule or "anyone" in rule:
            yield place, url


@cache
def _rule_at(url: str, addresses: str) -> frozenset[str]:
    """Who may open a place. Asked a dozen times a page: finding a view goes through every address before its own."""
    rule: frozenset[str] = getattr(resolve(url, addresses).func, "rule", frozenset())
    return rule
