"""Sending: once however often it is clicked, and nothing that was typed is lost when a session ends meanwhile."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.desk.board_world import World, begin

from infield.deals.models import Deal
from infield.web.ids import to_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    return begin()


@pytest.fixture
def page(visitor: Visitor, world: World) -> Page:
    visitor.sign_in(world.people.dan.email)
    visitor.page.set_viewport_size({"width": 1440, "height": 900})
    return visitor.page


def begun(world: World) -> Deal:
    return Deal.objects.begin("Harbour Paper", "Line 3", world.version, world.people.dan)


def test_a_form_that_is_clicked_twice_is_sent_once(visitor: Visitor, page: Page) -> None:
    visitor.open("/deals/new")
    page.get_by_role("textbox", name="Organization").fill("Harbour Paper")
    page.get_by_role("textbox", name="What it is about").fill("Line 3")
    page.get_by_role("button", name="Begin the deal").dblclick()
    page.wait_for_url(lambda url: "/new" not in url)
    assert Deal.objects.count() == 1


def test_a_refused_form_can_be_sent_again_at_once(visitor: Visitor, page: Page) -> None:
    visitor.open("/deals/new")
    page.get_by_role("button", name="Begin the deal").click()
    expect(page.get_by_role("textbox", name="Organization")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("textbox", name="Organization").fill("Harbour Paper")
    page.get_by_role("textbox", name="What it is about").fill("Line 3")
    page.get_by_role("button", name="Begin the deal").click()
    page.wait_for_url(lambda url: "/new" not in url)
    assert Deal.objects.count() == 1


def test_what_was_typed_outlasts_the_session_and_is_sent_in_the_next(
    visitor: Visitor, world: World, page: Page
) -> None:
    deal = begun(world)
    visitor.open(f"/deals/{to_text(deal.pk)}")
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is to be done").fill("Call Maria")
    page.context.clear_cookies(name="sessionid")
    dialog.get_by_role("button", name="Set the next step").click()
    expect(dialog.get_by_role("alert")).to_contain_text("What you typed is still here")
    assert not Deal.objects.get().next_step
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    again = Visitor(opened.value, visitor.address)
    again.sign_in(world.people.dan.email)
    again.page.close()
    page.bring_to_front()
    with page.expect_response(f"**/deals/{to_text(deal.pk)}"):
        page.evaluate("dispatchEvent(new Event('focus'))")
    expect(dialog.get_by_label("What is to be done")).to_have_value("Call Maria")
    page.wait_for_timeout(200)  # the token is taken over once the page is read
    dialog.get_by_role("button", name="Set the next step").click()
    expect(dialog).to_have_count(0)
    assert Deal.objects.get().next_step == "Call Maria"
    visitor.complaints.clear()  # a browser says itself that it was refused
