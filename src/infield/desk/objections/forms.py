"""The form that notes an objection with who said it, in which words, and what was answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 2_000


class RaiseForm(forms.Form):
    """An objection of the library; who said it and how are not asked for where one tap has to do."""

    objection = forms.ChoiceField(label=_("What holds them back"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=_("Who said it"), required=False)
    words = forms.CharField(
        label=_("In their words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, objections: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objection"].choices = objections  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("not noted")), *people]  # type: ignore[attr-defined]
