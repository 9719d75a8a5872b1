"""Fields that several rooms ask with."""

import re
from datetime import date
from typing import Any

from django import forms

from infield.web.dates import BUDDHIST_YEARS_AHEAD, FIRST_BUDDHIST_YEAR

WRITTEN_DAY = re.compile(r"(\d{4})(-\d{2}-\d{2})")


class DayField(forms.DateField):
    """A day as a browser sends it, year-month-day; a year that can only be of the Buddhist era is read as one."""

    def __init__(self, **others: Any) -> None:
        # %-formats, never the locale's: a date input holds and sends nothing else
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **others})

    def to_python(self, value: Any) -> date | None:
        written = WRITTEN_DAY.fullmatch(str(value).strip())
        if written and int(written[1]) >= FIRST_BUDDHIST_YEAR:
            # before it is taken for a date: 29 February 2571 is one of that era alone
            value = f"{int(written[1]) - BUDDHIST_YEARS_AHEAD:04}{written[2]}"
        return super().to_python(value)
