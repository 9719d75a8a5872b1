"""The company this installation belongs to: one row, and none before the first start was finished."""

from functools import cached_property
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """Name, zone of days and months, currency of sums, language of what is not said to one user."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("company"), max_length=200)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    currency = models.CharField(_("currency"), max_length=3)
    language = models.CharField(_("language"), max_length=8, default="en")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_company"),)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def the_company() -> Company | None:
    """Give the one company, or None while nobody has set this installation up."""
    return Company.objects.filter(id=Company.ONLY).first()
