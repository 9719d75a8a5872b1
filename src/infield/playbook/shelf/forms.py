"""The forms of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infield.playbook.models import LONGEST_TEXT
from infield.playbook.topics import ABOUTS
from infield.playbook.wording import ABOUT_NAMES


class WordsForm(forms.Form):
    """What an objection or an answer says."""

    text = forms.CharField(
        label=_("What it says"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autofocus"] = True


class NewObjectionForm(WordsForm):
    """An objection of the team's own."""

    about = forms.ChoiceField(
        label=pgettext_lazy("an objection", "What it is about"),
        choices=[(key, ABOUT_NAMES[key]) for key in ABOUTS],
    )
    field_order = ("text", "about")
