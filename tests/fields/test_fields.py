"""Fields of one's own: making them, filling them, what the log tells of them, and the way back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.deals.world import World, begin, everything
from tests.process.clean_map import CLEAN

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.fields.actions import add_field, archive_field, change_field
from infield.fields.filled import Filled, Unfit, from_told, read
from infield.fields.models import Field, Value
from infield.history.models import Change, Event
from infield.process.models import Process
from infield.process.yaml_file import read as read_map
from infield.web.ids import to_text
from infield.web.money import Money

HTMX = {"HX-Request": "true"}


@pytest.fixture
def world(db: None) -> World:
    return begin()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", " by rail ", Filled(text="by rail")),
        ("number", "12,400.5", Filled(number=Decimal("12400.5"))),
        ("money", "1,250", Filled(money=Money(125_000, "EUR"))),
        ("date", "2027-02-28", Filled(day=date(2027, 2, 28))),
        ("choice", "north", Filled(choice="north")),
        ("text", "  ", None),
    ],
)
def test_what_is_typed_is_read_by_the_type_of_the_field(kind: str, typed: str, value: Filled | None) -> None:
    assert read(kind, typed, currency="EUR", may=["north"]) == value


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("number", "many", "no_number"),
        ("number", "1e5", "no_number"),
        ("number", "1.0000001", "too_precise"),
        ("number", "1" * 20, "too_large"),
        ("date", "2027-02-30", "no_day"),
        ("choice", "west", "no_choice"),
        ("money", "x", "no_number"),
        ("text", "x" * 501, "too_long"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, typed: str, code: str) -> None:
    with pytest.raises(Unfit) as refused:
        read(kind, typed, currency="EUR", may=["north"])
    assert refused.value.code == code


FILLED = st.one_of(
    st.builds(lambda text: ("text", Filled(text=text)), st.text(min_size=1, max_size=500)),
    st.builds(
        lambda number: ("number", Filled(number=number)),
        st.decimals(-(10**13), 10**13, places=6, allow_nan=False),
    ),
    st.builds(lambda amount: ("money", Filled(money=Money(amount, "JPY"))), st.integers(-(2**62), 2**62)),
    st.builds(lambda day: ("date", Filled(day=day)), st.dates()),
    st.builds(lambda person: ("person", Filled(person=person)), st.uuids()),
)


@given(FILLED)
def test_the_log_tells_a_value_back_as_it_was(filled: tuple[str, Filled]) -> None:
    kind, value = filled
    told, words = value.told()
    assert from_told(kind, told, words.get("value", "")) == value


def test_a_field_is_made_on_its_page_by_who_may(world: World) -> None:
    given = {"label": "Größe der Anlage", "type": "choice", "choices": "Small\nLarge\n\n"}
    answer = signed_in(world.people.olga).post("/settings/fields/deal/add", given)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/fields")
    field = Field.objects.get()
    assert (field.key, field.label, field.type) == ("own_grosse_der_anlage", "Größe der Anlage", "choice")
    assert [(one.key, one.label) for one in field.offered] == [("small", "Small"), ("large", "Large")]
    assert Change.objects.get().field == "created"


@pytest.mark.parametrize(
    "given",
    [
        {"label": " ", "type": "text"},
        {"label": "Size", "type": "choice"},
        {"label": "Size", "type": "colour"},
    ],
)
def test_a_field_without_a_name_a_choice_or_a_type_is_refused(world: World, given: dict[str, str]) -> None:
    answer = signed_in(world.people.ada).post("/settings/fields/deal/add", given)
    assert answer.status_code == 422
    assert not Field.objects.exists()


def test_two_fields_of_one_name_have_two_keys_in_any_script(world: World) -> None:
    ada = world.people.ada
    keys = [add_field("deal", label, "text", ada).key for label in ("用途", "用途", "Size", "size")]
    assert keys == ["own_field", "own_field_2", "own_size", "own_size_2"]


def test_a_choice_is_renamed_and_taken_away_while_its_key_stays(world: World) -> None:
    field = add_field("deal", "Plant", "choice", world.people.ada, choices=["North", "South"])
    deal = world.deal()
    deal.fill(field, Filled(choice="south"), world.people.dan)
    form = {"label": "Site", "choice.north": "Nord", "choice.south": "", "more": "East"}
    signed_in(world.people.ada).post(f"/settings/fields/{to_text(field.pk)}", form)
    field.refresh_from_db()
    assert (field.label, field.key) == ("Site", "own_plant")
    assert [(one.key, one.label) for one in field.offered] == [("north", "Nord"), ("east", "East")]
    assert "South" in signed_in(world.people.dan).get(f"/deals/{to_text(deal.pk)}").text


def test_the_last_choice_cannot_be_taken_away(world: World) -> None:
    field = add_field("deal", "Plant", "choice", world.people.ada, choices=["North"])
    with pytest.raises(Unfit):
        change_field(field, world.people.ada, label="Plant", required=False, renamed={"north": ""})


def test_fields_are_ordered_put_away_and_taken_back(world: World) -> None:
    first, second = (add_field("deal", label, "text", world.people.ada) for label in ("One", "Two"))
    client = signed_in(world.people.ada)
    client.post(f"/settings/fields/{to_text(second.pk)}/up")
    assert [one.label for one in Field.objects.of("deal")] == ["Two", "One"]
    client.post(f"/settings/fields/{to_text(first.pk)}/archive")
    assert [one.label for one in Field.objects.of("deal")] == ["Two"]
    client.post(f"/settings/fields/{to_text(first.pk)}/restore")
    assert [one.label for one in Field.objects.of("deal")] == ["Two", "One"]


def edit(user: User, deal: Any, field: Field, **values: str) -> Any:
    return signed_in(user).post(f"/deals/{to_text(deal.pk)}/own/{to_text(field.pk)}", values, headers=HTMX)


def test_a_field_is_filled_on_the_deals_page_told_and_undone(world: World) -> None:
    field, deal = add_field("deal", "Machines", "number", world.people.ada), world.deal()
    answer = edit(world.people.dan, deal, field, value="12")
    assert "Machines: 12" in answer.text
    assert Value.objects.get().number == 12
    event = Event.objects.get(kind="field_changed")
    assert event.data == {"field": "own_machines", "value": "12"}
    edit(world.people.dan, deal, field, value="15")
    later = Event.objects.filter(kind="field_changed").latest("position")
    client = signed_in(world.people.dan)
    client.post(f"/deals/{to_text(deal.pk)}/undo/{to_text(later.pk)}", headers=HTMX)
    assert Value.objects.get().number == 12
    client.post(f"/deals/{to_text(deal.pk)}/undo/{to_text(event.pk)}", headers=HTMX)
    assert not Value.objects.exists()


def test_what_somebody_typed_stands_in_the_words_of_the_event_alone(world: World) -> None:
    field, deal = add_field("deal", "Plant manager", "text", world.people.ada), world.deal()
    edit(world.people.dan, deal, field, value="Maria Ruiz")
    event = Event.objects.get(kind="field_changed")
    assert event.data == {"field": "own_plant_manager", "value": True}
    assert {one.name: one.text for one in event.words.all()} == {
        "field": "Plant manager",
        "value": "Maria Ruiz",
    }


def test_a_wrong_value_is_refused_and_changes_nothing(world: World) -> None:
    field, deal = add_field("deal", "Machines", "number", world.people.ada, required=True), world.deal()
    before = everything()
    assert edit(world.people.dan, deal, field, value="many").status_code == 422
    assert edit(world.people.dan, deal, field, value="").status_code == 422
    assert everything() == before
    assert not Value.objects.exists()


def test_a_field_that_was_put_away_is_shown_nowhere_and_filled_no_more(world: World) -> None:
    field, deal = add_field("deal", "Machines", "number", world.people.ada), world.deal()
    edit(world.people.dan, deal, field, value="12")
    archive_field(field, world.people.ada)
    assert "Machines</dt>" not in signed_in(world.people.dan).get(f"/deals/{to_text(deal.pk)}").text
    assert edit(world.people.dan, deal, field, value="13").status_code == 404
    assert Value.objects.get().number == 12


def test_a_criterion_that_asks_for_a_field_is_met_when_it_is_filled_and_open_when_it_is_emptied(
    world: World,
) -> None:
    text = CLEAN.replace("proof: {answer: cost}", "proof: {field: own_machines}")
    asking = Process.objects.begin(read_map(text).process, world.people.anna).current()
    field = add_field("deal", "Machines", "number", world.people.ada)
    deal = Deal.objects.begin("Aalto Foods", "Line 3", asking, world.people.dan)
    deal.fill(field, Filled(number=Decimal(12)), world.people.dan)
    assert "priced" in deal.met_keys()
    deal.fill(field, None, world.people.dan)
    assert "priced" not in deal.met_keys()


def test_on_the_page_of_the_deal_the_criterion_ticks_itself_and_says_why(world: World) -> None:
    text = CLEAN.replace("proof: {answer: cost}", "proof: {field: own_machines}")
    asking = Process.objects.begin(read_map(text).process, world.people.anna).current()
    field = add_field("deal", "Machines", "number", world.people.ada)
    deal = Deal.objects.begin("Aalto Foods", "Line 3", asking, world.people.dan)
    at = f"/deals/{to_text(deal.pk)}"
    open_ = signed_in(world.people.dan).get(at).text
    assert "Fill in: Machines" in open_
    assert f'href="{at}/own/{to_text(field.pk)}"' in open_
    answer = edit(world.people.dan, deal, field, value="12")
    assert "priced" in deal.met_keys()
    page = signed_in(world.people.dan).get(f"/deals/{to_text(deal.pk)}").text
    for shown in (answer.text, page):
        assert "By itself: Machines is filled in" in shown


def asked_by(user: User, path: str, form: dict[str, str] | None = None) -> list[str]:
    """Give the queries that a page, or a form that is refused, costs."""
    client = signed_in(user)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(path, form, headers={"HX-Request": "true"}) if form else client.get(path)
    assert answer.status_code == (422 if form else 200)
    return [query["sql"] for query in queries]


def test_the_page_and_its_gate_cost_the_same_for_one_own_field_that_proves_as_for_three(
    world: World,
) -> None:
    """And the answers of the deal are read once, though its forms and its guidance both show them."""
    for name in ("Machines", "Lines", "Halls"):
        add_field("deal", name, "number", world.people.ada)
    found = []
    for keys in (("own_machines",), ("own_machines", "own_lines", "own_halls")):
        further = "".join(
            f"      - {{key: {key}, text: We know {key}, weight: 0, proof: {{field: {key}}}}}\n"
            for key in keys[1:]
        )
        line = next(one for one in CLEAN.splitlines(keepends=True) if "{answer: cost}" in one)
        text = CLEAN.replace(line, line.replace("{answer: cost}", f"{{field: {keys[0]}}}") + further)
        asking = Process.objects.begin(read_map(text).process, world.people.anna).current()
        deal = Deal.objects.begin("Aalto Foods", f"Line {len(keys)}", asking, world.people.dan)
        at = f"/deals/{to_text(deal.pk)}"
        signed_in(world.people.dan).get(at)
        page = asked_by(world.people.dan, at)
        gate = asked_by(world.people.dan, f"{at}/move", {"to": "pilot", "lock": "0"})
        assert sum('FROM "deals_answer"' in sql for sql in page) == 1
        found.append((len(page), len(gate)))
    assert found[0] == found[1]
