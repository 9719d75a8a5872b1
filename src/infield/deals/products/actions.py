"""Keeping the price list: each change is told in the history of changes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.deals.checks import needed
from infield.deals.products.lines import LARGEST_PRICE, LONGEST_NAME
from infield.deals.products.models import Price, Product
from infield.deals.refusals import Refusal
from infield.history.actions import note_changes

FIELDS = ("name", "code", "unit", "is_service")


def save_product(
    product: Product, by: User, values: Mapping[str, str | bool], prices: Mapping[str, Decimal]
) -> Product:
    """Save a new product or change one; `prices` by currency replace those before.

    PermissionDenied; Refusal: name_missing, too_long, name_taken, negative_amount, too_large.
    """
    _may(by)
    name = needed(str(values["name"]), "name_missing", LONGEST_NAME)
    for price in prices.values():
        if price < 0:
            raise Refusal("negative_amount")
        if price > LARGEST_PRICE:
            raise Refusal("too_large")
    with transaction.atomic():
        if Product.objects.filter(name__iexact=name).exclude(pk=product.pk).exists():
            raise Refusal("name_taken")
        before = _told(product) if not product._state.adding else {}
        for field in FIELDS:
            setattr(product, field, {**values, "name": name}[field])
        product.lock += 1
        product.save()
        Price.objects.filter(product=product).delete()
        Price.objects.bulk_create(
            Price(product=product, currency=currency, unit_price=price)
            for currency, price in sorted(prices.items())
        )
        after = _told(product)
        changed = {key: (before.get(key), value) for key, value in after.items() if before.get(key) != value}
        changed |= {key: (value, None) for key, value in before.items() if key not in after}
        if changed:
            note_changes(product, by, changed)
    return product


def put_away(product: Product, by: User, *, is_archived: bool) -> Product:
    """Take a product out of sale, or put it on sale again; deals keep their lines."""
    _may(by)
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=product.pk)
        if product.is_archived == is_archived:
            return product
        product.archived_at = datetime.now(UTC) if is_archived else None
        product.lock += 1
        product.save(update_fields=["archived_at", "lock"])
        note_changes(product, by, {"archived": (not is_archived, is_archived)})
    return product


def _told(product: Product) -> dict[str, object]:
    prices = {f"price {one.currency}": str(one.unit_price) for one in Price.objects.filter(product=product)}
    return {field: getattr(product, field) for field in FIELDS} | prices


def _may(by: User) -> None:
    if not by.may("playbook"):
        raise PermissionDenied
