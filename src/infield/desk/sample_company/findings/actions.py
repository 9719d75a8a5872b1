"""What makes the sample company's deals found: fields of its own, views that are kept, the index of the search."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from random import Random

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.fields.filled import Filled
from infield.fields.models import Field, Value, columns
from infield.finding.actions import rebuild
from infield.finding.models import SavedView
from infield.history.actions import NewEvent, record_many
from infield.history.models import Event

FIELDS = (
    ("own_machines", "Machines on the line", "number", ()),
    (
        "own_line",
        "Kind of line",
        "choice",
        (("new", "New line"), ("running", "Running line"), ("refit", "Refit")),
    ),
)
VIEWS = (
    ("Large and without a next step", "table", "?amount=50000..&step=none&sort=-amount"),
    ("Closing in these 30 days", "timeline", "?close=-0d..%2B30d"),
    ("Quiet for two months", "board", "?age=60.."),
)
AT_ONCE = 1_000
FILLED_OF_TEN = 7


def make_findable(seed: int, staff: Mapping[str, User], head: str) -> int:
    """Write fields with values, views for everyone, and the index; gives how many events tell the values."""
    rng = Random(seed)  # noqa: S311  made-up values, no secret
    fields = [_field(place, *one) for place, one in enumerate(FIELDS, start=1)]
    filled = list(_filled(rng, fields))
    at = Event.objects.latest("position").at  # the log is in order of time
    record_many(_told(deal, field, value, at) for deal, field, value in filled)
    Value.objects.bulk_create(
        (Value(field=field, object_id=deal.pk, **columns(value)) for deal, field, value in filled),
        batch_size=AT_ONCE,
    )
    for name, shape, query in VIEWS:
        SavedView.objects.keep(staff[head], "deal", name, shape, query, for_all=True)
    rebuild()
    return len(filled)


def _field(place: int, key: str, label: str, type_: str, choices: tuple[tuple[str, str], ...]) -> Field:
    offered = [{"key": key, "label": name, "gone": False} for key, name in choices]
    return Field.objects.create(
        object_kind="deal", key=key, label=label, type=type_, choices=offered, place=place
    )


def _filled(rng: Random, fields: list[Field]) -> Iterator[tuple[Deal, Field, Filled]]:
    for deal in Deal.objects.open().order_by("created_at", "case"):
        machines, line = rng.randint(1, 24), rng.choice(("new", "running", "refit"))
        if rng.randrange(10) < FILLED_OF_TEN:
            yield deal, fields[0], Filled(number=Decimal(machines))
            yield deal, fields[1], Filled(choice=line)


def _told(deal: Deal, field: Field, value: Filled, at: datetime) -> NewEvent:
    told, words = value.told()
    return NewEvent(
        kind="field_changed",
        case=deal.case,
        object_kind="deal",
        object_id=deal.pk,
        at=at,
        by=deal.owner_id,
        stage=deal.stage,
        map_version=deal.version_id,
        data={"field": field.key, "value": told},
        words=words | {"field": field.label} | field.words(value),
    )
