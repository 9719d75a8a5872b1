"""The form that makes a lead a deal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infield.deals.buyers.roles import ROLES
from infield.deals.terms.wording import role_name
from infield.desk.acts.forms import MoneyFields
from infield.people.contacts.models import LONGEST_PART
from infield.people.cultures import culture_of
from infield.people.leads.models import Lead
from infield.people.names import split_person
from infield.people.organizations.models import LONGEST_NAME
from infield.people.words.wording import CULTURE_NAMES, FIELDS
from infield.web.company import the_company

NEW = "new"


class ConvertForm(MoneyFields):
    """With which organization and person, about what, how much, on which map."""

    organization = forms.ChoiceField(label=FIELDS["organization"], widget=forms.RadioSelect, initial=NEW)
    organization_name = forms.CharField(
        label=_("Name of the new organization"), max_length=LONGEST_NAME, required=False
    )
    contact = forms.ChoiceField(label=_("Contact"), widget=forms.RadioSelect, initial=NEW)
    culture = forms.ChoiceField(label=FIELDS["culture"], choices=list(CULTURE_NAMES.items()), required=False)
    family = forms.CharField(label=FIELDS["family"], max_length=LONGEST_PART, required=False)
    given = forms.CharField(label=FIELDS["given"], max_length=LONGEST_PART, required=False)
    family_kana = forms.CharField(label=FIELDS["family_kana"], max_length=LONGEST_PART, required=False)
    given_kana = forms.CharField(label=FIELDS["given_kana"], max_length=LONGEST_PART, required=False)
    role = forms.ChoiceField(label=_("Part in the decision"), required=False)
    title = forms.CharField(label=_("What the deal is about"), max_length=300)
    map = forms.ChoiceField(label=_("Map"))

    def __init__(
        self,
        *args: Any,
        lead: Lead,
        organizations: list[tuple[str, str]],
        contacts: list[tuple[str, str]],
        maps: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        culture = culture_of(lead.person, lead.language or "en")
        family, given = split_person(lead.person, culture)
        company = the_company()
        beginning = {
            "organization": organizations[0][0] if organizations else NEW,
            "contact": contacts[0][0] if contacts else NEW,
            "organization_name": lead.company,
            "culture": culture if culture in CULTURE_NAMES else "other",
            "family": family,
            "given": given,
            "title": lead.wanted.strip().split("\n")[0][:120],
            "currency": company.currency if company else "EUR",
            "role": ROLES[-1],
        }
        for name, value in beginning.items():
            self.fields[name].initial = value
        choices = {
            "organization": [*organizations, (NEW, _("A new organization"))],
            "contact": [*contacts, (NEW, _("A new contact"))],
            "map": maps,
            "role": [(role, role_name(role)) for role in ROLES],
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("organization") == NEW and not values.get("organization_name", "").strip():
            self.add_error("organization_name", ValidationError(_("Give the organization a name.")))
        if values.get("contact") == NEW and not (values.get("family") or values.get("given")):
            self.add_error("family", ValidationError(_("Give a family name or a given name.")))
        return values

    def person(self) -> dict[str, str]:
        """Give what a new contact is called."""
        names = ("culture", "family", "given", "family_kana", "given_kana")
        return {name: self.cleaned_data[name].strip() for name in names}
