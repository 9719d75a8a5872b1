"""What our SQLite backend promises."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from tests.people import People

from infield.accounts.models import User
from infield.web.actions import UnsafeSqliteError, refuse_unsafe, tell_planner
from infield.web.sqlite.queue import WriterQueue

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")


@pytest.fixture
def on_a_new_connection(transactional_db: None) -> Iterator[None]:
    connection.close()
    yield
    connection.close()


def setting(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@on_sqlite
@pytest.mark.django_db
def test_a_power_cut_loses_nothing_that_was_acknowledged() -> None:
    assert setting("journal_mode") == "wal"
    assert setting("synchronous") == 2, "FULL"
    assert setting("foreign_keys") == 1
    assert connection.get_database_version() >= (3, 51, 3)
    assert setting("busy_timeout") == 20_000


@on_sqlite
def test_a_transaction_takes_the_write_lock_at_its_beginning(on_a_new_connection: None) -> None:
    with transaction.atomic():
        User.objects.count()
        assert not WriterQueue(str(connection.settings_dict["NAME"]), 0.05).enter()
    free = WriterQueue(str(connection.settings_dict["NAME"]), 0.05)
    assert free.enter()
    free.close()


@on_sqlite
@pytest.mark.parametrize("ending", ["commit", "rollback", "close"])
def test_the_next_writer_comes_in_however_a_transaction_ends(on_a_new_connection: None, ending: str) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    getattr(connection, ending)()
    if connection.connection is not None:
        connection.set_autocommit(True)
    free = WriterQueue(str(connection.settings_dict["NAME"]), 0.05)
    assert free.enter()
    free.close()


def test_a_writer_who_waits_too_long_is_told(tmp_path: Path) -> None:
    first, second = WriterQueue(str(tmp_path / "db"), 1), WriterQueue(str(tmp_path / "db"), 0.05)
    assert first.enter()
    assert first.enter(), "a second call of the same writer waits for nobody"
    began = time.monotonic()
    assert not second.enter()
    assert 0.05 <= time.monotonic() - began < 0.9
    first.leave()
    assert second.enter()
    second.close()
    second.close()
    first.close()


def test_no_two_writers_are_in_at_once(tmp_path: Path) -> None:
    inside, most, done = 0, 0, []

    def write() -> None:
        nonlocal inside, most
        queue = WriterQueue(str(tmp_path / "db"), 10)
        for _ in range(20):
            assert queue.enter()
            inside += 1
            most = max(most, inside)
            time.sleep(0.0005)
            inside -= 1
            queue.leave()
        queue.close()
        done.append(True)

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (most, len(done)) == (1, 6)


@pytest.mark.django_db
def test_times_decimals_and_percent_signs_come_back_as_they_were(people: People) -> None:
    at = datetime(2026, 11, 3, 23, 59, 59, 123456, tzinfo=UTC)
    User.objects.filter(id=people.bo.id).update(last_login=at, name="100 % Bo")
    bo = User.objects.annotate(share=Value(Decimal("12.50"))).get(name="100 % Bo", last_login=at)
    assert (bo.last_login, bo.share) == (at, Decimal("12.50"))


@pytest.mark.django_db
def test_a_thousand_rows_are_asked_for_and_written_at_once() -> None:
    User.objects.bulk_create(User(email=f"{n}@northwind.example", name=str(n)) for n in range(3000))
    ids = list(User.objects.values_list("id", flat=True))
    assert User.objects.filter(id__in=ids).count() == 3000


@pytest.mark.django_db(transaction=True)
def test_a_row_cannot_point_to_nobody(people: People) -> None:
    from infield.web.ids import new_id

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(id=people.bo.id).update(manager_id=new_id())


@pytest.mark.django_db
def test_a_failed_block_inside_another_takes_back_only_itself(people: People) -> None:
    with transaction.atomic():
        User.objects.filter(id=people.bo.id).update(name="Outer")
        with pytest.raises(OperationalError):
            _rename_and_fail(people.bo)
    assert User.objects.get(id=people.bo.id).name == "Outer"


def _rename_and_fail(user: User) -> None:
    with transaction.atomic():
        User.objects.filter(id=user.id).update(name="Inner")
        raise OperationalError


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_several_processes_are_refused_on_an_sqlite_that_can_lose_their_data(
    version: tuple[int, ...],
) -> None:
    with pytest.raises(UnsafeSqliteError):
        refuse_unsafe(version, 2)
    refuse_unsafe(version, 1)
    refuse_unsafe((3, 51, 3), 8)


@pytest.mark.django_db
def test_the_planner_is_told_how_large_tables_are(people: People) -> None:
    with CaptureQueriesContext(connection) as asked:
        tell_planner()
    if connection.vendor != "sqlite":
        assert not asked.captured_queries  # PostgreSQL sees to it by itself
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'accounts_user'")
        rows = {int(stat.split()[0]) for (stat,) in cursor.fetchall()}
    assert rows == {User.objects.count()}
