"""The form of a field's value, and those of the page on which fields are made."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.fields.filled import LONGEST, TYPES, Filled, Unfit, plain, read
from infield.fields.models import Field
from infield.fields.wording import TYPES as TYPE_NAMES
from infield.fields.wording import unfit
from infield.web import figures
from infield.web.choices import currencies
from infield.web.company import the_company


class ValueForm(forms.Form):
    """What stands in one field; `filled` in the cleaned data, None for nothing."""

    def __init__(self, *args: Any, field: Field, filled: Filled | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        self.fields["value"] = _INPUTS[field.type](field)
        self.fields["value"].label = field.label
        self.fields["value"].required = False
        self.fields["value"].widget.attrs["autofocus"] = True
        self.fields["value"].initial = _shown(filled)
        if field.type == "money":
            offered = list(currencies(get_language() or "en"))
            self.fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=offered, required=False)
            company = the_company()
            money = filled.money if filled else None
            self.fields["currency"].initial = (
                money.currency if money else company.currency if company else "EUR"
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        typed = str(values.get("value") or "")
        may = {str(key) for key, _name in getattr(self.fields["value"], "choices", ())}
        try:
            values["filled"] = read(
                self.field.type,
                typed,
                language=get_language() or "en",
                currency=values.get("currency") or "EUR",
                may=may,
            )
        except Unfit as problem:
            self.add_error("value", unfit(problem.code))
            return values
        if self.field.required and values["filled"] is None:
            self.add_error("value", unfit("required"))
        return values


def _shown(filled: Filled | None) -> str:
    if filled is None:
        return ""
    language = get_language() or "en"
    if filled.money:
        return figures.count(filled.money.amount, language)
    if filled.number is not None:
        return figures.count(filled.number, language) if language != "en" else plain(filled.number)
    return filled.text or filled.choice or str(filled.day or filled.person or "")


def _text(_field: Field) -> forms.Field:
    return forms.CharField(max_length=LONGEST)


def _digits(_field: Field) -> forms.Field:
    return forms.CharField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


def _day(_field: Field) -> forms.Field:
    return forms.CharField(max_length=10, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _choice(field: Field) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), *((one.key, one.label) for one in field.offered)])


def _person(_field: Field) -> forms.Field:
    people = User.objects.filter(active=True).order_by("name").values_list("pk", "name")
    return forms.ChoiceField(choices=[("", "—"), *((str(pk), name) for pk, name in people)])


_INPUTS = {
    "text": _text,
    "number": _digits,
    "money": _digits,
    "date": _day,
    "choice": _choice,
    "person": _person,
}


class NewFieldForm(forms.Form):
    """A field that is to be added."""

    label = forms.CharField(label=_("Name"), max_length=100)
    type = forms.ChoiceField(label=_("What it holds"), choices=[(key, TYPE_NAMES[key]) for key in TYPES])
    choices = forms.CharField(
        label=_("What can be chosen, one a line"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only for a field that holds a choice."),
    )
    required = forms.BooleanField(label=_("Has to be filled when the record is edited"), required=False)


class FieldForm(forms.Form):
    """A field that is changed: its name, what can be chosen, and more of that."""

    label = forms.CharField(label=_("Name"), max_length=100)
    required = forms.BooleanField(label=_("Has to be filled when the record is edited"), required=False)

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        self.fields["label"].initial, self.fields["required"].initial = field.label, field.required
        if field.type != "choice":
            return
        for one in field.offered:
            self.fields[f"choice.{one.key}"] = forms.CharField(
                label=one.label, initial=one.label, required=False, max_length=100
            )
        self.fields["more"] = forms.CharField(
            label=_("More to choose from, one a line"),
            required=False,
            max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def renamed(self) -> dict[str, str]:
        pairs = self.cleaned_data.items()
        return {name.removeprefix("choice."): text for name, text in pairs if name.startswith("choice.")}

    def choice_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("choice.")]


def problem(form: forms.Form, code: Unfit) -> None:
    """Put what does not fit to the form."""
    form.add_error(None, ValidationError(unfit(code.code)))
