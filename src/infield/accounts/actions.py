"""What allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedToStrangers(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Nobody makes an account for themselves; a manager makes it, or the first start does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
