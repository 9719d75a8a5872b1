"""A follow-up cadence as somebody writes it: its name and its steps."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infield.activities.cadence import LONGEST_WAIT_DAYS, Step
from infield.activities.models import Cadence
from infield.activities.wording import KINDS, choices

ROWS = 10
"""Steps that one can write: a series goes on by itself after the last."""


class CadenceForm(forms.Form):
    """The name, whom it is for, and rows of steps; a row without words is no step."""

    name = forms.CharField(label=_("Name"), max_length=120)
    after_sale = forms.BooleanField(
        label=_("For clients, after the sale: nothing is sold in it"), required=False
    )

    def __init__(self, *args: Any, cadence: Cadence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = cadence.written() if cadence else []
        if cadence:
            self.fields["name"].initial, self.fields["after_sale"].initial = cadence.name, cadence.after_sale
        talks = [(key, name) for key, name in choices(KINDS) if key != "note"]
        for place in range(ROWS):
            step = steps[place] if place < len(steps) else None
            self.fields[f"wait_{place}"] = forms.IntegerField(
                label=_("Days of waiting before"),
                required=False,
                min_value=0,
                max_value=LONGEST_WAIT_DAYS,
                initial=step.wait_days if step else None,
            )
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=_("How"), choices=talks, required=False, initial=step.kind if step else "call"
            )
            self.fields[f"what_{place}"] = forms.CharField(
                label=pgettext_lazy("a follow-up", "What it is about"),
                max_length=500,
                required=False,
                initial=step.what if step else "",
            )

    def rows(self) -> Iterator[tuple[int, Any, Any, Any]]:
        """Give the fields of each row, with its number from 1."""
        for place in range(ROWS):
            yield place + 1, self[f"wait_{place}"], self[f"kind_{place}"], self[f"what_{place}"]

    def steps(self) -> list[Step]:
        """Give the steps that were filled in, in their order."""
        said = self.cleaned_data
        return [
            Step(
                said.get(f"wait_{place}") or 0,
                said.get(f"kind_{place}") or "call",
                said[f"what_{place}"].strip(),
            )
            for place in range(ROWS)
            if said.get(f"what_{place}", "").strip()
        ]
