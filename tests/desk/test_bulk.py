"""Changing many deals at once: what is done, what is held and why, and the way back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.deals.world import World, begin, everything

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.fields.actions import add_field
from infield.fields.models import Value
from infield.web.ids import to_text

HTMX = {"HX-Request": "true"}


@pytest.fixture
def world(db: None) -> World:
    return begin()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ids(*deals: Deal) -> list[str]:
    return [to_text(deal.pk) for deal in deals]


def change(user: User, act: str, deals: list[str], **values: Any) -> Any:
    return signed_in(user).post(f"/deals/change/{act}", {"go": "1", "ids": deals, **values}, headers=HTMX)


def test_fourteen_deals_go_to_somebody_else_and_back(world: World) -> None:
    deals = [world.deal() for _ in range(14)]
    client = signed_in(world.people.cleo)
    values = {"go": "1", "ids": ids(*deals), "owner": str(world.people.cleo.pk)}
    answer = client.post("/deals/change/owner", values, headers=HTMX)
    assert "14 changed" in answer.text
    assert "/deals/change/undo" in answer["HX-Trigger"]
    assert set(Deal.objects.values_list("owner__name", flat=True)) == {"Cleo Marsh"}
    assert "14 taken back" in client.post("/deals/change/undo", headers=HTMX).text
    assert set(Deal.objects.values_list("owner__name", flat=True)) == {"Dan Wood"}
    before = everything()
    client.post("/deals/change/undo", headers=HTMX)
    assert everything() == before


def test_what_is_so_already_is_not_counted_as_changed(world: World) -> None:
    theirs, hers = world.deal(), world.deal()
    hers.change_owner(world.people.cleo, world.people.cleo)
    answer = change(world.people.cleo, "owner", ids(theirs, hers), owner=str(world.people.cleo.pk))
    assert "1 changed, 1 not changed" in answer.text
    assert "Nothing to change." in answer.text


def test_a_gate_holds_its_deal_alone_and_says_why(world: World) -> None:
    open_, closed = world.deal(title="Ready"), world.deal(title="Not yet")
    stages = world.version.map().stages
    here = next(number for number, stage in enumerate(stages) if stage.key == open_.stage)
    world.met(open_, *(one.key for one in stages[here].criteria))
    answer = change(world.people.dan, "stage", ids(open_, closed), stage=stages[here + 1].key)
    assert "1 moved, 1 held at the gate" in answer.text
    assert "still open" in answer.text
    assert f"/deals/{to_text(closed.pk)}" in answer.text
    open_.refresh_from_db()
    closed.refresh_from_db()
    assert (open_.stage, closed.stage) == (stages[here + 1].key, stages[here].key)


def test_close_date_next_step_and_loss_are_set_for_all(world: World) -> None:
    deals, dan = [world.deal(), world.deal()], world.people.dan
    change(dan, "close", ids(*deals), expected_close="2027-03-31")
    assert set(Deal.objects.values_list("expected_close", flat=True)) == {date(2027, 3, 31)}
    change(dan, "step", ids(*deals), what="Call about the fair", on="2199-01-05")
    assert set(Deal.objects.values_list("next_step", flat=True)) == {"Call about the fair"}
    change(dan, "lose", ids(*deals), reason="price")
    assert set(Deal.objects.values_list("outcome", "lost_reason")) == {("lost", "price")}


def test_deals_are_put_away_and_taken_back_together(world: World) -> None:
    deals, client = [world.deal(), world.deal()], signed_in(world.people.dan)
    client.post("/deals/change/archive", {"go": "1", "ids": ids(*deals)}, headers=HTMX)
    assert Deal.objects.exclude(archived_at=None).count() == 2
    client.post("/deals/change/undo", headers=HTMX)
    assert Deal.objects.filter(archived_at=None).count() == 2


def test_a_field_of_ones_own_is_filled_for_all_and_undone(world: World) -> None:
    deals, client = [world.deal(), world.deal()], signed_in(world.people.dan)
    field = add_field("deal", "Plant", "choice", world.people.ada, choices=["North", "South"])
    asked = client.post("/deals/change/field", {"ids": ids(*deals)}, headers=HTMX)
    assert "Plant" in asked.text
    values = {"go": "1", "ids": ids(*deals), "field": field.key, "value": "south"}
    assert "2 changed" in client.post("/deals/change/field", values, headers=HTMX).text
    assert list(Value.objects.values_list("choice", flat=True)) == ["south", "south"]
    client.post("/deals/change/undo", headers=HTMX)
    assert not Value.objects.exists()


def test_deals_of_others_stay_as_they_are_and_unnamed(world: World) -> None:
    mine, theirs = world.deal(), world.deal(owner=world.people.emil, organization="Secret Works")
    answer = change(world.people.dan, "close", ids(mine, theirs), expected_close="2027-03-31")
    assert "1 changed" in answer.text
    assert "Secret Works" not in answer.text
    theirs.refresh_from_db()
    assert theirs.expected_close is None


@pytest.mark.parametrize(
    ("what", "values"), [("close", {"expected_close": "soon"}), ("owner", {}), ("stage", {"stage": "moon"})]
)
def test_a_form_that_is_wrong_changes_nothing(world: World, what: str, values: dict[str, str]) -> None:
    deals, before = ids(world.deal()), everything()
    before = everything()
    assert change(world.people.dan, what, deals, **values).status_code == 422
    assert everything() == before


def test_to_ask_changes_nothing(world: World) -> None:
    deal = world.deal()
    before = everything()
    for what in ("owner", "step", "stage", "close", "field", "lose"):
        answer = signed_in(world.people.dan).post(f"/deals/change/{what}", {"ids": ids(deal)}, headers=HTMX)
        assert answer.status_code == 200, what
    assert everything() == before
    assert signed_in(world.people.dan).post("/deals/change/eat", {"ids": ids(deal)}).status_code == 404
    assert signed_in(world.people.dan).post("/deals/change/close", {"ids": "x"}).status_code == 404
