"""The form of a product with its prices."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infield.deals.models import Product
from infield.desk.acts.forms import currencies_here
from infield.web.company import the_company

SPARE_PRICES = 2


class PriceForm(forms.Form):
    """A price in a currency; an empty one is none."""

    currency = forms.ChoiceField(label=_("Currency"), required=False)
    unit_price = forms.DecimalField(
        label=_("Unit price"),
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=4,
        localize=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [("", "–"), *currencies_here()]  # type: ignore[attr-defined]
        self.fields["unit_price"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}


class ProductForm(forms.Form):
    """What is sold, by what unit, and what one of it costs."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(label=_("Code"), max_length=60, required=False)
    unit = forms.CharField(label=_("Unit, such as piece, hour, year"), max_length=60, required=False)
    is_service = forms.BooleanField(label=_("It is a service"), required=False)

    def __init__(self, data: Any, product: Product | None = None) -> None:
        super().__init__(data, initial=_initial(product))
        self.fields["name"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}
        there = list(product.prices.all()) if product else []
        company = the_company()
        first = [{"currency": company.currency}] if company and not there else []
        known: list[dict[str, Any]] = [
            {"currency": one.currency, "unit_price": one.unit_price.normalize() + Decimal(0)} for one in there
        ]
        initials = [*known, *first, *({} for _place in range(SPARE_PRICES))]
        self.prices = [
            PriceForm(data, prefix=f"price-{place}", initial=initial)
            for place, initial in enumerate(initials)
        ]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.prices]
        return super().is_valid() and all(rows)

    def chosen(self) -> dict[str, Decimal]:
        """Give the prices by currency."""
        filled = (row.cleaned_data for row in self.prices)
        return {
            one["currency"]: one["unit_price"]
            for one in filled
            if one["currency"] and one["unit_price"] is not None
        }


def _initial(product: Product | None) -> dict[str, Any]:
    if product is None:
        return {}
    return {name: getattr(product, name) for name in ("name", "code", "unit", "is_service")}
