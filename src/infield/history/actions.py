"""Writing the log. A position is taken under one lock held to the end of the transaction, so positions follow the
order of commits and a reader that has read up to one has missed nothing before it.

Record as the last act of a transaction: whoever takes the lock and then waits for a row can wait for ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from infield.history.ask import question
from infield.history.events import check_data
from infield.history.models import Change, Event, StageAlias, Touched, UndoneSource, Words
from infield.history.tasks import refresh_log
from infield.web.ids import new_id

# one number that no other part of the app locks in PostgreSQL
POSITION_LOCK = 0x1F1E1D
AT_ONCE = 10_000
LONGEST_NAME = 300
REFRESH_EVERY = 1_000
"""After so many positions the parts of the log are brought up to date, while nobody waits for it."""


class CannotVoid(ValueError):  # noqa: N818  (the word says it)
    """The event is a void itself, or was undone before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event that is not written yet; times are aware."""

    kind: str
    case: UUID
    object_kind: str
    object_id: UUID
    at: datetime | None = None
    precision: str = "time"
    by: UUID | None = None
    stage: str | None = None
    stage_found: str | None = None
    map_version: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    source: str = "app"
    dedupe: str | None = None
    voids: Event | None = None


def record(
    kind: str,
    *,
    case: UUID,
    by: models.Model | None,
    object: models.Model,  # noqa: A002  (the word of the log)
    at: datetime | None = None,
    stage: str | None = None,
    map_version: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    source: str = "app",
    dedupe: str | None = None,
) -> Event:
    """Writes one event, in the transaction that changes the state; where `dedupe` was told before, gives that one.

    BrokenData: an unknown kind, or data that its kind does not have. ValueError: `at` without a zone.
    """
    new = NewEvent(
        kind=kind,
        case=case,
        by=by.pk if by else None,
        object_kind=object._meta.model_name or "",
        object_id=object.pk,
        at=at,
        stage=stage,
        map_version=map_version,
        data=data or {},
        words=words or {},
        source=source,
        dedupe=dedupe,
    )
    written = record_many([new])
    return written[0] if written else Event.objects.get(dedupe=dedupe)


def record_many(rows: Iterable[NewEvent]) -> list[Event]:
    """Writes the events in the order given, each 10,000 in a transaction of their own unless one is open.

    Gives those written: one whose `dedupe` is known already, or came earlier in `rows`, is left out.
    """
    written: list[Event] = []
    for some in batched(rows, AT_ONCE):
        for new in some:
            _check(new)
        with transaction.atomic():
            written += _write(some)
    return written


def void(event: Event, by: models.Model | None) -> Event:
    """Undoes an event: neither it nor this one counts from now on. CannotVoid: it is a void, or undone already."""
    new = NewEvent(
        kind="voided",
        case=event.case,
        object_kind=event.object_kind,
        object_id=event.object_id,
        by=by.pk if by else None,
        voids=event,
    )
    with transaction.atomic():
        free_position()
        if event.kind == "voided" or Event.objects.filter(voids=event).exists():
            raise CannotVoid(event.kind)
        return _write([new])[0]


def note_changes(
    changed: models.Model,
    by: models.Model | None,
    fields: Mapping[str, tuple[Any, Any]],
    *,
    undoes: UUID | None = None,
    source: str = "app",
) -> UUID:
    """Writes what one act changed on a record that is no deal: field to (before, after), plain JSON values.

    Gives the id of the act, by which it is undone. Call it in the transaction of the change.
    """
    act, at = new_id(), datetime.now(UTC)
    Change.objects.bulk_create(
        Change(
            act=act,
            at=at,
            by=by.pk if by else None,
            object_kind=changed._meta.model_name or "",
            object_id=changed.pk,
            object_name=str(changed)[:LONGEST_NAME],
            field=field,
            before=before,
            after=after,
            source=source,
            undoes=undoes,
        )
        for field, (before, after) in fields.items()
    )
    return act


def touch(cases: Iterable[UUID]) -> None:
    """Says that what is known of these cases changed outside the log, such as a stage's name mapped anew."""
    with transaction.atomic():
        position = free_position()
        Touched.objects.bulk_create(
            (Touched(position=position, case=case) for case in dict.fromkeys(cases)), batch_size=AT_ONCE
        )


