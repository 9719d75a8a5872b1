"""What allauth asks us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User


class ClosedToStrangers(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Nobody makes an account for themselves; a manager makes it, or the first start does."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail or password is not right."),
        "too_many_login_attempts": _("Too many wrong passwords. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Give the user of these credentials; who left is told what a stranger is told."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user and user.active else None
