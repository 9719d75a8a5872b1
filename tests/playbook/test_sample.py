"""What the buyers of the sample company object: told where they talked, written as the app would have written it."""

from collections import Counter
from datetime import date

import pytest

from infield.accounts.models import User
from infield.desk.sample_company.actions import make_company
from infield.desk.sample_company.objections.telling import RAISED, with_objections
from infield.desk.sample_company.staff import SIGN_INS
from infield.desk.sample_company.story import Story, stories
from infield.history.models import Event
from infield.playbook.models import GivenAnswer, Material, RaisedObjection
from infield.playbook.shipped import OBJECTIONS, prepared
from infield.playbook.talks.queries import tallies

MONDAY = date(2026, 11, 23)
FEW = 150


@pytest.fixture(scope="module")
def told() -> list[Story]:
    return [with_objections(story, 7) for story in stories(7, MONDAY, FEW)]


def test_objections_come_in_talks_of_the_stages_that_have_them_in_order_of_time(told: list[Story]) -> None:
    raised = [one for story in told for one in story.happenings if one.kind == "objection_raised"]
    assert len(raised) > 50
    assert {one.stage for one in raised} == set(RAISED)
    assert {one.data["objection"] for one in raised} <= set(OBJECTIONS)
    for story in told:
        moments = [one.at for one in story.happenings]
        assert moments == sorted(moments)
    assert told == [with_objections(story, 7) for story in stories(7, MONDAY, FEW)]


def test_an_answer_follows_its_objection_in_the_same_stage(told: list[Story]) -> None:
    answered = 0
    for story in told:
        for before, one in zip(story.happenings, story.happenings[1:], strict=False):
            if one.kind in ("objection_answered", "objection_resolved"):
                answered += 1
                assert before.kind == "objection_raised"
                assert (before.data["objection"], before.stage) == (one.data["objection"], one.stage)
                assert one.data.get("answer") in {None, *prepared(one.data["objection"])}
    assert answered > 40


def test_the_rows_are_what_the_events_say(db: None) -> None:
    make_company(7, MONDAY, dict.fromkeys(SIGN_INS, "a calm sea at dawn"), FEW)
    kinds = Counter(Event.objects.values_list("kind", flat=True))
    assert RaisedObjection.objects.count() == kinds["objection_raised"]
    assert RaisedObjection.objects.exclude(resolved=None).count() == kinds["objection_resolved"]
    assert GivenAnswer.objects.count() == kinds["objection_answered"] + kinds["objection_resolved"]
    assert RaisedObjection.objects.filter(resolved=None).exists()
    assert sum(one.decided for one in tallies(User.objects.get(role="reader")).values()) > 30
    overdue = Material.objects.filter(review_on__lt=MONDAY)
    assert set(overdue.values_list("stage", flat=True)) == {"presentation", "handling_objections"}
