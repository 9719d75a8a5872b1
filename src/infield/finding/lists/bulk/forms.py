"""What is asked for before many records are changed."""

from typing import Any

from django import forms

from infield.fields.forms import ValueForm
from infield.finding.lists.around.queries import Around
from infield.finding.lists.bulk.actions import Act


class BulkForm(forms.Form):
    """One act; `act` gives it for each record. `around`: who acts, and what the company has."""

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = around
        self.arrange()

    def arrange(self) -> None:
        """Fill in what can be chosen."""

    def act(self) -> Act:
        """Give what is done to each: every act has a form of its own that says it."""
        raise NotImplementedError  # a form's metaclass leaves no room for an abstract one


class ArchiveForm(BulkForm):
    """Nothing is to be asked: they can be taken back."""

    def act(self) -> Act:
        return lambda thing: thing.archive(self.around.user)


class OwnFieldForm(BulkForm, ValueForm):
    """Fill one field of one's own."""
