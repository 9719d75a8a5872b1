"""Each user reads in their own language and time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from infield.accounts.models import User
from infield.web.dates import counting_years


class InTheirTerms:
    """Activates the user's language, zone and calendar for the request, and tells the browser which language it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = _signed_in(request)
        if user is None:
            return self.get_response(request)
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
        with timezone.override(user.tzinfo), counting_years(user.years):
            response = self.get_response(request)
        response.headers["Content-Language"] = user.language
        return response


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
