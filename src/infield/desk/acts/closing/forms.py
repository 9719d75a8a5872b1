"""The forms of closing a deal, of letting it rest, and of moving it to another map."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infield.deals.models import NextStep
from infield.desk.acts.forms import next_working_day
from infield.process.values import WayOut
from infield.web.forms import DayField

REST_DAYS = 90
BOUGHT_ELSEWHERE = "competitor"


def words_field(label: Any, **others: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2}), **others)


class LostForm(forms.Form):
    """Why a deal was lost, and to whom."""

    reason = forms.ChoiceField(label=_("Why it was lost"), widget=forms.RadioSelect)
    competitor = forms.CharField(
        label=_("From whom they bought instead, where they did"), required=False, max_length=300
    )
    notes = words_field(_("In your words"), required=False)

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
        self.fields["competitor"].widget.attrs["autocomplete"] = "off"


class ReopenForm(forms.Form):
    """Why a closed deal is worked on again."""

    because = forms.CharField(
        label=_("Why it is open again"), required=False, max_length=5_000, widget=forms.TextInput()
    )


class RestForm(forms.Form):
    """Until when a deal rests, why, and what is done then."""

    way_out = forms.ChoiceField(label=_("What kind of “not now”"), required=False)
    on = DayField(label=_("Until which day"))
    what = forms.CharField(label=_("What to do then"), max_length=500)
    because = words_field(_("Why it rests"))

    def __init__(self, *args: Any, ways: list[tuple[WayOut, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((out.key, name) for out, name in ways), ("", _("Another reason to wait"))]
        self.fields["way_out"].choices = choices  # type: ignore[attr-defined]
        days = next((int(out.after_days) for out, _name in ways if out.after_days), REST_DAYS)
        self.fields["on"].initial = next_working_day(timezone.localtime().date() + timedelta(0), days)
        self.fields["what"].initial = _("Ask again")
        self.fields["because"].widget.attrs["autofocus"] = True

    def step(self) -> NextStep:
        return NextStep(self.cleaned_data["what"], self.cleaned_data["on"], "call")


class NoContactForm(forms.Form):
    """Why nobody is to contact the buyer any more."""

    because = words_field(_("Why nobody is to contact them any more"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].widget.attrs["autofocus"] = True


class VersionForm(forms.Form):
    """Which map a deal runs on, and in which stage of it."""

    place = forms.ChoiceField(label=_("Map and stage"))

    def __init__(self, *args: Any, places: list[Any], here: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["place"].initial = here
        self.fields["place"].widget.attrs["autofocus"] = True
