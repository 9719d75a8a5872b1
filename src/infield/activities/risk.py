"""What is at risk while nobody acts: the order of the list of a day.

    weight = a x p x u        u = 1 - 2 ** -((d + 1) / 14)

- a: the amount, as a share of the median amount of the viewer's open deals in the same currency. So amounts of
  different currencies are compared by what is usual in each, and never added. 1 where no amount is known.
- p: the weights met, 0 to 1, at least 0.05: a deal that has met nothing yet is not worth nothing.
- u: the share that is at risk after `d` days of waiting. It says that interest halves in 14 days of silence. That is
  an assumption of ours, the same for every line; it orders, and nothing is calculated with it but the order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from infield.web.money import Money

HALF_LIFE_DAYS = 14
LEAST_PROGRESS = 0.05


@dataclass(frozen=True, slots=True)
class Usual:
    """The median amount of open deals by currency, in its smallest unit; empty where nobody knows any."""

    by_currency: Mapping[str, float]

    def share(self, money: Money | None) -> float:
        """Give an amount as a share of the usual one, 1 where there is nothing to compare.

        >>> Usual({"EUR": 2_000_000}).share(Money(3_000_000, "EUR"))
        1.5
        """
        usual = self.by_currency.get(money.currency, 0) if money else 0
        return money.amount_minor / usual if money and usual else 1.0


def usual_of(amounts: Iterable[Money | None]) -> Usual:
    """Give the medians of the amounts, one for each currency.

    >>> usual_of([Money(100, "EUR"), Money(300, "EUR"), None, Money(5, "JPY")]).by_currency
    {'EUR': 200.0, 'JPY': 5}
    """
    found: dict[str, list[int]] = {}
    for money in amounts:
        if money is not None:
            found.setdefault(money.currency, []).append(money.amount_minor)
    return Usual({currency: median(each) for currency, each in found.items()})


def weight(share: float, progress: Decimal, days: int) -> float:
    """Give the weight of a line. `progress` in percent; `days` since something was due, at least 0.

    A deal of 1.5 times the usual amount with 60 % of the weights met, 13 days late: 1.5 x 0.6 x 0.5.

    >>> round(weight(1.5, Decimal(60), 13), 3), round(weight(1.0, Decimal(0), 0), 4)
    (0.45, 0.0024)
    """
    at_risk: float = 1 - 2 ** (-(max(days, 0) + 1) / HALF_LIFE_DAYS)
    return share * max(float(progress) / 100, LEAST_PROGRESS) * at_risk
