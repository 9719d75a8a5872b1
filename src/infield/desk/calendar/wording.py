"""What the calendar says."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from infield.web import dates

VIEWS = {"day": _("Day"), "week": _("Week"), "month": _("Month")}


def day_head(day: date, view: str, language: str) -> str:
    """Name a day in the head of its column; in a month its number alone."""
    if view == "month":
        return str(day.day)
    return dates.weekday_day(day, language)


def span_words(view: str, first: date, last: date, on: date, language: str) -> str:
    """Name what is shown: a day, a week from one day to another, a month."""
    if view == "month":
        return dates.month(on, language)
    if view == "day":
        return dates.day(on, language)
    return f"{dates.day_short(first, language)} – {dates.day(last, language)}"
