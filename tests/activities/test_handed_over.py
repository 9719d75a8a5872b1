"""What was planned goes along when a deal, a lead or a contact is handed over."""

from datetime import UTC, datetime

import pytest
from tests.deals.world import FRIDAY, World, begin
from tests.people import People

from infield.accounts.models import User
from infield.activities.actions import plan, set_step, undo_of_deal
from infield.activities.following.actions import enrol
from infield.activities.models import Activity, Cadence, Enrolment, Reminder
from infield.activities.said import Plan, Then
from infield.deals.models import Deal
from infield.people.models import Contact, Lead

TEN = datetime(FRIDAY.year, FRIDAY.month, FRIDAY.day, 10, tzinfo=UTC)
MEETING = Plan(what="Walk the line", on=FRIDAY, at=TEN, kind="meeting", remind_minutes=60)


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def people(world: World) -> People:
    return world.people


def whose() -> set[tuple[str, str, str | None]]:
    """Each planned activity: what, whose, and who is reminded."""
    rows = Activity.objects.planned().values_list("what", "owner__name", "reminders__user__name")
    return set(rows)


def planned(about: Deal | Lead | Contact, by: User) -> None:
    set_step(about, Then(how="step", plan=MEETING), by)
    plan(about, Plan(what="Print the plan", on=FRIDAY, kind="task", remind_minutes=0), by)


OF_DAN = {("Walk the line", "Dan Wood", "Dan Wood"), ("Print the plan", "Dan Wood", "Dan Wood")}
OF_BO = {("Walk the line", "Bo Ek", "Bo Ek"), ("Print the plan", "Bo Ek", "Bo Ek")}


def test_the_next_step_of_a_deal_with_its_hour_and_reminder_goes_along_and_comes_back(
    world: World, people: People
) -> None:
    deal = world.deal()
    planned(deal, people.dan)
    plan(deal, Plan(what="Ask legal", on=FRIDAY, kind="task"), people.cleo, owner=people.cleo)
    deal.refresh_from_db()
    done = deal.change_owner(people.bo, people.anna)
    assert whose() == OF_BO | {("Ask legal", "Cleo Marsh", None)}
    assert done.event
    undo_of_deal(deal, done.event.pk, people.anna)
    assert whose() == OF_DAN | {("Ask legal", "Cleo Marsh", None)}


def test_a_reminder_that_was_seen_stays_with_who_saw_it(world: World, people: People) -> None:
    deal = world.deal()
    planned(deal, people.dan)
    Reminder.objects.filter(activity__kind="task").update(seen_at=datetime.now(UTC))
    deal.refresh_from_db()
    deal.change_owner(people.bo, people.anna)
    assert ("Print the plan", "Bo Ek", "Dan Wood") in whose()


def test_what_is_planned_with_a_lead_goes_along_to_sales_and_back(people: People) -> None:
    lead = Lead(person="Maria Aalto", owner=people.mia).begin(people.mia)
    planned(lead, people.mia)
    lead.refresh_from_db()
    lead.hand_over(people.bo, people.mia)
    assert whose() == OF_BO
    lead.send_back("too_early", people.bo)
    assert {owner for _what, owner, _user in whose()} == {"Mia Holm"}


def test_the_step_of_a_contact_goes_along_and_not_what_they_take_part_in(
    world: World, people: People
) -> None:
    maria = Contact(family="Aalto", given="Maria", owner=people.dan).begin(people.dan)
    planned(maria, people.dan)
    plan(world.deal(), Plan(what="Show the trial", on=FRIDAY, kind="demo", contact=maria.pk), people.dan)
    maria.refresh_from_db()
    done = maria.change(people.anna, owner=people.bo)
    assert whose() == OF_BO | {("Show the trial", "Dan Wood", None)}
    assert done.act
    maria.undo(done.act, people.anna)
    assert whose() == OF_DAN | {("Show the trial", "Dan Wood", None)}


def test_a_series_goes_on_with_the_new_owner_unless_another_follows_up(world: World, people: People) -> None:
    cadence = Cadence.objects.create(name="Three calls")
    cadence.steps.create(place=1, wait_days=2, kind="call", what="Call again")
    for title, owner in (("Line 3", people.dan), ("Line 4", people.cleo)):
        enrol(world.deal(title=title), cadence, people.dan, owner=owner)
    for deal in Deal.objects.all():
        deal.change_owner(people.bo, people.anna)
    followed = Enrolment.objects.values_list("deal__title", "owner__name")
    assert set(followed) == {("Line 3", "Bo Ek"), ("Line 4", "Cleo Marsh")}
