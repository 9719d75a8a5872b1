"""The form of a rule of the ideal client."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infield.people.organizations.forms import LARGEST
from infield.people.records.forms import here
from infield.people.words.wording import INDUSTRY_NAMES, RULE_KINDS


class RuleForm(forms.Form):
    """What an ideal client must be: of which place, size or industry, or what the company asks itself."""

    kind = forms.ChoiceField(choices=list(RULE_KINDS.items()), widget=forms.HiddenInput)
    places = forms.MultipleChoiceField(label=_("Countries"), choices=here, required=False)
    industries = forms.MultipleChoiceField(
        label=_("Industries"), choices=list(INDUSTRY_NAMES.items()), required=False
    )
    least = forms.IntegerField(label=_("Employees, at least"), min_value=1, max_value=LARGEST, required=False)
    most = forms.IntegerField(label=_("Employees, at most"), min_value=1, max_value=LARGEST, required=False)
    question = forms.CharField(
        label=_("What must be so"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Packs at two sites or more")}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(name) for name in FIELDS_OF.get(values.get("kind", ""), ())):
            raise ValidationError(_("Say what the rule asks for."))
        least, most = values.get("least"), values.get("most")
        if values.get("kind") == "size" and least and most and least > most:
            raise ValidationError(_("The least is more than the most."))
        return values


FIELDS_OF = {
    "place": ("places",),
    "industry": ("industries",),
    "size": ("least", "most"),
    "own": ("question",),
}
"""The fields of each kind of rule."""
