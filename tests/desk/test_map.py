"""The map page: the map as written, what happened on it, and who may count what."""

import re

import pytest
from django.test import Client
from tests.people import People
from tests.selling import published, went

pytestmark = pytest.mark.django_db


def page(person: object, path: str) -> str:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("path", ["/map", "/funnel"])
def test_without_a_map_the_page_says_what_is_missing(people: People, path: str) -> None:
    assert "No map yet" in page(people.bo, path)


ENTERED = r'<tbody>\s*<tr[^>]*>.*?<td class="n"><a class="link" href="[^"]*">(\d+)</a></td>'


@pytest.mark.parametrize("view", ["mapped", "real", "both"])
def test_each_view_draws_its_own_picture(people: People, view: str) -> None:
    version = published(people.anna)
    first, second = (stage.key for stage in version.map().stages[:2])
    went(version, people.bo, first, second)
    kinds = {"mapped": "infield flowchart", "real": "infield process-graph", "both": "infield map-overlay"}
    assert f'class="{kinds[view]}"' in page(people.bo, f"/map?view={view}")


def test_the_stages_after_one_are_listed_as_the_language_does(people: People) -> None:
    published(people.anna)
    people.bo.language = "ja"
    people.bo.save()
    text = words(page(people.bo, "/map?stage=closing"))
    assert "Follow-up、Handling objections" in text


def test_only_deals_that_the_viewer_may_open_are_counted(people: People) -> None:
    version = published(people.anna)
    first, second = (stage.key for stage in version.map().stages[:2])
    for owner, deals in ((people.bo, 1), (people.dan, 2), (people.emil, 4)):
        for _ in range(deals):
            went(version, owner, first, second)
    seen = {people.bo: 1, people.dan: 2, people.cleo: 2, people.anna: 3, people.emil: 4, people.rut: 7}
    for viewer, deals in seen.items():
        text = words(page(viewer, "/map?view=both"))
        assert re.search(rf"\b{deals} deals?\b", text), (viewer, deals)
        row = re.search(ENTERED, page(viewer, "/funnel"), re.DOTALL)
        assert row
        assert int(row[1]) == deals


def test_deals_of_another_map_are_not_counted(people: People) -> None:
    ours, other = published(people.anna), published(people.anna, "diamond")
    went(ours, people.bo, ours.map().stages[0].key)
    went(other, people.bo, other.map().stages[0].key)
    went(other, people.bo, other.map().stages[0].key)
    assert "1 deal " in words(page(people.bo, "/map?view=real"))


def test_a_period_leaves_out_deals_that_began_before_it(people: People) -> None:
    version = published(people.anna)
    went(version, people.bo, version.map().stages[0].key)
    assert "1 deal " in words(page(people.bo, "/map?view=real&period=all"))
    assert "0 deals" in words(page(people.bo, "/map?view=real&period=quarter"))


@pytest.mark.parametrize("view", ["real", "both"])
def test_a_sale_is_shown_where_it_was_made_and_what_came_after_it(people: People, view: str) -> None:
    version = published(people.anna)
    *_, before, closing, client = (stage.key for stage in version.map().stages)
    for went_on in (True, True, False):
        went(version, people.bo, before, closing, outcome="won", after=(client,) if went_on else ())
    for _ in range(20):
        went(version, people.bo, before, outcome="lost")
    html = page(people.bo, f"/map?view={view}")
    text = words(html)
    assert "2 of them went on to a stage after the sale." in text
    assert "Closing → Won 3 deals" in text
    assert "Won → Follow-up 2 deals" in text
    assert re.search(r'data-source="(closing|Closing)" data-target="Won"', html)
    assert re.search(r'data-source="Won" data-target="(follow_up|Follow-up)"', html)
