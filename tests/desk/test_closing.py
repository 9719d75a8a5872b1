"""How a deal ends, rests, goes to another map and into the archive, at its door; the lists that belong to it."""

from decimal import Decimal

import pytest
from django.test import Client
from tests.deals.world import World, begin, day, everything
from tests.desk.test_acts import IN_DIALOG, at, now, toast
from tests.desk.test_board import signed_in
from tests.process.clean_map import CLEAN

from infield.deals.closing.actions import add_reason, put_reason_away, rename_reason
from infield.deals.models import Deal, LostReason, Product
from infield.deals.products.lines import Line
from infield.history.models import Change
from infield.process.models import Process
from infield.process.yaml_file import read
from infield.web.ids import to_text


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def deal(world: World) -> Deal:
    return world.deal()


@pytest.fixture
def dan(world: World) -> Client:
    return signed_in(world.people.dan)


def test_a_deal_is_lost_to_a_competitor_and_the_page_says_to_whom(dan: Client, deal: Deal) -> None:
    sent = {"reason": "competitor", "competitor": "Kone & Pojat", "lock": "0"}
    answer = dan.post(at(deal, "lose"), sent, headers=IN_DIALOG)
    assert answer.status_code == 200
    assert (now(deal).outcome, now(deal).lost_to) == ("lost", "Kone & Pojat")
    page = dan.get(f"/deals/{to_text(deal.pk)}").text
    assert "They bought from Kone &amp; Pojat." in page
    assert "Lost to Kone &amp; Pojat: Bought from somebody else" in page


def test_the_teams_own_reasons_are_offered_and_archived_ones_are_not(
    dan: Client, deal: Deal, world: World
) -> None:
    own = add_reason("Waits for the tender", world.people.ada)
    rename_reason("price", "Too expensive for them", world.people.ada)
    put_reason_away("no_need", world.people.ada, is_archived=True)
    page = dan.get(at(deal, "lose"), headers=IN_DIALOG).text
    assert "Waits for the tender" in page
    assert "Too expensive for them" in page
    assert "No need" not in page
    before = everything()
    sent = {"reason": "no_need", "lock": "0"}
    assert dan.post(at(deal, "lose"), sent, headers=IN_DIALOG).status_code == 422
    assert everything() == before
    dan.post(at(deal, "lose"), {"reason": own.key, "lock": "0"}, headers=IN_DIALOG)
    put_reason_away(own.key, world.people.ada, is_archived=True)
    assert "Lost: Waits for the tender" in dan.get(f"/deals/{to_text(deal.pk)}").text


def test_who_may_not_change_settings_changes_no_reason(world: World) -> None:
    client = signed_in(world.people.dan)
    assert client.post("/reasons", {"act": "add", "name": "Mine"}).status_code == 403
    assert not LostReason.objects.exists()


def test_a_reason_is_added_renamed_archived_and_restored_on_its_page(world: World) -> None:
    ada = signed_in(world.people.ada)
    ada.post("/reasons", {"act": "add", "name": "Tender stopped"})
    reason = LostReason.objects.get()
    assert ada.post("/reasons", {"act": "add", "name": "tender stopped"}).status_code == 422
    ada.post("/reasons", {"act": "rename", "key": reason.key, "name": "Tender called off"})
    ada.post("/reasons", {"act": "archive", "key": reason.key})
    reason.refresh_from_db()
    assert reason.name == "Tender called off"
    assert reason.archived_at is not None
    ada.post("/reasons", {"act": "restore", "key": reason.key})
    reason.refresh_from_db()
    assert reason.archived_at is None
    told = Change.objects.order_by("id").values_list("field", "before", "after")
    assert list(told) == [
        ("created", None, "Tender stopped"),
        ("name", "Tender stopped", "Tender called off"),
        ("archived", False, True),
        ("archived", True, False),
    ]


def test_a_no_for_now_goes_where_the_map_says_and_comes_back_as_the_next_step(
    dan: Client, deal: Deal
) -> None:
    dialog = dan.get(at(deal, "postpone"), headers=IN_DIALOG).text
    assert "“Not this year” takes it to the stage Waiting for a budget." in dialog
    sent = {
        "way_out": "later",
        "on": day(90).isoformat(),
        "what": "Ask again",
        "because": "Budget is spent",
        "lock": "0",
    }
    answer = dan.post(at(deal, "postpone"), sent, headers=IN_DIALOG)
    there = now(deal)
    assert (there.stage, there.outcome, there.parked_until) == ("waiting", None, day(90))
    assert (there.next_step, there.next_step_on) == ("Ask again", day(90))
    told = {one.kind: one for one in there.told()}
    assert told["postponed"].data == {"due": day(90).isoformat(), "reason": "later"}
    assert told["postponed"].said == {"reason": "Budget is spent"}
    dan.post(toast(answer)["undo"], headers=IN_DIALOG)
    there = now(deal)
    assert (there.stage, there.next_step, there.parked_until) == ("need", "", None)


