"""The timeline, the calendar and the map of the deals that a filter asks for."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import npgettext
from django.views.decorators.http import require_GET

from infield.accounts.rules import allow_all_roles
from infield.desk.deals.context.queries import around, bar_context
from infield.desk.deals.fields.queries import Around
from infield.desk.deals.places.queries import countries_of
from infield.desk.deals.queries import ADDRESSES, told
from infield.desk.deals.shapes.queries import BY, Place, month_of, places, timeline, version_of
from infield.desk.views import Asked
from infield.finding.filters import Filter
from infield.process.drawing.additions import Additions
from infield.process.drawing.flowchart import picture
from infield.process.drawing.layout import lay_out
from infield.process.models import ProcessVersion
from infield.process.picture_wording import flow_labels
from infield.web import dates, figures


@allow_all_roles
@require_GET
def along_time(request: Asked) -> HttpResponse:
    now = around(request.user)
    wish = told(request.GET, now)
    if "form" in request.GET:
        return _plain("timeline", wish)
    return _page(request, "timeline", wish, now, {"timeline": timeline(wish, now)})


@allow_all_roles
@require_GET
def calendar(request: Asked) -> HttpResponse:
    now = around(request.user)
    wish, by = told(request.GET, now), request.GET.get("by", "step")
    if "form" in request.GET:
        return _plain("calendar", wish)
    by = by if by in BY else "step"
    shown = month_of(wish, now, request.GET.get("month", ""), by)
    context = {
        "month": shown,
        "by": by,
        "before": wish.address(month=shown.before, by=by),
        "after": wish.address(month=shown.after, by=by),
        "by_step": wish.address(month=request.GET.get("month", ""), by="step"),
        "by_close": wish.address(month=request.GET.get("month", ""), by="close"),
        "weekdays": dates.weekdays_short(now.language),
        "table_at": reverse("desk:deals"),
    }
    return _page(request, "calendar", wish, now, context)


@allow_all_roles
@require_GET
def on_map(request: Asked) -> HttpResponse:
    now = around(request.user)
    wish, version = told(request.GET, now), None
    if "form" in request.GET:
        return _plain("map", wish)
    by = {
        "by_place": request.GET.get("by") == "place",
        "stages_at": wish.address(),
        "places_at": wish.address(by="place"),
        "table_at": reverse("desk:deals"),
    }
    if by["by_place"]:
        countries = countries_of(wish, now)
        context = {"countries": countries, "count": sum(one.spot.count for one in countries)}
        return _page(request, "map", wish, now, by | context)
    version = version_of(wish)
    stands = places(wish, version, now) if version else ()
    context = {
        "places": stands,
        "count": sum(one.count for one in stands),
        "drawing": _drawing(version, stands, now) if version else "",
    }
    return _page(request, "map", wish, now, by | context)


def _drawing(version: ProcessVersion, stands: tuple[Place, ...], now: Around) -> str:
    notes = {
        f"stage:{one.key}": npgettext("in a picture", "{n} deal", "{n} deals", one.count).format(
            n=figures.count(one.count, now.language)
        )
        for one in stands
        if one.count
    }
    labels = flow_labels()
    layout = lay_out(version.map(), language=now.language, labels=labels, additions=Additions(notes=notes))
    drawn = replace(picture(layout, language=now.language, labels=labels), kind="map-overlay")
    return mark_safe(drawn.inline())  # noqa: S308  (our own drawing)


def _plain(shape: str, wish: Filter) -> HttpResponse:
    return redirect(reverse(ADDRESSES[shape]) + wish.address())


def _page(request: Asked, shape: str, wish: Filter, now: Around, context: dict[str, object]) -> HttpResponse:
    shared = bar_context(shape, wish, now) | {"rail_here": "desk:board"}
    return render(request, f"desk/deals_{shape}.html", shared | context)
