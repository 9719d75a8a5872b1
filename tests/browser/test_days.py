"""A call logged with its next step by keys alone, the list of the day, and the calendar by mouse and keys."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Look, Visitor
from tests.desk.board_world import World, begin

from infield.activities.actions import plan
from infield.activities.models import Activity
from infield.activities.said import Plan
from infield.deals.models import Deal
from infield.playbook.models import RaisedObjection
from infield.web.ids import to_text
from infield.web.money import Money

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    return begin()


@pytest.fixture
def deal(world: World) -> Deal:
    return Deal.objects.begin(
        "Harbour Paper", "Line 3", world.version, world.people.dan, amount=Money(5_000_000, "EUR")
    )


@pytest.fixture
def page(visitor: Visitor, world: World, deal: Deal) -> Page:
    visitor.sign_in(world.people.dan.email)
    visitor.page.set_viewport_size({"width": 1440, "height": 900})
    return visitor.page


def soon(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_a_call_and_its_next_step_are_logged_by_keys_alone(visitor: Visitor, page: Page, deal: Deal) -> None:
    visitor.open("/board")
    page.locator(f"#d-{to_text(deal.pk)}").focus()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="What was done?")
    expect(dialog).to_be_visible()
    page.get_by_role("radio", name="Call").focus()
    page.keyboard.press("4")
    expect(page.get_by_role("radio", name="Visit")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # reached
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # keen
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the objection that comes first
    page.keyboard.press("Tab")
    page.keyboard.type("They want to see the line")
    page.get_by_label("What is to be done").focus()
    page.keyboard.type("Demo on site")
    page.keyboard.press("Enter")
    expect(page.locator("#slot dialog, dialog[open]")).to_have_count(0)
    expect(page.locator("#live")).to_have_text("Logged: Visit: reached.")
    expect(page.locator(f"#d-{to_text(deal.pk)} .step")).to_contain_text("Demo on site")
    row = Activity.objects.get()
    assert (row.kind, row.outcome, row.mood, row.notes) == (
        "visit",
        "reached",
        "keen",
        "They want to see the line",
    )
    assert row.objection is not None
    assert Deal.objects.get().next_step == "Demo on site"
    page.keyboard.press("Control+z")
    expect(page.locator("#live")).to_have_text("Undone.")
    assert not Activity.objects.exists()
    assert not RaisedObjection.objects.exists()
    assert Deal.objects.get().next_step == ""


def test_a_line_of_the_day_is_done_in_place(visitor: Visitor, page: Page, deal: Deal) -> None:
    visitor.open("/today")
    page.locator(".line").first.focus()
    page.keyboard.press("n")
    page.get_by_label("What is to be done").fill("Call Maria")
    page.get_by_role("button", name="In 2 weeks").click()
    page.get_by_role("button", name="Set the next step").last.click()
    expect(page.get_by_role("heading", name="The day is clear")).to_be_visible()
    assert Deal.objects.get().next_step_on >= soon(14)  # type: ignore[operator]


def test_what_is_planned_is_moved_by_keys_and_by_mouse(visitor: Visitor, page: Page, world: World) -> None:
    wednesday = soon(0) - timedelta(days=soon(0).weekday() - 2)
    row = plan(None, Plan(what="Trade fair", on=soon(0)), world.people.dan)
    Activity.objects.update(due_on=wednesday)
    visitor.open(f"/calendar?on={wednesday}")
    entry = page.locator(f'[data-key="a-{to_text(row.pk)}"]')
    entry.focus()
    page.keyboard.press("Shift+ArrowRight")
    thursday = page.locator(f'.day[data-day="{wednesday + timedelta(days=1)}"]')
    expect(thursday.get_by_text("Trade fair")).to_be_visible()
    expect(page.locator("#live")).to_have_text("Moved.")
    expect(entry).to_be_focused()
    friday = page.locator(f'.day[data-day="{wednesday + timedelta(days=2)}"]')
    expect(friday).to_be_visible()
    start, end = entry.bounding_box(), friday.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 120, steps=6)
    page.mouse.up()
    expect(friday.get_by_text("Trade fair")).to_be_visible()
    assert Activity.objects.get().due_on == wednesday + timedelta(days=2)


@pytest.mark.looks
def test_the_pages_of_the_day_look_right(
    visitor: Visitor, page: Page, world: World, deal: Deal, looks: tuple[Look, ...]
) -> None:
    plan(None, Plan(what="Trade fair", on=soon(0)), world.people.dan)
    wrong = {}
    for path in ("/today", "/calendar", "/calendar?view=month", "/calendar?view=day", "/settings/cadences"):
        visitor.open(path)
        wrong[path] = visitor.look(looks)
    visitor.open(f"/log/deals/{to_text(deal.pk)}")
    wrong["log"] = visitor.look(looks)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_on_a_phone_the_week_begins_today_but_for_what_was_left(
    visitor: Visitor, page: Page, world: World, deal: Deal
) -> None:
    plan(None, Plan(what="Trade fair", on=soon(0)), world.people.dan)
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.open("/calendar")
    for day in page.locator(".is-week .day").all():
        on = date.fromisoformat(day.get_attribute("data-day") or "")
        assert day.is_visible() == (on >= soon(0)), on
    expect(page.locator(".day.is-today")).to_be_in_viewport()


def test_on_a_phone_what_narrows_the_list_stays_in_sight(visitor: Visitor, page: Page, deal: Deal) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    for path in ("/deals", "/board", "/deals/timeline"):
        visitor.open(f"{path}?stage=prospecting")
        chip = page.get_by_title("Take this condition away")
        expect(chip).to_be_in_viewport(ratio=1)
        page.evaluate("document.querySelector('.bar').scrollLeft = 400")
        expect(chip).to_be_in_viewport(ratio=1)
    visitor.open("/board")
    assert all(
        (tab.bounding_box() or {"height": 0})["height"] >= 44 for tab in page.locator(".stage-tabs a").all()
    )
