"""The audit: every change, by whom, when, from what to what, for those who may read it."""

import csv
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from tests.deals.world import CALL, World, begin
from tests.things import contact, lead

from infield.accounts.users.actions import change, undo
from infield.deals.facts.kinds import Value as FactValue
from infield.deals.models import Deal
from infield.desk.audit.wording import value_words
from infield.history.actions import note_changes
from infield.history.models import Change
from infield.people.contacts.actions import note_consent
from infield.people.contacts.models import Contact
from infield.people.doubles.actions import merge
from infield.people.organizations.models import Organization
from infield.web.ids import to_text
from infield.web.money import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return begin()


def rows(client: Client, **asked: str) -> list[dict[str, str]]:
    """Read the file: the page and the file are made of the same lines."""
    answer = client.get("/audit.csv", asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text)))


def auditor(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(row: dict[str, str]) -> tuple[str, ...]:
    return row["Who"], row["Kind"], row["What"], row["Change"], row["Before"], row["After"]


def test_changes_of_deals_and_of_all_else_stand_in_one_order_of_time(world: World) -> None:
    deal = world.deal()
    act = change(world.people.bo, world.people.ada, {"role": "marketing"})
    deal = Deal.objects.get(pk=deal.pk)
    deal.change_amount(Money(5_000_000, "EUR"), world.people.dan)
    deal.change_owner(world.people.bo, world.people.anna)
    assert act
    undo(world.people.bo, act, world.people.ada)
    found = [told(row) for row in rows(auditor(world.people.ada))]
    assert found[:4] == [
        ("Ada Byrne", "user", "Bo Ek", "Role (taken back)", "Marketing", "Sales rep"),
        ("Anna Lindqvist", "deal", "Line 3", "Owner", "Dan Wood", "Bo Ek"),
        ("Dan Wood", "deal", "Line 3", "Amount", "€42,000", "€50,000"),
        ("Ada Byrne", "user", "Bo Ek", "Role", "Sales rep", "Marketing"),
    ]


def test_a_manager_reads_of_the_deals_of_their_team_alone(world: World) -> None:
    world.deal(title="Dan's line")
    world.deal(world.people.bo, title="Bo's line")
    note_changes(world.people.olga, world.people.olga, {"name": ("Olga", "Olga Ruiz")})
    note_changes(world.people.dan, world.people.ada, {"role": ("reader", "rep")})
    seen = {row["What"] for row in rows(auditor(world.people.cleo))}
    assert seen == {"Dan's line", "Dan Wood"}
    assert {"Dan's line", "Bo's line", "Olga Ruiz"} <= {
        row["What"] for row in rows(auditor(world.people.olga))
    }


def test_a_deal_that_went_to_another_team_goes_out_of_the_audit_of_the_first(world: World) -> None:
    deal = world.deal()
    deal.change_owner(world.people.bo, world.people.anna)
    assert rows(auditor(world.people.cleo)) == []


def test_it_is_asked_for_by_person_kind_day_and_thing(world: World) -> None:
    deal = world.deal()
    change(world.people.bo, world.people.ada, {"name": "Bo Eek"})
    ada = auditor(world.people.ada)
    assert {row["Who"] for row in rows(ada, by=to_text(world.people.dan.pk))} == {"Dan Wood"}
    assert {row["Kind"] for row in rows(ada, kind="user")} == {"user"}
    assert {row["Kind"] for row in rows(ada, kind="deal")} == {"deal"}
    assert {row["What"] for row in rows(ada, object=to_text(deal.pk))} == {"Line 3"}
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011  as a browser sends it
    assert rows(ada, to=yesterday) == []
    assert rows(ada, **{"from": (date.today() + timedelta(days=1)).isoformat()}) == []  # noqa: DTZ011


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "soon"},
        {"from": "0001-01-01", "to": "9999-12-31"},
        {"by": "nobody"},
        {"before": "x"},
        {"object": "1"},
        {"kind": "x'"},
    ],
)
def test_what_an_address_says_wrongly_breaks_nothing(world: World, wrong: dict[str, str]) -> None:
    assert auditor(world.people.ada).get("/audit", wrong).status_code == 200


def test_pages_follow_each_other_without_gap_or_double(world: World) -> None:
    for number in range(120):
        note_changes(world.people.bo, world.people.ada, {"name": (str(number), str(number + 1))})
    ada, at, seen = auditor(world.people.ada), "", []
    for _ in range(4):
        page = ada.get("/audit", {"before": at} if at else {}).content.decode()
        seen += re.findall(r'class="after"[^>]*>(\d+)<', page)
        older = re.search(r"before=(\w{22})", page)
        if not older:
            break
        at = older[1]
    assert seen == [str(number) for number in range(120, 0, -1)]
    assert len(rows(ada)) == 120


