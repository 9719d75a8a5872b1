"""How long a deal has been in its stage, held against what is usual there."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

SLOW, ROTTING = Decimal("1.4"), Decimal("2.2")  # times the usual
TICK = Decimal("0.4")  # where on the bar the usual lies

State = Literal["calm", "slow", "rotting"]


@dataclass(frozen=True, slots=True)
class Age:
    """Whole `days` in the stage; `usual_days`: the median of won deals, else what the
    map expects, None where it says nothing."""

    days: int
    usual_days: Decimal | None

    @property
    def usual_whole(self) -> int | None:
        """The usual in whole days, at least one, as it is said to a person."""
        return None if self.usual_days is None else max(1, round(self.usual_days))

    @property
    def state(self) -> State:
        """Calm up to 1.4 times the usual, rotting above 2.2 times.

        >>> Age(14, Decimal(10)).state, Age(15, Decimal(10)).state, Age(23, Decimal(10)).state
        ('calm', 'slow', 'rotting')
        """
        if not self.usual_days or self.days <= SLOW * self.usual_days:
            return "calm"
        return "slow" if self.days <= ROTTING * self.usual_days else "rotting"

    @property
    def share(self) -> Decimal:
        """How much of the bar is filled, 0 to 1: the usual fills two fifths of it.

        >>> Age(10, Decimal(10)).share, Age(90, Decimal(10)).share, Age(3, None).share
        (Decimal('0.4'), Decimal('1'), Decimal('0'))
        """
        if not self.usual_days:
            return Decimal(0)
        return min(Decimal(1), TICK * self.days / self.usual_days)
