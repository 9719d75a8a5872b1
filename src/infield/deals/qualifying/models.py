"""Answers to the questions of a qualification and of the map."""

from django.db import models
from django.db.models import Q

from infield.deals.qualifying.scores import ANSWERS, LONGEST_QUESTION
from infield.history.models import Event


class Answer(models.Model):
    """What the buyer answered, as it stands: `value` yes, partly, no or unknown, and in words.

    `question`: `bant:…`, `gpct:…`, or stage:key of a question of the map.
    """

    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="answers")
    question = models.CharField(max_length=LONGEST_QUESTION)
    value = models.CharField(max_length=8)
    text = models.TextField(default="")
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["deal", "question"], name="answer_once"),
            models.CheckConstraint(condition=Q(value__in=list(ANSWERS)), name="answer_value"),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.value}"
