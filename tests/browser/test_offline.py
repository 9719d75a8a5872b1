"""Without a network: the board as it was seen last, saying so, and nothing of it after signing out."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Visitor
from tests.deals.world import begin

from infield.deals.models import Deal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
KEPT = "caches.open('pages').then(pages => pages.keys()).then(kept => kept.length)"
BOARD_KEPT = "caches.open('pages').then(pages => pages.match('/board')).then(kept => kept !== undefined)"
SHELL_KEPT = """document.body.dataset.worker && fetch(document.body.dataset.worker).then(answer => answer.text()).then(
    async text => {
        const files = JSON.parse(text.match(/FILES = (.*);/)[1]);
        const kept = await Promise.all(files.map(file => caches.match(file)));
        return files.filter((_, number) => kept[number] === undefined);
    })"""


def cut_off(visitor: Visitor) -> None:
    """Take the network away, and what the browser then says of it out of its complaints."""
    visitor.page.context.set_offline(True)


def board_kept(visitor: Visitor) -> None:
    visitor.open("/board")
    visitor.page.wait_for_function(CONTROLLED)
    visitor.open("/board")
    visitor.page.wait_for_function(BOARD_KEPT)
    assert visitor.page.evaluate(SHELL_KEPT) == []


def test_the_board_seen_last_opens_without_a_network_says_so_and_takes_no_writes(visitor: Visitor) -> None:
    world = begin()
    world.deal(world.people.dan, organization="Kuusinen Sawmills")
    visitor.sign_in(world.people.dan.email)
    board_kept(visitor)
    cut_off(visitor)
    for path in ("/board", "/"):
        page = visitor.open(path)
        expect(page.get_by_text("You are offline; this is from")).to_be_visible()
        expect(page.get_by_text("Kuusinen Sawmills").first).to_be_visible()
    page.evaluate("window.htmx.ajax('POST', '/profile/scheme', {target: '#slot'})")
    page.locator(".toast", has_text="nothing can be changed until you are back").wait_for()
    expect(visitor.open("/profile").get_by_role("heading", name="You are offline")).to_be_visible()
    visitor.complaints.clear()


def test_nothing_is_left_after_signing_out(visitor: Visitor) -> None:
    world = begin()
    world.deal(world.people.dan, organization="Kuusinen Sawmills")
    visitor.sign_in(world.people.dan.email)
    board_kept(visitor)
    page = visitor.open("/profile")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    page.wait_for_function(f"{KEPT}.then(kept => kept === 0)")
    cut_off(visitor)
    assert "Kuusinen" not in visitor.open("/board").content()
    expect(visitor.page.get_by_role("heading", name="You are offline")).to_be_visible()
    visitor.complaints.clear()


def test_the_copy_gives_way_to_the_page_once_the_server_answers_and_not_before(visitor: Visitor) -> None:
    world = begin()
    deal = world.deal(world.people.dan, organization="Kuusinen Sawmills")
    visitor.sign_in(world.people.dan.email)
    board_kept(visitor)
    cut_off(visitor)
    page = visitor.open("/board")
    with page.expect_event("requestfailed", lambda request: request.method == "HEAD"):
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("You are offline; this is from")).to_be_visible()
    Deal.objects.filter(pk=deal.pk).update(title="A second line")
    page.context.set_offline(False)
    expect(page.get_by_text("A second line").first).to_be_visible()
    expect(page.get_by_text("You are offline; this is from")).to_have_count(0)
    visitor.complaints.clear()
