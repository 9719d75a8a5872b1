"""The forms of proposals to the playbook."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infield.playbook.models import LONGEST_TEXT
from infield.playbook.topics import PROPOSED
from infield.playbook.wording import PROPOSED_NAMES


class ProposeForm(forms.Form):
    """What is proposed, in one's own words; for an answer, to which objection."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[(key, PROPOSED_NAMES[key]) for key in PROPOSED])
    objection = forms.ChoiceField(label=_("For an answer: to which objection"), required=False)
    text = forms.CharField(
        label=_("What it says"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )

    def __init__(self, *args: Any, objections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["objection"]
        assert isinstance(offered, forms.ChoiceField)  # noqa: S101  as it is declared above
        offered.choices = [("", "–"), *objections]


class DecideForm(forms.Form):
    """The words in which it is taken into the playbook, or why it is not."""

    text = forms.CharField(
        label=_("What it says"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    because = forms.CharField(
        label=_("If you decline it: why, for its author to read"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
