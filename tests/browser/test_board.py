"""The board in a browser: gates, undo, dragging with mouse and finger, keys, and how it looks."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.conftest import PATIENCE_MS, Look, Visitor
from tests.desk.board_world import World, begin, fill
from tests.people import PASSWORD

from infield.deals.models import Deal
from infield.web.ids import to_text
from infield.web.money import Money

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOLD_MS = 500
THINKING_MS = 60_000


@pytest.fixture
def world(transactional_db: None) -> World:
    return begin()


@pytest.fixture
def deal(world: World) -> Deal:
    return Deal.objects.begin(
        "Harbour Paper", "Line 3", world.version, world.people.dan, amount=Money(5_000_000, "EUR")
    )


@pytest.fixture
def board(visitor: Visitor, world: World, deal: Deal) -> Page:
    visitor.sign_in(world.people.dan.email)
    visitor.page.set_viewport_size({"width": 1440, "height": 900})
    return visitor.open("/board")


def card(page: Page, deal: Deal) -> Locator:
    return page.locator(f"#d-{to_text(deal.pk)}")


def column(page: Page, stage: str) -> Locator:
    return page.locator(f".column[data-stage={stage}]")


def in_stage(page: Page, deal: Deal, stage: str) -> None:
    expect(column(page, stage).locator(f"#d-{to_text(deal.pk)}")).to_be_visible()


def drag(page: Page, what: Locator, to: Locator) -> None:
    expect(what).to_be_visible()
    expect(to).to_be_visible()
    start, end = what.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 60, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(end["x"] + 80, end["y"] + 200, steps=8)
    expect(page.locator(".card.is-ghost")).to_be_visible()
    page.mouse.up()


def fill_gate(page: Page) -> None:
    for box in page.locator("dialog input[type=checkbox]").all():
        box.check()
    for field in page.locator("dialog .evidence").all():
        field.fill("Mail of 3 May")


def test_a_gate_refuses_a_dragged_card_until_its_criteria_are_met(board: Page, deal: Deal) -> None:
    drag(board, card(board, deal), column(board, "qualified"))
    dialog = board.get_by_role("dialog", name="2 exit criteria are still open")
    expect(dialog).to_be_visible()
    expect(board.locator("dialog input[type=checkbox]").first).to_be_focused()
    board.get_by_role("button", name="Move to Qualified", exact=True).click()
    expect(board.get_by_text("Not yet: tick each one")).to_be_visible()
    fill_gate(board)
    board.get_by_role("button", name="Move to Qualified", exact=True).click()
    expect(board.get_by_role("dialog", name="What is the next step?")).to_be_visible()
    board.keyboard.press("Escape")
    expect(board.locator("#slot dialog, dialog[open]")).to_have_count(0)
    in_stage(board, deal, "qualified")
    expect(column(board, "qualified").locator(".count")).to_have_text("1")
    expect(board.locator("#live")).to_have_text("Moved to Qualified.")
    assert Deal.objects.get().stage == "qualified"


def test_cancel_puts_the_card_back(board: Page, deal: Deal) -> None:
    drag(board, card(board, deal), column(board, "needs"))
    board.get_by_text("Keep in Prospecting").click()
    in_stage(board, deal, "prospecting")
    assert Deal.objects.get().stage == "prospecting"


def test_a_card_goes_where_it_is_let_go_however_fast(board: Page, deal: Deal) -> None:
    card(board, deal).evaluate(
        """(card) => {
            const box = card.getBoundingClientRect();
            const there = document.querySelector('.column[data-stage="qualified"]').getBoundingClientRect();
            const send = (type, x) => card.dispatchEvent(new PointerEvent(type, {
                bubbles: true, isPrimary: true, pointerId: 1, pointerType: "mouse", clientX: x, clientY: box.top + 9,
            }));
            send("pointerdown", box.left + 9);
            send("pointermove", box.left + 29);
            send("pointerup", there.left + 9);  // no frame in between
        }"""
    )
    expect(board.get_by_role("dialog", name="2 exit criteria are still open")).to_be_visible()


def test_moving_anyway_needs_a_reason_and_is_undone_by_the_toast_and_by_ctrl_z(
    board: Page, deal: Deal
) -> None:
    board.clock.install()
    card(board, deal).focus()
    for undo in ("toast", "key"):
        board.keyboard.press("Shift+ArrowRight")
        board.get_by_text("Move anyway", exact=True).click()
        anyway = board.get_by_role("button", name="Move to Qualified anyway")
        anyway.click()
        expect(board.get_by_text("Say why it moves although something is open.")).to_be_visible()
        board.get_by_label("Reason, which your manager will see").fill("The fair is tomorrow")
        anyway.click()
        expect(board.locator("#live")).to_have_text("Moved to Qualified.")
        expect(board.get_by_role("dialog", name="What is the next step?")).to_be_visible()
        in_stage(board, deal, "qualified")
        board.clock.fast_forward(THINKING_MS)
        board.keyboard.press("Escape")
        expect(board.locator("#slot dialog, dialog[open]")).to_have_count(0)
        in_stage(board, deal, "qualified")
        if undo == "toast":
            board.get_by_role("button", name="Undo").click()
        else:
            board.keyboard.press("Control+z")
        in_stage(board, deal, "prospecting")
        expect(board.locator("#live")).to_have_text("Undone.")
        card(board, deal).focus()
    assert Deal.objects.get().stage == "prospecting"


def test_keys_walk_move_open_and_plan(board: Page, world: World, deal: Deal) -> None:
    other = Deal.objects.begin("Ferro Castings", "Retrofit", world.version, world.people.dan, stage="needs")
    board.reload()
    card(board, deal).focus()
    board.keyboard.press("ArrowRight")
    expect(card(board, other)).to_be_focused()
    board.keyboard.press("ArrowLeft")
    expect(card(board, deal)).to_be_focused()
    board.keyboard.press("a")
    board.get_by_label("What is to be done").fill("Call Maria")
    board.keyboard.press("Enter")
    expect(card(board, deal).get_by_text("Call Maria")).to_be_visible()
    expect(board.locator("#slot dialog, dialog[open]")).to_have_count(0)
    card(board, deal).focus()
    board.keyboard.press("m")
    expect(board.get_by_role("dialog", name="Move to")).to_be_visible()
    board.keyboard.press("3")
    expect(board.get_by_role("dialog", name="5 exit criteria are still open")).to_be_visible()
    board.keyboard.press("Escape")
    expect(board.locator("#slot dialog, dialog[open]")).to_have_count(0)
    card(board, deal).focus()
    board.keyboard.press("Enter")
    board.wait_for_url(f"**/deals/{to_text(deal.pk)}")


def test_a_card_is_dragged_with_a_finger_that_holds(
    browser: Browser, live_server: LiveServer, world: World, deal: Deal
) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 900}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    visitor = Visitor(page, live_server.url)
    visitor.sign_in(world.people.dan.email)
    visitor.open("/board")
    expect(card(page, deal)).to_be_visible()
    start, end = card(page, deal).bounding_box(), column(page, "qualified").bounding_box()
    assert start
    assert end
    touch = context.new_cdp_session(page)

    def finger(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = start["x"] + 60, start["y"] + 40
    finger("touchStart", x, y)
    page.wait_for_timeout(HOLD_MS)
    for step in range(1, 9):
        finger("touchMove", x + (end["x"] + 80 - x) * step / 8, y + 10 * step)
        page.wait_for_timeout(20)
    expect(page.locator(".card.is-ghost")).to_be_visible()
    finger("touchEnd", 0, 0)
    expect(page.get_by_role("dialog", name="2 exit criteria are still open")).to_be_visible()
    fill_gate(page)
    page.get_by_role("button", name="Move to Qualified", exact=True).click()
    in_stage(page, deal, "qualified")
    context.close()


def test_the_whole_way_on_the_page_of_a_deal(board: Page, deal: Deal) -> None:
    board.get_by_role("link", name="Harbour Paper", exact=True).click()
    board.get_by_text("Company fits our profile").click()
    board.get_by_placeholder("What shows it?").first.fill("Their report of 2025")
    board.get_by_role("button", name="It is met").first.click()
    expect(board.get_by_text("Their report of 2025").first).to_be_visible()
    board.get_by_role("link", name="€50,000").click()
    board.get_by_label("Amount", exact=True).fill("61,000")
    board.keyboard.press("Enter")
    expect(board.get_by_role("link", name="€61,000")).to_be_visible()
    board.get_by_role("link", name="Lost…").click()
    board.get_by_text("Price", exact=True).click()
    board.locator("dialog .actions").get_by_role("button", name="Close as lost").click()
    expect(board.get_by_role("heading", name="Lost: Price")).to_be_visible()
    board.get_by_role("link", name="Reopen").click()
    board.get_by_role("button", name="Reopen").click()
    expect(board.get_by_role("heading", name="Nothing is planned with this customer")).to_be_visible()


def test_the_rest_of_a_column_arrives_as_one_scrolls(visitor: Visitor, world: World) -> None:
    fill(world, 300)
    visitor.sign_in(world.people.anna.email)
    page = visitor.open("/board")
    cards = column(page, "prospecting").locator(".card")
    expect(cards).to_have_count(30)
    for count in (60, 72):
        column(page, "prospecting").locator(".card-rest").scroll_into_view_if_needed()
        expect(cards).to_have_count(count)


@pytest.mark.looks
@pytest.mark.parametrize("language", ["en", pytest.param("fi", marks=pytest.mark.long)])
def test_board_gate_and_deal_look_right(
    visitor: Visitor, world: World, language: str, looks: tuple[Look, ...]
) -> None:
    deals = fill(world, 60)
    world.people.anna.language = language
    world.people.anna.save()
    visitor.page.goto(visitor.address + "/sign-in")
    visitor.page.locator("[name=login]").fill(world.people.anna.email)
    visitor.page.locator("[name=password]").fill(PASSWORD)
    visitor.page.locator("form button[type=submit]").click()
    visitor.page.wait_for_url(lambda url: "/sign-in" not in url)
    page = visitor.page
    first = next(deal for deal in deals if deal.stage == "needs")
    for path, ready in {
        "/board": ".card", f"/deals/{to_text(first.pk)}": ".timeline", f"/deals/{to_text(first.pk)}/move": ".stages",
        "gate": "dialog.is-gate[open]",
    }.items():  # fmt: skip
        if path == "gate":
            visitor.open("/board")
            values = "{ target: '#slot', values: { to: 'negotiation' } }"
            page.evaluate(f"void htmx.ajax('POST', '/deals/{to_text(first.pk)}/move', {values})")
        else:
            visitor.open(path)
        page.locator(ready).first.wait_for()
        assert visitor.look(looks) == {}, path