def alias_stages(source: str, stages: Mapping[str, str]) -> set[str]:
    """Say which stage each name that an import found means (empty: none); gives the names that meant another before.

    Names left out keep what they meant. The import's cases are built anew from what it means now.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        before = dict(StageAlias.objects.filter(source=source).values_list("found", "stage"))
        changed = {found for found, stage in stages.items() if before.get(found) != stage}
        StageAlias.objects.bulk_create(
            [StageAlias(source=source, found=found, stage=stages[found]) for found in sorted(changed)],
            update_conflicts=True, unique_fields=["source", "found"], update_fields=["stage"], batch_size=500,
        )  # fmt: skip
        if changed:
            position = free_position()
            cursor.execute(question(__package__, "touch_source"), {"position": position, "source": source})
            transaction.on_commit(refresh_log.enqueue, robust=True)
        return changed


def undo_source(source: str, by: models.Model | None) -> int:
    """Takes a whole import out of every count at once; gives how many cases it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        position = free_position()
        UndoneSource.objects.create(source=source, at=datetime.now(UTC), by=by.pk if by else None)
        cursor.execute(question(__package__, "touch_source"), {"position": position, "source": source})
        transaction.on_commit(refresh_log.enqueue, robust=True)
        return int(cursor.rowcount)


def free_position() -> int:
    """The position after the last; nobody else gets one until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSITION_LOCK])
    # SQLite: the transaction began IMMEDIATE, so there is no other writer
    last = Event.objects.aggregate(models.Max("position")), Touched.objects.aggregate(models.Max("position"))
    return max(found["position__max"] or 0 for found in last) + 1


def _check(new: NewEvent) -> None:
    check_data(new.kind, new.data)
    if new.kind == "voided":
        raise CannotVoid(new.kind)
    if new.at is not None and new.at.tzinfo is None:
        raise ValueError("at_without_zone")


def _write(rows: Sequence[NewEvent]) -> list[Event]:
    position = free_position()
    fresh = _not_told_yet(rows)
    if (position - 1) // REFRESH_EVERY != (position - 1 + len(fresh)) // REFRESH_EVERY:
        # what cannot be queued now is done after the next thousand: until then readers build it themselves
        transaction.on_commit(refresh_log.enqueue, robust=True)
    now = datetime.now(UTC)
    events = Event.objects.bulk_create(
        (_event(new, position + place, now) for place, new in enumerate(fresh)), batch_size=1_000
    )
    Words.objects.bulk_create(
        (
            Words(event=event, name=name, text=text)
            for event, new in zip(events, fresh, strict=True)
            for name, text in new.words.items()
        ),
        batch_size=1_000,
    )
    return events


def _not_told_yet(rows: Sequence[NewEvent]) -> list[NewEvent]:
    keys = [new.dedupe for new in rows if new.dedupe is not None]
    told = {
        key
        for some in batched(keys, 1_000)
        for key in Event.objects.filter(dedupe__in=some).values_list("dedupe", flat=True)
    }
    fresh: list[NewEvent] = []
    for new in rows:
        if new.dedupe is None or new.dedupe not in told:
            fresh.append(new)
            told.add(new.dedupe)
    return fresh


def _event(new: NewEvent, position: int, now: datetime) -> Event:
    return Event(
        position=position,
        case=new.case,
        at=new.at or now,
        recorded_at=now,
        precision=new.precision,
        kind=new.kind,
        map_version=new.map_version,
        stage=new.stage or "",
        stage_found=new.stage_found or "",
        object_kind=new.object_kind,
        object_id=new.object_id,
        by=new.by,
        source=new.source,
        data=dict(new.data),
        voids=new.voids,
        dedupe=new.dedupe,
    )
