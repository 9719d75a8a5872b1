"""The deals behind a figure: what is clicked on the map and in the funnel."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from infield.accounts.rules import SignedRequest, allow_all_roles
from infield.desk.behind.queries import deals_behind
from infield.desk.behind.question import question_of
from infield.desk.behind.wording import outcome, title
from infield.desk.map.queries import maps_in_use
from infield.desk.map.views import asked_for, choices, language
from infield.desk.report.gather import map_names
from infield.desk.report.wording import Speaker

PLACES = {"map": "desk:map", "funnel": "desk:funnel"}
"""Where the viewer came from."""


@allow_all_roles
@require_safe
def behind(request: SignedRequest) -> HttpResponse:
    """A page of the deals; 404 where the address asks nothing."""
    maps, question = maps_in_use(), question_of(request.GET.dict())
    asked = asked_for(request, maps)
    if question is None:
        raise Http404
    process = asked.version.map()
    page = deals_behind(
        asked.version, request.user, asked.period, question, request.GET.get("after", ""), language()
    )
    place = request.GET.get("place", "")
    place = place if place in PLACES else "map"
    context = {
        **choices(request, maps, asked),
        "title": title(question, Speaker(language(), map_names(process, language()))),
        "page": page,
        "rows": [(row, outcome(row.outcome)) for row in page.rows],
        "back": f"{reverse(PLACES[place])}?{asked.query}",
        "place": place,
        "next": f"?{asked.query}&{question.query}&place={place}&after={page.after}" if page.after else "",
        "rail_here": PLACES[place],
    }
    return render(request, "desk/behind.html", context)
