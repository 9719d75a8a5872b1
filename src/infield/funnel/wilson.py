"""How sure a share is."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a share, 0 to 1, both included."""

    low: float
    high: float


def wilson(part: int, whole: int, confidence: float = 0.95) -> Interval:
    """The score interval of the share `part` / `whole`.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22, 1927, 209-212: (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)
    with p the share, n the whole, and z the normal quantile of the confidence. It stays within 0 and 1, and
    says something of small counts:

    >>> bounds = wilson(7, 10)
    >>> round(bounds.low, 4), round(bounds.high, 4)
    (0.3968, 0.8922)

    ValueError: no whole, or a part outside it.
    """
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(part, whole)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = part / whole
    centre = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    # Nothing and everything are bounds themselves, which rounding would miss.
    low = (centre - reach) / scale if part else 0.0
    high = (centre + reach) / scale if part < whole else 1.0
    return Interval(low, high)
