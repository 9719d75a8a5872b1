"""Money, counts, dates and durations in the reader's language and zone."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from infield.web import dates, durations, figures, ids
from infield.web.money import Money

register = template.Library()
register.filter("id_text", ids.to_text)


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def money(value: Money) -> str:
    return value.plain(_language())


@register.filter
def money_short(value: Money) -> str:
    return value.short(_language())


@register.filter
def count(value: int) -> str:
    return figures.count(value, _language())


@register.filter
def kilobytes(value: int) -> str:
    return figures.kilobytes(value, _language())


@register.filter
def percent(share: float) -> str:
    return figures.percent(share, _language())


@register.filter
def points(value: Decimal | float) -> str:
    return figures.points(value, _language())


@register.filter
def day(value: date | datetime) -> str:
    return dates.day(_local_day(value), _language())


@register.filter
def day_short(value: date | datetime) -> str:
    return dates.day_short(_local_day(value), _language())


@register.filter
def moment(value: datetime) -> str:
    return dates.moment_of(value, timezone.get_current_timezone(), _language())


@register.filter
def clock(value: datetime) -> str:
    local = timezone.localtime(value)
    return dates.clock(local.hour, local.minute, _language())


@register.filter
def duration(value: timedelta) -> str:
    return durations.duration(value.total_seconds(), _language(), length="long")


@register.filter
def days(value: int) -> str:
    return durations.days(value, _language())


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
