"""Addresses as nobody would type them: a page or a refusal, and never a mistake of ours."""

from urllib.parse import quote

import pytest
from django.test import Client
from tests.deals.world import World, begin

from infield.people.models import Contact
from infield.web.ids import to_text

pytestmark = pytest.mark.django_db
ENDS = ("0001-01-01", "9999-12-31", "99999-01-01", "2026-02-30", "\x00", "-1", "1e400", "9" * 400)
LONG = "x" * 60_000
LISTS = ("/deals", "/deals/timeline", "/deals/calendar", "/deals/map", "/board")
DAYS = {
    "/deals": ("close", "created", "closed", "entered_on", "step"),
    "/leads": ("arrived", "created", "step"),
    "/contacts": ("touch", "created", "step"),
    "/organizations": ("touch", "created", "step"),
}


@pytest.fixture
def world() -> World:
    return begin()


@pytest.fixture
def ada(world: World) -> Client:
    client = Client()
    client.force_login(world.people.ada)
    return client


@pytest.mark.parametrize("path", sorted(DAYS))
def test_a_list_bears_whatever_ends_a_range_has(ada: Client, path: str) -> None:
    for field in (*DAYS[path], "amount", "age", "employees"):
        for end in ENDS:
            for side in ("least", "most"):
                answer = ada.get(path, {f"{field}.{side}": end})
                assert answer.status_code == 200, (field, side, end)


@pytest.mark.parametrize("path", [*LISTS, "/leads", "/contacts", "/organizations"])
def test_a_list_bears_words_of_any_length_and_kind(ada: Client, path: str) -> None:
    for words in (LONG, "a " * 3_000, "\x00", "\u202e\u0627", "%_\\", "'; --"):
        for field in ("q", "place", "company", "job_title", "competitor", "sort", "view"):
            answer = ada.get(path, {field: words})
            assert answer.status_code == 200, (field, words[:9])
    many = "&".join(f"company={number}&place={number}" for number in range(400))
    assert ada.get(f"{path}?{many}").status_code == 200


@pytest.mark.parametrize("words", [LONG, "a " * 3_000, "\x00", quote("山田")])
def test_somebody_is_looked_for_with_any_words(world: World, ada: Client, words: str) -> None:
    deal = world.deal()
    assert ada.get(f"/deals/{to_text(deal.pk)}/people", {"q": words}).status_code == 200


def test_half_a_name_in_another_writing_finds_somebody_for_the_decision(world: World, ada: Client) -> None:
    deal = world.deal()
    made = Contact(family="伊藤", given="明", family_kana="イトウ", culture="ja", owner=world.people.dan)
    made.begin(world.people.dan)
    for half in ("伊藤", "いとう", "ｲﾄｳ"):
        page = ada.get(f"/deals/{to_text(deal.pk)}/people", {"q": half}).content.decode()
        assert to_text(made.pk) in page or str(made.pk) in page, half


def test_a_form_with_what_no_text_has_is_refused_or_kept_and_no_mistake_of_ours(
    world: World, ada: Client
) -> None:
    deal = world.deal()
    stage, kept = deal.map().stages[2].key, ("\x00", "Agreed\x00 at the fair")
    for because in kept:
        form = {"to": stage, "anyway": "1", "because": because, "lock": str(deal.lock)}
        answer = ada.post(f"/deals/{to_text(deal.pk)}/move?from=%00", form)
        assert answer.status_code < 500, because
