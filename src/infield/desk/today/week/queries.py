"""What was done in the week so far, counted by kind."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q

from infield.accounts.models import User
from infield.activities.kinds import KINDS, REACHING
from infield.activities.models import Activity
from infield.activities.wording import KINDS as KIND_NAMES
from infield.activities.wording import named


@dataclass(frozen=True, slots=True)
class Week:
    """What was done since Monday: kind, icon, name, how many; `most`: the largest number, for the bars."""

    rows: tuple[tuple[str, str, int], ...]
    done: int
    reached: int
    most: int = field(default=1)


def week_of(user: User, now: datetime) -> Week:
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    rows = Activity.objects.done().filter(owner=user, done_at__gte=monday)
    counts = (
        rows.order_by()
        .values_list("kind")
        .annotate(made=Count("pk"), counted=Count("pk", filter=Q(outcome__in=list(REACHING))))
    )
    found = {kind: (made, reached) for kind, made, reached in counts}
    shown = tuple((KINDS[key].icon, named(KIND_NAMES, key), found[key][0]) for key in KINDS if key in found)
    done, reached = (sum(pair[place] for pair in found.values()) for place in (0, 1))
    return Week(shown, done, reached, max((row[2] for row in shown), default=1))
