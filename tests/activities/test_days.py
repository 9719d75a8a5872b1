"""The page of the day, the calendar, follow-up cadence, working hours and reminders, at the door."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.desk.board_world import World, begin, fill

from infield.activities.actions import plan
from infield.activities.following.actions import begin_after_sales, enrol
from infield.activities.models import Activity, Cadence, Enrolment, Reminder, Response, WorkingHours
from infield.activities.reminding.actions import mail_reminders
from infield.activities.said import Plan
from infield.deals.models import Deal, NextStep
from infield.history.models import Event
from infield.people.contacts.models import ContactStep
from infield.people.models import Contact, Lead
from infield.web.ids import to_text
from infield.web.money import Money

HTMX = {"HX-Request": "true"}
NOBODY_ANSWERED = {"kind": "call", "outcome": "not_reached", "how": "step", "what": "Call again"}


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def dan(world: World) -> Client:
    return signed(world, "dan")


def signed(world: World, name: str) -> Client:
    client = Client()
    client.force_login(getattr(world.people, name))
    return client


def soon(days: int = 3) -> date:
    return timezone.localdate() + timedelta(days=days)


def deal_of(world: World, name: str, due: int | None, euros: int = 50_000) -> Deal:
    made = Deal.objects.begin(name, "Line", world.version, world.people.dan, amount=Money(euros * 100, "EUR"))
    if due is not None:
        Deal.objects.filter(pk=made.pk).update(
            next_step="Call Maria", next_step_on=soon(due), next_activity="call"
        )
    return made


def series(name: str = "Three calls", *, after_sale: bool = False) -> Cadence:
    made = Cadence.objects.create(name=name, after_sale=after_sale)
    for place, wait in enumerate((2, 4, 7), 1):
        made.steps.create(place=place, wait_days=wait, kind="call", what=f"Call {place}")
    return made


def groups(client: Client, query: str = "") -> dict[str, list[str]]:
    shown = client.get(f"/today{query}").context["groups"]
    return {group.key: [line.who for line in group.lines] for group in shown}


def test_the_day_lists_what_is_most_at_risk_first(dan: Client, world: World) -> None:
    deal_of(world, "Late and small", -9, 10_000)
    deal_of(world, "Late and large", -9, 90_000)
    deal_of(world, "Due", 0)
    deal_of(world, "Unplanned", None)
    deal_of(world, "Planned", 5)
    assert groups(dan) == {
        "late": ["Late and large", "Late and small"],
        "due": ["Due"],
        "unplanned": ["Unplanned"],
    }


def test_a_manager_sees_the_day_of_the_team_and_a_stranger_does_not(dan: Client, world: World) -> None:
    deal_of(world, "Harbour Paper", -1)
    assert groups(signed(world, "anna")) == {}
    assert groups(signed(world, "anna"), "?whose=team") == {"late": ["Harbour Paper"]}
    assert groups(signed(world, "bo"), "?whose=team") == {}


def test_a_clear_day_says_so_with_counts(dan: Client, world: World) -> None:
    deal_of(world, "Planned", 5)
    assert "Nothing is due. 1 deal is open." in dan.get("/today").content.decode()


def test_a_line_is_done_in_place(dan: Client, world: World) -> None:
    deal = deal_of(world, "Harbour Paper", -1)
    here = HTMX | {"HX-Current-URL": "http://testserver/today"}
    filled = NOBODY_ANSWERED | {"on": soon().isoformat()}
    answer = dan.post(f"/log/deals/{to_text(deal.pk)}", filled, headers=here).content.decode()
    assert 'id="today"' in answer
    assert "Harbour Paper" not in answer
    assert "Done this week" in answer


@pytest.mark.parametrize("deals", [10, 40])
def test_the_day_and_the_calendar_cost_the_same_for_any_number(
    deals: int, world: World, django_assert_max_num_queries: object
) -> None:
    fill(world, deals)
    for number in range(deals // 2):
        plan(None, Plan(what=f"Task {number}", on=soon(0)), world.people.anna)
    anna = signed(world, "anna")
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        anna.get("/today?whose=team")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        anna.get("/calendar?view=month&whose=team")


def test_a_month_names_its_weekdays_and_its_days(dan: Client) -> None:
    month = dan.get("/calendar?view=month&on=2026-11-22").content.decode()
    head = re.search(r'<div class="week is-names".*?</div>', month)
    assert head
    names = " ".join(re.findall(r"<span>(\w+)</span>", head[0]))
    assert names == "Mon Tue Wed Thu Fri Sat Sun"
    assert "is-names" not in dan.get("/calendar?view=week&on=2026-11-22").content.decode()


def test_holidays_are_listed_under_the_year_of_the_reader(world: World) -> None:
    WorkingHours.objects.create(country="FI", week={})
    world.people.ada.language = "th"
    world.people.ada.save()
    page = signed(world, "ada").get("/settings/working-hours").content.decode()
    assert f"วันหยุดปี {timezone.localtime().year + 543}" in page


def test_the_calendar_shows_steps_and_plans_on_their_days(dan: Client, world: World) -> None:
    deal_of(world, "Harbour Paper", 0)
    plan(None, Plan(what="Trade fair", on=soon(0)), world.people.dan)
    for view in ("day", "week", "month"):
        page = dan.get(f"/calendar?view={view}").content.decode()
        assert "Harbour Paper" in page
        assert "Trade fair" in page
    assert "Trade fair" not in dan.get(f"/calendar?view=day&on={soon(40)}").content.decode()
    assert dan.get("/calendar?view=year&on=9999-99-99").status_code == 200


def test_a_next_step_is_moved_in_the_calendar_and_back(dan: Client, world: World) -> None:
    deal = deal_of(world, "Harbour Paper", None)
    deal.set_next_step(NextStep("Meet", soon(1), "meeting", "committee"), world.people.dan)
    answer = dan.post(f"/move/deals/{to_text(deal.pk)}", {"on": soon(4).isoformat()}, headers=HTMX)
    moved = Deal.objects.get()
    assert (moved.next_step, moved.next_step_on) == ("Meet", soon(4))
    assert (moved.next_activity, moved.next_selling) == ("meeting", "committee")
    dan.post(json.loads(answer["HX-Trigger"])["toast"]["undo"], headers=HTMX)
    assert Deal.objects.get().next_step_on == soon(1)


def test_a_follow_up_that_reaches_nobody_leads_to_the_next(dan: Client, world: World) -> None:
    deal = deal_of(world, "Harbour Paper", None)
    dan.post(f"/following/deals/{to_text(deal.pk)}/begin", {"cadence": to_text(series().pk)}, headers=HTMX)
    running = Enrolment.objects.get()
    Enrolment.objects.update(due_on=soon(0))
    page = dan.get("/today").content.decode()
    assert "follow-up 1 of 3" in page
    address = f"/log/deals/{to_text(deal.pk)}?follow={to_text(running.pk)}"
    dan.post(address, NOBODY_ANSWERED | {"on": soon().isoformat()}, headers=HTMX)
    running.refresh_from_db()
    assert (running.place, running.stopped_at) == (2, None)
    assert running.due_on >= soon(4)
    dan.post(f"/activities/{to_text(Activity.objects.get().pk)}/take-back", headers=HTMX)
    running.refresh_from_db()
    assert running.place == 1


def test_an_answer_ends_a_series_and_undo_goes_on_with_it(dan: Client, world: World) -> None:
    deal = deal_of(world, "Harbour Paper", None)
    enrol(deal, series(), world.people.dan)
    filled = NOBODY_ANSWERED | {"outcome": "reached", "on": soon().isoformat()}
    dan.post(f"/log/deals/{to_text(deal.pk)}", filled, headers=HTMX)
    running = Enrolment.objects.get()
    assert running.stopped_because == "answered"
    kinds = Event.objects.filter(case=deal.case).counting().values_list("kind", flat=True)
    assert {"cadence_started", "cadence_stopped"} <= set(kinds)
    dan.post(f"/activities/{to_text(Activity.objects.get().pk)}/take-back", headers=HTMX)
    running.refresh_from_db()
    assert (running.stopped_at, running.stopped_because, running.place) == (None, "", 1)


def test_a_series_is_stopped_by_hand_and_goes_on(dan: Client, world: World) -> None:
    made = enrol(deal_of(world, "Harbour Paper", None), series(), world.people.dan)
    answer = dan.post(f"/series/{to_text(made.pk)}/stop", headers=HTMX)
    assert Enrolment.objects.running().count() == 0
    dan.post(json.loads(answer["HX-Trigger"])["toast"]["undo"], headers=HTMX)
    assert Enrolment.objects.running().count() == 1


def test_a_sale_ends_the_series_and_begins_the_one_for_clients(world: World) -> None:
    deal = deal_of(world, "Harbour Paper", None)
    enrol(deal, series(), world.people.dan)
    series("After the delivery", after_sale=True)
    deal.refresh_from_db()
    deal.win(world.people.dan, forced_because="They signed at the fair")
    assert Enrolment.objects.running().count() == 0
    assert begin_after_sales(datetime.now(UTC)) == 1
    assert begin_after_sales(datetime.now(UTC)) == 0
    assert Enrolment.objects.running().get().cadence.name == "After the delivery"


def test_a_series_for_clients_is_refused_while_a_deal_is_open(dan: Client, world: World) -> None:
    deal = deal_of(world, "Harbour Paper", None)
    cadence = series(after_sale=True)
    answer = dan.post(
        f"/following/deals/{to_text(deal.pk)}/begin", {"cadence": to_text(cadence.pk)}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "This cadence is for clients." in answer.content.decode()
    assert not Enrolment.objects.exists()


def test_a_series_is_written_by_who_writes_the_playbook(world: World) -> None:
    anna = signed(world, "anna")
    filled = {"name": "After the fair", "wait_0": "3", "kind_0": "mail", "what_0": "Send the photo"}
    assert anna.post("/settings/cadences/new", filled).status_code == 302
    made = Cadence.objects.get()
    assert [(one.wait_days, one.kind, one.what) for one in made.written()] == [(3, "mail", "Send the photo")]
    assert anna.post("/settings/cadences/new", filled).status_code == 422
    assert anna.post("/settings/cadences/new", {"name": "Empty"}).status_code == 422
    assert Cadence.objects.count() == 1
    anna.post(f"/cadences/{to_text(made.pk)}/put-away")
    assert Cadence.objects.get().archived_at is not None
    anna.post(f"/cadences/{to_text(made.pk)}/take-out")
    assert Cadence.objects.get().archived_at is None


def test_the_first_answer_is_timed_in_working_hours(world: World) -> None:
    WorkingHours.objects.create(country="", week=[[540, 1020]] * 7)
    now = timezone.now()
    arrived = now.replace(hour=16, minute=0, second=0, microsecond=0) - timedelta(days=2)
    lead = Lead(person="Eeva", owner=world.people.dan, arrived_at=arrived).begin(world.people.dan)
    dan = signed(world, "dan")
    assert groups(dan) == {"lead": ["Eeva"]}
    day = (arrived + timedelta(days=1)).date()
    filled = {"kind": "call", "outcome": "reached", "day": day.isoformat(), "hour": "10:00"}
    later = {"how": "step", "what": "Visit", "on": soon().isoformat()}
    assert dan.post(f"/log/leads/{to_text(lead.pk)}", filled | later, headers=HTMX).status_code == 200
    assert Response.objects.get().working_seconds == 2 * 3600  # 16 to 17, and 9 to 10
    assert "2 hours" in dan.get("/today").content.decode()
    ada = signed(world, "ada")
    whole_day = {
        f"{end}_{day}": hour for day in range(7) for end, hour in (("from", "00:00"), ("to", "00:00"))
    }
    assert ada.post("/settings/working-hours", whole_day | {"country": "FI"}).status_code == 302
    assert Response.objects.get().working_seconds == 18 * 3600


def test_hours_that_end_before_they_begin_are_refused(world: World) -> None:
    ada = signed(world, "ada")
    answer = ada.post("/settings/working-hours", {"from_0": "17:00", "to_0": "09:00"})
    assert answer.status_code == 422
    assert "Work ends after it begins" in answer.content.decode()
    assert not WorkingHours.objects.exists()


def test_a_handed_over_lead_is_accepted_in_place_and_undone(dan: Client, world: World) -> None:
    lead = Lead(person="Eeva").begin(world.people.mia)
    lead.hand_over(world.people.dan, world.people.mia, "Wants a demo")
    assert groups(dan) == {"hand_over": ["Eeva"]}
    answer = dan.post(f"/hand-overs/{to_text(lead.pk)}/accept", headers=HTMX)
    assert lead.waiting_hand_over() is None
    dan.post(json.loads(answer["HX-Trigger"])["toast"]["undo"], headers=HTMX)
    assert lead.waiting_hand_over() is not None


def test_a_reminder_rings_in_the_bell_until_it_is_seen(dan: Client, world: World) -> None:
    at = {"on": soon(0).isoformat(), "at": "23:59", "remind": "1440"}
    dan.post("/activities/new", {"what": "Call the bank", "next_kind": "task", **at}, headers=HTMX)
    reminder = Reminder.objects.get()
    assert "Call the bank" in dan.get("/reminders", headers=HTMX).content.decode()
    assert "Call the bank" not in signed(world, "bo").get("/reminders", headers=HTMX).content.decode()
    dan.post(f"/reminders/{to_text(reminder.pk)}/seen", headers=HTMX)
    assert "Call the bank" not in dan.get("/reminders", headers=HTMX).content.decode()


def test_a_reminder_is_mailed_once_in_the_language_of_its_reader(world: World, settings: object) -> None:
    settings.MAIL_IS_SET_UP = True  # type: ignore[attr-defined]
    row = plan(None, Plan(what="Call the bank", on=soon(0), remind_minutes=0), world.people.dan)
    Reminder.objects.update(at=timezone.now() - timedelta(minutes=1))
    assert mail_reminders(timezone.now()) == 1
    assert mail_reminders(timezone.now()) == 0
    assert [(sent.subject, sent.to) for sent in mail.outbox] == [
        ("Reminder: Call the bank", [world.people.dan.email])
    ]
    assert row.what in mail.outbox[0].body


def test_what_is_long_past_is_not_mailed_any_more(world: World, settings: object) -> None:
    settings.MAIL_IS_SET_UP = True  # type: ignore[attr-defined]
    plan(None, Plan(what="Call the bank", on=soon(0), remind_minutes=0), world.people.dan)
    Reminder.objects.update(at=timezone.now() - timedelta(days=3))
    assert mail_reminders(timezone.now()) == 0


def test_a_deal_counts_refusals_and_follow_ups(dan: Client, world: World) -> None:
    deal = deal_of(world, "Harbour Paper", None)
    for outcome in ("not_reached", "refused", "refused"):
        filled = NOBODY_ANSWERED | {"outcome": outcome, "on": soon().isoformat()}
        dan.post(f"/log/deals/{to_text(deal.pk)}", filled, headers=HTMX)
    panel = dan.get(f"/following/deals/{to_text(deal.pk)}", headers=HTMX)
    assert panel.context["counters"].refusals == 2
    assert panel.context["counters"].follow_ups == 2
    assert "44 % of salespeople stop after the first refusal" in panel.content.decode()


def test_a_moved_deal_without_a_step_is_asked_for_one(dan: Client, world: World) -> None:
    deal = deal_of(world, "Harbour Paper", None)
    moved = {"to": "qualified", "anyway": "1", "because": "Known from before", "lock": str(deal.lock)}
    here = HTMX | {"HX-Current-URL": "http://testserver/board"}
    answer = dan.post(f"/deals/{to_text(deal.pk)}/move", moved, headers=here).content.decode()
    assert Deal.objects.get().stage == "qualified"
    assert "What is the next step?" in answer


def test_people_of_an_open_deal_with_whom_nothing_is_planned_come_after_the_deals(
    dan: Client, world: World
) -> None:
    deal, people, closed = deal_of(world, "Harbour Paper", 5), world.people, deal_of(world, "Lost", 5)
    names = ("Silent", "Stepped", "Next", "Left", "Another")
    contacts = {
        name: Contact(family=name, owner=people.anna if name == "Another" else people.dan).begin(people.dan)
        for name in names
    }
    for contact in contacts.values():
        deal.set_stakeholder(contact, "user", people.dan)
    gone = Contact(family="Gone", owner=people.dan).begin(people.dan)
    closed.set_stakeholder(gone, "user", people.dan)
    closed.lose("price", people.dan)
    contacts["Stepped"].set_next_step(ContactStep("Call", soon()), people.dan)
    contacts["Left"].end_contact("Asked for it", people.dan)
    deal.set_next_step(NextStep("Call", soon(), person=contacts["Next"].pk), people.dan)
    deal_of(world, "Unplanned", None)
    assert list(groups(dan).items()) == [("unplanned", ["Unplanned"]), ("contact", ["Silent"])]
    assert f"/next/contacts/{to_text(contacts['Silent'].pk)}" in dan.get("/today").text
    contacts["Silent"].refresh_from_db()
    contacts["Silent"].set_next_step(ContactStep("Call", soon()), people.dan)
    assert groups(dan) == {"unplanned": ["Unplanned"]}
