"""How long deals that were won usually stayed in a stage: kept, so that no board computes it."""

from decimal import Decimal
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from infield.process.models import Process
from infield.web.compiled import compiled


class UsualStay(models.Model):
    """The median stay of won deals in a stage, in days, over `deals` of them, as it was at `as_of`."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="usual_stays")
    stage = models.CharField(max_length=60)
    median_days = models.DecimalField(max_digits=9, decimal_places=3)
    deals = models.PositiveIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["process", "stage"], name="usual_stay_once"),
            models.CheckConstraint(condition=Q(median_days__gte=0), name="usual_stay_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.stage} {self.median_days}"


def usual_days(process: UUID) -> dict[str, Decimal]:
    """Give the median stay in days of each stage of a process of which it is known. One query."""
    return dict(_stays(process))


@compiled
def _stays(process: UUID) -> QuerySet[UsualStay, tuple[str, Decimal]]:
    return UsualStay.objects.filter(process=process).values_list("stage", "median_days")
