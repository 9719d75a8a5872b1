"""After how many refusals this team stopped, and at which follow-up it won: told by its own closed deals.

Few deals tell little: below MINIMUM closed ones there is no such number, and the documents are quoted instead.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MINIMUM = 20
"""Closed deals, of the kind that a number is about, before it is shown."""
MOST = 5
"""Counted one by one up to here; what is more stands together."""

QUOTED_STOPS = {1: 44, 2: 22, 3: 14, 4: 12}
"""Percent of reps that stop after so many refusals, as the documents have it. The rest go on: it is no whole."""
QUOTED_FOLLOW_UPS = 5
"""Four of five sales need at least so many follow-ups, as the documents have it."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed deal: whether it was won, and how many refusals and follow-ups it had."""

    is_won: bool
    refusals: int
    follow_ups: int


@dataclass(frozen=True, slots=True)
class Experience:
    """Counts of deals by number, MOST standing for that and more; None where there are too few deals.

    `stops`: lost deals by refusals received, those without any left out. `wins`: won deals by follow-ups made.
    """

    stops: Mapping[int, int] | None
    stopped: int
    wins: Mapping[int, int] | None
    won: int


def experience(deals: Iterable[Closed]) -> Experience:
    """Give what the deals tell.

    >>> told = experience([Closed(False, 1, 2)] * 20 + [Closed(True, 0, 6)] * 3)
    >>> told.stops, told.stopped, told.wins, told.won
    ({1: 20}, 20, None, 3)
    """
    rows = list(deals)
    stops = Counter(min(one.refusals, MOST) for one in rows if not one.is_won and one.refusals)
    wins = Counter(min(one.follow_ups, MOST) for one in rows if one.is_won)
    return Experience(_enough(stops), stops.total(), _enough(wins), wins.total())


def _enough(counts: Counter[int]) -> Mapping[int, int] | None:
    return dict(sorted(counts.items())) if counts.total() >= MINIMUM else None
