"""The board at its door: what it shows to whom, and in how many queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.desk.board_world import SHARES, World, fill

from infield.accounts.models import User
from infield.deals.models import Deal

HTMX = {"HX-Request": "true"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def cards(text: str) -> list[str]:
    return re.findall(r'<li class="card" id="d-(\w+)"', text)


def shown(user: User, address: str = "/board") -> str:
    return signed_in(user).get(address).text


def test_each_column_shows_its_thirty_most_urgent_deals_and_asks_for_the_rest(world: World) -> None:
    fill(world, 300)
    text = shown(world.people.anna)
    counts = [round(3 * share) for share in SHARES]
    assert sum(counts) == 300
    assert len(cards(text)) == sum(min(30, count) for count in counts)
    assert re.findall(r'class="count">(\d+)<', text) == [str(count) for count in counts]
    assert "42 more" in text  # 72 in the first column


def test_a_board_of_300_deals_asks_the_database_as_often_as_one_of_30(world: World) -> None:
    client = signed_in(world.people.anna)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/board")
        return len(asked)

    fill(world, 30)
    queries()
    few = queries()
    fill(world, 270)
    assert queries() == few
    assert few <= 11


def test_a_board_of_300_deals_travels_in_25_kilobytes(world: World) -> None:
    fill(world, 300)
    answer = signed_in(world.people.anna).get("/board", headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 25_000


def test_scrolling_gives_the_next_cards_and_none_twice(world: World) -> None:
    fill(world, 300)
    client = signed_in(world.people.anna)
    first = re.search(
        r'id="column-\d+" data-stage="prospecting".*?</section>', client.get("/board").text, re.DOTALL
    )
    assert first
    seen, address = cards(first[0]), re.search(r'hx-get="([^"]+)"', first[0])
    while address:
        more = client.get(address[1].replace("&amp;", "&"), headers=HTMX).text
        assert "<html" not in more
        seen += cards(more)
        address = re.search(r'hx-get="([^"]+)"', more)
    assert len(seen) == len(set(seen)) == 72


@pytest.mark.parametrize(
    "query", ["stage=nowhere&begins=0", "stage=needs&begins=-1", "stage=needs&begins=x", "stage=needs"]
)
def test_cards_of_no_column_are_not_found(world: World, query: str) -> None:
    assert signed_in(world.people.anna).get(f"/board/more?{query}").status_code == 404


def test_everyone_sees_the_deals_they_may_open_and_no_others(world: World) -> None:
    fill(world, 40)
    people = world.people
    for user, owners in {
        people.dan: {people.dan}, people.cleo: {people.cleo, people.dan}, people.emil: set(),
        people.rut: {people.anna, people.bo, people.cleo, people.dan},
    }.items():  # fmt: skip
        own = Deal.objects.filter(owner__in=owners).count()
        assert f"<b>{own}</b> deal" in shown(user), user.name


def test_mine_and_without_a_next_step_narrow_cards_counts_and_totals_alike(world: World) -> None:
    fill(world, 100)
    anna = world.people.anna
    mine = Deal.objects.filter(owner=anna)
    missing = mine.filter(next_step_on=None)
    assert f"<b>{mine.count()}</b> deals" in shown(anna, "/board?whose=mine")
    narrow = shown(anna, "/board?whose=mine&step=none")
    assert f"<b>{missing.count()}</b> deals" in narrow
    assert len(cards(narrow)) == missing.count()
    assert narrow.count("Set the next step") == missing.count()


def test_a_reader_is_offered_nothing_that_writes(world: World) -> None:
    fill(world, 10)
    text = shown(world.people.rut)
    assert "/deals/new" not in text
    assert "/move" not in text
    assert "/step" not in text


def test_amounts_of_two_currencies_are_never_added(world: World) -> None:
    deals = fill(world, 20)
    sums = {
        code: sum(deal.amount_minor or 0 for deal in deals if deal.currency == code)
        for code in ("EUR", "USD")
    }
    assert all(sums.values())
    bar = re.search(r'<p class="totals" id="totals">.*?</p>', shown(world.people.anna), re.DOTALL)
    assert bar
    assert len(re.findall("<b>[€$]", bar[0])) == 2


def test_without_a_map_the_board_says_so(people: object) -> None:
    answer = signed_in(User.objects.get(name="Anna Lindqvist")).get("/board")
    assert answer.status_code == 200
    assert "There is no map in use yet" in answer.text
