"""The forms of the guidance of a stage."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infield.playbook.models import LONGEST_NAME, LONGEST_TEXT
from infield.playbook.topics import LEVELS, TOPICS
from infield.playbook.wording import LEVEL_NAMES, TOPIC_NAMES


class PieceForm(forms.Form):
    """The words of a question or a piece of advice."""

    name = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_NAME)
    text = forms.CharField(
        label=_("What it says"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, is_question: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autofocus"] = True
        if is_question:
            del self.fields["name"]

    @property
    def name_given(self) -> str:
        return str(self.cleaned_data.get("name", ""))


class NewPieceForm(PieceForm):
    """A question or a piece of advice of the team's own."""

    topic = forms.ChoiceField(label=_("What it is"), choices=[(key, TOPIC_NAMES[key]) for key in TOPICS])
    level = forms.ChoiceField(
        label=_("Level, for a question"), required=False, choices=[(key, LEVEL_NAMES[key]) for key in LEVELS]
    )
    field_order = ("topic", "level", "name", "text")


class MaterialForm(forms.Form):
    """What a material is called, and when somebody looks at it again."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("After that day it is shown as due for review."),
    )


class NewMaterialForm(MaterialForm):
    """A link or a file for a stage."""

    address = forms.URLField(label=_("Link"), required=False, max_length=1_000, assume_scheme="https")
    file = forms.FileField(label=_("Or a file"), required=False, allow_empty_file=False)
    field_order = ("name", "address", "file", "review_on")
