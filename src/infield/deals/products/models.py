"""What is sold: products with a price list, and the lines of a deal."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.products.lines import LONGEST_NAME, Line, checked, read, sums, told
from infield.deals.record.models import UNCHANGED, Done, told_of
from infield.deals.refusals import Refusal
from infield.deals.state import Told
from infield.deals.worth.models import Worth
from infield.history.models import Event
from infield.web.ids import new_id
from infield.web.money import Money

# fifteen digits: as many as SQLite keeps exactly


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> Self:
        """Those that are not archived."""
        return self.filter(archived_at=None)


class Product(models.Model):
    """A product or a service that is sold; `unit`: what one of it is, such as piece, hour, year."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=LONGEST_NAME)
    code = models.CharField(max_length=60, default="", blank=True)
    unit = models.CharField(max_length=60, default="", blank=True)
    is_service = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    lock = models.PositiveIntegerField(default=0)

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="product_named"),
            models.UniqueConstraint(fields=["name"], name="product_named_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Price(models.Model):
    """What one unit of a product costs in a currency, in whole units of it."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="prices")
    currency = models.CharField(max_length=3)
    unit_price = models.DecimalField(max_digits=15, decimal_places=4)

    class Meta:
        ordering = ("currency",)
        constraints = (
            models.UniqueConstraint(fields=["product", "currency"], name="price_once"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=~Q(currency=""), name="price_with_currency"),
        )

    def __str__(self) -> str:
        return f"{self.unit_price} {self.currency}"


class LineItem(models.Model):
    """So many of a product in a deal, at a price, less a discount in percent."""

    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="items")
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit_price = models.DecimalField(max_digits=15, decimal_places=4)
    currency = models.CharField(max_length=3)
    discount_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["deal", "place"], name="line_place_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="line_quantity"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="line_price"),
            models.CheckConstraint(
                condition=Q(discount_percent__gte=0, discount_percent__lte=100), name="line_discount"
            ),
            models.CheckConstraint(condition=~Q(currency=""), name="line_with_currency"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} {self.product_id}"

    @property
    def line(self) -> Line:
        return Line(self.product_id, self.quantity, self.unit_price, self.currency, self.discount_percent)


class Itemized(Worth):
    """What a deal is about, line by line."""

    class Meta(Worth.Meta):
        abstract = True

    def set_items(self, lines: Iterable[Line], by: User, *, is_amount: bool = False) -> Done:
        """Say what it is about; `is_amount`: their sum is what the deal is worth.

        Refusal: unknown_product, several_currencies, closed, and those of products/lines.checked.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_closed()
            kept = checked(tuple(lines))
            there = tuple(one.line for one in LineItem.objects.filter(deal_id=self.pk))
            self._refuse_strange(kept, there)
            events = self._write_items(kept, by, at) if kept != there else ()
            if is_amount and kept:
                events += self.change_amount(_whole(kept), by).events
            return Done("items_changed", events) if events else UNCHANGED

    def _refuse_strange(self, lines: tuple[Line, ...], there: tuple[Line, ...]) -> None:
        # an archived product stays where it was sold before
        wanted = {line.product for line in lines} - {line.product for line in there}
        if Product.objects.on_sale().filter(pk__in=wanted).count() != len(wanted):
            raise Refusal("unknown_product")

    def _write_items(self, lines: tuple[Line, ...], by: User, at: datetime) -> tuple[Event, ...]:
        data = {"field": "items", "value": told(lines) or None}
        event = self._record("field_changed", by, at, data)
        keep_items(self.pk, "items", told_of(event))
        return (event,)


def _whole(lines: tuple[Line, ...]) -> Money:
    found = sums(lines)
    if len(found) != 1:
        raise Refusal("several_currencies")
    return found[0]


def keep_items(deal: UUID, _key: str, event: Told | None) -> None:
    """Write the lines of a deal as an event tells them."""
    LineItem.objects.filter(deal_id=deal).delete()
    if event is None:
        return
    LineItem.objects.bulk_create(
        LineItem(
            deal_id=deal,
            place=place,
            product_id=line.product,
            quantity=line.quantity,
            unit_price=line.unit_price,
            currency=line.currency,
            discount_percent=line.discount_percent,
            event_id=event.id,
        )
        for place, line in enumerate(read(event.data.get("value")))
    )
