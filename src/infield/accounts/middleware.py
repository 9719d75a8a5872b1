"""What stands around every view for who is signed in: their language and zone, and the second factor they owe."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from infield.accounts.models import User
from infield.web.dates import counting_years

OWES_FACTOR = "owes_second_factor"
"""Stands in the session of who must set up a second factor before anything else."""


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


class SecondFactorFirst:
    """Leads who owes a second factor to where it is set up; nothing else opens until then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = _signed_in(request)
        if user is None or not request.session.get(OWES_FACTOR) or _is_on_the_way(request.path):
            return self.get_response(request)
        if is_mfa_enabled(user):
            del request.session[OWES_FACTOR]
            return self.get_response(request)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=403, headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")


def _is_on_the_way(path: str) -> bool:
    ways = (reverse("mfa_index"), reverse("account_logout"), reverse("accounts:scheme"))
    return path.startswith(ways)


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
