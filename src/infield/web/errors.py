"""Our own pages for what went wrong: what, why, what to do; never a code alone and never a traceback."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from infield.web.unavailable import is_unavailable

RETRY_SECONDS = 5
SERVER_ERRORS = 500
log = logging.getLogger("infield.web")


def page(request: HttpRequest, status: int) -> HttpResponse:
    """Give the page for `status`.

    After an error of the server it asks nothing of the database, not even who is signed in.
    """
    context = {"request": request} if status < SERVER_ERRORS else {}
    return HttpResponse(render_to_string(f"web/errors/{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def unprocessable(request: HttpRequest) -> HttpResponse:
    """For a form that was sent without htmx and cannot be accepted as it is."""
    return page(request, 422)


def server_error(request: HttpRequest) -> HttpResponse:
    # errors outside of views, such as a session that cannot be saved, arrive here and nowhere else
    return unavailable(request) if is_unavailable(sys.exc_info()[1]) else page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    log.warning(
        "the database is locked, full or gone", exc_info=True, extra={"request": request, "status_code": 503}
    )
    response = page(request, 503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    shown = render_to_string("web/errors/stale.html", {"request": request})
    return HttpResponse(shown, status=403, headers={"X-Page": "stale"})
