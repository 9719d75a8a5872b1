"""Money, numbers, dates and durations in the reader's language and zone."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from infield.web import formats, ids
from infield.web.money import Money

register = template.Library()
register.filter("id_text", ids.to_text)


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def money(value: Money) -> str:
    return formats.money(value, _language())


@register.filter
def money_short(value: Money) -> str:
    return formats.money_short(value, _language())


@register.filter
def number(value: int | Decimal | float) -> str:
    return formats.number(value, _language())


@register.filter
def percent(value: float | Decimal) -> str:
    return formats.percent(value, _language())


@register.filter
def day(value: date | datetime) -> str:
    return formats.day(_local_day(value), _language())


@register.filter
def day_short(value: date | datetime) -> str:
    return formats.day_short(_local_day(value), _language())


@register.filter
def moment(value: datetime) -> str:
    return formats.moment(value, timezone.get_current_timezone(), _language())


@register.filter
def duration(value: timedelta) -> str:
    return formats.duration(value, _language())


@register.filter
def duration_short(value: timedelta) -> str:
    return formats.duration(value, _language(), short=True)


@register.filter
def days(value: int) -> str:
    return formats.days(value, _language())


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
