"""Logging what was done, with the next step in the same dialog, at the door: requests and what they changed."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.desk.board_world import World, begin

from infield.activities.models import Activity
from infield.deals.models import Deal, NextStep
from infield.history.models import Event
from infield.people.models import Contact, Lead, Organization
from infield.web.ids import to_text
from infield.web.money import Money

HTMX = {"HX-Request": "true"}


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def deal(world: World) -> Deal:
    return Deal.objects.begin(
        "Harbour Paper", "Line 3", world.version, world.people.dan, amount=Money(5_000_000, "EUR")
    )


@pytest.fixture
def dan(world: World) -> Client:
    client = Client()
    client.force_login(world.people.dan)
    return client


def soon(days: int = 3) -> date:
    return timezone.localdate() + timedelta(days=days)


def call(**others: str) -> dict[str, str]:
    """A call that reached the buyer, and a meeting in three days."""
    own = {
        "kind": "call",
        "outcome": "reached",
        "mood": "keen",
        "notes": "Wants to see the line",
        "how": "step",
        "what": "Meet on site",
        "on": soon().isoformat(),
        "next_kind": "meeting",
        "selling": "committee",
        "expected": "A date for the board",
    }
    return own | others


def at(deal: Deal) -> str:
    return f"/log/deals/{to_text(deal.pk)}"


def test_a_call_is_logged_with_its_next_step(dan: Client, deal: Deal) -> None:
    answer = dan.post(at(deal), call(), headers=HTMX)
    assert answer.status_code == 200
    row, deal = Activity.objects.get(), Deal.objects.get()
    assert (row.kind, row.outcome, row.mood, row.notes) == (
        "call",
        "reached",
        "keen",
        "Wants to see the line",
    )
    assert (deal.next_step, deal.next_step_on) == ("Meet on site", soon())
    assert (deal.next_activity, deal.next_selling, deal.next_expected) == (
        "meeting",
        "committee",
        "A date for the board",
    )
    done = Event.objects.get(kind="activity_done")
    assert done.data == {"activity": "call", "outcome": "reached", "mood": "keen"}
    assert row.event == done
    assert "Logged: Call: reached." in answer["HX-Trigger"]


def test_what_was_logged_is_taken_back_whole(dan: Client, deal: Deal, world: World) -> None:
    deal.set_next_step(NextStep("Call Maria", soon(1)), world.people.dan)
    dan.post(at(deal), call() | {"at": "14:30", "remind": "15"}, headers=HTMX)
    row = Activity.objects.get(done_at__isnull=False)
    assert Activity.objects.steps().count() == 1
    assert dan.post(f"/activities/{to_text(row.pk)}/take-back", headers=HTMX).status_code == 200
    assert not Activity.objects.exists()
    assert (Deal.objects.get().next_step, Deal.objects.get().next_step_on) == ("Call Maria", soon(1))
    assert not Event.objects.filter(kind="activity_done").counting().exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"what": ""}, "Say what comes next and when."),
        ({"on": ""}, "Say what comes next and when."),
        ({"on": "2020-01-01"}, "That day is over."),
        ({"how": "park", "park_because": "Budget in May"}, "Choose the day until which it is parked"),
        ({"how": "park", "until": "2100-05-01"}, "Say why"),
        ({"how": "end"}, "Say why"),
        ({"how": "keep"}, "not one of the available choices"),
        ({"kind": "juggle"}, "not one of the available choices"),
        ({"day": "2100-01-01"}, "That is still to come."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    changed: dict[str, str], said: str, dan: Client, deal: Deal
) -> None:
    before = Event.objects.count()
    answer = dan.post(at(deal), call(**changed), headers=HTMX)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Wants to see the line" in answer.content.decode()
    assert (Event.objects.count(), Activity.objects.count()) == (before, 0)
    assert Deal.objects.get().next_step == ""


def test_a_parked_deal_comes_back_by_itself(dan: Client, deal: Deal) -> None:
    dan.post(
        at(deal), call(how="park", until=soon(30).isoformat(), park_because="Budget in May"), headers=HTMX
    )
    deal = Deal.objects.get()
    assert (deal.next_step, deal.next_step_on, deal.parked_until) == (
        "Take up again: Budget in May",
        soon(30),
        soon(30),
    )
    row = Activity.objects.get()
    dan.post(f"/activities/{to_text(row.pk)}/take-back", headers=HTMX)
    deal = Deal.objects.get()
    assert (deal.next_step, deal.parked_until) == ("", None)


def test_no_further_contact_needs_no_next_step(dan: Client, deal: Deal) -> None:
    dan.post(at(deal), call(how="end", end_because="They closed the plant"), headers=HTMX)
    deal = Deal.objects.get()
    assert deal.no_contact_at is not None
    assert not Deal.objects.without_next_step().exists()
    dan.post(f"/activities/{to_text(Activity.objects.get().pk)}/take-back", headers=HTMX)
    assert Deal.objects.without_next_step().count() == 1


def test_what_is_planned_may_stay(dan: Client, deal: Deal, world: World) -> None:
    deal.set_next_step(NextStep("Meet on site", soon(5)), world.people.dan)
    dan.post(at(deal), call(how="keep", kind="mail"), headers=HTMX)
    assert (Deal.objects.get().next_step, Deal.objects.get().next_step_on) == ("Meet on site", soon(5))
    assert Activity.objects.get().kind == "mail"


def test_a_note_asks_for_nothing(dan: Client, deal: Deal) -> None:
    assert (
        dan.post(at(deal), {"kind": "note", "notes": "New boss", "how": "step"}, headers=HTMX).status_code
        == 200
    )
    assert Activity.objects.get().notes == "New boss"


def test_a_lead_keeps_its_next_step_in_the_calendar(dan: Client, world: World) -> None:
    lead = Lead(person="Maria Aalto", company="Kuusinen", owner=world.people.dan).begin(world.people.dan)
    dan.post(f"/log/leads/{to_text(lead.pk)}", call(), headers=HTMX)
    step = Activity.objects.steps().get()
    assert (step.lead, step.what, step.due_on) == (lead, "Meet on site", soon())
    told = Event.objects.filter(case=lead.case).order_by("position").values_list("kind", flat=True)
    assert list(told) == ["created", "activity_done", "next_step_set"]
    done = Activity.objects.done().get()
    assert dan.post(f"/activities/{to_text(done.pk)}/take-back", headers=HTMX).status_code == 200
    assert not Activity.objects.exists()


def test_a_lead_of_no_further_contact_is_disqualified_and_back(dan: Client, world: World) -> None:
    lead = Lead(person="Maria Aalto", owner=world.people.dan).begin(world.people.dan)
    dan.post(f"/log/leads/{to_text(lead.pk)}", call(how="end", end_reason="no_need"), headers=HTMX)
    assert Lead.objects.get().profile == "disqualified"
    dan.post(f"/activities/{to_text(Activity.objects.get().pk)}/take-back", headers=HTMX)
    assert Lead.objects.get().profile == "lead"


def test_a_contact_gets_its_next_step(dan: Client, world: World) -> None:
    firm = Organization.objects.named("Harbour Paper", world.people.dan)
    maria = Contact(family="Aalto", given="Maria", organization=firm, owner=world.people.dan).begin(
        world.people.dan
    )
    dan.post(f"/log/contacts/{to_text(maria.pk)}", call(), headers=HTMX)
    maria.refresh_from_db()
    assert (maria.next_step, maria.next_step_on) == ("Meet on site", soon())
    dan.post(f"/activities/{to_text(Activity.objects.get().pk)}/take-back", headers=HTMX)
    maria.refresh_from_db()
    assert maria.next_step == ""


def test_a_planned_task_comes_again_by_its_rule(dan: Client, world: World) -> None:
    day = timezone.localdate()
    filled = {"what": "Weekly report", "on": day.isoformat(), "next_kind": "task", "rule": "weekly"}
    assert dan.post("/activities/new", filled, headers=HTMX).status_code == 200
    row = Activity.objects.get()
    dan.post(
        f"/activities/{to_text(row.pk)}/done", {"kind": "task", "how": "keep", "lock": row.lock}, headers=HTMX
    )
    assert Activity.objects.planned().get().due_on == day + timedelta(days=7)
    dan.post(f"/activities/{to_text(row.pk)}/take-back", headers=HTMX)
    assert Activity.objects.planned().get().pk == row.pk


def test_a_planned_one_is_moved_dropped_and_put_back(dan: Client, world: World) -> None:
    dan.post(
        "/activities/new", {"what": "Fair", "on": soon().isoformat(), "next_kind": "visit"}, headers=HTMX
    )
    path = f"/activities/{to_text(Activity.objects.get().pk)}"
    moved = dan.post(f"{path}/move", {"on": soon(9).isoformat()}, headers=HTMX)
    assert Activity.objects.get().due_on == soon(9)
    undo = json.loads(moved["HX-Trigger"])["toast"]["undo"]
    dan.post(undo, headers=HTMX)
    assert Activity.objects.get().due_on == soon()
    dropped = dan.post(f"{path}/drop", headers=HTMX)
    assert not Activity.objects.planned().exists()
    dan.post(json.loads(dropped["HX-Trigger"])["toast"]["undo"], headers=HTMX)
    assert Activity.objects.planned().count() == 1


def test_a_stranger_finds_no_activity(dan: Client, deal: Deal, world: World) -> None:
    dan.post(at(deal), call(), headers=HTMX)
    bo = Client()
    bo.force_login(world.people.bo)
    assert bo.get(at(deal)).status_code == 404
    assert bo.post(f"/activities/{to_text(Activity.objects.get().pk)}/take-back").status_code == 404
    assert Activity.objects.count() == 1


def test_who_was_slower_keeps_what_was_typed(dan: Client, deal: Deal, world: World) -> None:
    deal.set_next_step(NextStep("Meet on site", soon(5)), world.people.anna)
    answer = dan.post(at(deal), call(lock="0"), headers=HTMX)
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile" in answer.content.decode()
    assert "Wants to see the line" in answer.content.decode()
    assert f'name="lock" value="{Deal.objects.get().lock}"' in answer.content.decode()


def test_the_calendar_follows_the_undo_of_a_next_step(dan: Client, deal: Deal) -> None:
    first = {
        "how": "step",
        "what": "Meet on site",
        "on": soon().isoformat(),
        "at": "10:00",
        "next_kind": "meeting",
    }
    dan.post(f"/next/deals/{to_text(deal.pk)}", first, headers=HTMX)
    second = first | {"what": "Call instead", "at": "11:00"}
    answer = dan.post(f"/next/deals/{to_text(deal.pk)}", second, headers=HTMX)
    assert [row.what for row in Activity.objects.steps()] == ["Call instead"]
    dan.post(json.loads(answer["HX-Trigger"])["toast"]["undo"], headers=HTMX)
    assert Deal.objects.get().next_step == "Meet on site"
    assert [row.what for row in Activity.objects.steps()] == ["Meet on site"]


def test_what_is_planned_is_for_today_unless_a_day_of_the_calendar_is_meant(dan: Client) -> None:
    today, day = timezone.localdate().isoformat(), soon().isoformat()
    for query, on in (({}, today), ({"on": ""}, today), ({"on": day}, day)):
        assert f'name="on" value="{on}"' in dan.get("/activities/new", query, headers=HTMX).text
