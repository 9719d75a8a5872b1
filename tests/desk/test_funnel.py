"""The funnel of a period beside the one a year before: red is what chance does not explain."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.people import People
from tests.selling import published

from infield.accounts.models import User
from infield.history.actions import NewEvent, record_many
from infield.process.models import ProcessVersion
from infield.web.ids import new_id

pytestmark = pytest.mark.django_db


def sold(version: ProcessVersion, owner: User, days_ago: int, deals: int, moved_on: int) -> None:
    """Deals that began so long ago in the first stage; some moved on and were won, the others were lost there."""
    first, second = (stage.key for stage in version.map().stages[:2])
    start = datetime.now(UTC) - timedelta(days=days_ago)

    def told(case: UUID, number: int) -> list[NewEvent]:
        about = {"case": case, "object_kind": "deal", "object_id": case}
        facts = {"owner": str(owner.pk), "map": str(version.process_id)}
        went = [("created", ""), ("stage_entered", first)]
        went += [("stage_entered", second), ("won", second)] if number < moved_on else [("lost", first)]
        return [
            NewEvent(kind=kind, at=start + timedelta(hours=hour), stage=stage,
                     data=facts if kind == "created" else {}, **about)  # type: ignore[arg-type]
            for hour, (kind, stage) in enumerate(went)
        ]  # fmt: skip

    record_many(event for number in range(deals) for event in told(new_id(), number))


def first_row(viewer: User, period: str) -> str:
    client = Client()
    client.force_login(viewer)
    page = client.get(f"/funnel?period={period}").content.decode()
    found = re.search(r"<tbody>\s*(<tr.*?</tr>)", page, re.DOTALL)
    assert found
    return found[1]


def test_a_stage_is_red_where_the_rate_of_the_year_before_lies_outside_its_interval(people: People) -> None:
    version = published(people.anna)
    sold(version, people.bo, days_ago=400, deals=50, moved_on=40)
    sold(version, people.bo, days_ago=20, deals=50, moved_on=10)
    row = first_row(people.bo, "year")
    assert "a year before 80" in row
    assert "worse" in row
    assert 'class="is-leak"' in row
    assert 'class="meter-before"' in row


def test_what_could_be_chance_is_said_and_not_red(people: People) -> None:
    version = published(people.anna)
    sold(version, people.bo, days_ago=400, deals=50, moved_on=22)
    sold(version, people.bo, days_ago=20, deals=50, moved_on=20)
    row = first_row(people.bo, "year")
    assert "could be chance" in row
    assert 'class="is-leak"' not in row


@pytest.mark.parametrize("period", ["all", "year"])
def test_without_a_year_before_there_is_nothing_to_hold_it_against(people: People, period: str) -> None:
    sold(published(people.anna), people.bo, days_ago=20, deals=30, moved_on=10)
    row = first_row(people.bo, period)
    assert "a year before" not in row
    assert "meter-before" not in row
