"""The forms of a lead: what is known of it, how far it is judged, to whom it goes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.accounts.roles import WRITERS
from infield.people.leads.handing.models import RETURN_REASONS
from infield.people.leads.profiling.models import REASONS
from infield.people.leads.record.models import PROFILES, SOURCES
from infield.people.organizations.forms import LARGEST, industries
from infield.people.reach import phone_key
from infield.people.records.forms import PHONE_DIGITS, PartForm, country_choices, workers
from infield.people.words.wording import (
    DIRECTIONS,
    FIELDS,
    PROFILE_NAMES,
    REASON_NAMES,
    RETURN_NAMES,
    SOURCE_NAMES,
)


class LeadForm(PartForm):
    """A possible customer, on one screen."""

    person = forms.CharField(label=FIELDS["person"], max_length=300, required=False)
    company = forms.CharField(label=FIELDS["company"], max_length=300, required=False)
    job_title = forms.CharField(label=FIELDS["job_title"], max_length=200, required=False)
    email = forms.EmailField(label=FIELDS["email"], max_length=254, required=False)
    phone = forms.CharField(
        label=FIELDS["phone"], max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    website = forms.CharField(label=FIELDS["website"], max_length=253, required=False)
    wanted = forms.CharField(
        label=FIELDS["wanted"], max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.ChoiceField(label=FIELDS["source"], choices=[(key, SOURCE_NAMES[key]) for key in SOURCES])
    direction = forms.ChoiceField(label=FIELDS["direction"], choices=list(DIRECTIONS.items()))
    arrived_at = forms.DateTimeField(
        label=FIELDS["arrived_at"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    country = forms.ChoiceField(label=FIELDS["country"], choices=country_choices, required=False)
    place = forms.CharField(label=FIELDS["place"], max_length=200, required=False)
    industry = forms.ChoiceField(label=FIELDS["industry"], choices=industries, required=False)
    size = forms.IntegerField(
        label=FIELDS["size"],
        min_value=1,
        max_value=LARGEST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "arrived_at" in self.fields:
            self.fields["arrived_at"].initial = timezone.localtime().replace(second=0, microsecond=0)

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and len(phone_key(phone)) < PHONE_DIGITS:
            raise ValidationError(_("Write the phone number with its digits, such as +358 40 123 4567."))
        return phone

    def clean_arrived_at(self) -> Any:
        at = self.cleaned_data["arrived_at"]
        if at > timezone.now():
            raise ValidationError(_("That time is still to come."))
        return at

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_asked = {"person", "company"} <= set(self.fields)
        if is_asked and not (values.get("person", "").strip() or values.get("company", "").strip()):
            raise ValidationError(_("Say who it is: a person or a company."))
        return values


PARTS: dict[str, tuple[str, ...]] = {
    "name": ("person", "company", "job_title"),
    "email": ("email",),
    "phone": ("phone",),
    "website": ("website",),
    "wanted": ("wanted",),
    "source": ("source", "direction"),
    "arrived_at": ("arrived_at",),
    "place": ("place", "country"),
    "industry": ("industry",),
    "size": ("size",),
}

NEW = ("person", "company", "email", "phone", "source", "direction", "wanted")


def sellers() -> Any:
    return User.objects.filter(active=True, role__in=WRITERS).order_by("name")


class ProfileForm(forms.Form):
    """How far a lead is judged, and why."""

    profile = forms.ChoiceField(
        label=FIELDS["profile"],
        choices=[(key, PROFILE_NAMES[key]) for key in PROFILES if key != "disqualified"],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Why"), max_length=500, required=False)


class DisqualifyForm(forms.Form):
    """Why nothing will come of a lead."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=[(key, REASON_NAMES[key]) for key in REASONS], widget=forms.RadioSelect
    )
    notes = forms.CharField(
        label=_("In your words"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class SendBackForm(forms.Form):
    """Why sales sends a lead back."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[(key, RETURN_NAMES[key]) for key in RETURN_REASONS],
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(
        label=_("In your words"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WhyForm(forms.Form):
    """A reason in one's own words."""

    why = forms.CharField(
        label=_("Why"), max_length=500, required=False, widget=forms.TextInput(attrs={"autofocus": True})
    )


class HandOverForm(forms.Form):
    """To whom in sales a lead goes, and what they should know."""

    to = forms.ModelChoiceField(label=_("To whom in sales"), queryset=User.objects.none(), empty_label=None)
    note = forms.CharField(label=_("What they should know"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = sellers()  # type: ignore[attr-defined]
        self.fields["to"].widget.attrs["autofocus"] = True


class AssignForm(forms.Form):
    """Who answers for a lead."""

    owner = forms.ModelChoiceField(label=FIELDS["owner"], queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = workers()  # type: ignore[attr-defined]
        self.fields["owner"].widget.attrs["autofocus"] = True
