"""Search and the command palette at their door: half a name in any script, and nobody else's deals."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.deals.world import World, begin

from infield.accounts.models import User
from infield.people.models import Contact, Lead, Organization
from infield.web.ids import to_text


@pytest.fixture
def world(db: None) -> World:
    made = begin()
    dan = made.people.dan
    made.deal(organization="山田製作所", title="Line 3 retrofit")
    made.deal(organization="Hämäläinen & Pojat Oy", title="Spare parts")
    made.deal(organization="สยามซีเมนต์", title="Kiln sensors")
    made.deal(owner=made.people.emil, organization="Secret Works", title="Secret line")
    buyer = Organization.objects.get(name="山田製作所")
    Contact(
        family="伊藤",
        given="花子",
        family_kana="いとう",
        given_kana="はなこ",
        culture="ja",
        organization=buyer,
        emails=[{"kind": "work", "value": "hanako@yamada.example"}],
        phones=[{"kind": "work", "value": "090-1234-5678"}],
    ).begin(dan)
    Lead(person="Somchai Jaidee", company="Mekong Rail", owner=dan).begin(dan)
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def names(user: User, query: str, path: str = "/search") -> str:
    answer = signed_in(user).get(path, {"q": query})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("山田", "山田製作所"),
        ("製作", "Line 3 retrofit"),
        ("伊藤", "伊藤"),
        ("イトウ", "伊藤"),
        ("はなこ", "伊藤"),
        ("hanako@", "伊藤"),
        ("5678", "伊藤"),
        ("0901234", "伊藤"),
        ("häm", "Hämäläinen"),
        ("pojat spare", "Spare parts"),
        ("ซีเมนต์", "Kiln sensors"),
        ("somch", "Somchai"),
        ("mekong", "Somchai"),
    ],
)
def test_half_a_name_is_enough(world: World, query: str, name: str) -> None:
    assert name in names(world.people.dan, query)
    assert name in names(world.people.dan, query, "/search/palette")


@pytest.mark.parametrize("path", ["/search", "/search/palette"])
def test_nobody_finds_a_deal_they_may_not_open(world: World, path: str) -> None:
    assert "Secret line" not in names(world.people.dan, "secret", path)
    assert "Secret line" in names(world.people.emil, "secret", path)
    assert "Secret line" in names(world.people.ada, "secret", path)


def test_a_deal_that_is_renamed_by_its_beginning_is_found_at_once(world: World) -> None:
    world.deal(organization="Aalto Foods", title="Cold store")
    assert "Cold store" in names(world.people.dan, "cold")


def test_the_best_comes_first(world: World) -> None:
    for name in ("Old Ferro Castings", "Ferro Castings", "Ferro"):
        Organization.objects.named(name, world.people.dan)
    shown = re.findall(r"<b>([^<]*Ferro[^<]*)</b>", names(world.people.dan, "ferro"))
    assert shown == ["Ferro", "Ferro Castings", "Old Ferro Castings"]


def test_what_is_worked_on_comes_before_what_is_closed(world: World) -> None:
    lost = world.deal(organization="Ferro", title="Ferro")
    lost.lose("price", world.people.dan)
    world.deal(organization="Old Ferro Castings", title="Roof")
    shown = re.findall(r"<b>([^<]*Ferro[^<]*) ·", names(world.people.dan, "ferro"))
    assert shown == ["Old Ferro Castings", "Ferro"]


def test_search_asks_the_database_as_often_for_many_as_for_few(world: World) -> None:
    client = signed_in(world.people.dan)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/palette", {"q": "line"})
        return len(asked)

    queries()
    few = queries()
    for number in range(40):
        world.deal(title=f"Line {number}")
    assert queries() == few
    assert few <= 10


def palette(user: User, **values: Any) -> str:
    answer = signed_in(user).get("/search/palette", values)
    assert answer.status_code == 200
    return answer.text


def test_on_a_deals_page_the_palette_offers_what_can_be_done_with_it(world: World) -> None:
    deal = world.deal()
    at = f"/deals/{to_text(deal.pk)}"
    assert f'href="/next{at}"' in palette(world.people.dan, at=at)
    assert f'href="{at}/move"' in palette(world.people.dan, at=at, q="move")
    assert f"/next{at}" not in palette(world.people.dan, at="/board")
    assert f"/next{at}" not in palette(world.people.emil, at=at)
    assert f"/next{at}" not in palette(world.people.rut, at=at)


def test_the_palette_leads_to_the_places_that_a_role_may_open(world: World) -> None:
    assert 'href="/board"' in palette(world.people.dan, q="pipe")
    assert 'href="/settings/fields"' in palette(world.people.ada, q="fields")
    assert 'href="/settings/fields"' not in palette(world.people.dan, q="fields")


def test_what_was_opened_last_comes_first_and_only_what_one_may_see(world: World) -> None:
    mine, theirs = world.deal(title="Mine"), world.deal(owner=world.people.emil, title="Theirs")
    paths = f"/deals/{to_text(mine.pk)},/deals/{to_text(theirs.pk)},/deals/x,/nothing,"
    text = palette(world.people.dan, recent=paths)
    assert "Opened last" in text
    assert "Mine" in text
    assert "Theirs" not in text


@pytest.mark.parametrize("query", ["", "   ", "'", '"*"', "%", "\x00", "a" * 5_000, "🙂"])
def test_any_query_has_an_answer(world: World, query: str) -> None:
    assert signed_in(world.people.dan).get("/search", {"q": query}).status_code == 200
    assert signed_in(world.people.dan).get("/search/palette", {"q": query}).status_code == 200
