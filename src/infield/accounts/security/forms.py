"""The library's forms of the second factor, in our words."""

from typing import Any, ClassVar

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import SignInRule, User

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


APP_CODE = _("The six digits of your authenticator app, or one of your recovery codes.")


def _code(form: forms.Form, help_text: Promise) -> None:
    field = form.fields["code"]
    field.label, field.help_text = str(_("Code")), str(help_text)
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= DIGITS


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """The code asked for at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, APP_CODE)


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The code asked for before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, APP_CODE)


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("The six digits the app shows now."))


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A name for a new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("What you will know it by, such as “My phone”.")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].help_text = ""


class NewCodesForm(GenerateRecoveryCodesForm):  # type: ignore[misc]  # the library has no types
    """Asks nothing."""


class PasswordForm(forms.Form):
    """The password somebody has, and the one they want."""

    old = forms.CharField(
        label=_("Your password now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a sentence is easy to remember."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("That is not your password."))
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """Who must have a second factor."""

    class Meta:
        model = SignInRule
        fields = ("second_factor",)
        widgets: ClassVar = {"second_factor": forms.RadioSelect}
