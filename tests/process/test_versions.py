"""Published versions of a map: numbered, checked, and kept as they are."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoAssertNumQueries
from tests.people import People
from tests.process.clean_map import CLEAN
from tests.process.strategies import maps

from infield.process.models import (
    MapHasErrors,
    Process,
    ProcessVersion,
    VersionKept,
    checksum,
    document,
    maps_of,
)
from infield.process.starter_maps import STARTERS, starter_text
from infield.process.values import ProcessMap
from infield.process.yaml_file import adapter, read

pytestmark = pytest.mark.django_db
MAP = read(CLEAN).process


@pytest.mark.parametrize("name", STARTERS)
def test_each_starter_is_published_and_read_back_as_it_is(people: People, name: str) -> None:
    process = read(starter_text(name)).process
    version = Process.objects.begin(process, people.anna).current()
    assert ProcessVersion.objects.get(pk=version.pk).map() == replace(process, version=1)
    assert adapter().validate_python(ProcessVersion.objects.get(pk=version.pk).document) == version.map()


@given(maps)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_map_comes_back_from_its_document(process: ProcessMap) -> None:
    assert adapter().validate_python(document(process, 7)) == replace(process, version=7)


def test_versions_are_numbered_and_the_process_takes_the_name_of_the_last(people: People) -> None:
    process = Process.objects.begin(MAP, people.anna)
    second = process.publish(replace(MAP, name="Selling lines", version=9), people.cleo)
    assert (second.number, second.map().version, second.published_by) == (2, 2, people.cleo)
    assert process.current() == second
    assert Process.objects.get().name == "Selling lines"
    assert [version.map().name for version in process.versions.order_by("number")] == [
        MAP.name,
        "Selling lines",
    ]


def test_publishing_what_is_published_adds_no_version(people: People) -> None:
    process = Process.objects.begin(MAP, people.anna)
    assert process.publish(replace(MAP, version=5), people.cleo) == process.current()
    assert process.versions.count() == 1


def test_a_map_with_errors_is_refused_with_its_findings(people: People) -> None:
    broken = replace(MAP, stages=(MAP.stages[0], *MAP.stages))
    with pytest.raises(MapHasErrors) as refused:
        Process.objects.begin(broken, people.anna)
    assert {finding.code for finding in refused.value.findings} >= {"duplicate-key"}
    assert {finding.severity for finding in refused.value.findings} == {"error"}
    assert not Process.objects.exists()


def test_a_published_version_is_neither_changed_nor_deleted(people: People) -> None:
    version = Process.objects.begin(MAP, people.anna).current()
    version.number = 3
    tries = (
        version.save,
        version.delete,
        lambda: ProcessVersion.objects.update(number=3),
        lambda: ProcessVersion.objects.filter(pk=version.pk).delete(),
        lambda: ProcessVersion.objects.bulk_update([version], ["number"]),
    )
    for attempt in tries:
        with pytest.raises(VersionKept):
            attempt()
    kept = ProcessVersion.objects.get()
    assert (kept.number, kept.checksum) == (1, checksum(document(MAP, 1)))


def test_maps_that_were_read_cost_no_query(
    people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = Process.objects.begin(MAP, people.anna).current()
    second = Process.objects.begin(replace(MAP, name="Selling lines"), people.anna).current()
    with django_assert_num_queries(1):
        assert maps_of([first.pk, second.pk])[first.pk].name == MAP.name
    with django_assert_num_queries(0):
        maps_of([second.pk, first.pk])
