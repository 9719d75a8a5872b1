"""When the company works, as somebody fills it in."""

from collections.abc import Sequence
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.activities.models import WorkingHours
from infield.activities.working_time import OFFICE_HOURS, countries
from infield.desk.log.forms import time_field
from infield.web.dates import weekday

DAYS = range(7)


class HoursForm(forms.Form):
    """The country whose holidays are kept, and for each weekday from when to when."""

    country = forms.ChoiceField(label=_("Holidays of"), required=False)

    def __init__(self, *args: Any, hours: WorkingHours | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        names = Locale(language.split("-")[0]).territories
        offered = sorted(((code, names.get(code, code)) for code in countries()), key=lambda pair: pair[1])
        self.fields["country"].choices = [("", _("no country")), *offered]  # type: ignore[attr-defined]
        self.fields["country"].initial = hours.country if hours else ""
        week: Sequence[Any] = hours.week if hours and hours.week else OFFICE_HOURS
        for day in DAYS:
            for place, end in enumerate(("from", "to")):
                field = time_field(weekday(day, language))
                field.initial = _clock(week[day][place]) if week[day] else None
                self.fields[f"{end}_{day}"] = field

    def rows(self) -> list[tuple[Any, Any]]:
        """Give the fields of each day, from and to."""
        return [(self[f"from_{day}"], self[f"to_{day}"]) for day in DAYS]

    def week(self) -> list[list[int] | None]:
        """Give the hours of each day in minutes after midnight; a day that lacks either has none."""
        return [self._hours(day) for day in DAYS]

    def _hours(self, day: int) -> list[int] | None:
        begins, ends = self.cleaned_data.get(f"from_{day}"), self.cleaned_data.get(f"to_{day}")
        if begins is None or ends is None:
            return None
        # midnight as an end is the end of the day
        last = ends.hour * 60 + ends.minute or 24 * 60
        return [begins.hour * 60 + begins.minute, last]


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
