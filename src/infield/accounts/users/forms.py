"""The forms about accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.accounts.users.wording import ROLE_NOTES
from infield.accounts.wording import ROLE_NAMES


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_NAMES, initial="rep", widget=forms.RadioSelect)
    manager = forms.ModelChoiceField(
        label=_("Reports to"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = _bosses()  # type: ignore[attr-defined]  # a choice of models
        self.fields["email"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}

    def roles(self) -> list[tuple[str, str, str]]:
        """Give the roles with what each may do."""
        return [(key, str(name), str(ROLE_NOTES[key])) for key, name in ROLE_NAMES.items()]


class AccountForm(InviteForm):
    """What can be changed on an account."""

    email = None  # type: ignore[assignment]  # the e-mail stays
    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": user.name, "role": user.role, "manager": user.manager_id}
        forms.Form.__init__(self, *args, **kwargs)
        self.fields["manager"].queryset = _bosses().exclude(pk=user.pk)  # type: ignore[attr-defined]
        # an invited colleague says their own name
        self.fields["name"].required = user.active

    def wanted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "role", "manager")}


def _bosses() -> "Any":
    return User.objects.filter(active=True).order_by("name")
