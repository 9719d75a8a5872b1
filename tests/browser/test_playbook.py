"""Guidance and objections in a browser: one tap, an answer, a term by keyboard, a change of the playbook."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Look, Visitor
from tests.desk.board_world import World, begin

from infield.deals.models import Deal
from infield.playbook.models import RaisedObjection
from infield.web.ids import to_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    return begin()


@pytest.fixture
def deal_page(visitor: Visitor, world: World) -> Page:
    deal = Deal.objects.begin("Harbour Paper", "Line 3", world.version, world.people.dan)
    visitor.sign_in(world.people.dan.email)
    return visitor.open(f"/deals/{to_text(deal.pk)}")


def looks_right(visitor: Visitor, looks: tuple[Look, ...]) -> None:
    assert visitor.look(looks) == {}
    visitor.look_at("light", "desk")


def test_an_objection_is_noted_with_one_tap_answered_and_taken_back(
    visitor: Visitor, deal_page: Page, looks: tuple[Look, ...]
) -> None:
    section = deal_page.locator("#objections")
    section.get_by_role("button", name="It is too expensive").click()
    expect(section.get_by_text("1 stands")).to_be_visible()
    expect(deal_page.locator(".toast")).to_contain_text("Objection noted.")
    deal_page.reload()  # the message is no part of the page
    looks_right(visitor, looks)
    section.get_by_text("Compared with what?").click()
    section.get_by_role("button", name="Resolved").click()
    expect(section.locator(".is-resolved")).to_contain_text("It is too expensive")
    deal_page.locator(".toast button").click()
    expect(section.get_by_text("1 stands")).to_be_visible()
    assert RaisedObjection.objects.get().resolved is None


def test_a_question_is_answered_where_it_stands(deal_page: Page) -> None:
    asked = deal_page.locator(".guidance .questions > li").first
    asked.get_by_text("Note the answer").click()
    asked.get_by_role("textbox").fill("Forty stops a week")
    asked.get_by_role("button", name="Keep").click()
    expect(deal_page.locator(".answered").first).to_have_text("Forty stops a week")


def test_a_term_says_what_it_means_by_keyboard_and_touch(visitor: Visitor, deal_page: Page) -> None:
    term = deal_page.get_by_role("button", name="Exit checklist")
    term.focus()
    deal_page.keyboard.press("Enter")
    card = deal_page.locator(":popover-open")
    expect(card).to_contain_text("The way out of a stage.")
    for width in ("phone", "narrow"):
        visitor.look_at("dark", width)
        expect(card).to_be_visible()
        box = card.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= deal_page.viewport_size["width"]  # type: ignore[index]
    deal_page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_in_a_dialog_escape_closes_what_a_word_means_and_then_the_dialog(
    visitor: Visitor, deal_page: Page, looks: tuple[Look, ...]
) -> None:
    visitor.look_at("light", "desk")
    deal_page.keyboard.press("n")
    dialog = deal_page.locator("dialog[open]")
    mark = dialog.get_by_role("button", name="Next step: what it means")
    mark.press("Enter")
    card = deal_page.locator(":popover-open")
    expect(card).to_contain_text("What was agreed to happen next")
    assert visitor.wrong() == []
    deal_page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(dialog).to_be_visible()
    expect(mark).to_be_focused()
    looks_right(visitor, looks)
    deal_page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_tab_goes_past_what_labels_mean_and_f1_opens_it(
    visitor: Visitor, deal_page: Page, looks: tuple[Look, ...]
) -> None:
    page = visitor.open("/deals/new")
    field = page.get_by_label("Organization", exact=True)
    field.focus()
    page.keyboard.press("F1")
    card = page.locator(":popover-open")
    expect(card).to_contain_text("Organization")
    expect(card).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.get_by_role("link", name="All words")).to_be_focused()
    page.keyboard.press("F1")
    expect(card).to_have_count(0)
    expect(field).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.term-mark')")
    assert page.locator(".term-mark").count() == page.locator(".term-mark[tabindex='-1']").count() > 0
    page.get_by_text("Organization", exact=True).first.click()
    expect(field).to_be_focused()
    looks_right(visitor, looks)


def test_in_the_log_f1_opens_what_a_choice_is_about_and_esc_leads_back_to_it(
    visitor: Visitor, deal_page: Page
) -> None:
    visitor.look_at("light", "desk")
    deal_page.keyboard.press("n")
    dialog = deal_page.locator("dialog[open]")
    choice = dialog.locator("input[name=objection]").first
    choice.focus()
    deal_page.keyboard.press("F1")
    card = deal_page.locator(":popover-open")
    expect(card).to_contain_text("Objection")
    deal_page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(dialog).to_be_visible()
    expect(choice).to_be_focused()
    # a field without a word of its own has that of what it belongs to
    deal_page.get_by_label("What is to be done").press("F1")
    expect(card).to_contain_text("Next step")
    deal_page.keyboard.press("F1")
    expect(card).to_have_count(0)
    # where nothing has a meaning the key is the browser's
    dialog.get_by_label("Your words").or_(dialog.locator("textarea")).first.press("F1")
    expect(card).to_have_count(0)
    assert visitor.wrong() == []


def test_the_playbook_looks_right_and_is_changed_by_who_may(
    visitor: Visitor, world: World, looks: tuple[Look, ...]
) -> None:
    visitor.sign_in(world.people.anna.email)
    page = visitor.open("/playbook")
    page.get_by_role("button", name="Hide: So what?").click()
    hidden = page.locator(".pieces .is-hidden")
    expect(hidden).to_contain_text("So what?")
    page.locator(".toast button").click()
    expect(hidden).to_have_count(0)
    page.reload()  # the message is no part of the page
    looks_right(visitor, looks)
    page.get_by_role("link", name="Edit: So what?").click()
    page.get_by_label("What it says").fill("Ask it twice.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#guide")).to_contain_text("Ask it twice.")
    for address in ("/playbook/objections", "/objections", "/glossary"):
        visitor.open(address)
        looks_right(visitor, looks)
    page.get_by_role("searchbox").fill("opportunity")
    expect(page.locator(".glossary dt")).to_have_text(["Deal"])
