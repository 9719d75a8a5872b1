"""When the next follow-up of a series is due. A series slows down instead of ending.

Its steps have waits of their own. After the last one the last wait grows by half each time, up to half a year:

    wait(n) = last x 1.5 ** (n - steps), in whole days, at most 182      for n > steps

So a series of 2, 4, 7 days goes on after 10 (7 x 1.5), 16, 24, 35 … days.
"""

from collections.abc import Sequence
from dataclasses import dataclass

GROWTH = 1.5
LONGEST_WAIT_DAYS = 182


@dataclass(frozen=True, slots=True)
class Step:
    """One follow-up: so many days after the one before, of a kind, and what it is about."""

    wait_days: int
    kind: str
    what: str


class NoStepsError(ValueError):
    """A series needs at least one step."""


def wait_days(waits: Sequence[int], place: int) -> int:
    """Give the days before the step at `place`, from 1; NoStepsError.

    >>> [wait_days([2, 4, 7], place) for place in range(1, 8)]
    [2, 4, 7, 10, 16, 24, 35]
    """
    if not waits:
        raise NoStepsError
    if place <= len(waits):
        return waits[place - 1]
    grown = max(waits[-1], 1) * GROWTH ** (place - len(waits))
    return min(round(grown), LONGEST_WAIT_DAYS)


def step_at(steps: Sequence[Step], place: int) -> Step:
    """Give the step at `place`, from 1; past the last one, the last again after its longer wait. NoStepsError."""
    wait = wait_days([step.wait_days for step in steps], place)
    own = steps[min(place, len(steps)) - 1]
    return Step(wait, own.kind, own.what)
