"""What is known about the buyer's problem, time and decision: facts, each with its history."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.facts import exchange
from infield.deals.facts.exchange import LONGEST_DETAILS, SIDES, Trade
from infield.deals.facts.kinds import KINDS, LONGEST_KEY, SAME_AS, Value, checked, read, told
from infield.deals.record.models import UNCHANGED, Done, Record, told_of
from infield.deals.refusals import Refusal
from infield.deals.state import FIELD_COLUMNS, Told
from infield.fields.models import PREFIX
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

    @property
    def trade(self) -> Trade:
        return Trade(self.gives, self.gets, self.details)


NO_FACTS = frozenset({"amount", "items", "exchange", "next_step", "contact", *FIELD_COLUMNS})
"""Fields of a map that are something else of a deal."""


class Knowing(Record):
    """What is found out about the buyer."""

    class Meta(Record.Meta):
        abstract = True

    def fact_keys(self) -> tuple[str, ...]:
        """Give the keys of the facts that can be kept: those every deal has, and those its map asks for."""
        asked = (criterion.proof.field for _, criterion in self.map().criteria())
        named = (SAME_AS.get(key, key) for key in asked if key)
        return tuple(
            dict.fromkeys(
                (*KINDS, *(key for key in named if key not in NO_FACTS and not key.startswith(PREFIX)))
            )
        )

    def note(self, key: str, value: Value, by: User, *, seen: str | None = None) -> Done:
        """Keep a fact in place of the one before; an empty value: nobody knows.

        `seen`: the event of the value that the writer saw, "" for none. Refusal: unknown_fact, too_long,
        negative_amount, too_many_days, lost; Stale.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_lost()
            if key not in self.fact_keys():
                raise Refusal("unknown_fact")
            value = checked(key, value)
            there = Fact.objects.filter(deal_id=self.pk, key=key).first()
            if value.is_empty if there is None else there.value == value:
                return UNCHANGED
            self._refuse_unseen(Fact, seen, value, key=key)
            event = self._record("field_changed", by, at, told(key, value), {"value": value.text})
            keep_fact(self.pk, key, told_of(event))
            return Done("field_changed", (event,))

    def trade(self, trades: Iterable[Trade], by: User) -> Done:
        """Say what is exchanged for what. Refusal: unknown_exchange, too_many, too_long, lost."""
        with self.one_act() as at:
            self._take(by)
            self._refuse_lost()
            kept = exchange.checked(tuple(trades))
            there = Exchange.objects.filter(deal_id=self.pk)
            if tuple(one.trade for one in there) == kept:
                return UNCHANGED
            data = {"field": "exchange", "value": [[one.gives, one.gets] for one in kept] or None}
            words = {f"details-{place}": one.details for place, one in enumerate(kept)}
            event = self._record("field_changed", by, at, data, words)
            keep_exchange(self.pk, "exchange", told_of(event))
            return Done("field_changed", (event,))


def keep_fact(deal: UUID, key: str, event: Told | None) -> None:
    """Write the row of a fact as an event tells it; None, or an event that takes it away: no row."""
    value = read(event.data, event.said.get("value", "")) if event else Value()
    Fact.objects.filter(deal_id=deal, key=key).delete()
    # a text whose words were erased is known to have been there
    if event is None or event.data.get("value") in (None, False):
        return
    Fact.objects.create(
        deal_id=deal,
        key=key,
        text=value.text,
        amount_minor=value.money.amount_minor if value.money else None,
        currency=value.money.currency if value.money else "",
        day=value.day,
        days=value.days,
        event_id=event.id,
    )


def keep_exchange(deal: UUID, _key: str, event: Told | None) -> None:
    """Write the rows of what is exchanged as an event tells them."""
    Exchange.objects.filter(deal_id=deal).delete()
    if event is None:
        return
    Exchange.objects.bulk_create(
        Exchange(
            deal_id=deal,
            place=place,
            gives=gives,
            gets=gets,
            details=event.said.get(f"details-{place}", ""),
            event_id=event.id,
        )
        for place, (gives, gets) in enumerate(event.data.get("value") or ())
    )
