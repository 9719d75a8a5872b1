"""The list of deals: what it is made of, and the deals that a filter asks for, with one sum for each currency."""

from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse

from infield.deals.models import Deal, DealQuerySet
from infield.desk.deals.columns.queries import BUILT_IN as COLUMNS
from infield.desk.deals.columns.queries import DEFAULT
from infield.desk.deals.fields.queries import BUILT_IN as FIELDS
from infield.desk.deals.fields.queries import Around
from infield.desk.deals.wording import GROUPS, SHAPES
from infield.finding.filters import Filter
from infield.finding.lists import queries as lists
from infield.finding.lists.columns.queries import Row
from infield.finding.lists.queries import Listing
from infield.web.money import Money

ADDRESSES = {
    "board": "desk:board",
    "table": "desk:deals",
    "timeline": "desk:deals_timeline",
    "calendar": "desk:deals_calendar",
    "map": "desk:deals_map",
}


def sums(deals: DealQuerySet) -> tuple[int, tuple[Money, ...]]:
    """Give how many deals there are and one sum for each currency. One query."""
    rows = list(deals.order_by().values_list("currency").annotate(n=Count("id"), sum=Sum("amount_minor")))
    totals = tuple(Money(int(total or 0), currency) for currency, _, total in sorted(rows) if currency)
    return sum(count for _, count, _ in rows), totals


def _usual(deals: DealQuerySet, wish: Filter) -> DealQuerySet:
    """Without a condition on the outcome, the open ones."""
    return deals.open().filter(archived_at=None) if wish.of("outcome") is None else deals


def _name(row: Row) -> str:
    return f"{row['organization__name']} · {row['title']}"


DEALS = Listing(
    kind="deal",
    act="deals",
    address="desk:deals",
    things=Deal.objects.visible_to,
    usual=_usual,
    fields=FIELDS,
    groups=GROUPS,
    columns=COLUMNS,
    default=DEFAULT,
    sort="step_on",
    reads=("outcome", "lock", "organization__name", "title"),
    name=_name,
    around=Around,
    shapes=ADDRESSES,
    sums=sums,
)


def told(values: Any, around: Around) -> Filter:
    """Read a filter from an address; whose=mine is how addresses said owner=me."""
    if values.get("whose") == "mine" and not values.get("owner"):
        values = (
            {key: ",".join(values.getlist(key)) for key in values} if hasattr(values, "getlist") else values
        )
        values = {**values, "owner": "me"}
    return lists.told(DEALS, values, around)


def found(wish: Filter, around: Around) -> DealQuerySet:
    """Give the deals that a filter asks for, of those this user may see."""
    deals: DealQuerySet = lists.found(DEALS, wish, around)
    return deals


def switcher(shape: str, wish: Filter) -> tuple[tuple[str, str, str, bool], ...]:
    """Give the views of the same deals: key, label, address, whether it is this one."""
    return tuple(
        (key, str(label), reverse(ADDRESSES[key]) + wish.address(), key == shape)
        for key, label in SHAPES.items()
    )
