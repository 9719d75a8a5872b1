"""What allauth asks us about whoever comes from the company's own sign-in (OpenID Connect)."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from infield.accounts.links.actions import accept_by_sign_on
from infield.accounts.models import User
from infield.accounts.users.actions import is_invited
from infield.history.actions import note_changes
from infield.web.disguise import undisguised

REFUSED = 403


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Lets in whom we know or have invited by the e-mail that the provider has verified, and nobody else.

    Where INFIELD_OIDC_DOMAINS names the domain of the e-mail, also somebody new, as a rep who sees their own deals.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Leave it to `pre_social_login`, which takes verified e-mails only."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        user = sociallogin.user if sociallogin.is_existing else _by_email(sociallogin)
        if user is not None and is_invited(user):
            accept_by_sign_on(user, _name(sociallogin))
        if user is None or not user.active:
            raise ImmediateHttpResponse(_refusal(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(_refusal(request))

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send none: the audit view tells of it."""


def _by_email(sociallogin: Any) -> User | None:
    verified = [found.email.lower() for found in sociallogin.email_addresses if found.verified]
    if not verified:
        return None
    known = User.objects.filter(email=verified[0]).first()
    if known or verified[0].partition("@")[2] not in settings.OIDC_DOMAINS:
        return known
    made = User.objects.add(verified[0], name=_name(sociallogin) or verified[0])
    note_changes(made, made, {"joined": (None, made.name)})
    return made


def _name(sociallogin: Any) -> str:
    data = sociallogin.account.extra_data
    found = data.get("userinfo") or data.get("id_token") or data
    return undisguised(str(found.get("name") or ""))


def _refusal(request: HttpRequest) -> Any:
    return render(request, "accounts/not_known.html", status=REFUSED)
