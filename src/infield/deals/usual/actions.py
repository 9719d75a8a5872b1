"""Working out anew how long won deals usually stay in each stage."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from infield.deals.usual.models import UsualStay
from infield.history.ask import ask
from infield.history.queries import open_log
from infield.process.models import Process

LEAST = 30
"""Of fewer won deals nothing is said: a few slow ones would make the whole board look calm."""
MOST_DAYS = 100_000


@dataclass(frozen=True, slots=True)
class _Stay:
    map: str
    stage: str
    median_days: float
    deals: int


def keep_usual_stays() -> int:
    """Write the median stay of each stage that at least 30 won deals left; give how many. Safe to repeat."""
    now = datetime.now(UTC)
    with open_log(None) as log:
        stays = ask(log, __package__, "stays", least=LEAST).rows(_Stay)
    stages = {
        process.pk: {stage.key for stage in process.current().map().stages}
        for process in Process.objects.filter(pk__in={UUID(stay.map) for stay in stays})
    }
    rows = [
        UsualStay(
            process_id=UUID(stay.map),
            stage=stay.stage,
            median_days=min(round(Decimal(stay.median_days), 3), Decimal(MOST_DAYS)),
            deals=stay.deals,
            as_of=now,
        )
        for stay in stays
        if stay.stage in stages.get(UUID(stay.map), ())
    ]
    with transaction.atomic():
        UsualStay.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["process", "stage"],
            update_fields=["median_days", "deals", "as_of"],
        )
        UsualStay.objects.filter(as_of__lt=now).delete()
    return len(rows)
