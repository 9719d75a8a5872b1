"""Which column of a table of organizations, contacts or leads fills which field."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from infield.desk.imports.forms import ColumnsForm
from infield.fields.models import Field
from infield.imports.models import Import
from infield.imports.people.columns import FIELDS
from infield.imports.people.wording import DOUBLES_ALONE, groups_of, role_name, short_name
from infield.web.ids import from_text

ROW = "row-"
"""What the name of the choice for one row begins with."""


class PeopleColumnsForm(forms.Form):
    """A column for each field; a field may stay without one."""

    def __init__(self, imported: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = imported.kind
        guessed: Mapping[str, str] = imported.account.get("mapping", {}).get("columns", {})
        columns = {**guessed, **imported.given.get("columns", {})}
        names = [("", _("none")), *((column, column) for column in imported.columns)]
        own = dict(Field.objects.of(imported.kind).values_list("key", "label"))
        self.roles = {role: role_name(role, own) for role in (*FIELDS[imported.kind], *own)}
        for role, label in self.roles.items():
            field = forms.ChoiceField(label=label, choices=names, required=False)
            field.initial = columns.get(role, "")
            self.fields[f"role_{role}"] = field

    @property
    def main(self) -> list[forms.BoundField]:
        """Give the fields that are always in sight."""
        folded = {f"role_{role}" for _head, roles in groups_of(self.kind) for role in roles}
        return [one for one in self if one.name not in folded]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Give the fields that are folded away: head, fields, and whether any of them has a column."""
        grouped = [(head, [self[f"role_{role}"] for role in roles]) for head, roles in groups_of(self.kind)]
        for _head, some in grouped:
            for one in some:
                one.label = short_name(one.name.removeprefix("role_"))
        return [(head, some, any(one.value() for one in some)) for head, some in grouped]

    def given(self) -> dict[str, Any]:
        """Give the columns as they were said; "" for a field that none fills."""
        return {"columns": {role: self.cleaned_data[f"role_{role}"] for role in self.roles}}


def chosen_rows(data: Mapping[str, str]) -> dict[UUID, str]:
    """Give what was chosen for rows of their own, by double; what is no choice is left out."""
    found = {}
    for name, choice in data.items():
        if name.startswith(ROW) and choice in DOUBLES_ALONE:
            with suppress(ValueError):
                found[from_text(name.removeprefix(ROW))] = choice
    return found


def columns_form(imported: Import, data: Any = None) -> ColumnsForm | PeopleColumnsForm:
    """Give the form that asks what the columns of an import mean."""
    return PeopleColumnsForm(imported, data) if imported.is_of_people else ColumnsForm(imported, data)
