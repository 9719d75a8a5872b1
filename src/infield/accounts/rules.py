"""Who may call a view. Every view in urls.py carries one of these; one without a rule fails the suite.

@allow("rep", "manager")     signed in, with one of these roles; others get 403
@allow_all_roles             signed in
@anyone                      also who is not signed in
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django_htmx.middleware import HtmxDetails

from infield.accounts.models import User
from infield.accounts.roles import ROLES

type View = Callable[..., HttpResponseBase]
ANYONE = frozenset({"anyone"})
SIGNED_OUT = 401


class SignedRequest(HttpRequest):
    """A request behind `allow` or `allow_all_roles`: somebody is signed in."""

    user: User


class Asked(SignedRequest):
    """A request of somebody who is signed in; `htmx` is false where a whole page was asked for."""

    htmx: HtmxDetails


class UnknownRoleError(ValueError):
    """A rule names a role that the table of roles does not have."""


def allow(*roles: str) -> Callable[[View], View]:
    """Let in who is signed in with one of `roles`; send who is not signed in to sign in; 403 for the rest."""
    if not set(roles) <= ROLES.keys():
        raise UnknownRoleError(", ".join(set(roles) - ROLES.keys()))

    def ruled(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if request.user.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _with_rule(guarded, frozenset(roles))

    return ruled


def allow_all_roles(view: View) -> View:
    """Let in whoever is signed in."""
    return allow(*ROLES)(view)


def anyone(view: View) -> View:
    """Let in everyone, also who is not signed in."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _with_rule(open_view, ANYONE)


def rule_of(view: Any) -> frozenset[str] | None:
    """Give the roles a view lets in, ANYONE for an open one, None for a view without a rule."""
    rule: frozenset[str] | None = getattr(view, "rule", None)
    return rule


def _with_rule(view: View, rule: frozenset[str]) -> View:
    view.rule = rule  # type: ignore[attr-defined]
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        return redirect_to_login(request.get_full_path())
    if request.method not in {"GET", "HEAD"}:
        # what was typed stays on the page, which says how to go on
        return HttpResponse(status=SIGNED_OUT)
    # a fragment of the sign-in page inside another page would help nobody
    back = urlsplit(request.headers.get("HX-Current-URL", ""))
    asked = f"?{urlencode({'next': back.path})}" if back.path else ""
    return HttpResponse(status=SIGNED_OUT, headers={"HX-Redirect": resolve_url("account_login") + asked})
