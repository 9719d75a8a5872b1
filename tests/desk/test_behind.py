"""The deals behind a figure: as many as the figure says, those that the viewer may open, and they open."""

import re
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings
from tests.people import People
from tests.selling import published, went

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.desk.behind.queries import AT_ONCE, deals_behind
from infield.desk.behind.question import Question
from infield.desk.map.queries import happened_on
from infield.history.queries import log_source
from infield.history.upkeep import refresh
from infield.people.models import Organization
from infield.process.models import ProcessVersion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def parts_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def saved(version: ProcessVersion, owner: User, case: UUID, *stages: str, outcome: str = "") -> Deal:
    """Save the row of a deal that went this way."""
    harbour, _ = Organization.objects.get_or_create(
        folded_name="harbour paper", defaults={"name": "Harbour Paper", "owner": owner}
    )
    return Deal.objects.create(
        case=case,
        organization=harbour,
        title=f"Deal {case}",
        owner=owner,
        version=version,
        stage=stages[-1],
        stage_entered_at=now() - timedelta(days=1),
        created_at=now() - timedelta(days=9),
        outcome=outcome or None,
        closed_at=now() if outcome else None,
        lost_reason="other" if outcome == "lost" else "",
    )


def some_history(version: ProcessVersion, owners: list[User], deals: int) -> None:
    """Deals that skip stages, go back and repeat; the same ones every time."""
    rng, keys = Random(5), [stage.key for stage in version.map().stages]  # noqa: S311
    for number in range(deals):
        steps = sorted(rng.sample(range(len(keys)), rng.randint(1, len(keys))))
        steps += [rng.choice(steps)] if rng.random() < 0.4 else []
        stages = [keys[step] for step in steps]
        outcome = rng.choice(["won", "lost", ""])
        owner = owners[number % len(owners)]
        saved(version, owner, went(version, owner, *stages, outcome=outcome), *stages, outcome=outcome)


@pytest.mark.slow
def test_every_figure_has_as_many_deals_as_it_says(people: People) -> None:
    version = published(people.anna)
    some_history(version, [people.bo, people.dan], 25)
    refresh(log_source())
    report = happened_on(version, people.anna, "all")

    def behind(question: Question) -> int:
        page = deals_behind(version, people.anna, "all", question, "", "en")
        assert len(page.rows) == min(page.count, AT_ONCE)
        return page.count

    edges = {(edge.source, edge.target): edge.deals for edge in report.process.edges}
    assert ":won" in {target for _, target in edges}
    assert len(edges) > 10
    assert {pair: behind(Question("moved", *pair)) for pair in edges} == edges
    entered = {stage.stage: (stage.entered, stage.still_in, stage.stopped) for stage in report.funnel}
    ways = ("entered", "still", "stopped")
    assert {key: tuple(behind(Question(way, key)) for way in ways) for key in entered} == entered
    assert len({stopped for _, _, stopped in entered.values()}) > 2
    assert behind(Question("won")) == report.overview.won
    assert behind(Question("closed")) == report.overview.won + report.overview.lost
    held = report.conformance
    assert held is not None
    assert behind(Question("fits")) == held.fitting
    deviations = {(one.kind, one.stage, one.target or ""): one.deals for one in held.deviations}
    assert {kind for kind, _, _ in deviations} >= {"skip", "back"}
    assert {about: behind(Question(*about)) for about in deviations} == deviations


def test_the_deals_that_went_on_after_the_sale_are_those_behind_its_figure(people: People) -> None:
    version = published(people.anna)
    *_, closing, client = (stage.key for stage in version.map().stages)
    for after in ((client,), (client,), ()):
        case = went(version, people.bo, closing, outcome="won", after=after)
        saved(version, people.bo, case, *after or (closing,), outcome="won")
    for pair, count in {(closing, ":won"): 3, (":won", client): 2, (closing, client): 0}.items():
        assert deals_behind(version, people.anna, "all", Question("moved", *pair), "", "en").count == count


def test_only_deals_that_the_viewer_may_open_are_listed(people: People) -> None:
    version = published(people.anna)
    some_history(version, [people.bo, people.emil], 20)
    first = version.map().stages[0].key
    pages = {
        viewer: signed_in(viewer).get(f"/map/deals?way=entered&stage={first}").content.decode()
        for viewer in (people.bo, people.emil, people.anna, people.rut)
    }
    titles = {viewer: set(re.findall(r"Deal ([0-9a-f-]{36})", page)) for viewer, page in pages.items()}
    assert titles[people.bo] == titles[people.anna]
    assert titles[people.bo]
    assert titles[people.bo].isdisjoint(titles[people.emil])
    assert titles[people.rut] == titles[people.bo] | titles[people.emil]


def test_every_number_of_the_funnel_and_every_finding_leads_to_a_list_that_opens(people: People) -> None:
    version = published(people.anna)
    some_history(version, [people.bo], 40)
    refresh(log_source())
    client = signed_in(people.bo)
    found = []
    for path in ("/funnel", "/map?view=both", "/map?view=real"):
        page = client.get(path).content.decode().replace("&amp;", "&")
        found += re.findall(r'href="(/map/deals\?[^"]+)"', page)
    by_way = {re.findall(r"way=(\w+)", address)[0]: address for address in found}
    assert set(by_way) >= {"entered", "still", "stopped", "won", "moved", "closed", "fits"}
    for address in by_way.values():
        answer = client.get(address)
        assert answer.status_code == 200, address


def test_a_long_list_goes_on_without_repeating_a_deal(people: People) -> None:
    version = published(people.anna)
    first = version.map().stages[0].key
    for _ in range(AT_ONCE + 3):
        saved(version, people.bo, went(version, people.bo, first), first)
    client = signed_in(people.bo)
    page = client.get(f"/map/deals?way=entered&stage={first}").content.decode()
    (more,) = re.findall(r'href="(\?[^"]*after=[^"]*)"', page)
    rest = client.get("/map/deals" + more.replace("&amp;", "&")).content.decode()
    seen = [set(re.findall(r"Deal ([0-9a-f-]{36})", text)) for text in (page, rest)]
    assert [len(some) for some in seen] == [AT_ONCE, 3]
    assert not seen[0] & seen[1]


@pytest.mark.parametrize(
    "query", ["", "?way=nonsense", "?way=entered", "?way=moved&stage=x", "?way=won&process=x"]
)
def test_an_address_that_asks_nothing_is_not_found(people: People, query: str) -> None:
    published(people.anna)
    assert signed_in(people.bo).get(f"/map/deals{query}").status_code == 404


def test_a_figure_of_nothing_says_what_to_do(people: People) -> None:
    published(people.anna)
    page = signed_in(people.bo).get("/map/deals?way=entered&stage=nothing-of-the-kind").content.decode()
    assert "No deal to show" in page


def test_names_in_an_address_are_shown_as_text(people: People) -> None:
    published(people.anna)
    page = signed_in(people.bo).get("/map/deals?way=entered&stage=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
