"""Fields of one's own on the cards of organizations, contacts and leads: filled, told, taken back, carried on."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.deals.world import World, begin

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.fields.actions import add_field, archive_field
from infield.fields.filled import Filled
from infield.fields.models import Field, Value
from infield.history.models import Change, Event
from infield.people.doubles.actions import merge, unmerge
from infield.people.models import Contact, Lead, Organization
from infield.people.own.actions import fill
from infield.web.ids import to_text
from infield.web.money import Money

HTMX = {"HX-Request": "true"}
KINDS = ("organization", "contact", "lead")
TYPED: tuple[tuple[str, dict[str, str], Filled | None, str], ...] = (
    ("text", {"value": "by rail"}, Filled(text="by rail"), "by rail"),
    ("number", {"value": "12,400.5"}, None, "12,400.5"),
    ("money", {"value": "1250", "currency": "EUR"}, Filled(money=Money(125_000, "EUR")), "€1,250"),
    ("date", {"value": "2027-02-28"}, Filled(day=date(2027, 2, 28)), "Feb 28, 2027"),
    ("choice", {"value": "north"}, Filled(choice="north"), "North"),
    ("person", {}, None, "Bo"),
)


@pytest.fixture
def world(db: None) -> World:
    return begin()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def record(kind: str, world: World) -> Any:
    dan = world.people.dan
    if kind == "organization":
        return Organization(name="Aalto Foods", owner=dan).begin(dan)
    if kind == "contact":
        return Contact(family="Kuusinen", given="Eeva", owner=dan).begin(dan)
    return Lead(person="Eeva Kuusinen", company="Aalto Foods", owner=dan).begin(dan)


def field_of(kind: str, type_: str, world: World, label: str = "Site", **others: Any) -> Field:
    choices = ("North", "South") if type_ == "choice" else ()
    return add_field(kind, label, type_, world.people.ada, choices=choices, **others)


def page_of(one: Any) -> str:
    return f"/{one._meta.model_name}s/{to_text(one.pk)}"


def edit(user: User, one: Any, field: Field, **told: str) -> Any:
    return client_of(user).post(f"{page_of(one)}/own/{to_text(field.pk)}", told, headers=HTMX)


def undo(user: User, one: Any, act: Any) -> Any:
    return client_of(user).post(f"{page_of(one)}/undo/{to_text(act)}", headers=HTMX)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("type_", "told", "value", "shown"), TYPED, ids=[one[0] for one in TYPED])
def test_a_field_is_filled_on_the_card_told_and_undone(
    kind: str, type_: str, told: dict[str, str], value: Filled | None, shown: str, world: World
) -> None:
    field, one = field_of(kind, type_, world), record(kind, world)
    told = told or {"value": str(world.people.bo.pk)}
    shown = str(world.people.bo) if type_ == "person" else shown
    answer = edit(world.people.dan, one, field, **told)
    assert answer.status_code == 200
    assert value is None or Value.objects.get().filled == value
    change = Change.objects.get(object_id=one.pk, field="own_site")
    toast = json.loads(answer["HX-Trigger"])["toast"]
    assert toast["undo"] == f"{page_of(one)}/undo/{to_text(change.act)}"
    page = client_of(world.people.dan).get(page_of(one)).text
    history = page[page.index('id="changes"') :]
    assert (shown in page, f"<b>Site</b> {shown}" in history) == (True, True)
    assert undo(world.people.dan, one, change.act).status_code == 200
    assert not Value.objects.exists()
    assert undo(world.people.dan, one, change.act).status_code == 200  # a second time changes nothing
    assert Change.objects.filter(undoes=change.act).count() == 1


def test_what_was_filled_again_since_is_not_undone(world: World) -> None:
    field, one = field_of("organization", "text", world), record("organization", world)
    edit(world.people.dan, one, field, value="Oulu")
    first = Change.objects.get(field="own_site").act
    edit(world.people.dan, one, field, value="Turku")
    assert undo(world.people.dan, one, first).status_code == 422
    assert Value.objects.get().text == "Turku"
    second = Change.objects.exclude(act=first).get(field="own_site").act
    undo(world.people.dan, one, second)
    assert Value.objects.get().text == "Oulu"


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_value_is_refused_and_an_empty_one_where_it_is_required(kind: str, world: World) -> None:
    field, one = field_of(kind, "number", world, required=True), record(kind, world)
    changes = Change.objects.count()
    for typed in ("many", ""):
        assert edit(world.people.dan, one, field, value=typed).status_code == 422
    assert (Value.objects.count(), Change.objects.count()) == (0, changes)


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_put_away_or_of_another_kind_is_not_there(kind: str, world: World) -> None:
    gone, other = field_of(kind, "text", world), field_of("deal", "text", world)
    archive_field(gone, world.people.ada)
    one = record(kind, world)
    for field in (gone, other):
        assert edit(world.people.dan, one, field, value="x").status_code == 404
    assert "Own fields" not in client_of(world.people.dan).get(page_of(one)).text
    assert not Value.objects.exists()


def test_a_reader_sees_the_fields_and_changes_none(world: World) -> None:
    field, one = field_of("organization", "text", world), record("organization", world)
    fill(one, world.people.dan, {field: Filled(text="Oulu")})
    page = client_of(world.people.rut).get(page_of(one)).text
    assert "Oulu" in page
    assert f"/own/{to_text(field.pk)}" not in page
    assert edit(world.people.rut, one, field, value="Turku").status_code == 403
    assert Value.objects.get().text == "Oulu"


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_fields_cost_as_many_questions_as_one(
    kind: str, world: World, django_assert_max_num_queries: Any
) -> None:
    one, client = record(kind, world), client_of(world.people.dan)

    def counted() -> int:
        with django_assert_max_num_queries(40) as asked:
            client.get(page_of(one))
        return len(asked)

    people = [field_of(kind, "person", world, f"Colleague {n}") for n in range(2)]
    fill(one, world.people.dan, {people[0]: Filled(person=world.people.bo.pk)})
    few = counted()
    for number in range(18):
        fill(
            one,
            world.people.dan,
            {field_of(kind, "text", world, f"Site {number}"): Filled(text=f"Oulu {number}")},
        )
    fill(one, world.people.dan, {people[1]: Filled(person=world.people.mia.pk)})
    assert counted() == few


def test_the_audit_says_the_field_by_its_name(world: World) -> None:
    field, one = field_of("organization", "person", world, "Plant contact"), record("organization", world)
    fill(one, world.people.dan, {field: Filled(person=world.people.bo.pk)})
    page = client_of(world.people.ada).get("/audit").text
    assert "Plant contact" in page
    assert str(world.people.bo) in page[page.index("Plant contact") :]


def convert(world: World, lead: Lead) -> None:
    told = {
        "organization": "new",
        "organization_name": "Aalto Foods",
        "contact": "new",
        "culture": "fi",
        "family": "Kuusinen",
        "given": "Eeva",
        "title": "Line 3",
        "map": to_text(world.version.process_id),
        "currency": "EUR",
    }
    answer = client_of(world.people.dan).post(f"/leads/{to_text(lead.pk)}/convert", told)
    assert answer.status_code == 302


def test_a_lead_s_fields_go_on_to_what_it_becomes_where_the_same_field_is(world: World) -> None:
    site, budget = field_of("lead", "text", world), field_of("lead", "money", world, "Budget")
    field_of("lead", "text", world, "Fair stand")
    same = {kind: field_of(kind, "text", world) for kind in ("organization", "contact", "deal")}
    own_budget = field_of("deal", "money", world, "Budget")
    field_of("organization", "number", world, "Budget")  # one key, another type
    lead = record("lead", world)
    fill(lead, world.people.dan, {site: Filled(text="Oulu"), budget: Filled(money=Money(1_000, "EUR"))})
    convert(world, lead)
    deal = Deal.objects.get()
    contact = Contact.objects.get()
    assert {(one.field_id, one.object_id) for one in Value.objects.exclude(object_id=lead.pk)} == {
        (same["organization"].pk, deal.organization_id),
        (same["contact"].pk, contact.pk),
        (same["deal"].pk, deal.pk),
        (own_budget.pk, deal.pk),
    }
    told = Event.objects.filter(case=lead.case, kind="field_changed", object_id=deal.pk)
    assert {one.data["field"] for one in told} == {"own_site", "own_budget"}
    client_of(world.people.dan).post(f"/leads/{to_text(lead.pk)}/convert/undo")
    assert not Deal.objects.exists()
    assert not Value.objects.filter(object_id=deal.pk).exists()
    assert Value.objects.filter(object_id=lead.pk).count() == 2


def test_what_the_organization_says_already_stays(world: World) -> None:
    site, theirs = field_of("lead", "text", world), field_of("organization", "text", world)
    buyer = record("organization", world)
    fill(buyer, world.people.dan, {theirs: Filled(text="Turku")})
    lead = record("lead", world)
    fill(lead, world.people.dan, {site: Filled(text="Oulu")})
    convert(world, lead)
    assert Value.objects.get(object_id=buyer.pk).text == "Turku"


def test_a_merge_takes_along_what_the_kept_one_lacks_and_gives_it_back(world: World) -> None:
    dan = world.people.dan
    site, size = field_of("contact", "text", world), field_of("contact", "number", world, "Size")
    kept, gone = record("contact", world), record("contact", world)
    fill(kept, dan, {site: Filled(text="Oulu")})
    fill(gone, dan, {site: Filled(text="Turku"), size: Filled(number=12)})  # type: ignore[arg-type]
    act = merge(kept, gone, dan).act
    assert act
    assert set(Value.objects.filter(object_id=kept.pk).values_list("field", "text")) == {
        (site.pk, "Oulu"),
        (size.pk, ""),
    }
    unmerge(kept, act, dan)
    assert Value.objects.filter(object_id=gone.pk).count() == 2
