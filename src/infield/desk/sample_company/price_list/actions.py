"""The sample company's price list, and the lines of some open deals."""

from decimal import Decimal
from random import Random

from infield.accounts.models import User
from infield.deals.models import Deal, Product
from infield.deals.products.actions import save_product
from infield.deals.products.lines import Line

LIST = (
    ("Vibration sensor", "VS-2", "piece", False, {"EUR": "189", "JPY": "31000", "THB": "7200"}),
    ("Gateway", "GW-1", "piece", False, {"EUR": "940", "JPY": "152000", "THB": "36500"}),
    ("Monitoring software", "SW-M", "line and year", False, {"EUR": "3600", "JPY": "580000"}),
    ("Installation on site", "IN-1", "day", True, {"EUR": "1150", "JPY": "185000"}),
    ("Training", "TR-1", "day", True, {"EUR": "980", "JPY": "160000"}),
    ("Annual service plan", "SV-1", "year", True, {"EUR": "2400", "JPY": "390000"}),
)
WITH_LINES = 60


def make_price_list(by: User, seed: int) -> None:
    """Make the products, and give some open deals lines of them."""
    products = [
        save_product(
            Product(),
            by,
            {"name": name, "code": code, "unit": unit, "is_service": is_service},
            {currency: Decimal(price) for currency, price in prices.items()},
        )
        for name, code, unit, is_service, prices in LIST
    ]
    rng = Random(f"{seed} lines")  # noqa: S311
    deals = Deal.objects.open().exclude(currency="").order_by("-created_at", "title").select_related("owner")
    for deal in deals.filter(currency__in=("EUR", "JPY"))[:WITH_LINES]:
        _give_lines(deal, products, rng)


def _give_lines(deal: Deal, products: list[Product], rng: Random) -> None:
    listed = {name: prices for name, _, _, _, prices in LIST}
    lines = [
        Line(
            product.pk,
            Decimal(rng.choice((1, 2, 4, 8, 12))),
            Decimal(listed[product.name][deal.currency]),
            deal.currency,
            Decimal(rng.choice((0, 0, 0, 5, 10))),
        )
        for product in rng.sample(products, rng.randint(1, 3))
    ]
    deal.set_items(lines, deal.owner)
