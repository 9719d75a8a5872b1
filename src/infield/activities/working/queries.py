"""The working time of this company, as it is set up."""

from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from infield.activities.models import WorkingHours
from infield.activities.working_time import OFFICE_HOURS, WorkingTime, holidays_of
from infield.web.company import the_company


class Holidays(Mapping[date, str]):
    """The holidays of one country, of whichever year is asked for."""

    def __init__(self, country: str, language: str = "en") -> None:
        self.country, self.language = country, language

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in holidays_of(self.country, day.year, self.language)

    def __getitem__(self, day: date) -> str:
        return holidays_of(self.country, day.year, self.language)[day]

    def __iter__(self) -> Iterator[date]:
        return iter(())

    def __len__(self) -> int:
        return 0


def working_time(language: str = "en") -> WorkingTime:
    """Give the working time as set up; office hours without holidays while nobody has. Two queries."""
    hours, company = WorkingHours.objects.first(), the_company()
    zone = ZoneInfo(company.zone if company else "UTC")
    if hours is None:
        return WorkingTime(zone)
    week = tuple((day[0], day[1]) if day else None for day in hours.week) or OFFICE_HOURS
    return WorkingTime(zone, week, Holidays(hours.country, language))
