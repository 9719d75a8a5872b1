"""The form of an organization, whole or in parts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infield.people.organizations.models import LONGEST_NAME
from infield.people.records.forms import (
    AddressesField,
    PartForm,
    PersonField,
    WaysField,
    country_choices,
    or_nothing,
)
from infield.people.words.wording import FIELDS, INDUSTRY_NAMES

LARGEST = 10_000_000


def industries() -> list[tuple[str, Any]]:
    return or_nothing(INDUSTRY_NAMES.items())


class OrganizationForm(PartForm):
    """Which company it is, how large, where, and how one reaches it."""

    name = forms.CharField(label=FIELDS["name"], max_length=LONGEST_NAME)
    reading = forms.CharField(label=FIELDS["reading"], max_length=LONGEST_NAME, required=False)
    domain = forms.CharField(
        label=FIELDS["domain"],
        max_length=253,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "aalto.example"}),
    )
    industry = forms.ChoiceField(label=FIELDS["industry"], choices=industries, required=False)
    size = forms.IntegerField(
        label=FIELDS["size"],
        min_value=1,
        max_value=LARGEST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    country = forms.ChoiceField(label=FIELDS["country"], choices=country_choices, required=False)
    place = forms.CharField(label=FIELDS["place"], max_length=200, required=False)
    emails = WaysField("email", ("work", "billing", "other"), label=FIELDS["emails"])
    phones = WaysField("tel", ("switchboard", "work", "mobile", "other"), label=FIELDS["phones"])
    addresses = AddressesField(label=FIELDS["addresses"])
    owner = PersonField(label=FIELDS["owner"], required=False, empty_label=_("nobody"))


PARTS: dict[str, tuple[str, ...]] = {
    "name": ("name", "reading"),
    "domain": ("domain",),
    "industry": ("industry",),
    "size": ("size",),
    "place": ("place", "country"),
    "emails": ("emails",),
    "phones": ("phones",),
    "addresses": ("addresses",),
    "owner": ("owner",),
}
"""The fields that are edited together, in place."""

NEW = ("name", "reading", "domain", "phones", "industry", "size", "place", "country")
"""What is asked of a new one."""
