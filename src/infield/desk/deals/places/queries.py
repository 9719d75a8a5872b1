"""The deals of a filter by where their customers are: each country with its towns, counts and sums."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from infield.desk.deals.fields.queries import Around
from infield.desk.deals.queries import found
from infield.finding.collation import sort_key
from infield.finding.filters import Filter
from infield.finding.lists.fields.queries import NOTHING
from infield.people.words.wording import country_name
from infield.web.money import Money

TOWNS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its deals. `share`: of the place with most of its kind, 0 to 100; `query`: of their table.

    `name` is empty where nobody knows it.
    """

    name: str
    count: int
    totals: tuple[Money, ...]
    share: int
    query: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its towns, those with most deals first; `more`: how many towns are not shown."""

    spot: Spot
    towns: tuple[Spot, ...]
    more: int


class _Tally:
    def __init__(self) -> None:
        self.count = 0
        self.sums: Counter[str] = Counter()

    def add(self, count: int, currency: str, amount_minor: int | None) -> None:
        self.count += count
        if currency:
            self.sums[currency] += int(amount_minor or 0)

    def totals(self) -> tuple[Money, ...]:
        return tuple(Money(amount, currency) for currency, amount in sorted(self.sums.items()))


def countries_of(wish: Filter, around: Around) -> tuple[Country, ...]:
    """Give the countries, those with most deals first, the unknown one last. One query."""
    rows = (
        found(wish, around).order_by().values_list("organization__country", "organization__place", "currency")
    )
    towns: dict[str, dict[str, _Tally]] = defaultdict(lambda: defaultdict(_Tally))
    wholes: dict[str, _Tally] = defaultdict(_Tally)
    for country, town, currency, count, amount in rows.annotate(n=Count("id"), sum=Sum("amount_minor")):
        wholes[country].add(count, currency, amount)
        towns[country][town].add(count, currency, amount)
    most = max((one.count for one in wholes.values()), default=1)
    in_order = sorted(wholes, key=lambda code: (not code, -wholes[code].count, code))
    return tuple(_country(code, wholes[code], towns[code], most, wish) for code in in_order)


def _country(code: str, whole: _Tally, towns: dict[str, _Tally], most: int, wish: Filter) -> Country:
    there = wish.having("country", code or NOTHING)
    name = country_name(code) if code else ""
    spot = Spot(name, whole.count, whole.totals(), _share(whole.count, most), there.address())
    in_order = sorted(towns, key=lambda town: (not town, -towns[town].count, sort_key(town)))
    largest = max(one.count for one in towns.values())
    shown = in_order if len(in_order) <= TOWNS_SHOWN else in_order[: TOWNS_SHOWN - 1]
    return Country(
        spot,
        tuple(
            Spot(
                town,
                towns[town].count,
                towns[town].totals(),
                _share(towns[town].count, largest),
                there.having("town", town or NOTHING).address(),
            )
            for town in shown
        ),
        len(in_order) - len(shown),
    )


def _share(count: int, most: int) -> int:
    return max(round(100 * count / most), 1)
