"""The picture of an organization: its people, its deals, and who has which part in which."""

from typing import Any

import pytest
from django.test import Client
from lxml import etree
from tests.deals.world import World

from infield.accounts.models import User
from infield.people.models import Contact, Organization
from infield.people.organizations.picture import MOST, Box, Tie, relations
from infield.web.ids import to_text

SVG = "{http://www.w3.org/2000/svg}"


def drawn(people: int, deals: int, *ties: Tie) -> Any:
    text = relations(
        "Aalto Foods",
        [Box(f"Person {n}", "Decides") for n in range(people)],
        [Box(f"Line {n}", "Need") for n in range(deals)],
        ties,
        "Who decides",
    )
    return etree.fromstring(text)


def classed(picture: Any, name: str) -> list[Any]:
    return [one for one in picture.iter() if name in (one.get("class") or "").split()]


@pytest.mark.parametrize(
    ("role", "way"),
    [("decision_maker", "decides"), ("champion", "pushes"), ("blocker", "blocks"), ("user", "plain")],
)
def test_a_part_is_a_line_from_the_person_to_the_deal(role: str, way: str) -> None:
    picture = drawn(2, 2, Tie(0, 1, role))
    (tie,) = classed(picture, "tie")
    assert tie.get("class") == f"tie is-{way}"
    assert tie.get("d") == "M 156 69 C 180 69 180 131 204 131"
    assert [len(classed(picture, kind)) for kind in ("is-person", "is-deal", "is-alone")] == [2, 2, 2]


def test_it_is_as_high_as_its_rows_and_no_higher_than_the_most() -> None:
    assert drawn(1, 3).get("viewBox") == "0 0 360 238"
    many = drawn(30, 1, Tie(20, 0, "user"), Tie(2, 0, "user"))
    assert many.get("viewBox") == f"0 0 360 {42 + 62 * MOST + 10}"
    assert len(classed(many, "tie")) == 1


def test_long_names_stay_in_their_box_and_letters_are_escaped() -> None:
    text = relations("A & <B>", [Box("山田" * 40, "")], [Box("x" * 200, "y")], [], "a < b")
    picture = etree.fromstring(text)
    assert picture.get("aria-label") == "a < b"
    names = [one.text for one in classed(picture, "name")]
    assert [name[-1] == "…" for name in names] == [False, True, False, True]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(world: World, user: User) -> str:
    return client_of(user).get(f"/organizations/{to_text(Organization.objects.get().pk)}").text


def test_the_card_draws_who_has_which_part_and_says_it_in_words(world: World) -> None:
    deal = world.deal()
    eeva = Contact(family="Kuusinen", given="Eeva", organization=deal.organization).begin(world.people.dan)
    assert 'class="relations"' not in page_of(world, world.people.dan)
    deal.set_stakeholder(eeva, "champion", world.people.dan)
    page = page_of(world, world.people.dan)
    assert 'aria-label="Who has which part at Aalto Foods: Eeva Kuusinen: Champion (Line 3)"' in page
    assert 'class="tie is-pushes"' in page


def test_nobody_learns_from_the_picture_of_a_deal_they_may_not_open(world: World) -> None:
    deal = world.deal()
    eeva = Contact(family="Kuusinen", given="Eeva", organization=deal.organization).begin(world.people.dan)
    deal.set_stakeholder(eeva, "champion", world.people.dan)
    page = page_of(world, world.people.bo)
    assert 'class="relations"' not in page
    assert "Line 3" not in page
