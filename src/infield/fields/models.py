"""Fields that a company adds to its records, and what stands in them: typed columns, no change of the schema."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from infield.fields.filled import DECIMALS, DIGITS, KINDS, LONGEST, TYPES, Filled
from infield.web.ids import new_id
from infield.web.money import Money

PREFIX = "own_"
"""Leads every key, so that no field of one's own is ever taken for one that a deal has anyway."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen; one that is `gone` stays where it was chosen before."""

    key: str
    label: str
    gone: bool = False


class FieldQuerySet(models.QuerySet["Field"]):
    def of(self, kind: str) -> Self:
        """Those of one kind of record that are in use, in their order."""
        return self.filter(object_kind=kind, archived_at=None).order_by("place", "id")


class Field(models.Model):
    """A field of one's own. Its key stands in maps (`proof: {field: own_machines}`) and in the log and never changes;
    its label may."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    object_kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=100)
    type = models.CharField(max_length=10)
    choices = models.JSONField(default=list)
    required = models.BooleanField(default=False)
    place = models.PositiveIntegerField()
    archived_at = models.DateTimeField(null=True)

    objects = FieldQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["object_kind", "key"], name="field_key"),
            models.CheckConstraint(condition=Q(type__in=TYPES), name="field_type"),
            models.CheckConstraint(condition=Q(object_kind__in=KINDS), name="field_of_a_kind"),
            models.CheckConstraint(condition=~Q(label=""), name="field_labelled"),
        )

    def __str__(self) -> str:
        return self.label

    def words(self, filled: Filled | None) -> dict[str, str]:
        """Give the words of what was chosen, for whom the log is read to."""
        chosen = [one.label for one in self.all_choices if filled and one.key == filled.choice]
        return {"value": chosen[0]} if chosen else {}

    @property
    def offered(self) -> tuple[Choice, ...]:
        """What can be chosen now."""
        return tuple(one for one in self.all_choices if not one.gone)

    @property
    def all_choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(**one) for one in self.choices)


class ValueQuerySet(models.QuerySet["Value"]):
    def put(self, thing: UUID, field: Field, filled: Filled | None) -> Filled | None:
        """Fill or empty a field without telling; gives what stood there."""
        found = self.filter(field=field, object_id=thing).first()
        before = found.filled if found else None
        if before == filled:
            return before
        if filled is None:
            self.filter(field=field, object_id=thing).delete()
        else:
            self.update_or_create(field=field, object_id=thing, defaults=columns(filled))
        return before


class Value(models.Model):
    """What stands in one field of one record. The columns are indexed, so lists filter and sort by them."""

    field = models.ForeignKey(Field, models.PROTECT, related_name="values", db_index=False)
    object_id = models.UUIDField()
    text = models.CharField(max_length=LONGEST, default="")
    number = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, null=True)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    day = models.DateField(null=True)
    choice = models.CharField(max_length=60, default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ValueQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["object_id", "field"], name="one_value_a_field"),)
        indexes = (
            models.Index(fields=["field", "text"], condition=~Q(text=""), name="value_text"),
            models.Index(fields=["field", "number"], condition=Q(number__isnull=False), name="value_number"),
            models.Index(
                fields=["field", "amount_minor"], condition=Q(amount_minor__isnull=False), name="value_amount"
            ),
            models.Index(fields=["field", "day"], condition=Q(day__isnull=False), name="value_day"),
            models.Index(fields=["field", "choice"], condition=~Q(choice=""), name="value_choice"),
        )

    def __str__(self) -> str:
        return f"{self.field_id} {self.object_id}"

    @property
    def filled(self) -> Filled:
        money = None if self.amount_minor is None else Money(self.amount_minor, self.currency)
        return Filled(self.text, self.number, money, self.day, self.choice, self.person_id)


def values_of(things: Iterable[UUID]) -> Mapping[UUID, Mapping[UUID, Filled]]:
    """Give what stands in the fields of these records: record to field to value. One query."""
    found: dict[UUID, dict[UUID, Filled]] = {}
    for value in Value.objects.filter(object_id__in=list(things)):
        found.setdefault(value.object_id, {})[value.field_id] = value.filled
    return found


def columns(filled: Filled) -> dict[str, Any]:
    """Give the columns of a value."""
    return {
        "text": filled.text,
        "number": filled.number,
        "amount_minor": filled.money.amount_minor if filled.money else None,
        "currency": filled.money.currency if filled.money else "",
        "day": filled.day,
        "choice": filled.choice,
        "person_id": filled.person,
    }


def now() -> datetime:
    return datetime.now(UTC)