@pytest.mark.parametrize(
    "missing", [{"because": ""}, {"on": ""}, {"on": day(-1).isoformat()}, {"way_out": "x"}]
)
def test_a_rest_needs_a_reason_and_a_day_to_come(dan: Client, deal: Deal, missing: dict[str, str]) -> None:
    sent = {"on": day(9).isoformat(), "what": "Ask again", "because": "Wait", "lock": "0", **missing}
    before = everything()
    assert dan.post(at(deal, "postpone"), sent, headers=IN_DIALOG).status_code == 422
    assert everything() == before


def test_no_further_contact_needs_a_reason_and_no_next_step(dan: Client, deal: Deal) -> None:
    sent = {"because": "They asked us to stop", "lock": "0"}
    assert dan.post(at(deal, "no-contact"), {**sent, "because": " "}, headers=IN_DIALOG).status_code == 422
    dan.post(at(deal, "no-contact"), sent, headers=IN_DIALOG)
    assert now(deal).no_contact_at is not None
    assert not Deal.objects.without_next_step().exists()
    assert "Nobody is to contact this customer any more" in dan.get(f"/deals/{to_text(deal.pk)}").text


def test_an_archived_deal_is_shown_in_the_archive_alone(dan: Client, deal: Deal, world: World) -> None:
    answer = dan.post(at(deal, "archive"), headers=IN_DIALOG)
    assert toast(answer)["text"] == "Put into the archive."
    assert "Aalto Foods" not in dan.get("/board").text
    assert "Aalto Foods" in dan.get("/deals/archived").text
    assert "Aalto Foods" not in signed_in(world.people.bo).get("/deals/archived").text
    before = everything()
    answer = dan.post(at(deal, "win"), {"lock": now(deal).lock}, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert "The deal is in the archive." in answer.text
    assert everything() == before
    dan.post(at(deal, "restore"))
    assert "Aalto Foods" in dan.get("/board").text


def test_a_deal_moves_to_another_map_into_the_stage_that_was_chosen(
    dan: Client, deal: Deal, world: World
) -> None:
    text = CLEAN.replace("name: Selling packing machines", "name: Selling spare parts")
    other = Process.objects.begin(read(text).process, world.people.anna).current()
    dialog = dan.get(at(deal, "version"), headers=IN_DIALOG).text
    assert "Selling spare parts, version 1" in dialog
    sent = {"place": f"{to_text(other.pk)}:offer", "lock": "0"}
    answer = dan.post(at(deal, "version"), sent, headers=IN_DIALOG)
    assert toast(answer)["text"] == "The deal now runs on Selling spare parts."
    assert (now(deal).version, now(deal).stage) == (other, "offer")
    dan.post(toast(answer)["undo"], headers=IN_DIALOG)
    assert (now(deal).version, now(deal).stage) == (world.version, "need")


def test_undoing_a_move_takes_back_what_was_ticked_for_it(dan: Client, deal: Deal) -> None:
    sent = {
        "to": "pilot",
        "lock": "0",
        "met": ["priced", "sponsor"],
        "evidence-priced": "In the report",
        "evidence-sponsor": "On the phone",
    }
    answer = dan.post(at(deal, "move"), sent, headers=IN_DIALOG)
    assert now(deal).met_keys() == {"priced", "sponsor"}
    dan.post(toast(answer)["undo"], headers=IN_DIALOG)
    assert (now(deal).stage, now(deal).met_keys()) == ("need", frozenset())


def test_the_price_list_is_kept_by_who_may(world: World) -> None:
    client = signed_in(world.people.anna)
    sent = {
        "name": "Sensor",
        "unit": "piece",
        "price-0-currency": "EUR",
        "price-0-unit_price": "19.99",
        "price-1-currency": "JPY",
        "price-1-unit_price": "3200",
    }
    assert client.post("/products/new", sent).status_code == 302
    sensor = Product.objects.get()
    assert {one.currency: one.unit_price for one in sensor.prices.all()} == {
        "EUR": Decimal("19.99"),
        "JPY": Decimal(3200),
    }
    assert "€19.99 · ¥3,200 / piece" in client.get("/products").content.decode()
    assert client.post("/products/new", {**sent, "name": "SENSOR"}).status_code == 422
    assert signed_in(world.people.dan).post("/products/new", sent).status_code == 403
    client.post(f"/products/{to_text(sensor.pk)}/archive")
    sensor.refresh_from_db()
    assert sensor.is_archived


def test_an_archived_product_stays_where_it_was_sold(world: World, deal: Deal) -> None:
    dan, ann = world.people.dan, signed_in(world.people.anna)
    sensor = Product.objects.create(name="Sensor")
    deal.set_items([Line(sensor.pk, Decimal(1), Decimal(5), "EUR")], dan)
    ann.post(f"/products/{to_text(sensor.pk)}/archive")
    deal.set_items([Line(sensor.pk, Decimal(2), Decimal(5), "EUR")], dan)
    assert [str(one.quantity.normalize()) for one in deal.items.all()] == ["2"]
