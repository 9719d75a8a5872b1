"""What is known about the buyer's problem, time and decision: facts, each with its history."""

from django.db import models
from django.db.models import Q

from infield.deals.facts.exchange import LONGEST_DETAILS, SIDES
from infield.deals.facts.kinds import LONGEST_KEY, Value
from infield.history.models import Event
from infield.web.money import Money


class Fact(models.Model):
    """A fact of a deal as it stands; `event` is the latest that told it. facts/kinds.py says which kinds there are."""

    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="facts")
    key = models.CharField(max_length=LONGEST_KEY)
    text = models.TextField(default="")
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    day = models.DateField(null=True)
    days = models.PositiveIntegerField(null=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["deal", "key"], name="fact_once"),
            models.CheckConstraint(
                condition=Q(amount_minor__isnull=True, currency="")
                | (Q(amount_minor__isnull=False, amount_minor__gte=0) & ~Q(currency="")),
                name="fact_amount_with_currency",
            ),
        )
        indexes = (models.Index(fields=["key", "day"], condition=Q(day__isnull=False), name="fact_of_day"),)

    def __str__(self) -> str:
        return self.key

    @property
    def value(self) -> Value:
        money = None if self.amount_minor is None else Money(self.amount_minor, self.currency)
        return Value(self.text, money, self.day, self.days)


class Exchange(models.Model):
    """What is given for what in a deal, one row a pair; several rows are a mixture."""

    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="exchanges")
    place = models.PositiveSmallIntegerField()
    gives = models.CharField(max_length=12)
    gets = models.CharField(max_length=12)
    details = models.CharField(max_length=LONGEST_DETAILS, default="")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["deal", "place"], name="exchange_place_once"),
            models.CheckConstraint(
                condition=Q(gives__in=list(SIDES), gets__in=list(SIDES)), name="exchange_of_nine"
            ),
        )

    def __str__(self) -> str:
        return f"{self.gives} {self.gets}"
