"""The parts of the log: whatever happens, and whenever they are written, they say what the database says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as app
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.history.live import IDA, JUN, asked, case, created, entered, new, ways, whole_log

from infield.history import generations, parts
from infield.history.actions import record_many, touch, undo_source, void
from infield.history.generations import current
from infield.history.models import Event, UndoneSource
from infield.history.queries import log_source, open_log
from infield.history.tasks import refresh_log
from infield.history.upkeep import refresh, rewrite_base

pytestmark = pytest.mark.django_db

CASES = st.integers(0, 3)
HOURS = st.integers(0, 9)
STAGES = st.sampled_from(["lead", "offer", "talk"])
VERSIONS = [None, UUID(int=90), UUID(int=91)]
SOURCES = st.sampled_from(["app", "import-1", "import-2"])
FACTS: list[dict[str, Any]] = [
    {"segment": "small"},
    {"segment": None},
    {"amount_minor": 900, "currency": "JPY"},
    {"product": "Gauge", "map": str(UUID(int=70))},
]
ACTIONS = st.one_of(
    st.tuples(st.just("enter"), CASES, HOURS, STAGES, SOURCES),
    st.tuples(st.just("go on"), CASES, STAGES, st.sampled_from(VERSIONS)),
    st.tuples(st.just("tell"), CASES, st.booleans(), st.sampled_from(FACTS)),
    st.tuples(st.just("own"), CASES, HOURS, st.sampled_from([IDA, JUN])),
    st.tuples(st.just("end"), CASES, HOURS, st.sampled_from(["won", "lost", "reopened"])),
    st.tuples(st.just("void"), st.integers(0, 20)),
    st.tuples(st.just("undo"), st.sampled_from(["import-1", "import-2"])),
    st.tuples(st.just("touch"), CASES),
    st.tuples(st.just("refresh")),
    st.tuples(st.just("rewrite")),
)
# a case in several deltas must be common
STORIES = st.lists(st.one_of(ACTIONS, st.tuples(st.just("refresh"))), min_size=6, max_size=20)


def enter(number: int, hours: int, stage: str, source: str) -> None:
    record_many([entered(stage, number, hours, source=source)])


def go_on(number: int, stage: str, version: UUID | None) -> None:
    record_many([entered(stage, number, later(), map_version=version)])


def tell(number: int, is_late: bool, facts: dict[str, Any]) -> None:
    record_many([new("field_changed", number, 5 if is_late else later(), data=facts)])


def own(number: int, hours: int, owner: UUID) -> None:
    record_many([new("owner_changed", number, hours, data={"owner": str(owner)})])


def end(number: int, hours: int, outcome: str) -> None:
    record_many([new(outcome, number, hours)])


def take_back(place: int) -> None:
    counting = list(Event.objects.counting().order_by("position"))
    if counting:
        void(counting[place % len(counting)], None)


def undo(source: str) -> None:
    if not UndoneSource.objects.filter(source=source).exists():
        undo_source(source, None)


ACTS: dict[str, Callable[..., object]] = {
    "enter": enter,
    "go on": go_on,
    "tell": tell,
    "own": own,
    "end": end,
    "void": take_back,
    "undo": undo,
    "touch": lambda number: touch([case(number)]),
    "refresh": lambda: refresh(log_source()),
    "rewrite": lambda: rewrite_base(log_source(), deltas=0),
}


def later() -> int:
    """An hour after everything there is."""
    return 10 + Event.objects.count()


def told() -> dict[UUID, list[str]]:
    """Of each case the stages it went through and how that ended, by plain loops over the events that count.

    A sale stands where it was made, unless the case was opened again or lost later; a loss only at the end.
    """
    found: dict[UUID, list[str]] = {}
    for event in Event.objects.counting().order_by("at", "position"):
        if event.kind in ("won", "lost", "reopened"):
            found[event.case] = [*_undecided(found.get(event.case, [])), f":{event.kind}"]
        if event.kind == "stage_entered":
            kept = [stage for stage in found.get(event.case, []) if stage not in (":lost", ":reopened")]
            found[event.case] = [*kept, event.stage]
    ways = {number: [stage for stage in way if stage != ":reopened"] for number, way in found.items()}
    return {number: way for number, way in ways.items() if way}


def _undecided(way: list[str]) -> list[str]:
    return [stage for stage in way if stage[0] != ":"]


@contextmanager
def elsewhere(folder: Path) -> Iterator[None]:
    home, app.HOME = app.HOME, folder
    try:
        yield
    finally:
        app.HOME = home


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=STORIES)
def test_after_anything_the_log_is_what_a_full_build_gives(
    actions: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with transaction.atomic(), elsewhere(tmp_path_factory.mktemp("home")):
        for action in actions:
            ACTS[action[0]](*action[1:])
        log, went = whole_log(), ways()
        with elsewhere(tmp_path_factory.mktemp("anew")):
            assert log == whole_log()
        assert went == told()
        transaction.set_rollback(True)


def test_a_case_keeps_its_code_for_good() -> None:
    codes = 'SELECT uuid, "case" FROM cases ORDER BY uuid'
    record_many([created(3), created(5)])
    refresh(log_source())
    before = dict(asked(codes))
    record_many([created(0), entered("lead", 5)])
    refresh(log_source())
    record_many([created(4)])
    after = dict(asked(codes))
    assert {uuid: after[uuid] for uuid in before} == before
    assert len(set(after.values())) == 4


def test_of_a_case_in_several_parts_the_newest_counts() -> None:
    for hours, stage in enumerate(["lead", "talk", "offer", "talk"]):
        record_many([entered(stage, 0, hours)])
        refresh(log_source())
    assert ways() == {case(0): ["lead", "talk", "offer", "talk"]}
    assert asked("SELECT count(*) FROM cases") == [(1,)]


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (lambda _: record_many([entered("talk", 0, 9), created(5), entered("lead", 5, 1)]), set()),
        (lambda _: record_many([entered("talk", 0, 2)]), set()),
        (lambda _: record_many([entered("talk", 0, 1), entered("talk", 1, 9)]), {case(0)}),
        (lambda written: void(written[1], None), {case(0)}),
        (lambda _: touch([case(1)]), {case(1)}),
    ],
    ids=["more happened", "more at the same time", "something earlier", "undone", "touched"],
)
def test_only_cases_that_changed_behind_are_read_whole(
    change: Callable[[list[Event]], object], read: set[UUID]
) -> None:
    written = record_many([created(0), entered("lead", 0, 2), created(1), entered("lead", 1, 1)])
    refresh(log_source())
    change(written)
    source, asked_for = log_source(), set[UUID]()

    def reading(cases: dict[str, int], until: int) -> Any:
        asked_for.update(UUID(case) for case in cases)
        return source.read(cases, until)

    refresh(replace(source, read=reading))
    assert asked_for == read
    assert ways() == told()


def test_an_event_written_while_a_part_is_made_is_in_the_log_once() -> None:
    record_many([created(0), entered("lead", 0, 2)])
    refresh(log_source())
    record_many([entered("offer", 0, 1)])
    source = log_source()

    def reading(cases: dict[str, int], until: int) -> Any:
        record_many([entered("talk", 0, 3)])
        return source.read(cases, until)

    refresh(replace(source, read=reading))
    assert ways() == {case(0): ["offer", "lead", "talk"]}
    refresh(source)
    assert ways() == {case(0): ["offer", "lead", "talk"]}


def test_refreshing_without_news_writes_nothing() -> None:
    record_many([created()])
    refresh(log_source())
    before = current(log_source().folder)
    refresh(log_source())
    assert current(log_source().folder) == before


def test_a_rewritten_base_is_one_part_and_the_old_ones_go() -> None:
    for number in range(3):
        record_many([created(number)])
        refresh(log_source())
    folder = log_source().folder
    assert not rewrite_base(log_source(), deltas=2)
    assert rewrite_base(log_source(), deltas=1)
    named = current(folder)
    assert named is not None
    assert {path.name for path in folder.glob("part-*")} == set(named.parts) == {"part-00000004"}


def test_a_part_stays_as_long_as_somebody_reads_it() -> None:
    record_many([created(0), entered("lead", 0, 1)])
    refresh(log_source())
    with open_log(None) as log:
        record_many([entered("offer", 0, 2)])
        refresh(log_source())
        rewrite_base(log_source(), deltas=0)
        assert log.execute("SELECT count(*) FROM steps").fetchall() == [(2,)]
        assert (log_source().folder / "part-00000001").exists()
    record_many([created(1)])
    refresh(log_source())
    assert not (log_source().folder / "part-00000001").exists()


def test_a_crash_before_the_pointer_is_replaced_leaves_the_log_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record_many([created(0), entered("lead", 0, 1)])
    refresh(log_source())
    record_many([entered("offer", 0, 2)])
    before = current(log_source().folder)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    for owner, name in ((parts, "write_fresh"), (generations, "publish")):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, crash)
            with pytest.raises(KeyboardInterrupt):
                refresh(log_source())
        assert current(log_source().folder) == before
        assert ways() == {case(0): ["lead", "offer"]}
    refresh(log_source())
    named = current(log_source().folder)
    assert named is not None
    assert {path.name for path in log_source().folder.glob("part-*")} == set(named.parts)
    assert ways() == {case(0): ["lead", "offer"]}


def test_parts_of_another_database_are_not_believed() -> None:
    with transaction.atomic():
        record_many([created(0), entered("lead", 0, 1)])
        refresh(log_source())
        transaction.set_rollback(True)
    record_many([created(1), entered("offer", 1, 1)])
    assert ways() == {case(1): ["offer"]}
    record_many([created(2)])
    refresh(log_source())
    assert ways() == {case(1): ["offer"]}


def test_a_reader_with_much_pending_writes_the_delta_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infield.history.queries.OVERLAID_MOST", 2)
    record_many([created(0), created(1)])
    assert len(whole_log()[1]) == 2
    assert current(log_source().folder) is None
    record_many([created(2)])
    assert len(whole_log()[1]) == 3
    named = current(log_source().folder)
    assert named is not None
    assert named.position == 3


def test_the_task_catches_up_and_may_run_twice() -> None:
    record_many([created(0), entered("lead", 0, 1)])
    for _ in range(2):
        refresh_log.call()
        named = current(log_source().folder)
        assert named is not None
        assert (named.position, len(named.parts)) == (2, 1)


def test_every_thousand_events_the_parts_are_brought_up_to_date_in_the_background(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    monkeypatch.setattr("infield.history.actions.REFRESH_EVERY", 4)
    queued = []
    for number in range(9):
        with django_capture_on_commit_callbacks() as callbacks:
            record_many([created(number)])
        queued.append(len(callbacks))
    assert queued == [0, 0, 0, 1, 0, 0, 0, 1, 0]
