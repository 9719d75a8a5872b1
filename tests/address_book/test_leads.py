"""Leads from the first touch to the deal: judged, handed over, sent back, converted, and taken back."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.addresses import everything_saved
from tests.deals.world import CALL, World

from infield.accounts.models import User
from infield.activities.actions import set_step
from infield.activities.models import Activity, Reminder
from infield.activities.said import Plan, Then
from infield.deals.models import Deal
from infield.history.models import Change, Event
from infield.people.leads.queries import hand_overs_of
from infield.people.models import Consent, Contact, HandOver, IdealRule, Lead, Organization
from infield.web.ids import to_text


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lead(by: User, **others: Any) -> Lead:
    told = {
        "person": "Sini Koivisto",
        "company": "Koiviston Panimo Oy",
        "source": "web",
        "owner": by,
        **others,
    }
    return Lead(**told).begin(by)


def kinds(one: Lead) -> list[str]:
    return list(
        Event.objects.filter(case=one.case).counting().order_by("position").values_list("kind", flat=True)
    )


def post(user: User, one: Lead, what: str, **told: str) -> int:
    return client_of(user).post(f"/leads/{to_text(one.pk)}/{what}", told).status_code


def test_a_lead_needs_one_screen_and_tells_the_log_when_it_arrived(world: World) -> None:
    told = {
        "person": "Sini Koivisto",
        "email": "sini@panimo.example",
        "source": "fair",
        "direction": "inbound",
    }
    answer = client_of(world.people.dan).post("/leads/new", {**told, "wanted": "A price for line 2"})
    made = Lead.objects.get()
    assert answer["Location"] == f"/leads/{to_text(made.pk)}"
    event = Event.objects.get(case=made.case)
    assert (event.kind, event.object_kind, event.data) == (
        "created",
        "lead",
        {"source": "fair", "owner": str(world.people.dan.pk)},
    )
    assert event.at == made.arrived_at


def test_what_marketing_brings_belongs_to_nobody_until_it_is_given_away(world: World) -> None:
    people = world.people
    client_of(people.mia).post("/leads/new", {"company": "Panimo", "source": "web", "direction": "inbound"})
    made = Lead.objects.get()
    assert made.owner is None
    everyone = ("anna", "bo", "cleo", "dan", "emil", "rut", "olga", "mia", "sam", "ada")
    seen = {name for name in everyone if made in Lead.objects.visible_to(getattr(people, name))}
    assert seen == {"anna", "cleo", "emil", "rut", "olga", "mia", "ada"}


def test_the_profile_goes_on_with_reasons_and_back(world: World) -> None:
    dan = world.people.dan
    made = lead(dan)
    assert post(dan, made, "profile", profile="prospect", why="Asked for a demo") == 302
    assert post(dan, made, "disqualify", reason="other", notes=" ") == 422
    assert post(dan, made, "disqualify", reason="no_money") == 302
    made.refresh_from_db()
    assert (made.profile, made.disqualified_for) == ("disqualified", "no_money")
    assert list(Lead.objects.open()) == []
    assert post(dan, made, "reopen", why="New budget") == 302
    made.refresh_from_db()
    assert (made.profile, made.disqualified_for) == ("lead", "")
    told = (
        Event.objects.filter(case=made.case, kind="profiled")
        .order_by("position")
        .values_list("data", flat=True)
    )
    assert list(told) == [
        {"profile": "prospect"},
        {"profile": "disqualified", "reason": "no_money"},
        {"profile": "lead"},
    ]


def test_the_last_act_is_undone_and_its_event_counts_no_more(world: World) -> None:
    dan = world.people.dan
    made = lead(dan)
    made.profile_as("prospect", dan)
    done = made.disqualify("timing", dan)
    assert post(dan, made, f"undo/{to_text(done.act)}") == 302  # type: ignore[arg-type]
    made.refresh_from_db()
    assert (made.profile, made.disqualified_for) == ("prospect", "")
    assert kinds(made) == ["created", "profiled"]


def test_a_hand_over_is_accepted_and_timed(world: World) -> None:
    mia, dan = world.people.mia, world.people.dan
    made = lead(mia, owner=None)
    assert post(mia, made, "hand-over", to=str(dan.pk), note="Knows the line") == 302
    made.refresh_from_db()
    assert made.owner == dan
    assert "Handed over to me" in client_of(dan).get("/leads?handed=mine").content.decode()
    assert post(mia, made, "hand-over", to=str(dan.pk)) == 422
    HandOver.objects.update(at=datetime.now(UTC) - timedelta(hours=5))
    assert post(dan, made, "accept") == 302
    over = hand_overs_of(made, datetime.now(UTC))[0]
    assert over.accepted_at
    assert timedelta(hours=5) <= over.took < timedelta(hours=5, minutes=5)
    assert kinds(made) == ["created", "handed_over", "hand_over_accepted"]


def test_a_lead_that_is_sent_back_returns_to_whoever_handed_it_over(world: World) -> None:
    mia, dan = world.people.mia, world.people.dan
    made = lead(mia, owner=None)
    made.hand_over(dan, mia)
    before = everything_saved()
    client = client_of(dan)
    assert client.post(f"/leads/{to_text(made.pk)}/send-back", {}).status_code == 422
    assert everything_saved()["people.Lead"] == before["people.Lead"]
    assert post(dan, made, "send-back", reason="too_early", notes="Next year") == 302
    made.refresh_from_db()
    assert made.owner == mia
    event = Event.objects.get(kind="hand_over_returned")
    assert event.data == {"reason": "too_early", "owner": str(mia.pk)}
    assert event.words.get().text == "Next year"


def test_only_whom_it_was_handed_to_or_who_gives_leads_away_answers(world: World) -> None:
    people = world.people
    made = lead(people.mia, owner=None)
    made.hand_over(people.dan, people.mia)
    assert post(people.bo, made, "accept") == 404
    assert post(people.sam, made, "accept") == 422
    assert HandOver.objects.get().accepted_at is None
    assert post(people.cleo, made, "accept") == 302


def test_the_rules_of_the_ideal_client_decide_what_is_marketing_qualified(world: World) -> None:
    olga, dan = world.people.olga, world.people.dan
    made = lead(dan, country="FI", size=64)
    client = client_of(olga)
    client.post("/ideal-client", {"kind": "place", "places": ["FI", "JP"]})
    client.post("/ideal-client", {"kind": "size", "least": "20", "most": "500"})
    made.refresh_from_db()
    assert made.fit == "met"
    client.post("/ideal-client", {"kind": "own", "question": "Runs two shifts"})
    made.refresh_from_db()
    assert made.fit == "unknown"
    rule = IdealRule.objects.get(kind="own")
    assert post(dan, made, f"rules/{to_text(rule.pk)}", is_so="yes") == 302
    made.refresh_from_db()
    assert made.is_marketing_qualified
    made.change(dan, size=900)
    assert Lead.objects.get().fit == "unmet"
    assert client.post("/ideal-client", {"kind": "size", "least": "9", "most": "3"}).status_code == 422
    assert client_of(dan).get("/ideal-client").status_code == 403
    client.post(f"/ideal-client/{to_text(IdealRule.objects.get(kind='size').pk)}/archive")
    assert Lead.objects.get().fit == "met"


def told_for(world: World, **others: str) -> dict[str, str]:
    told = {
        "organization": "new",
        "organization_name": "Koiviston Panimo Oy",
        "contact": "new",
        "culture": "fi",
        "family": "Koivisto",
        "given": "Sini",
        "title": "Bottling line",
        "amount": "12000",
        "currency": "EUR",
        "map": to_text(world.version.process_id),
    }
    return {**told, **others}


def test_a_lead_becomes_organization_contact_and_deal_on_its_case(world: World) -> None:
    dan = world.people.dan
    made = lead(dan, email="sini@panimo.example", country="FI", size=64)
    Consent.objects.create(lead=made, channel="email", given=True, source="form", on="2026-01-01", by=dan)
    answer = client_of(dan).post(f"/leads/{to_text(made.pk)}/convert", told_for(world))
    deal = Deal.objects.get()
    assert answer["Location"] == f"/deals/{to_text(deal.pk)}"
    made.refresh_from_db()
    assert deal.case == made.case
    assert (deal.organization.name, deal.organization.country, deal.organization.size) == (
        "Koiviston Panimo Oy",
        "FI",
        64,
    )
    assert made.contact
    assert (str(made.contact), made.contact.opened_by) == ("Sini Koivisto", dan)
    assert made.contact.consents.get().given
    assert kinds(made) == ["created", "created", "stage_entered", "stakeholder_set", "converted"]
    assert (deal.stakeholders.get().contact, deal.stakeholders.get().role) == (made.contact, "other")
    assert (made.profile, made.organization) == ("qualified", deal.organization)
    assert post(dan, made, "convert", **told_for(world)) == 422
    assert Deal.objects.count() == 1


def test_a_likely_organization_is_offered_and_taken(world: World) -> None:
    dan = world.people.dan
    there = Organization(name="Koiviston Panimo", domain="panimo.example").begin(dan)
    made = lead(dan, email="sini@panimo.example")
    page = client_of(dan).get(f"/leads/{to_text(made.pk)}/convert").content.decode()
    assert f'value="{to_text(there.pk)}"' in page
    told = told_for(world, organization=to_text(there.pk))
    client_of(dan).post(f"/leads/{to_text(made.pk)}/convert", told)
    assert Deal.objects.get().organization == there
    assert Organization.objects.count() == 1


def test_a_refused_conversion_leaves_nothing_behind(world: World) -> None:
    made, client = lead(world.people.dan), client_of(world.people.dan)
    before = everything_saved()
    for wrong in ({"title": " "}, {"family": "", "given": ""}, {"organization_name": ""}, {"amount": "-3"}):
        path = f"/leads/{to_text(made.pk)}/convert"
        assert client.post(path, told_for(world, **wrong)).status_code == 422, wrong
    assert everything_saved() == before


def test_a_deal_nobody_worked_on_is_taken_back(world: World) -> None:
    dan = world.people.dan
    made = lead(dan)
    made.profile_as("prospect", dan)
    client_of(dan).post(f"/leads/{to_text(made.pk)}/convert", told_for(world))
    assert post(dan, made, "convert/undo") == 302
    made.refresh_from_db()
    assert (made.converted_at, made.profile, made.organization) == (None, "prospect", None)
    assert kinds(made) == ["created", "profiled"]
    assert not Deal.objects.exists()
    assert not Contact.objects.current().exists()
    assert not Organization.objects.current().exists()
    client_of(dan).post(f"/leads/{to_text(made.pk)}/convert", told_for(world))
    assert Deal.objects.get().case == made.case
    assert Organization.objects.current().get().name == "Koiviston Panimo Oy"


@pytest.mark.parametrize("days", [2, -3], ids=["ahead", "overdue"])
def test_what_was_planned_with_a_lead_is_the_next_step_of_its_deal_and_comes_back(
    world: World, days: int
) -> None:
    dan, today = world.people.dan, timezone.localdate()
    made = lead(dan)
    at = datetime.combine(today + timedelta(days=2), time(10), UTC)
    plan = Plan(
        what="Show the line", on=at.date(), at=at, kind="demo", selling="committee", remind_minutes=60
    )
    set_step(made, Then(how="step", plan=plan), dan)
    Activity.objects.update(due_on=today + timedelta(days=days))
    told = told_for(world, role="champion")
    client_of(dan).post(f"/leads/{to_text(made.pk)}/convert", told)
    deal, row = Deal.objects.get(), Activity.objects.get()
    due = today + timedelta(days=max(days, 0))
    assert (deal.next_step, deal.next_step_on, deal.next_activity) == ("Show the line", due, "demo")
    assert (row.deal, row.due_on, row.due_at) == (deal, due, at if days > 0 else None)
    assert deal.stakeholders.get().role == "champion"
    assert post(dan, made, "convert/undo") == 302
    assert not Deal.objects.exists()
    row = Activity.objects.get()
    assert (row.deal, row.organization, row.lead) == (None, None, made)
    assert Reminder.objects.count() == 1
    assert not Organization.objects.current().exists()
    assert not Contact.objects.current().exists()


def test_a_part_in_the_decision_that_there_is_not_is_refused(world: World) -> None:
    made, client = lead(world.people.dan), client_of(world.people.dan)
    before = everything_saved()
    path = f"/leads/{to_text(made.pk)}/convert"
    assert client.post(path, told_for(world, role="king")).status_code == 422
    assert everything_saved() == before


def test_a_deal_somebody_worked_on_stays(world: World) -> None:
    dan = world.people.dan
    made = lead(dan)
    client_of(dan).post(f"/leads/{to_text(made.pk)}/convert", told_for(world))
    Deal.objects.get().set_next_step(CALL, dan)
    before, client = Deal.objects.values().get(), client_of(dan)
    answer = client.post(f"/leads/{to_text(made.pk)}/convert/undo")
    assert answer.status_code == 422
    assert "Somebody worked on the deal since." in answer.content.decode()
    assert Deal.objects.values().get() == before


@pytest.mark.parametrize(("viewer", "status"), [("dan", 200), ("mia", 403), ("bo", 404), ("rut", 403)])
def test_who_sells_makes_deals_of_the_leads_they_see(viewer: str, status: int, world: World) -> None:
    made = lead(world.people.dan)
    client = client_of(getattr(world.people, viewer))
    assert client.get(f"/leads/{to_text(made.pk)}/convert").status_code == status


def test_a_lead_s_card_asks_a_constant_number_of_questions(
    world: World, django_assert_max_num_queries: Any
) -> None:
    dan = world.people.dan
    made, client = lead(dan, email="a@b.example"), client_of(dan)
    for number in range(8):
        lead(dan, person=f"Sini {number}", email="a@b.example")
        made.profile_as(("prospect", "lead")[number % 2], dan, "Because")
    with django_assert_max_num_queries(26):
        assert client.get(f"/leads/{to_text(made.pk)}").status_code == 200


def test_a_new_source_is_told_in_the_log_and_taken_back_there_too(world: World) -> None:
    dan = world.people.dan
    made = lead(dan)
    assert post(dan, made, "edit/source", source="fair", direction="inbound") == 302
    made.refresh_from_db()
    event = Event.objects.get(case=made.case, kind="field_changed")
    assert (made.source, event.data) == ("fair", {"field": "source", "value": "fair", "source": "fair"})
    act = Change.objects.get(object_id=made.pk, field="source").act
    assert post(dan, made, f"undo/{to_text(act)}") == 302
    made.refresh_from_db()
    last = Event.objects.filter(case=made.case, kind="field_changed").latest("position")
    assert (made.source, last.data["source"]) == ("web", "web")
    post(dan, made, "edit/source", source="web", direction="inbound")
    assert Event.objects.filter(case=made.case, kind="field_changed").count() == 2
