"""What is asked for before many deals are changed."""

from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.accounts.roles import WRITERS
from infield.deals.models import Deal
from infield.deals.wording import lost_reason
from infield.desk.acts.forms import CloseForm, StepForm
from infield.desk.deals.fields.queries import Around, stages
from infield.finding.lists.bulk.actions import Act
from infield.finding.lists.bulk.forms import ArchiveForm, BulkForm, OwnFieldForm


class OwnerForm(BulkForm):
    owner = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.none(), empty_label=None)

    def arrange(self) -> None:
        workers = User.objects.filter(active=True, role__in=WRITERS).order_by("name")
        self.fields["owner"].queryset = workers  # type: ignore[attr-defined]

    def act(self) -> Act:
        return lambda deal: deal.change_owner(self.cleaned_data["owner"], self.around.user)


class NextForm(BulkForm, StepForm):
    def act(self) -> Act:
        step = self.step()
        return lambda deal: deal.set_next_step(step, self.around.user)


class StageForm(BulkForm):
    stage = forms.ChoiceField(label=_("Stage"))
    because = forms.CharField(
        label=_("Why, where a deal goes back"), required=False, max_length=2_000, widget=forms.TextInput()
    )

    def arrange(self) -> None:
        self.fields["stage"].choices = stages(cast("Around", self.around))  # type: ignore[attr-defined]

    def act(self) -> Act:
        to, because = self.cleaned_data["stage"], self.cleaned_data["because"]
        return lambda deal: deal.move_to(to, self.around.user, back_because=because)


class ClosingForm(BulkForm):
    expected_close = CloseForm.base_fields["expected_close"]

    def act(self) -> Act:
        return lambda deal: deal.change_close_date(self.cleaned_data["expected_close"], self.around.user)


class LoseForm(BulkForm):
    reason = forms.ChoiceField(label=_("Why they were lost"))
    notes = forms.CharField(
        label=_("In your words"), required=False, max_length=2_000, widget=forms.TextInput()
    )

    def arrange(self) -> None:
        deals = Deal.objects.visible_to(self.around.user).filter(pk__in=self.around_ids)
        found: dict[str, str] = {}
        for deal in deals.select_related("version"):
            for key in deal.reasons():
                found.setdefault(key, lost_reason(key, deal.map(), get_language() or "en"))
        self.fields["reason"].choices = list(found.items())  # type: ignore[attr-defined]

    def __init__(self, *args: Any, ids: list[Any], **kwargs: Any) -> None:
        self.around_ids = ids
        super().__init__(*args, **kwargs)

    def act(self) -> Act:
        reason, notes = self.cleaned_data["reason"], self.cleaned_data["notes"]
        return lambda deal: deal.lose(reason, self.around.user, notes)


class FieldForm(OwnFieldForm):
    """Fill one field of one's own."""

    def act(self) -> Act:
        field, filled = self.field, self.cleaned_data["filled"]
        return lambda deal: deal.fill(field, filled, self.around.user)


FORMS: dict[str, type[BulkForm]] = {
    "owner": OwnerForm,
    "step": NextForm,
    "stage": StageForm,
    "close": ClosingForm,
    "field": FieldForm,
    "lose": LoseForm,
    "archive": ArchiveForm,
}
