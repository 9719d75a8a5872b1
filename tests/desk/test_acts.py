"""What one does to a deal, at its door: gates, ways back, undo, stale forms, roles and relations."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.deals.world import everything
from tests.desk.board_world import World
from tests.desk.test_board import HTMX, signed_in

from infield.deals.models import Deal
from infield.web.ids import new_id, to_text
from infield.web.money import Money

IN_DIALOG = {**HTMX, "HX-Target": "slot", "HX-Current-URL": "http://testserver/deals/x"}
ON_BOARD = {**HTMX, "HX-Current-URL": "http://testserver/board"}
REQUIRED = ("prospecting_1", "prospecting_2")
DOORS = (
    "move",
    "meet",
    "withdraw",
    "win",
    "lose",
    "reopen",
    "edit/amount",
    "edit/owner",
)


@pytest.fixture
def deal(world: World) -> Deal:
    return Deal.objects.begin(
        "Harbour Paper", "Line 3", world.version, world.people.dan, amount=Money(5_000_000, "EUR")
    )


@pytest.fixture
def dan(world: World) -> Client:
    return signed_in(world.people.dan)


def at(deal: Deal, door: str) -> str:
    return f"/deals/{to_text(deal.pk)}/{door}"


def toast(answer: Any) -> dict[str, str]:
    told: dict[str, str] = json.loads(answer["HX-Trigger"])["toast"]
    return told


def evidence(*criteria: str) -> dict[str, Any]:
    return {"met": list(criteria), **{f"evidence-{key}": "Mail of 3 May" for key in criteria}}


def now(deal: Deal) -> Deal:
    return Deal.objects.get(pk=deal.pk)


def test_a_closed_gate_answers_with_its_open_criteria_and_writes_nothing(dan: Client, deal: Deal) -> None:
    before = everything()
    answer = dan.post(at(deal, "move"), {"to": "qualified", "lock": 0}, headers=ON_BOARD)
    assert answer.status_code == 422
    assert "2 exit criteria are still open" in answer.text
    assert "Company fits our profile" in answer.text
    assert "A need is noted" not in answer.text  # optional
    assert "Keep in Prospecting" in answer.text
    assert "Move to Qualified" in answer.text
    assert everything() == before


def test_meeting_the_criteria_at_the_gate_moves_the_deal(dan: Client, deal: Deal) -> None:
    answer = dan.post(
        at(deal, "move"), {"to": "qualified", "lock": 0, **evidence(*REQUIRED)}, headers=ON_BOARD
    )
    assert answer.status_code == 200
    assert now(deal).stage == "qualified"
    assert now(deal).met_keys() == set(REQUIRED)
    assert toast(answer)["text"] == "Moved to Qualified."
    assert f'id="d-{to_text(deal.pk)}"' in answer.text
    assert 'data-stage="qualified"' in answer.text


@pytest.mark.parametrize("sent", [
    evidence("prospecting_1"),
    {"met": list(REQUIRED), "evidence-prospecting_1": "Mail", "evidence-prospecting_2": "  "},
    {"anyway": "1", "because": " "},
    {"met": ["nothing"], "evidence-nothing": "Mail"},
])  # fmt: skip
def test_half_a_gate_writes_nothing_at_all(dan: Client, deal: Deal, sent: dict[str, Any]) -> None:
    before = everything()
    answer = dan.post(at(deal, "move"), {"to": "qualified", "lock": 0, **sent}, headers=ON_BOARD)
    assert answer.status_code == 422
    assert everything() == before


def test_what_was_filled_in_is_still_there_after_a_refusal(dan: Client, deal: Deal) -> None:
    answer = dan.post(
        at(deal, "move"), {"to": "qualified", "lock": 0, **evidence("prospecting_1")}, headers=ON_BOARD
    )
    assert 'value="Mail of 3 May"' in answer.text
    assert 'value="prospecting_1" checked' in answer.text


def test_a_jump_lists_the_criteria_of_every_stage_it_passes(dan: Client, deal: Deal) -> None:
    answer = dan.post(at(deal, "move"), {"to": "needs", "lock": 0}, headers=ON_BOARD)
    assert "5 exit criteria are still open" in answer.text
    assert "Budget range confirmed" in answer.text


def test_moving_anyway_needs_a_reason_and_keeps_it(dan: Client, deal: Deal) -> None:
    sent = {"to": "qualified", "lock": 0, "anyway": "1", "because": "The trade fair is tomorrow"}
    assert dan.post(at(deal, "move"), sent, headers=ON_BOARD).status_code == 200
    told = now(deal).told()[-1]
    assert (told.data["forced"], told.said["reason"]) == (True, "The trade fair is tomorrow")


def test_a_way_back_asks_why_first(dan: Client, deal: Deal) -> None:
    dan.post(at(deal, "move"), {"to": "qualified", "lock": 0, **evidence(*REQUIRED)}, headers=ON_BOARD)
    before, lock = everything(), now(deal).lock
    asked = dan.post(at(deal, "move"), {"to": "prospecting", "lock": lock}, headers=ON_BOARD)
    assert asked.status_code == 422
    assert "Why does it go back?" in asked.text
    assert everything() == before
    sent = {"to": "prospecting", "lock": lock, "back_chosen": "Somebody new decides"}
    assert dan.post(at(deal, "move"), sent, headers=ON_BOARD).status_code == 200
    assert now(deal).stage == "prospecting"
    assert now(deal).told()[-1].said["reason"] == "Somebody new decides"


def test_undo_takes_the_move_back(dan: Client, deal: Deal) -> None:
    moved = dan.post(
        at(deal, "move"), {"to": "qualified", "lock": 0, **evidence(*REQUIRED)}, headers=ON_BOARD
    )
    answer = dan.post(toast(moved)["undo"], headers=ON_BOARD)
    assert answer.status_code == 200
    assert now(deal).stage == "prospecting"
    assert 'data-stage="prospecting"' in answer.text
    assert "undo" not in toast(answer)


def test_a_form_that_saw_an_older_deal_is_refused(dan: Client, deal: Deal) -> None:
    dan.post(at(deal, "edit/amount"), {"amount": "60,000", "currency": "EUR", "lock": 0}, headers=HTMX)
    before = everything()
    for door, sent in {
        "move": {"to": "qualified", "anyway": "1", "because": "Now"}, "lose": {"reason": "price"},
        "edit/amount": {"amount": "1", "currency": "EUR"},
    }.items():  # fmt: skip
        answer = dan.post(at(deal, door), {**sent, "lock": 0}, headers=HTMX)
        assert answer.status_code == 422, door
        assert "Somebody changed this meanwhile" in answer.text, door
    assert everything() == before


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_finds_no_deal_and_a_reader_may_not(world: World, deal: Deal, door: str) -> None:
    before = everything()
    for user, status in ((world.people.bo, 404), (world.people.emil, 404), (world.people.rut, 403)):
        client = signed_in(user)
        assert client.post(at(deal, door), {"to": "qualified"}, headers=HTMX).status_code == status
    assert everything() == before


def test_the_managers_above_may_act_and_the_reader_may_look(world: World, deal: Deal) -> None:
    page = f"/deals/{to_text(deal.pk)}"
    for user, status in {
        world.people.dan: 200, world.people.cleo: 200, world.people.anna: 200, world.people.rut: 200,
        world.people.bo: 404, world.people.emil: 404,
    }.items():  # fmt: skip
        assert signed_in(user).get(page).status_code == status, user.name
    assert "/move" not in signed_in(world.people.rut).get(page).text
    sent = {"to": "qualified", "anyway": "1", "because": "She asked me to"}
    assert signed_in(world.people.anna).post(at(deal, "move"), sent).status_code == 302
    assert now(deal).stage == "qualified"


@pytest.mark.parametrize("door", ["win", "meet", "withdraw"])
def test_what_changes_something_is_never_got(dan: Client, deal: Deal, door: str) -> None:
    assert dan.get(at(deal, door)).status_code == 405


def test_what_is_no_deal_is_not_found(dan: Client, deal: Deal) -> None:
    assert dan.get(f"/deals/{to_text(new_id())}").status_code == 404
    assert dan.get("/deals/0OIl").status_code == 404
    assert dan.post(at(deal, f"undo/{to_text(new_id())}"), headers=HTMX).status_code == 422
    assert dan.get(at(deal, "edit/stage")).status_code == 404


def test_a_deal_is_won_through_its_gate_lost_with_a_reason_and_reopened(dan: Client, deal: Deal) -> None:
    assert dan.post(at(deal, "win"), {"lock": 0}, headers=HTMX).status_code == 422
    assert now(deal).outcome is None
    assert dan.post(at(deal, "lose"), {"lock": 0}, headers=HTMX).status_code == 422
    answer = dan.post(at(deal, "lose"), {"lock": 0, "reason": "price"}, headers=ON_BOARD)
    assert answer.status_code == 200
    assert 'hx-swap-oob="delete"' in answer.text
    assert (now(deal).outcome, now(deal).lost_reason) == ("lost", "price")
    assert dan.post(at(deal, "reopen"), {"lock": now(deal).lock, "because": "They called"}).status_code == 302
    assert now(deal).outcome is None
    sent = {"lock": now(deal).lock, "anyway": "1", "because": "Signed at the fair"}
    assert dan.post(at(deal, "win"), sent, headers=ON_BOARD).status_code == 200
    assert now(deal).outcome == "won"


def test_facts_are_edited_and_wrong_ones_refused_with_what_is_wrong(
    world: World, dan: Client, deal: Deal
) -> None:
    for amount, word in {"a lot": "digits", "-3": "negative", "1.234": "decimals"}.items():
        answer = dan.post(
            at(deal, "edit/amount"), {"amount": amount, "currency": "EUR", "lock": 0}, headers=HTMX
        )
        assert answer.status_code == 422
        assert word in answer.text
    assert now(deal).money == Money(5_000_000, "EUR")
    dan.post(at(deal, "edit/amount"), {"amount": "9,400.50", "currency": "EUR", "lock": 0}, headers=HTMX)
    assert now(deal).money == Money(940_050, "EUR")
    dan.post(at(deal, "edit/close"), {"expected_close": "2099-05-01", "lock": now(deal).lock}, headers=HTMX)
    assert str(now(deal).expected_close) == "2099-05-01"


def test_handing_a_deal_over_leads_away_from_what_one_may_no_longer_see(
    world: World, dan: Client, deal: Deal
) -> None:
    page = {**HTMX, "HX-Current-URL": f"http://testserver/deals/{to_text(deal.pk)}"}
    answer = dan.post(at(deal, "edit/owner"), {"owner": str(world.people.bo.pk), "lock": 0}, headers=page)
    assert answer["HX-Redirect"] == "/board"
    assert now(deal).owner == world.people.bo


def test_without_scripts_every_act_is_a_page_and_a_redirect(dan: Client, deal: Deal) -> None:
    for door in ("move", "lose", "edit/amount"):
        page = dan.get(at(deal, door))
        assert page.status_code == 200
        assert "<form" in page.text
        assert "<html" in page.text
    refused = dan.post(at(deal, "move"), {"to": "qualified", "lock": 0})
    assert (refused.status_code, "<html" in refused.text) == (422, True)
    moved = dan.post(at(deal, "move"), {"to": "qualified", "lock": 0, **evidence(*REQUIRED)})
    assert moved["Location"] == f"/deals/{to_text(deal.pk)}"
    assert "Moved to Qualified." in dan.get(moved["Location"]).text


def test_a_new_deal_begins_on_the_board(dan: Client, world: World) -> None:
    sent = {"organization": "Kauppa & Sons", "title": "Pilot", "amount": "12,400", "currency": "EUR"}
    assert dan.post("/deals/new", {**sent, "title": ""}, headers=HTMX).status_code == 422
    assert Deal.objects.count() == 0
    answer: Any = dan.post("/deals/new", sent, headers=HTMX)
    deal = Deal.objects.get()
    assert answer["HX-Redirect"] == f"/deals/{to_text(deal.pk)}"
    assert (deal.owner, deal.stage, deal.money) == (world.people.dan, "prospecting", Money(1_240_000, "EUR"))
    assert signed_in(world.people.rut).post("/deals/new", sent).status_code == 403


def test_a_deal_page_shows_what_was_met_and_pages_its_timeline(dan: Client, world: World, deal: Deal) -> None:
    for number in range(25):
        deal.change_amount(Money(100 * (number + 1), "EUR"), world.people.dan)
    text = dan.get(f"/deals/{to_text(deal.pk)}").text
    assert text.count('class="timeline-icon"') == 20
    address = text.split(f'hx-get="/deals/{to_text(deal.pk)}/timeline?before=')[1].split('"')[0]
    older = dan.get(f"/deals/{to_text(deal.pk)}/timeline?before={address}", headers=HTMX).text
    assert older.count('class="timeline-icon"') == 7  # 25 amounts, the beginning and the first stage
    assert dan.get(f"/deals/{to_text(deal.pk)}/timeline?before=x").status_code == 404
