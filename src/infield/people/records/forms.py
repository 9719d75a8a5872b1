"""Fields that the forms of this room share: ways to reach somebody, who answers, and forms that show a part of them."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.accounts.roles import who_may
from infield.people.organizations.models import Organization
from infield.people.reach import ADDRESSES, LINES, tidy
from infield.people.words.wording import LABEL_NAMES, LINE_NAMES, countries

MOST_WAYS = 20
PHONE_DIGITS = 4


class WaysWidget(forms.Widget):
    """One line for each way to reach somebody and an empty one below: what kind it is, and the way itself."""

    def __init__(self, kind: str, labels: Iterable[str], more: int = 1) -> None:
        super().__init__()
        self.kind, self.labels, self.more = kind, tuple(labels), more

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[dict[str, str]] | None:
        if f"{name}-value" not in data:
            return None
        labels, values = _list(data, f"{name}-label"), _list(data, f"{name}-value")
        return [
            {"label": label, "value": value}
            for label, value in zip_longest(labels, values, fillvalue="")
            if value.strip()
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-value" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [*(value or []), *({} for _more in range(self.more))]
        return format_html(
            '<div class="ways">{}</div>',
            format_html_join(
                "", "{}", ((self._row(name, place, row, attrs or {}),) for place, row in enumerate(rows))
            ),
        )

    def _row(self, name: str, place: int, row: Mapping[str, str], attrs: Mapping[str, Any]) -> SafeString:
        return format_html(
            '<div class="way">{}<input id="{}-{}" type="{}" name="{}-value" value="{}" maxlength="254"'
            ' autocomplete="off"{}></div>',
            options(
                f"{name}-label",
                row.get("label", ""),
                [(key, LABEL_NAMES[key]) for key in self.labels],
                _("Kind"),
            ),
            attrs.get("id", name),
            place,
            self.kind,
            name,
            row.get("value", ""),
            SafeString(' aria-invalid="true"') if attrs.get("aria-invalid") else "",
        )


class AddressesWidget(forms.Widget):
    """The lines of each postal address, and of an empty one."""

    labels = ADDRESSES

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[dict[str, str]] | None:
        columns = {line: _list(data, f"{name}-{line}") for line in ("label", *LINES)}
        rows = zip(*columns.values(), strict=False)
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        return [row for row in found if any(row[line].strip() for line in LINES if line != "country")]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-street" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [*(value or []), {}]
        inside = ((self._row(name, place, row, attrs or {}),) for place, row in enumerate(rows))
        return format_html('<div class="ways">{}</div>', format_html_join("", "{}", inside))

    def _row(self, name: str, place: int, row: Mapping[str, str], attrs: Mapping[str, Any]) -> SafeString:
        lines = (
            (
                attrs.get("id", name) if line == "street" else f"{name}-{line}",
                place,
                name,
                line,
                row.get(line, ""),
                LINE_NAMES[line],
                LINE_NAMES[line],
                line,
            )
            for line in LINES
            if line != "country"
        )
        label = row.get("label", "visit")
        return format_html(
            '<div class="address">{}{}{}</div>',
            options(f"{name}-label", label, [(key, LABEL_NAMES[key]) for key in self.labels], _("Kind")),
            format_html_join(
                "",
                '<input id="{}-{}" name="{}-{}" value="{}" placeholder="{}" aria-label="{}" maxlength="200"'
                ' autocomplete="off" class="is-{}">',
                lines,
            ),
            options(f"{name}-country", row.get("country", ""), [("", _("Country")), *here()], _("Country")),
        )


class WaysField(forms.Field):
    """E-mails or phones, several; a list of reach.Way."""

    def __init__(self, kind: str, labels: Iterable[str], **others: Any) -> None:
        super().__init__(required=False, widget=WaysWidget(kind, labels), **others)
        self.kind = kind

    def clean(self, value: Any) -> list[dict[str, str]]:
        ways = tidy(value or [])[:MOST_WAYS]
        for way in ways:
            self._check(way["value"])
        return ways

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != (data or [])

    def _check(self, value: str) -> None:
        if self.kind == "email":
            validate_email(value)
        elif sum(letter.isdecimal() for letter in value) < PHONE_DIGITS:
            raise ValidationError(_("Write the phone number with its digits, such as +358 40 123 4567."))


class AddressesField(forms.Field):
    """Postal addresses, several; a list of reach.Way."""

    def __init__(self, **others: Any) -> None:
        super().__init__(required=False, widget=AddressesWidget(), **others)

    def clean(self, value: Any) -> list[dict[str, str]]:
        return tidy(value or [])[:MOST_WAYS]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != (data or [])


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """One of those who may work on people and may sign in."""

    def __init__(self, **others: Any) -> None:
        super().__init__(queryset=User.objects.none(), **others)

    def __deepcopy__(self, memo: Any) -> "PersonField":
        # asked anew for each form: who works here changes
        copied: PersonField = super().__deepcopy__(memo)
        copied.queryset = workers()
        return copied


class PartForm(forms.Form):
    """A form of which a page shows all fields, or only the named ones."""

    def __init__(self, *args: Any, only: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wished = tuple(only)
        if wished:
            self.fields = {name: self.fields[name] for name in wished}
            first = self.fields[wished[0]]
            first.widget.attrs["autofocus"] = True

    def values(self) -> dict[str, Any]:
        """Give what was filled in, field by field."""
        return {name: self.cleaned_data[name] for name in self.fields}


def as_kept(values: Mapping[str, Any], by: User) -> dict[str, Any]:
    """Give what a form says as the record takes it: an organization by its name."""
    kept = dict(values)
    if isinstance(kept.get("organization"), str):
        name = kept["organization"].strip()
        kept["organization"] = Organization.objects.named(name, by) if name else None
    return kept


def workers() -> Any:
    """Give those who may work on people, by name."""
    return User.objects.filter(active=True, role__in=who_may("people")).order_by("name")


def here() -> list[tuple[str, str]]:
    """Give the countries in the reader's language."""
    return countries((get_language() or "en").split("-")[0])


def or_nothing(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Put "not filled in" before the choices."""
    return [("", _("not filled in")), *choices]


def country_choices() -> list[tuple[str, Any]]:
    return or_nothing(here())


def options(name: str, chosen: str, choices: Iterable[tuple[str, Any]], label: Any) -> SafeString:
    """Draw a select of these choices."""
    return format_html(
        '<select name="{}" aria-label="{}">{}</select>',
        name,
        label,
        format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SafeString(" selected") if key == chosen else "", text) for key, text in choices),
        ),
    )


def _list(data: Mapping[str, Any], name: str) -> list[str]:
    if isinstance(data, MultiValueDict):
        return [str(one) for one in data.getlist(name)]
    found = data.get(name, [])
    return [str(one) for one in found] if isinstance(found, list) else [str(found)]
