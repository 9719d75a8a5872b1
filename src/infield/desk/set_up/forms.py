"""The form of the first start."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.process.starter_maps import STARTERS
from infield.web.choices import currencies, zones


def starters() -> list[tuple[str, str]]:
    return [(key, key) for key in STARTERS]


def currencies_here() -> Sequence[tuple[str, str]]:
    return currencies(get_language() or "en")


class SetUpForm(forms.Form):
    """Who looks after Infield here, the company, and the map to begin with."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        help_text=_("At least 10 characters; a sentence is easy to remember."),
    )
    company = forms.CharField(label=_("Company"), max_length=200)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        widget=forms.Select(attrs={"data-guess-zone": True}),
        help_text=_("Days and months of all figures are counted in it."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies_here, initial="EUR")
    starter = forms.ChoiceField(
        label=_("How you sell"), choices=starters, initial="seven-steps", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"autocomplete": "name", "autofocus": True}
        self.fields["email"].widget.attrs["autocomplete"] = "username"
        self.fields["company"].widget.attrs["autocomplete"] = "organization"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        person = User(name=values.get("name", ""), email=values.get("email", ""))
        try:
            validate_password(values.get("password", ""), person)
        except ValidationError as problem:
            if values.get("password"):
                self.add_error("password", problem)
        return values
