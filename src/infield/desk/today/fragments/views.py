"""The pages of the day as they are after an act that was done from them."""

from urllib.parse import parse_qsl, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infield.desk.calendar.queries import calendar_context
from infield.desk.today.queries import today_context
from infield.desk.views import Asked


def fresh_day(request: Asked) -> HttpResponse | None:
    """Give the list of the day or the calendar anew where the request came from one of them; None from elsewhere."""
    here = urlsplit(request.htmx.current_url_abs_path or "")
    query = dict(parse_qsl(here.query))
    if here.path == reverse("desk:today"):
        return render(request, "desk/today.html#changed", today_context(request.user, query) | {"oob": True})
    if here.path == reverse("desk:calendar"):
        return render(
            request, "desk/calendar.html#changed", calendar_context(request.user, query) | {"oob": True}
        )
    return None
