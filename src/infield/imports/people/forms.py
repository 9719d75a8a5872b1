"""Understands the cells of a row by the rules of the forms on which people type the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from infield.accounts.models import User
from infield.fields.filled import Filled
from infield.fields.models import Field
from infield.imports.own.forms import OwnCells, UnfitCell
from infield.imports.people.columns import NEEDS
from infield.imports.people.more.addresses import FURTHER, Lines, addresses_in, further_in, town_of, with_town
from infield.imports.people.more.addresses import ROLES as ADDRESS_ROLES
from infield.imports.people.more.consents import ROLES as CONSENT_ROLES
from infield.imports.people.more.consents import ToldConsent, consents_in, words_in
from infield.imports.people.more.misfit import Misfit
from infield.imports.people.more.steps import ROLES as STEP_ROLES
from infield.imports.people.more.steps import step_in
from infield.imports.people.table import Line
from infield.imports.people.wording import misfit, role_name
from infield.people.contacts.forms import ContactForm
from infield.people.contacts.models import CHANNELS, Consent
from infield.people.cultures import culture_of
from infield.people.leads.forms import LeadForm
from infield.people.lists.reach.cells import ways_in
from infield.people.names import split_person
from infield.people.organizations.forms import OrganizationForm
from infield.people.records.forms import PartForm
from infield.people.words.wording import (
    CHANNEL_NAMES,
    CONSENT_SOURCES,
    CULTURE_NAMES,
    FIELDS,
    INDUSTRY_NAMES,
    LABEL_NAMES,
    SOURCE_NAMES,
    countries,
    languages,
)

MORE = frozenset({*ADDRESS_ROLES, FURTHER, *CONSENT_ROLES, *STEP_ROLES})
"""The fields that several columns fill together."""

WAYS = ("emails", "phones")

FORMS: Mapping[str, type[PartForm]] = {
    "organization": OrganizationForm,
    "contact": ContactForm,
    "lead": LeadForm,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says: values by the record's fields, those of own fields, postal addresses by kind and further ones,
    consents, and whether it names an unknown owner."""

    values: Mapping[str, Any]
    own: Mapping[Field, Filled] = field(default_factory=dict)
    addresses: Mapping[str, Lines] = field(default_factory=dict)
    further: Sequence[Mapping[str, str]] = ()
    consents: tuple[ToldConsent, ...] = ()
    is_of_stranger: bool = False

    @property
    def is_undated(self) -> bool:
        """Tell whether it says consent without the day."""
        return any(one.on is None for one in self.consents)


class Cells:
    """Reads rows of one kind for whoever imports them; asks the database once, when it is made."""

    def __init__(self, kind: str, by: User) -> None:
        self.kind, self.by, self.form = kind, by, FORMS[kind]
        self.own = OwnCells(kind, by)
        named = {
            "country": _countries(),
            "industry": _labels(INDUSTRY_NAMES),
            "source": _labels(SOURCE_NAMES),
            "culture": _labels(CULTURE_NAMES),
            "channel": _labels({key: CHANNEL_NAMES[key] for key in CHANNELS}),
        }
        self.consent_sources = _labels(CONSENT_SOURCES)
        self.consent_channels = _labels({key: CHANNEL_NAMES[key] for key in Consent.CHANNELS})
        self.kinds = _labels(LABEL_NAMES)
        self.named: Mapping[str, Mapping[str, str]] = {**named, "language": _languages()}

    def read(self, line: Line) -> Told:
        """Give what a row says; empty cells say nothing. UnfitCell: what does not fit, the first of it."""
        cells = {role: text for role, text in line.cells.items() if text}
        plainly = {role: text for role, text in cells.items() if role not in {*self.own.fields, *MORE}}
        own = {
            self.own.fields[key]: self.own.read(key, text)
            for key, text in cells.items()
            if key in self.own.fields
        }
        values = self._values(plainly)
        try:
            more = self._more(line.cells, values)
        except Misfit as problem:
            raise UnfitCell(role_name(problem.role, {}), misfit(problem.code)) from None
        return replace(
            more,
            own={one: filled for one, filled in own.items() if filled},
            is_of_stranger="owner" in cells and "owner" not in values,
        )

    def _more(self, cells: Mapping[str, str], values: Mapping[str, Any]) -> Told:
        """Give what a row says with its addresses, consents and next step. Misfit."""
        told = addresses_in(cells, self.named["country"]) if self.kind != "lead" else {}
        further = further_in(cells, self.kinds, self.named["country"]) if self.kind != "lead" else ()
        if self.kind == "organization":
            told = with_town(told, values)
            # a file may say where the company is in the lines of an address alone
            values = {line: text for line, text in town_of(told).items() if line not in cells} | dict(values)
        step = step_in(cells) if self.kind == "contact" else {}
        today = datetime.now(self.by.tzinfo).date()
        consents = self._consents(cells, today) if self.kind != "organization" else ()
        return Told({**values, **step}, addresses=told, further=further, consents=consents)

    def _consents(self, cells: Mapping[str, str], today: date) -> tuple[ToldConsent, ...]:
        """Give every word, and what columns of their own say beyond them. Misfit."""
        words = words_in(cells, self.consent_channels, self.consent_sources, today)
        known = {one.as_noted for one in words}
        last = consents_in(cells, self.consent_sources, today)
        return *words, *(one for one in last if one.as_noted not in known)

    def _values(self, cells: dict[str, str]) -> dict[str, Any]:
        data = {role: self._typed(role, text) for role, text in cells.items()}
        if self.kind == "contact":
            data = self._named_person(data)
        owner = self.own.people.get(data.pop("owner", "").casefold())
        asked = [name for name in self.form.base_fields if name in {*data, *_needed(self.kind)}]
        form = self.form(self._as_sent(data), only=asked)
        if not form.is_valid():
            name, problems = next(iter(form.errors.items()))
            raise UnfitCell(str(FIELDS.get(name, FIELDS["name"])), str(problems[0]))
        told = {name: value for name, value in form.values().items() if value not in ("", None, [])}
        return told | ({"owner": owner} if owner else {})

    def _as_sent(self, data: Mapping[str, str]) -> dict[str, Any]:
        """Give the cells as a browser sends the form: several mails or phones in a cell are several lines."""
        sent: dict[str, Any] = {name: text for name, text in data.items() if name not in WAYS}
        for name in (name for name in WAYS if name in data):
            ways = ways_in(data[name], self.kinds)
            sent |= {f"{name}-{part}": [way[part] for way in ways] for part in ("value", "label")}
        return sent

    def _typed(self, role: str, text: str) -> str:
        """Give a cell as the form takes it: the key of what it names, a number without the blanks in it."""
        if role == "size":
            return "".join(text.split()).removesuffix(".0")
        return self.named[role].get(text.casefold(), text) if role in self.named else text

    def _named_person(self, data: dict[str, str]) -> dict[str, str]:
        whole = data.pop("full_name", "")
        names = f"{whole}{data.get('family', '')}{data.get('given', '')}"
        spoken = self.by.language if self.by.language in CULTURE_NAMES else "en"
        culture = data.get("culture") or culture_of(names, spoken)
        data.setdefault("culture", culture if culture in CULTURE_NAMES else "other")
        if whole and not (data.get("family") or data.get("given")):
            data["family"], data["given"] = split_person(whole, culture)
        return data


def _needed(kind: str) -> tuple[str, ...]:
    return tuple(name for name in NEEDS[kind] if name != "full_name")


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