def test_a_page_costs_the_same_however_long_the_history_is(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = auditor(world.people.anna)
    for number in range(30):
        deal = world.deal(title=f"Line {number}")
        deal.set_next_step(CALL, world.people.dan)
        note_changes(world.people.bo, world.people.anna, {"name": (str(number), "Bo Ek")})
    client.get("/audit")
    with django_assert_max_num_queries(20):
        client.get("/audit")


def test_no_spreadsheet_takes_a_name_for_a_formula(world: World) -> None:
    note_changes(world.people.bo, world.people.ada, {"name": ("Bo", "=cmd|calc")})
    assert rows(auditor(world.people.ada))[0]["After"] == "'=cmd|calc"


def test_what_is_gone_keeps_its_name(world: World) -> None:
    world.people.rut.name = "Rut Berg"
    note_changes(world.people.rut, world.people.ada, {"invitation_revoked": ("rut@x.example", None)})
    world.people.rut.delete()
    row = told(rows(auditor(world.people.ada))[0])
    assert row == ("Ada Byrne", "user", "Rut Berg", "Invitation taken back", "rut@x.example", "")


def test_an_undone_act_says_what_was_taken_back(world: World) -> None:
    deal = world.deal()
    event = deal.set_next_step(CALL, world.people.dan).event
    assert event
    deal.undo(event.pk, world.people.dan)
    first = told(rows(auditor(world.people.ada))[0])
    assert first[3] == "Taken back"
    assert first[4].startswith("Next step: Call the plant manager")


def test_every_account_leads_to_its_own_audit(world: World) -> None:
    change(world.people.bo, world.people.ada, {"name": "Bo Eek"})
    key = to_text(world.people.bo.pk)
    assert f"/audit?object={key}" in auditor(world.people.ada).get(f"/users/{key}").content.decode()
    assert Change.objects.filter(object_id=world.people.bo.pk).exists()


def test_leads_and_the_address_book_are_told_in_words(world: World) -> None:
    lead(world)
    contact(world)
    found = rows(auditor(world.people.ada))
    assert {row["Kind"] for row in found} >= {"lead", "contact"}
    assert "Lead arrived" in {row["Change"] for row in found if row["Kind"] == "lead"}
    assert not [
        row for row in rows(auditor(world.people.emil)) if row["Kind"] == "lead" and row["Who"] == "Dan Wood"
    ]


def test_a_country_is_said_by_its_name(world: World) -> None:
    made = Organization(name="Aoki Seiki", owner=world.people.dan, country="JP").begin(world.people.dan)
    made.change(world.people.dan, country="TH")
    found = rows(auditor(world.people.ada))
    assert told(found[0])[3:] == ("Country", "Japan", "Thailand")


def test_a_consent_is_said_as_it_was_noted(world: World) -> None:
    made = Contact(family="Kuusinen", given="Eeva", owner=world.people.dan).begin(world.people.dan)
    told_of_it = {"channel": "email", "given": True, "source": "form", "on": date(2026, 9, 1), "note": ""}
    note_consent(made, world.people.dan, told_of_it)
    assert told(rows(auditor(world.people.ada))[0])[3:] == ("Consent", "", "E-mail: given")


@pytest.mark.parametrize(("language", "yes"), [("en", "yes"), ("ja", "はい"), ("fi", "kyllä"), ("th", "ใช่")])
def test_a_switch_is_said_as_yes_or_no(language: str, yes: str) -> None:
    no = {"en": "no", "ja": "いいえ", "fi": "ei", "th": "ไม่ใช่"}[language]
    with override(language):
        assert [value_words("user", "active", value, {}, language) for value in (True, False)] == [yes, no]


def test_what_became_of_a_proposal_is_said_in_words() -> None:
    assert value_words("proposal", "decision", "declined", {}, "en") == "Declined."
    assert value_words("proposal", "decision", "accepted", {}, "en") == "Taken into the playbook."


def test_a_fact_and_the_name_of_a_deal_stand_with_what_they_said_before(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    deal.note("need", FactValue(text="Less waste"), dan)
    deal.note("need", FactValue(text="Half the waste"), dan)
    deal.note("budget", FactValue(money=Money(500_000, "EUR")), dan)
    deal.note("budget", FactValue(), dan)
    deal.rename("Bergs Bryggeri", "Line 4", dan)
    deal.rename("Bergs Bryggeri", "Line 5", dan)
    found = [(row["Change"], row["Before"], row["After"]) for row in rows(auditor(world.people.anna))]
    assert found[:7] == [
        ("What it is about", "Line 4", "Line 5"),
        ("What it is about", "Line 3", "Line 4"),
        ("Organization", "Aalto Foods", "Bergs Bryggeri"),
        ("Budget", "€5,000", ""),
        ("Budget", "", "€5,000"),
        ("Need", "Less waste", "Half the waste"),
        ("Need", "", "Less waste"),
    ]


def test_a_merge_and_a_new_employer_are_told_by_names(world: World) -> None:
    dan = world.people.dan
    kept, gone = (Organization.objects.named(name, dan) for name in ("Aalto Oy", "Aalto Ltd"))
    world.deal(organization="Aalto Ltd", title="Line 7")
    maria = Contact(family="Aalto", given="Maria", organization=gone).begin(dan)
    merge(kept, gone, dan)
    berg = Organization.objects.named("Bergs Bryggeri", dan)
    maria.refresh_from_db()
    maria.change(dan, organization=berg)
    found = {
        row["What"]: (row["Change"], row["Before"], row["After"])
        for row in rows(auditor(world.people.anna))[::-1]
    }
    assert found == {
        "Line 7": ("Organization", "Aalto Ltd", "Aalto Oy"),
        "Aalto Ltd": ("Merged into another", "", "Aalto Oy"),
        "Aalto Oy": ("Merged", "", "Aalto Ltd"),
        "Maria Aalto": ("Organization", "Aalto Oy", "Bergs Bryggeri"),
    }
