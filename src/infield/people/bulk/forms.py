"""What is asked for before many organizations, contacts or leads are changed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from infield.finding.lists.bulk.actions import Act
from infield.finding.lists.bulk.forms import ArchiveForm, BulkForm, OwnFieldForm
from infield.people.contacts import forms as contact_forms
from infield.people.leads import forms as lead_forms
from infield.people.organizations import forms as organization_forms
from infield.people.own.actions import fill
from infield.people.records.forms import PartForm, PersonField, as_kept

PARTS: Mapping[str, tuple[type[PartForm], Mapping[str, tuple[str, ...]]]] = {
    "organization": (organization_forms.OrganizationForm, organization_forms.PARTS),
    "contact": (contact_forms.ContactForm, contact_forms.PARTS),
    "lead": (lead_forms.LeadForm, lead_forms.PARTS),
}
SETTABLE: Mapping[str, tuple[str, ...]] = {
    "organization": ("industry", "size", "place"),
    "contact": ("organization", "job_title", "channel", "language", "opened_by"),
    "lead": ("source", "industry", "size", "place"),
}
"""The parts of each kind that may be the same for many; names and ways to reach somebody are never."""


class OwnerForm(BulkForm):
    owner = PersonField(label=_("New owner"), empty_label=None)

    def act(self) -> Act:
        owner, by = self.cleaned_data["owner"], self.around.user
        return lambda record: record.change(by, owner=owner)


class LeadOwnerForm(OwnerForm):
    """A lead is given away by an act of its own, which its log tells."""

    def act(self) -> Act:
        owner, by = self.cleaned_data["owner"], self.around.user
        return lambda lead: lead.assign(owner, by)


class NextForm(BulkForm, contact_forms.StepForm):
    def act(self) -> Act:
        step = self.step()
        return lambda contact: contact.set_next_step(step, self.around.user)


class ProfileForm(BulkForm, lead_forms.ProfileForm):
    def act(self) -> Act:
        told = self.cleaned_data
        return lambda lead: lead.profile_as(told["profile"], self.around.user, told["why"])


class DisqualifyForm(BulkForm, lead_forms.DisqualifyForm):
    def act(self) -> Act:
        told = self.cleaned_data
        return lambda lead: lead.disqualify(told["reason"], self.around.user, told["notes"])


class RestoreForm(BulkForm):
    """Nothing is to be asked: they can be put away again."""

    def act(self) -> Act:
        return lambda record: record.restore(self.around.user)


class PartsForm(BulkForm):
    """One part of a record, as it is edited in place; left empty, it is emptied."""

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        self.part = part
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        form, parts = PARTS[self.around.kind]
        self.fields = form(only=parts[self.part]).fields

    def act(self) -> Act:
        by = self.around.user
        values = as_kept(self.cleaned_data, by)
        return lambda record: record.change(by, **values)


class OwnForm(OwnFieldForm):
    """Fill one field of one's own."""

    def act(self) -> Act:
        field, filled = self.field, self.cleaned_data["filled"]
        return lambda record: fill(record, self.around.user, {field: filled})


EVERY: Mapping[str, type[BulkForm]] = {"archive": ArchiveForm, "restore": RestoreForm}
FORMS: Mapping[str, Mapping[str, type[BulkForm]]] = {
    "organization": {"owner": OwnerForm, **EVERY},
    "contact": {"owner": OwnerForm, "step": NextForm, **EVERY},
    "lead": {"owner": LeadOwnerForm, "profile": ProfileForm, "disqualify": DisqualifyForm, **EVERY},
}
"""The acts on many records of each kind, beside filling a field."""
