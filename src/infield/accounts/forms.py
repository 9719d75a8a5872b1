"""The forms of accounts."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.web.choices import zones


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    """E-mail and password; whoever signs in stays so for two weeks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        for field in self.fields.values():
            # what the label says already
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class AgainForm(ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """What a user decides about themselves; role and team are not among it."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)

    class Meta:
        model = User
        fields = ("name", "language", "zone", "calendar", "scheme", "shortcuts")


class SchemeForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """Light or dark, from the switch of the frame."""

    class Meta:
        model = User
        fields = ("scheme",)
