"""The price list: products, their prices by currency, and which are on sale."""

from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.roles import who_may
from infield.accounts.rules import allow
from infield.deals.models import Product
from infield.deals.products.actions import put_away, save_product
from infield.deals.refusals import Refusal
from infield.deals.wording import refusal
from infield.desk.products.forms import ProductForm
from infield.desk.views import Asked
from infield.web.money import unit_price

MAKERS = who_may("playbook")
REFUSED = 422
MOST_SHOWN = 1_000


@allow(*MAKERS)
@require_GET
def products(request: Asked) -> HttpResponse:
    """List the products, those on sale first."""
    language = get_language() or "en"
    found = Product.objects.order_by(F("archived_at").asc(nulls_first=True), Lower("name")).prefetch_related(
        "prices"
    )[:MOST_SHOWN]
    rows = [
        (
            one,
            [unit_price(price.unit_price, price.currency, language) for price in one.prices.all()],
        )
        for one in found
    ]
    return render(request, "desk/products.html", {"rows": rows})


@allow(*MAKERS)
@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    return _edit(request, None)


@allow(*MAKERS)
@require_http_methods(["GET", "POST"])
def product(request: Asked, key: UUID) -> HttpResponse:
    return _edit(request, get_object_or_404(Product, pk=key))


@allow(*MAKERS)
@require_POST
def archive(request: Asked, key: UUID) -> HttpResponse:
    """Take a product out of sale, or put it on sale again."""
    there = get_object_or_404(Product, pk=key)
    is_archived = request.POST.get("on_sale") != "1"
    put_away(there, request.user, is_archived=is_archived)
    text = _("{name} is out of sale.") if is_archived else _("{name} is on sale again.")
    messages.success(request, text.format(name=there.name))
    return redirect("desk:products")


def _edit(request: Asked, there: Product | None) -> HttpResponse:
    form = ProductForm(request.POST or None, there)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_product(there or Product(), request.user, form.cleaned_data, form.chosen())
        except Refusal as because:
            form.add_error(None, refusal(because))
        else:
            messages.success(request, _("{name} is saved.").format(name=saved.name))
            return redirect("desk:products")
    context = {
        "form": form,
        "product": there,
        "rail_here": "desk:products",
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "desk/product.html", context, status=status)
