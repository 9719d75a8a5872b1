"""Setting the working time, and timing anew what depends on it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.activities.models import Response, WorkingHours
from infield.activities.said import Refusal
from infield.activities.working.queries import working_time
from infield.activities.working_time import DAYS, MIDNIGHT, countries
from infield.history.actions import note_changes

AT_ONCE = 500


def set_hours(country: str, week: Sequence[Sequence[int] | None], by: User) -> None:
    """Say when the company works. Refusal: bad_hours, unknown_country; PermissionDenied."""
    if not by.may("settings"):
        raise PermissionDenied
    if country and country not in countries():
        raise Refusal("unknown_country")
    if len(week) != DAYS or not all(day is None or 0 <= day[0] < day[1] <= MIDNIGHT for day in week):
        raise Refusal("bad_hours")
    with transaction.atomic():
        row = WorkingHours.objects.select_for_update().first() or WorkingHours(pk=WorkingHours.ONLY)
        told = {
            "country": (row.country, country),
            "week": (row.week, [list(day) if day else None for day in week]),
        }
        row.country, row.week = country, told["week"][1]
        row.lock += 1
        row.save()
        note_changes(row, by, {field: pair for field, pair in told.items() if pair[0] != pair[1]})
        time_anew()


def time_anew() -> None:
    """Time the first answers by the working time as it is set up now."""
    hours, rows = working_time(), []
    for row in Response.objects.select_related("lead").iterator(chunk_size=AT_ONCE):
        row.working_seconds = round(hours.seconds(row.lead.arrived_at, row.at))
        rows.append(row)
    Response.objects.bulk_update(rows, ["working_seconds"], batch_size=AT_ONCE)
