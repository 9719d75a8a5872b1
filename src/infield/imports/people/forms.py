"""Understands the cells of a row by the rules of the forms on which people type the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation

from infield.accounts.models import User
from infield.fields.filled import Filled
from infield.fields.models import Field
from infield.imports.own.forms import OwnCells, UnfitCell
from infield.imports.people.columns import NEEDS
from infield.imports.people.table import Line
from infield.people.contacts.forms import ContactForm
from infield.people.cultures import culture_of
from infield.people.leads.forms import LeadForm
from infield.people.names import split_person
from infield.people.organizations.forms import OrganizationForm
from infield.people.records.forms import PartForm
from infield.people.wording import CULTURE_NAMES, FIELDS, INDUSTRY_NAMES, SOURCE_NAMES, countries, languages

FORMS: Mapping[str, type[PartForm]] = {
    "organization": OrganizationForm,
    "contact": ContactForm,
    "lead": LeadForm,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says: values by the record's fields, those of own fields, and whether it names an unknown owner."""

    values: Mapping[str, Any]
    own: Mapping[Field, Filled] = field(default_factory=dict)
    is_of_stranger: bool = False


class Cells:
    """Reads rows of one kind for whoever imports them; asks the database once, when it is made."""

    def __init__(self, kind: str, by: User) -> None:
        self.kind, self.by, self.form = kind, by, FORMS[kind]
        self.own = OwnCells(kind, by)
        named = {
            "country": _countries(),
            "industry": _labels(INDUSTRY_NAMES),
            "source": _labels(SOURCE_NAMES),
        }
        self.named: Mapping[str, Mapping[str, str]] = {**named, "language": _languages()}

    def read(self, line: Line) -> Told:
        """Give what a row says; empty cells say nothing. UnfitCell: what does not fit, the first of it."""
        cells = {role: text for role, text in line.cells.items() if text}
        values = self._values({role: text for role, text in cells.items() if role not in self.own.fields})
        own = {
            self.own.fields[key]: self.own.read(key, text)
            for key, text in cells.items()
            if key in self.own.fields
        }
        is_of_stranger = "owner" in cells and "owner" not in values
        return Told(values, {one: filled for one, filled in own.items() if filled}, is_of_stranger)

    def _values(self, cells: dict[str, str]) -> dict[str, Any]:
        data = {role: self._typed(role, text) for role, text in cells.items()}
        if self.kind == "contact":
            data = self._named_person(data)
        owner = self.own.people.get(data.pop("owner", "").casefold())
        asked = [name for name in self.form.base_fields if name in {*data, *_needed(self.kind)}]
        form = self.form(_as_sent(data), only=asked)
        if not form.is_valid():
            name, problems = next(iter(form.errors.items()))
            raise UnfitCell(str(FIELDS.get(name, FIELDS["name"])), str(problems[0]))
        told = {name: value for name, value in form.values().items() if value not in ("", None, [])}
        return told | ({"owner": owner} if owner else {})

    def _typed(self, role: str, text: str) -> str:
        """Give a cell as the form takes it: the key of what it names, a number without the blanks in it."""
        if role == "size":
            return "".join(text.split()).removesuffix(".0")
        return self.named[role].get(text.casefold(), text) if role in self.named else text

    def _named_person(self, data: dict[str, str]) -> dict[str, str]:
        whole = data.pop("full_name", "")
        names = f"{whole}{data.get('family', '')}{data.get('given', '')}"
        spoken = self.by.language if self.by.language in CULTURE_NAMES else "en"
        culture = culture_of(names, spoken)
        data["culture"] = culture if culture in CULTURE_NAMES else "other"
        if whole and not (data.get("family") or data.get("given")):
            data["family"], data["given"] = split_person(whole, culture)
        return data


def _needed(kind: str) -> tuple[str, ...]:
    return tuple(name for name in NEEDS[kind] if name != "full_name")


def _as_sent(data: Mapping[str, str]) -> dict[str, Any]:
    """Give the cells as a browser sends the form: several mails or phones in a cell are several lines."""
    sent: dict[str, Any] = {name: text for name, text in data.items() if name not in ("emails", "phones")}
    for name in ("emails", "phones"):
        if name in data:
            values = [one for one in re.split(r"[;,\n]+", data[name]) if one.strip()]
            sent |= {f"{name}-value": values, f"{name}-label": ["work"] * len(values)}
    return sent


def _labels(names: Mapping[str, Any]) -> dict[str, str]:
    """Give the keys by their names in each language of the app."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(name).casefold(): key for key, name in names.items()}
    return found


def _countries() -> dict[str, str]:
    spoken = [language for language, _name in settings.LANGUAGES]
    found = {name.casefold(): code for language in spoken for code, name in countries(language)}
    return found | {code.casefold(): code for code, _name in countries("en")}


def _languages() -> dict[str, str]:
    spoken = [language for language, _name in settings.LANGUAGES]
    return {name.casefold(): code for language in spoken for code, name in languages(language)}
