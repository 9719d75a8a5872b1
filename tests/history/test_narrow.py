"""A part of the log: of one map, begun lately; never more than may be seen."""

from datetime import timedelta

import pytest
from tests.people import People
from tests.selling import FIRST, published, went

from infield.history.narrow import narrow
from infield.history.queries import open_log

pytestmark = pytest.mark.django_db


def test_narrowing_leaves_only_deals_that_were_seen_before(people: People) -> None:
    ours, other = published(people.anna), published(people.anna, "diamond")
    for version in (ours, other):
        for owner in (people.bo, people.dan):
            went(version, owner, *(stage.key for stage in version.map().stages[:2]))
    with open_log(frozenset({people.bo.pk})) as log:
        narrow(log, of_map=ours.process_id)
        counts = [
            log.execute(f"select count(*) from {table}").fetchone() for table in ("cases", "steps", "paths")
        ]
    assert counts == [(1,), (3,), (1,)]


def test_deals_that_began_earlier_are_left_out_and_a_second_time_narrows_further(people: People) -> None:
    version = published(people.anna)
    went(version, people.bo, version.map().stages[0].key)
    began = int(FIRST.timestamp() * 1_000_000)
    with open_log(None) as log:
        narrow(log, since_us=began)
        assert log.execute("select count(*) from cases").fetchone() == (1,)
        narrow(log, since_us=began + int(timedelta(seconds=1).total_seconds() * 1_000_000))
        assert log.execute("select count(*) from steps").fetchone() == (0,)
        narrow(log, of_map=version.process_id)
        assert log.execute("select count(*) from visits").fetchone() == (0,)
