"""Loading a foreign history into organizations, deals and the log; loading it twice; taking it back."""

from pathlib import Path
from typing import Any

import pytest
from tests.imports.loading import THREE_DEALS, UTC_ZONE, loaded, looked, two_dates
from tests.people import People
from tests.selling import published

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.history.models import Event
from infield.history.queries import open_log
from infield.imports import actions
from infield.imports.records.actions import write_cases
from infield.imports.state.actions import Refused
from infield.imports.undoing.actions import undo
from infield.people.models import Organization
from infield.web.money import Money

pytestmark = pytest.mark.django_db


def counted(owners: Any = None) -> dict[str, int]:
    """Count the deals of the log by outcome."""
    with open_log(owners) as log:
        return dict(
            log.execute("select coalesce(outcome, 'open'), count(*) from cases group by 1").fetchall()
        )


def steps() -> int:
    with open_log(None) as log:
        (found,) = log.execute("select count(*) from steps").fetchall()[0]
    return int(found)


def test_a_history_comes_with_its_stages_owners_and_outcomes(people: People) -> None:
    version = published(people.anna)
    first, second = (stage.key for stage in version.map().stages[:2])
    imported = looked(people.anna, ("history.csv", THREE_DEALS))
    assert (imported.state, imported.totals["deals"]) == ("read", 3)
    assert Event.objects.count() == Deal.objects.count() == 0
    loaded(imported, version, stages={"Lead": first, "Qualified": second})
    assert imported.state == "done"
    assert counted() == {"won": 1, "lost": 1, "open": 1}
    of_dan, of_fay, of_bo = Deal.objects.order_by("created_at")
    assert (of_dan.owner, of_dan.stage, of_dan.outcome) == (people.dan, second, "won")
    assert (of_bo.owner, of_bo.stage, of_bo.outcome) == (people.bo, second, None)
    assert (of_fay.owner.name, of_fay.owner.active, of_fay.owner.manager) == ("Fay Gone", False, people.anna)
    assert of_fay.history_only
    assert not Deal.objects.open().exists()


def test_the_log_counts_stages_by_the_keys_of_the_map(people: People) -> None:
    version = published(people.anna)
    first, second = (stage.key for stage in version.map().stages[:2])
    loaded(looked(people.anna, ("h.csv", THREE_DEALS)), version, stages={"Lead": first, "Qualified": second})
    with open_log(None) as log:
        found = log.execute(
            "select n.name, count(*) from steps s join names n on n.what = 'stage' and n.code = s.stage "
            "join names k on k.what = 'kind' and k.code = s.kind where k.name = 'stage_entered' group by 1"
        ).fetchall()
    assert dict(found) == {first: 3, second: 2}


def test_each_viewer_counts_the_imported_deals_of_their_own_people(people: People) -> None:
    version = published(people.anna)
    loaded(looked(people.anna, ("h.csv", THREE_DEALS)), version)
    seen = {
        who: sum(counted(who.sees()).values()) for who in (people.anna, people.dan, people.bo, people.rut)
    }
    assert seen == {people.anna: 3, people.dan: 1, people.bo: 1, people.rut: 3}
    assert counted(people.emil.sees()) == {}


def test_importing_the_same_file_twice_adds_nothing(people: People, tmp_path: Path) -> None:
    version, file = published(people.anna), two_dates(tmp_path, deals=120)
    loaded(looked(people.anna, ("pipeline.csv", file)), version)
    before = (Event.objects.count(), Deal.objects.count(), Organization.objects.count(), User.objects.count())
    again = loaded(looked(people.anna, ("renamed.csv", file)), version)
    after = (Event.objects.count(), Deal.objects.count(), Organization.objects.count(), User.objects.count())
    assert after == before
    assert (again.added["deals"], again.added["events"]) == (0, 0)


def test_rows_in_another_order_are_the_same_events(people: People) -> None:
    version = published(people.anna)
    head, *rows = THREE_DEALS.strip().split(b"\n")
    loaded(looked(people.anna, ("a.csv", THREE_DEALS)), version)
    before = Event.objects.count()
    loaded(looked(people.anna, ("b.csv", b"\n".join([head, *reversed(rows)]) + b"\n")), version)
    assert Event.objects.count() == before


def test_a_later_export_adds_only_what_is_new(people: People) -> None:
    version = published(people.anna)
    loaded(looked(people.anna, ("a.csv", THREE_DEALS)), version)
    before = Event.objects.count()
    later = THREE_DEALS + b"3,Won,2026-03-02,bo@northwind.example\n"
    added = loaded(looked(people.anna, ("b.csv", later)), version).added
    assert (Event.objects.count() - before, added["deals"], added["events"]) == (1, 0, 1)
    assert counted() == {"won": 2, "lost": 1}
    assert Deal.objects.filter(outcome="won").count() == 2


