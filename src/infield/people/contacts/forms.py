"""The forms of a contact: who it is, what comes next, consent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.people.contacts.models import CHANNELS, LONGEST_PART, Consent, ContactStep
from infield.people.lists.wording import CONSENT_PARTS
from infield.people.organizations.models import LONGEST_NAME
from infield.people.records.forms import AddressesField, PartForm, PersonField, WaysField, or_nothing
from infield.people.words.wording import (
    CHANNEL_NAMES,
    CONSENT_SOURCES,
    CULTURE_NAMES,
    FIELDS,
    languages,
)


def channels() -> list[tuple[str, Any]]:
    return or_nothing((key, CHANNEL_NAMES[key]) for key in CHANNELS)


def languages_here() -> list[tuple[str, Any]]:
    return or_nothing(languages((get_language() or "en").split("-")[0]))


class ContactForm(PartForm):
    """Who the person is, in the form of their own culture, where they work and how one reaches them."""

    culture = forms.ChoiceField(label=FIELDS["culture"], choices=list(CULTURE_NAMES.items()))
    family = forms.CharField(label=FIELDS["family"], max_length=LONGEST_PART, required=False)
    given = forms.CharField(label=FIELDS["given"], max_length=LONGEST_PART, required=False)
    family_kana = forms.CharField(label=FIELDS["family_kana"], max_length=LONGEST_PART, required=False)
    given_kana = forms.CharField(label=FIELDS["given_kana"], max_length=LONGEST_PART, required=False)
    honorific = forms.CharField(
        label=FIELDS["honorific"],
        max_length=40,
        required=False,
        help_text=_("In place of the usual one, such as Dr, 部長 or ดร."),
    )
    organization = forms.CharField(
        label=FIELDS["organization"],
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "organization-names"}),
    )
    job_title = forms.CharField(label=FIELDS["job_title"], max_length=200, required=False)
    emails = WaysField("email", ("work", "home", "other"), label=FIELDS["emails"])
    phones = WaysField("tel", ("work", "mobile", "home", "other"), label=FIELDS["phones"])
    addresses = AddressesField(label=FIELDS["addresses"])
    channel = forms.ChoiceField(label=FIELDS["channel"], choices=channels, required=False)
    language = forms.ChoiceField(label=FIELDS["language"], choices=languages_here, required=False)
    opened_by = PersonField(label=FIELDS["opened_by"], required=False, empty_label=_("nobody"))
    owner = PersonField(label=FIELDS["owner"], required=False, empty_label=_("nobody"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_asked = "family" in self.fields
        if is_asked and not (values.get("family", "").strip() or values.get("given", "").strip()):
            raise ValidationError(_("Give a family name or a given name."))
        return values


PARTS: dict[str, tuple[str, ...]] = {
    "name": ("culture", "family", "given", "family_kana", "given_kana", "honorific"),
    "organization": ("organization",),
    "job_title": ("job_title",),
    "emails": ("emails",),
    "phones": ("phones",),
    "addresses": ("addresses",),
    "channel": ("channel",),
    "language": ("language",),
    "opened_by": ("opened_by",),
    "owner": ("owner",),
}

NEW = (
    "culture",
    "family",
    "given",
    "family_kana",
    "given_kana",
    "organization",
    "job_title",
    "emails",
    "phones",
)


class StepForm(forms.Form):
    """What comes next with a person, and on which day."""

    what = forms.CharField(label=_("What comes next"), max_length=500)
    on = forms.DateField(
        label=_("On which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def __init__(self, *args: Any, is_done: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].widget.attrs["autofocus"] = True
        for field in self.fields.values():
            field.required = not is_done

    def step(self) -> ContactStep | None:
        what, on = self.cleaned_data["what"].strip(), self.cleaned_data["on"]
        return ContactStep(what, on) if what and on else None


class NoContactForm(forms.Form):
    """Why nobody is to contact a person any more."""

    because = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class ConsentForm(forms.Form):
    """Who gave or withdrew leave, for which channel, when and where that was said."""

    channel = forms.ChoiceField(
        label=_("Channel"), choices=[(key, CHANNEL_NAMES[key]) for key in Consent.CHANNELS]
    )
    given = forms.ChoiceField(
        label=_("What was said"),
        choices=[("given", _("Given")), ("withdrawn", _("Withdrawn"))],
        widget=forms.RadioSelect,
        initial="given",
    )
    source = forms.ChoiceField(
        label=CONSENT_PARTS["source"], choices=[(key, CONSENT_SOURCES[key]) for key in Consent.SOURCES]
    )
    on = forms.DateField(
        label=CONSENT_PARTS["on"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localtime().date()
        self.fields["channel"].widget.attrs["autofocus"] = True

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localtime().date():
            raise ValidationError(_("That day is still to come."))
        return on
