"""What allauth asks us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from infield.accounts.middleware import OWES_FACTOR
from infield.accounts.models import SignInRule, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class ClosedToStrangers(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Nobody makes an account for themselves; an administrator invites, or the first start makes one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail or password is not right."),
        "too_many_login_attempts": _("Too many wrong passwords. Wait five minutes, then try again."),
        "incorrect_password": _("That is not your password."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Give the user of these credentials; who left is told what a stranger is told."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user and user.active else None

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        remember_debt(request, user)
        response: HttpResponse = super().post_login(request, user, **about)
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing by itself: our pages say what was done, in our words."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return HttpResponse(status=302, headers={"Location": reverse("account_login")})

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send none: the audit view tells of every change."""


def remember_debt(request: HttpRequest, user: User) -> None:
    """Note in the session whether the company asks this user for a second factor that they do not have."""
    if SignInRule.current().asks(user) and not is_mfa_enabled(user):
        request.session[OWES_FACTOR] = True


def let_in(request: HttpRequest, user: User) -> None:
    """Sign in who has just shown who they are by a link or by setting up."""
    from allauth.usersessions.models import UserSession

    login(request, user, backend=BACKEND)
    remember_debt(request, user)
    UserSession.objects.create_from_request(request)
