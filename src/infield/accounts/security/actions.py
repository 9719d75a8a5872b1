"""What allauth asks us about second factors, and what a user does about their own security."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infield.accounts.models import SignInRule, User
from infield.accounts.users.actions import end_sessions
from infield.history.actions import note_changes
from infield.web.company import the_company


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of authenticator apps are kept encrypted with the key of this installation."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That code is not right, or too old. Type the one shown now."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your company asks for a second factor: add another one before you take this one away."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        company = the_company()
        return f"Infield {company.name}" if company else "Infield"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  # the library's name
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey {number}").format(number=count + 1)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse the last second factor of somebody who must have one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        has_others = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return has_others or not SignInRule.current().asks(authenticator.user)

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send none: the audit view tells of it."""


def change_password(request: HttpRequest, user: User, password: str) -> None:
    """Set a new password; every other session of the user ends."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user, but=request.session.session_key or "")
        note_changes(user, user, {"password": (None, None)})
    _renew_session(request, user)


def demand(second_factor: str, by: User) -> None:
    """Say who must have a second factor."""
    with transaction.atomic():
        rule = SignInRule.current()
        before = rule.second_factor
        if before == second_factor:
            return
        rule.second_factor = second_factor
        rule.save()
        note_changes(rule, by, {"second_factor": (before, second_factor)})


def _renew_session(request: HttpRequest, user: User) -> None:
    """Go on under a new key: whoever had the earlier one is out, and the list shows this session once."""
    earlier = request.session.session_key
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=earlier).delete()
    UserSession.objects.create_from_request(request)


def _cipher() -> Fernet:
    from base64 import urlsafe_b64encode

    key = salted_hmac("infield.second-factor", "totp", settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
