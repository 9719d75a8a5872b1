"""What is sold: products with a price list, and the lines of a deal."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q

from infield.deals.products.lines import LONGEST_NAME, Line
from infield.history.models import Event
from infield.web.ids import new_id

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
