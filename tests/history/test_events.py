"""Writing the log: what is accepted, what is refused, and that what was refused changed nothing."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.history.live import IDA, case, created, entered, new

from infield.accounts.models import User
from infield.history.actions import CannotVoid, NewEvent, record, record_many, touch, undo_source, void
from infield.history.events import BrokenData
from infield.history.models import Event, EventKept, Touched, UndoneSource, Words
from infield.web.ids import new_id

pytestmark = pytest.mark.django_db


def ann() -> User:
    return User(id=IDA, email="ann@northwind.example", name="Ann")


def test_an_event_says_who_did_what_to_which_deal() -> None:
    deal = ann()
    event = record(
        "lost",
        case=case(0),
        by=ann(),
        object=deal,
        stage="offer",
        data={"reason": "price"},
        words={"why": "Too dear for them"},
    )
    kept = Event.objects.get()
    assert (kept.id, kept.kind, kept.case, kept.by, kept.object_kind, kept.object_id) == (
        event.id, "lost", case(0), IDA, "user", IDA,
    )  # fmt: skip
    assert (kept.stage, kept.data, kept.source, kept.precision) == (
        "offer",
        {"reason": "price"},
        "app",
        "time",
    )
    assert kept.at == kept.recorded_at
    assert list(Words.objects.values_list("event", "name", "text")) == [
        (event.id, "why", "Too dear for them")
    ]


def test_positions_count_up_from_1_over_events_and_touched_cases() -> None:
    record_many([created(0), created(1)])
    touch([case(0), case(1), case(0)])
    record_many([created(2)])
    assert list(Event.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 4]
    assert set(Touched.objects.values_list("position", "case")) == {(3, case(0)), (3, case(1))}


def test_an_event_told_twice_is_kept_once() -> None:
    told = [entered("lead", 0, 1, dedupe="a"), entered("lead", 0, 1, dedupe="a"), entered("lead", 0, 1)]
    assert [event.dedupe for event in record_many(told)] == ["a", None]
    assert [event.dedupe for event in record_many([entered("lead", dedupe="b"), *told[:1]])] == ["b"]
    assert Event.objects.count() == 3


def test_recording_what_is_known_gives_the_event_there_is() -> None:
    first = record("created", case=case(0), by=None, object=ann(), dedupe="form-1")
    again = record("created", case=case(0), by=None, object=ann(), dedupe="form-1")
    assert (again.id, Event.objects.count()) == (first.id, 1)


@pytest.mark.parametrize(
    ("broken", "flaw"),
    [
        (new("sold"), ("kind", "sold")),
        (new("lost", data={"stage": "x"}), ("key", "stage")),
        (new("created", data={"amount_minor": "9", "currency": "EUR"}), ("type", "amount_minor")),
        (new("created", data={"amount_minor": True, "currency": "EUR"}), ("type", "amount_minor")),
        (new("created", data={"amount_minor": 9}), ("money", "currency")),
        (new("owner_changed", data={"owner": None}), ("null", "owner")),
        (new("owner_changed", data={"owner": "Ann"}), ("id", "owner")),
        (new("owner_changed", data={"owner": str(IDA).replace("-", "")}), ("id", "owner")),
    ],
)
def test_data_that_its_kind_does_not_have_is_refused(broken: NewEvent, flaw: tuple[str, str]) -> None:
    with pytest.raises(BrokenData) as refused:
        record_many([created(), broken])
    assert refused.value.args == flaw
    assert Event.objects.count() == 0


def test_a_time_without_zone_is_refused() -> None:
    naive = NewEvent(
        kind="created",
        case=case(0),
        object_kind="deal",
        object_id=case(0),
        at=datetime(2026, 1, 1),  # noqa: DTZ001
    )
    with pytest.raises(ValueError, match="at_without_zone"):
        record_many([naive])
    assert Event.objects.count() == 0


def test_a_void_names_the_event_it_undoes() -> None:
    (event,) = record_many([entered("lead")])
    undone = void(event, ann())
    assert (undone.kind, undone.voids, undone.case, undone.by) == ("voided", event, event.case, IDA)
    assert not Event.objects.counting().exists()


def test_an_event_is_undone_once_and_a_void_never() -> None:
    (event,) = record_many([entered("lead")])
    undone = void(event, None)
    for broken in (event, undone):
        with pytest.raises(CannotVoid):
            void(broken, None)
    with pytest.raises(CannotVoid):
        record_many([new("voided", voids=event)])
    assert Event.objects.count() == 2


def test_events_are_neither_changed_nor_deleted() -> None:
    (event,) = record_many([entered("lead")])
    event.stage = "offer"
    attempts = (
        event.save,
        event.delete,
        lambda: Event.objects.update(stage="offer"),
        lambda: Event.objects.filter(pk=event.pk).update(stage="offer"),
        lambda: Event.objects.bulk_update([event], ["stage"]),
        lambda: Event.objects.update_or_create({"stage": "offer"}, pk=event.pk),
        Event.objects.all().delete,
    )
    for attempt in attempts:
        with pytest.raises(EventKept):
            attempt()
    assert Event.objects.get().stage == "lead"


ROW = {"case": UUID(int=1), "at": datetime(2026, 1, 1, tzinfo=UTC), "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
       "object_kind": "deal", "object_id": UUID(int=1), "position": 9, "kind": "created"}  # fmt: skip


@pytest.mark.parametrize(
    "flaw",
    [
        {"kind": "sold"},
        {"precision": "hour"},
        {"position": 1},
        {"position": 0},
        {"kind": "voided"},
        {"voids_id": UUID(int=5)},
        {"kind": "voided", "voids_id": UUID(int=6)},
        {"dedupe": "a"},
        {"source": ""},
    ],
    ids=str,
)
def test_the_database_itself_refuses(flaw: dict[str, object]) -> None:
    Event.objects.bulk_create(
        [
            Event(**ROW | {"id": UUID(int=5), "position": 1, "dedupe": "a"}),
            Event(**ROW | {"id": UUID(int=6), "position": 2}),
            Event(**ROW | {"id": UUID(int=7), "position": 3, "kind": "voided", "voids_id": UUID(int=6)}),
        ]
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.bulk_create([Event(**{**ROW, "id": new_id(), **flaw})])
    assert Event.objects.count() == 3


def test_an_undone_import_is_marked_once() -> None:
    record_many([new("created", source="import-1"), created(1)])
    assert undo_source("import-1", ann()) == 1
    assert list(UndoneSource.objects.values_list("source", "by")) == [("import-1", IDA)]
    assert [event.case for event in Event.objects.counting()] == [case(1)]
    with pytest.raises(IntegrityError), transaction.atomic():
        undo_source("import-1", ann())


def test_what_people_did_here_cannot_be_undone_as_an_import() -> None:
    record_many([created(0)])
    with pytest.raises(IntegrityError), transaction.atomic():
        undo_source("app", None)
    assert Event.objects.counting().count() == 1
