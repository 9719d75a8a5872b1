"""What the audit says: things, fields and values in words."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from infield.deals.state import Told
from infield.deals.wording import stage_name
from infield.desk.audit.names import as_id
from infield.people import wording as people
from infield.people.words import wording as of_people
from infield.playbook.wording import deed
from infield.process.values import ProcessMap
from infield.web.dates import day
from infield.web.money import Money

KINDS = {
    "deal": gettext_lazy("Deals"),
    "lead": gettext_lazy("Leads"),
    "contact": gettext_lazy("Contacts"),
    "organization": gettext_lazy("Organizations"),
    "activity": gettext_lazy("Activities"),
    "cadence": gettext_lazy("Follow-up cadences"),
    "product": gettext_lazy("Products"),
    "field": gettext_lazy("Own fields"),
    "objection": gettext_lazy("Objections"),
    "user": gettext_lazy("Users"),
    "signinrule": gettext_lazy("Rule for signing in"),
}
"""What can be asked for alone."""

THINGS = {
    "deal": gettext_lazy("deal"),
    "lead": gettext_lazy("lead"),
    "contact": gettext_lazy("contact"),
    "organization": gettext_lazy("organization"),
    "activity": gettext_lazy("activity"),
    "cadence": gettext_lazy("follow-up cadence"),
    "workinghours": gettext_lazy("working hours"),
    "lostreason": gettext_lazy("reason for losing"),
    "product": gettext_lazy("product"),
    "field": gettext_lazy("own field"),
    "idealrule": gettext_lazy("rule of the ideal client"),
    "piece": gettext_lazy("piece of guidance"),
    "material": gettext_lazy("file of the playbook"),
    "objection": gettext_lazy("objection"),
    "preparedanswer": gettext_lazy("prepared answer"),
    "proposal": gettext_lazy("proposal to the playbook"),
}

FIELDS = {
    "created": gettext_lazy("Made"),
    "archived": gettext_lazy("Put away"),
    "restored": gettext_lazy("Taken out of the archive"),
    "merged": gettext_lazy("Merged"),
    "merged_into": gettext_lazy("Merged into another"),
    "consent": gettext_lazy("Consent"),
    "dropped": gettext_lazy("Dropped"),
    "steps": gettext_lazy("Steps"),
    "invited": gettext_lazy("Invited"),
    "invitation_revoked": gettext_lazy("Invitation taken back"),
    "joined": gettext_lazy("Joined"),
    "password": gettext_lazy("New password"),
    "password_link": gettext_lazy("Link to a new password"),
    "second_factor": gettext_lazy("Second factor"),
    "active": gettext_lazy("May sign in"),
    "decision": gettext_lazy("Decision"),
    "because": gettext_lazy("Why"),
    "withdrawn": gettext_lazy("Taken back"),
    "everything": gettext_lazy("Full export"),
}

CHANGES = {
    "stage_entered": gettext_lazy("Stage"),
    "amount_changed": gettext_lazy("Amount"),
    "owner_changed": gettext_lazy("Owner"),
    "next_step_set": gettext_lazy("Next step"),
    "expected_close": gettext_lazy("Expected close"),
}
"""Events that are told as a value before and after; all others as a sentence."""

COLUMNS = (
    gettext_lazy("When"),
    gettext_lazy("Who"),
    gettext_lazy("Kind"),
    gettext_lazy("What"),
    gettext_lazy("Change"),
    gettext_lazy("Before"),
    gettext_lazy("After"),
)


def thing_words(kind: str) -> str:
    """Name a kind of thing; its own name for one that we do not know any more."""
    if kind in THINGS:
        return str(THINGS[kind])
    model = model_of(kind)
    return str(model._meta.verbose_name) if model else kind


def model_of(kind: str) -> type[Model] | None:
    ours = (model for model in apps.get_models() if model.__module__.startswith("infield."))
    return next((model for model in ours if model._meta.model_name == kind), None)


def field_words(kind: str, field: str) -> str:
    """Name a field of a thing; its key in plain letters for one that nobody named."""
    known = {**of_people.FIELDS, **FIELDS}
    if field in known:
        return str(known[field])
    model = model_of(kind)
    try:
        named = getattr(model._meta.get_field(field), "verbose_name", "") if model else ""
    except FieldDoesNotExist:
        named = ""
    return str(named or field.replace("_", " ")).capitalize()


def value_words(kind: str, field: str, value: Any, names: Mapping[UUID, str], language: str) -> str:
    """Say a value: yes or no, a choice or country by its name, an id by whose it is, a day as one reads it."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return pgettext("true or false", "yes") if value else pgettext("true or false", "no")
    if isinstance(value, list):
        return ", ".join(value_words(kind, field, one, names, language) for one in value)
    if field == "consent" and isinstance(value, dict):
        return people.consent_said(value)
    if field == "merged" and isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, dict):
        return ", ".join(
            f"{key}: {value_words(kind, field, one, names, language)}" for key, one in value.items()
        )
    text = str(value)
    found = as_id(text)
    if found:
        return names.get(found, _("somebody or something that is gone"))
    if field == "country":
        return of_people.country_name(text)
    return _choice(kind, field, text) or _day(text, language) or text


def fact_words(
    kind: str, facts: Mapping[str, Any], process: ProcessMap | None, names: Mapping[UUID, str], language: str
) -> str:
    """Say what stood on a deal before or after an event."""
    if "amount_minor" in facts and facts.get("currency"):
        return Money(int(facts["amount_minor"]), str(facts["currency"])).plain(language)
    if "stage" in facts:
        return stage_name(str(facts["stage"]), process, language) if process else str(facts["stage"])
    values = [value for name, value in facts.items() if name != "currency"]
    return ", ".join(filter(None, (value_words(kind, "", value, names, language) for value in values)))


def lead_words(told: Told, names: Mapping[UUID, str], language: str) -> str:
    """Say what happened to a lead."""
    if told.kind not in people.HAPPENED:
        return field_words("lead", told.kind)
    values = {
        name: value_words("lead", name, value, names, language) for name, value in told.data.items() if value
    }
    if "profile" in values:
        values["profile"] = str(of_people.PROFILE_NAMES.get(told.data["profile"], values["profile"]))
    if "field" in values:
        values["field"] = field_words("lead", str(told.data["field"]))
    # an imported event may lack what its line names
    return _(people.HAPPENED[told.kind]).format_map(defaultdict(str, {**values, **told.said}))


def _choice(kind: str, field: str, value: str) -> str:
    if value in of_people.CHOICES.get(field, {}):
        return str(of_people.CHOICES[field][value])
    if (kind, field) == ("proposal", "decision"):
        return deed(value) if value else ""
    model = model_of(kind)
    try:
        choices = dict(getattr(model._meta.get_field(field), "flatchoices", ())) if model and field else {}
    except FieldDoesNotExist:
        return ""
    return str(choices.get(value, ""))


def _day(text: str, language: str) -> str:
    try:
        return day(date.fromisoformat(text), language) if len(text) == 10 else ""
    except ValueError:
        return ""