def test_undoing_takes_all_of_it_out_of_every_count(people: People, tmp_path: Path) -> None:
    version = published(people.anna)
    imported = loaded(looked(people.anna, ("pipeline.csv", two_dates(tmp_path))), version)
    assert sum(counted().values()) == Deal.objects.count() > 200
    undo(imported, people.anna)
    assert (imported.state, imported.kept) == ("undone", [])
    assert (counted(), steps()) == ({}, 0)
    assert Deal.objects.count() == Organization.objects.count() == 0
    assert User.objects.filter(active=False).count() == 0
    assert Event.objects.exists()


def test_after_undoing_the_same_file_can_be_imported_again(people: People, tmp_path: Path) -> None:
    version, file = published(people.anna), two_dates(tmp_path, deals=60)
    first = loaded(looked(people.anna, ("pipeline.csv", file)), version)
    counts = counted()
    for _ in range(2):
        undo(first, people.anna)
        first = loaded(looked(people.anna, ("pipeline.csv", file)), version)
        assert counted() == counts
    assert sum(counts.values()) == Deal.objects.count()


def test_undoing_keeps_and_lists_the_deals_that_a_person_worked_on_since(people: People) -> None:
    version = published(people.anna)
    first, second = (stage.key for stage in version.map().stages[:2])
    imported = loaded(
        looked(people.anna, ("a.csv", THREE_DEALS)),
        version,
        working=True,
        stages={"Lead": first, "Qualified": second},
    )
    open_deal = Deal.objects.open().get()
    open_deal.change_amount(Money(50_000, "EUR"), people.bo)
    undo(imported, people.anna)
    assert imported.kept == [str(open_deal.pk)]
    assert list(Deal.objects.values_list("pk", flat=True)) == [open_deal.pk]


def test_undoing_a_later_export_leaves_what_the_earlier_one_told(people: People) -> None:
    version = published(people.anna)
    loaded(looked(people.anna, ("a.csv", THREE_DEALS)), version)
    later = loaded(
        looked(people.anna, ("b.csv", THREE_DEALS + b"3,Won,2026-03-02,bo@northwind.example\n")), version
    )
    undo(later, people.anna)
    assert counted() == {"won": 1, "lost": 1, "open": 1}
    assert Deal.objects.filter(outcome=None).count() == 1


def test_deals_to_work_on_need_a_stage_of_the_map_each(people: People) -> None:
    version = published(people.anna)
    imported = looked(people.anna, ("a.csv", THREE_DEALS))
    with pytest.raises(Refused, match="stages_open"):
        loaded(imported, version, working=True, stages={"Lead": version.map().stages[0].key})
    imported.refresh_from_db()
    assert imported.state == "read"
    assert not Deal.objects.exists()


def test_deals_that_are_worked_on_are_left_as_they_are_by_another_import(people: People) -> None:
    version = published(people.anna)
    first, second = (stage.key for stage in version.map().stages[:2])
    stages = {"Lead": first, "Qualified": second}
    loaded(looked(people.anna, ("a.csv", THREE_DEALS)), version, working=True, stages=stages)
    before = Event.objects.count()
    later = THREE_DEALS + b"3,Won,2026-03-02,bo@northwind.example\n"
    again = loaded(looked(people.anna, ("b.csv", later)), version, working=True, stages=stages)
    assert (again.added["left"], Event.objects.count()) == (3, before)


def test_a_load_that_was_cut_off_goes_on_where_it_was(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = published(people.anna)
    imported = looked(people.anna, ("pipeline.csv", two_dates(tmp_path, deals=90)))
    whole = imported.totals["deals"]
    monkeypatch.setattr("infield.imports.arrivals.arrivals.__defaults__", (20,))
    real, calls = write_cases, []

    def cut_off(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(actions, "write_cases", cut_off)
    with pytest.raises(KeyboardInterrupt):
        loaded(imported, version)
    imported.refresh_from_db()
    assert (imported.state, imported.done, Deal.objects.count()) == ("loading", 40, 40)
    actions.load(imported, UTC_ZONE)
    assert (imported.state, Deal.objects.count()) == ("done", whole)
    assert Event.objects.exclude(dedupe=None).values("dedupe").distinct().count() == Event.objects.count()


def test_more_owners_than_sellers_can_be_are_refused(people: People) -> None:
    version = published(people.anna)
    rows = b"".join(b"%d,Lead,2026-01-05,person %d\n" % (deal, deal) for deal in range(2_001))
    imported = looked(people.anna, ("h.csv", b"deal,stage,changed,owner\n" + rows))
    with pytest.raises(Refused, match="too_many_owners"):
        loaded(imported, version)
    assert not User.objects.filter(active=False).exists()
