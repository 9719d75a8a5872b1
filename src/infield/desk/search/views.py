"""Search over everything, and the command palette."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from infield.accounts.rules import allow_all_roles
from infield.deals.models import Deal
from infield.desk.search.queries import Hit, recent, search
from infield.desk.search.wording import ACTS, DEAL_ACTS, ICONS, KINDS, MORE_PLACES, NEW, PLACES, RECENT
from infield.desk.views import Asked
from infield.finding.folding import fold
from infield.web.queries import rail_entries

ON_A_PAGE, IN_THE_PALETTE = 20, 5
LAST = 6
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Option:
    """A line of the palette; one that opens as a dialog has `is_slot`."""

    name: str
    line: str
    icon: str
    address: str
    is_slot: bool = False


@allow_all_roles
@require_GET
def page(request: Asked) -> HttpResponse:
    """Everything that is found for `q`, by kind."""
    query = request.GET.get("q", "")[:LONGEST]
    found = search(request.user, query, ON_A_PAGE, get_language() or "en")
    groups = [(KINDS[one.kind], ICONS[one.kind], one) for one in found]
    return render(request, "desk/search.html", {"q": query, "groups": groups})


@allow_all_roles
@require_GET
def palette(request: Asked) -> HttpResponse:
    """The lines of the palette: without a query what was opened last, what can be done here, and the places."""
    query, language = request.GET.get("q", "")[:LONGEST], get_language() or "en"
    acts, places = list(_acts(request)), list(_places(request))
    if not query.strip():
        last = recent(request.user, request.GET.get("recent", "").split(",")[:LAST], language)
        groups = [(RECENT, [_option(one) for one in last]), (ACTS, acts), (PLACES, places)]
    else:
        found = search(request.user, query, IN_THE_PALETTE, language)
        groups = [(KINDS[one.kind], [_option(hit) for hit in one.hits]) for one in found]
        groups += [(ACTS, _named(acts, query)), (PLACES, _named(places, query))]
    context = {"groups": _numbered(groups), "q": query}
    return render(request, "desk/palette.html", context)


def _option(hit: Hit) -> Option:
    return Option(hit.name, hit.line, ICONS[hit.kind], hit.address)


def _acts(request: Asked) -> Iterator[Option]:
    if not request.user.writes:
        return
    deal = _deal_here(request)
    for address, icon, words in DEAL_ACTS if deal and deal.outcome is None else ():
        yield Option(
            str(words),
            deal.title if deal else "",
            icon,
            reverse(address, args=[deal.pk if deal else ""]),
            True,
        )
    yield Option(str(NEW[2]), "", NEW[1], reverse(NEW[0]), True)


def _deal_here(request: Asked) -> Deal | None:
    """Give the deal on whose page the palette was opened, if this user may see it."""
    try:
        found = resolve(request.GET.get("at", ""))
    except Resolver404:
        return None
    if found.view_name != "desk:deal":
        return None
    return Deal.objects.visible_to(request.user).filter(pk=found.kwargs["key"]).first()


def _places(request: Asked) -> Iterator[Option]:
    for entry in rail_entries(request):
        yield Option(entry.label, "", entry.icon, entry.url)
    for address, icon, words in MORE_PLACES:
        try:
            url = reverse(address)
        except NoReverseMatch:
            continue
        rule: frozenset[str] = getattr(resolve(url).func, "rule", frozenset())
        if request.user.role in rule:
            yield Option(str(words), "", icon, url)


def _named(options: list[Option], query: str) -> list[Option]:
    words = fold(query).split()
    return [one for one in options if all(word in fold(one.name) for word in words)]


def _numbered(groups: list[tuple[Any, list[Option]]]) -> list[tuple[str, list[tuple[int, Option]]]]:
    """Give the groups that have options, each option with its number over all."""
    place, numbered = 0, []
    for name, options in groups:
        if options:
            numbered.append((str(name), list(enumerate(options, start=place))))
            place += len(options)
    return numbered
