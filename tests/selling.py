"""What the company of the tests sells by: the seven steps, published; deals that went some way on it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from infield.accounts.models import User
from infield.history.actions import NewEvent, record_many
from infield.process.models import Process, ProcessVersion
from infield.process.starter_maps import starter_text
from infield.process.yaml_file import read
from infield.web.ids import new_id

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)


def published(by: User, starter: str = "seven-steps") -> ProcessVersion:
    """Publish a starter's map."""
    return Process.objects.begin(read(starter_text(starter)).process, by).current()


def went(
    version: ProcessVersion, owner: User, *stages: str, outcome: str = "", after: tuple[str, ...] = ()
) -> UUID:
    """Write the history of one deal: a stage every second day, then perhaps won or lost, and stages after that; gives
    its case."""
    case = new_id()
    told = [("created", "", {"owner": str(owner.pk), "map": str(version.process_id)})]
    told += [("stage_entered", stage, {}) for stage in stages]
    told += [(outcome, stages[-1], {})] if outcome else []
    told += [("stage_entered", stage, {}) for stage in after]
    record_many(
        NewEvent(
            kind=kind,
            case=case,
            object_kind="deal",
            object_id=case,
            at=FIRST + timedelta(days=2 * day),
            stage=stage,
            map_version=version.pk,
            data=data,
        )
        for day, (kind, stage, data) in enumerate(told)
    )
    return case
