"""The forms of what is known about a deal: facts, people, documents, products, what is exchanged."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.deals.facts.exchange import SIDES, Trade
from infield.deals.facts.kinds import LONGEST_TEXT, MOST_DAYS, Value, kind_of
from infield.deals.models import Deal, Exchange, Fact, LineItem, Product
from infield.deals.products.lines import Line
from infield.deals.terms.wording import document_name, fact_hint, fact_name, role_name, side_name
from infield.desk.acts.forms import MoneyFields, currencies_here
from infield.people.models import Contact
from infield.web import figures
from infield.web.company import the_company
from infield.web.forms import DayField

SPARE_ROWS = 2
ROWS_AT_MOST = 40


class FactForm(forms.Form):
    """A fact that is a text, a day or a number of days; `seen`: the event of the value on the screen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    value: forms.Field

    def __init__(self, *args: Any, key: str, fact: Fact | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        self.fields["seen"].initial = str(fact.event_id) if fact else ""
        self.fields["value"] = self._field(fact)
        self.fields["value"].widget.attrs |= {"autofocus": True}

    def _field(self, fact: Fact | None) -> forms.Field:
        label, hint, there = fact_name(self.key), fact_hint(self.key), fact.value if fact else Value()
        common: dict[str, Any] = {"label": label, "required": False, "help_text": hint}
        match kind_of(self.key):
            case "day":
                return DayField(initial=there.day, **common)
            case "days":
                return forms.IntegerField(min_value=0, max_value=MOST_DAYS, initial=there.days, **common)
        widget = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(max_length=LONGEST_TEXT, initial=there.text, widget=widget, **common)

    def read(self) -> Value:
        value = self.cleaned_data["value"]
        match kind_of(self.key):
            case "day":
                return Value(day=value)
            case "days":
                return Value(days=value)
        return Value(text=value)


class MoneyFactForm(MoneyFields):
    """A fact that is an amount."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, key: str, fact: Fact | None, deal: Deal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company = the_company()
        there = fact.value.money if fact else None
        self.fields["seen"].initial = str(fact.event_id) if fact else ""
        self.fields["amount"].label = fact_name(key)
        self.fields["amount"].help_text = fact_hint(key)
        self.fields["amount"].widget.attrs["autofocus"] = True
        self.fields["currency"].initial = (
            there.currency if there else deal.currency or (company.currency if company else "EUR")
        )
        if there:
            self.fields["amount"].initial = figures.count(there.amount, get_language() or "en")

    def read(self) -> Value:
        return Value(money=self.cleaned_data["money"])


def fact_form(key: str, fact: Fact | None, deal: Deal, data: Any) -> FactForm | MoneyFactForm:
    """Give the form of a fact of any kind."""
    if kind_of(key) == "money":
        return MoneyFactForm(data, key=key, fact=fact, deal=deal)
    return FactForm(data, key=key, fact=fact)


class StakeholderForm(forms.Form):
    """Somebody of the address book, or somebody new, and the part they have."""

    contact = forms.ModelChoiceField(
        label=_("Who"), queryset=Contact.objects.none(), required=False, widget=forms.RadioSelect
    )
    family = forms.CharField(label=_("Family name"), required=False, max_length=150)
    given = forms.CharField(label=_("Given name"), required=False, max_length=150)
    job_title = forms.CharField(label=_("Job title"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    role = forms.ChoiceField(label=_("Part in the decision"))

    def __init__(self, *args: Any, deal: Deal, people: Any, role: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]
        self.fields["contact"].empty_label = None  # type: ignore[attr-defined]
        choices = [(one, role_name(one)) for one in deal.buying_roles()]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.fields["role"].initial = role or choices[0][0]
        for name in ("family", "given", "job_title", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_new = bool(values.get("family", "").strip() or values.get("given", "").strip())
        if not is_new and not values.get("contact"):
            raise ValidationError(_("Choose somebody, or write the name of somebody new."))
        if is_new and values.get("contact"):
            raise ValidationError(_("Choose somebody or write a new name, not both."))
        return values


class DocumentForm(forms.Form):
    """A document: what it is, its name, and a link or a file."""

    kind = forms.ChoiceField(label=_("What it is"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    link = forms.CharField(
        label=_("Link"), required=False, max_length=1_000, widget=forms.TextInput(attrs={"inputmode": "url"})
    )
    file = forms.FileField(label=_("Or a file, 20 MB at most"), required=False)

    def __init__(self, *args: Any, deal: Deal, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, document_name(one)) for one in deal.document_kinds()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].initial = kind
        self.fields["link"].widget.attrs |= {"placeholder": "https://", "autocomplete": "off"}


class LineForm(forms.Form):
    """A line of a deal; one without a product is no line. An empty price is that of the price list."""

    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.none(), required=False, empty_label="–"
    )
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=12, decimal_places=3, required=False, localize=True
    )
    unit_price = forms.DecimalField(
        label=_("Unit price"), max_digits=15, decimal_places=4, required=False, localize=True
    )
    discount_percent = forms.DecimalField(
        label=_("Discount %"), max_digits=5, decimal_places=2, required=False, localize=True
    )

    def __init__(self, *args: Any, products: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = products  # type: ignore[attr-defined]
        for name in ("quantity", "unit_price", "discount_percent"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def line(self, currency: str) -> Line | None:
        """Give the line in a currency; ValidationError where the price list has no price in it."""
        filled = self.cleaned_data
        product = filled.get("product")
        if product is None:
            return None
        price = filled["unit_price"]
        if price is None:
            price = {one.currency: one.unit_price for one in product.prices.all()}.get(currency)
        if price is None:
            raise ValidationError(
                _("The price list has no price for %(product)s in %(currency)s. Write one."),
                params={"product": product.name, "currency": currency},
            )
        quantity = Decimal(1) if filled["quantity"] is None else filled["quantity"]
        return Line(product.pk, quantity, price, currency, filled["discount_percent"] or Decimal(0))


class ItemsForm(forms.Form):
    """The lines of a deal in one currency, and whether their sum is its amount."""

    currency = forms.ChoiceField(label=_("Currency"), choices=currencies_here)
    is_amount = forms.BooleanField(label=_("Their sum is what the deal is worth"), required=False)

    def __init__(self, data: Any, *, deal: Deal, rows: int) -> None:
        items = list(LineItem.objects.filter(deal=deal))
        company = the_company()
        currency = items[0].currency if items else deal.currency or (company.currency if company else "EUR")
        super().__init__(data, initial={"currency": currency, "is_amount": True})
        products = _products(items)
        count = min(max(rows, len(items) + SPARE_ROWS), ROWS_AT_MOST)
        self.rows = [
            LineForm(
                data,
                prefix=f"line-{place}",
                products=products,
                initial=_initial(items[place]) if place < len(items) else {},
            )
            for place in range(count)
        ]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows)

    def lines(self) -> list[Line]:
        """Give the lines; ValidationError."""
        found = (row.line(self.cleaned_data["currency"]) for row in self.rows)
        return [line for line in found if line]


def _products(items: list[LineItem]) -> Any:
    """Give the products on sale, and those that the deal has already."""
    known = [item.product_id for item in items]
    found = Product.objects.on_sale() | Product.objects.filter(pk__in=known)
    return found.order_by("name").prefetch_related("prices")


def _initial(item: LineItem) -> dict[str, Any]:
    return {
        "product": item.product_id,
        "quantity": item.quantity.normalize(),
        "unit_price": item.unit_price.normalize() + Decimal(0),
        "discount_percent": item.discount_percent.normalize() if item.discount_percent else None,
    }


class TradeForm(forms.Form):
    """What we give for what we get."""

    gives = forms.ChoiceField(label=_("We give"), required=False)
    gets = forms.ChoiceField(label=_("They give"), required=False)
    details = forms.CharField(label=_("Which"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((side, side_name(side)) for side in SIDES)]
        for name in ("gives", "gets"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["details"].widget.attrs["autocomplete"] = "off"

    def trade(self) -> Trade | None:
        filled = self.cleaned_data
        if not (filled["gives"] or filled["gets"]):
            return None
        return Trade(filled["gives"], filled["gets"], filled["details"])


class ExchangeForm(forms.Form):
    """The rows of what is exchanged."""

    def __init__(self, data: Any, *, deal: Deal, rows: int) -> None:
        super().__init__(data)
        there = list(Exchange.objects.filter(deal=deal))
        count = min(max(rows, len(there) + SPARE_ROWS), ROWS_AT_MOST)
        self.rows = [
            TradeForm(
                data,
                prefix=f"trade-{place}",
                initial={
                    "gives": there[place].gives,
                    "gets": there[place].gets,
                    "details": there[place].details,
                }
                if place < len(there)
                else {},
            )
            for place in range(count)
        ]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows)

    def trades(self) -> list[Trade]:
        return [trade for row in self.rows if (trade := row.trade())]
