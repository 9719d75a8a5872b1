"""Records that are likely one and the same, as the last search found them, and what people said of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from infield.web.ids import new_id


class LikelyDouble(models.Model):
    """Two records of one kind that look alike. `why`: keys of likeness.REASONS with what they say.

    `told_apart_by`: who said that they are two; the pair is shown no more, and not found again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16)
    first = models.UUIDField()
    second = models.UUIDField()
    score = models.PositiveSmallIntegerField()
    why = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    told_apart_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="double_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="double_in_order"),
        )
        indexes = (
            models.Index(
                fields=["kind", "-score", "id"], condition=Q(told_apart_by__isnull=True), name="double_open"
            ),
            models.Index(fields=["second"], name="double_second"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.score}"
