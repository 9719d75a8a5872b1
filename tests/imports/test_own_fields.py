"""Own fields of deals that come with an import: known by their labels, checked, told in the log, taken back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.imports.loading import loaded, looked
from tests.people import People
from tests.selling import published

from infield.deals.models import Deal
from infield.fields.actions import add_field
from infield.fields.filled import Filled
from infield.fields.models import Field, Value
from infield.history.models import Event
from infield.imports.models import Import
from infield.imports.undoing.actions import undo

pytestmark = pytest.mark.django_db

HISTORY = b"""deal,stage,changed at,Machines,Region,Signed on
1,Lead,2026-01-05,,North,
1,Qualified,2026-01-12,12,North,
2,Lead,2026-01-07,many,West,2026-01-09
3,Lead,2026-01-09,3.5,south,09/01/2026
"""


@pytest.fixture(autouse=True)
def files_stand_apart(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def fields(people: People) -> dict[str, Field]:
    made = [
        add_field("deal", "Machines", "number", people.ada),
        add_field("deal", "Region", "choice", people.ada, choices=["North", "South"]),
        add_field("deal", "Signed on", "date", people.ada),
    ]
    return {one.key: one for one in made}


def stages_of(imported: Import, version: Any) -> dict[str, str]:
    first = version.map().stages[0].key
    return {one["name"]: first for one in imported.stages}


def values() -> dict[tuple[str, str], Filled]:
    titles = {deal.pk: deal.title for deal in Deal.objects.all()}
    return {
        (titles[one.object_id], one.field.key): one.filled for one in Value.objects.select_related("field")
    }


def test_columns_called_like_a_field_fill_it_with_the_last_that_is_said(
    people: People, fields: dict[str, Field]
) -> None:
    version = published(people.anna)
    imported = looked(people.anna, ("h.csv", HISTORY))
    loaded(imported, version, working=True, stages=stages_of(imported, version))
    assert {
        key: str(one.number.normalize()) if one.number else one.choice or str(one.day)
        for key, one in values().items()
    } == {
        ("1", "own_machines"): "12",
        ("1", "own_region"): "north",
        ("2", "own_signed_on"): str(date(2026, 1, 9)),
        ("3", "own_machines"): "3.5",
        ("3", "own_region"): "south",
    }
    deal = Deal.objects.get(title="1")
    told = Event.objects.filter(case=deal.case, kind="field_changed").order_by("data__field")
    assert [one.data for one in told] == [
        {"field": "own_machines", "value": "12"},
        {"field": "own_region", "value": "north"},
    ]


def test_the_dry_run_says_what_does_not_fit(people: People, fields: dict[str, Field]) -> None:
    imported = looked(people.anna, ("h.csv", HISTORY))
    client = Client()
    client.force_login(people.anna)
    page = client.get(reverse("desk:import_one", args=[imported.pk])).text
    assert "Left out, because it does not fit “Machines”: 1 ×, such as “many”." in page
    assert "“West”. Choose one of those offered." in page
    assert "“09/01/2026”. That is no day of the calendar." in page


def test_a_column_is_chosen_for_a_field_or_none(people: People, fields: dict[str, Field]) -> None:
    imported = looked(people.anna, ("h.csv", HISTORY), given={"own": {"own_machines": "Region"}})
    assert imported.account["mapping"]["own"] == {"own_machines": "Region"}
    assert {one["where"] for one in imported.account["findings"] if one["code"] == "own_unfit"} == {
        "Machines"
    }
    unfilled = looked(people.anna, ("h.csv", HISTORY), given={"own": {}})
    assert unfilled.account["mapping"].get("own", {}) == {}


def test_the_same_export_twice_adds_nothing_and_a_later_one_what_is_new(
    people: People, fields: dict[str, Field]
) -> None:
    version = published(people.anna)
    first = looked(people.anna, ("h.csv", HISTORY))
    loaded(first, version, stages=stages_of(first, version))
    before = Event.objects.count()
    again = looked(people.anna, ("h.csv", HISTORY))
    loaded(again, version, stages=stages_of(again, version))
    assert Event.objects.count() == before
    later = looked(people.anna, ("h.csv", HISTORY.replace(b"-12,12,", b"-12,15,")))
    loaded(later, version, stages=stages_of(later, version))
    assert values()[("1", "own_machines")].number == 15
    undo(later, people.anna)
    assert values()[("1", "own_machines")].number == 12


def test_undoing_takes_the_values_along(people: People, fields: dict[str, Field]) -> None:
    version = published(people.anna)
    imported = looked(people.anna, ("h.csv", HISTORY))
    loaded(imported, version, stages=stages_of(imported, version))
    assert Value.objects.exists()
    undo(imported, people.anna)
    assert not Deal.objects.exists()
    assert not Value.objects.exists()


def test_the_form_offers_each_field_and_reads_again_with_what_was_chosen(
    people: People, fields: dict[str, Field], settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    imported = looked(people.anna, ("h.csv", HISTORY))
    client = Client()
    client.force_login(people.anna)
    form = client.get(reverse("desk:import_one", args=[imported.pk])).context["columns"]
    assert form.fields["own_field_own_machines"].initial == "Machines"
    client.post(reverse("desk:import_again", args=[imported.pk]), {"own_field_own_region": "Region"})
    imported.refresh_from_db()
    assert (imported.state, imported.given["own"]) == ("read", {"own_region": "Region"})
