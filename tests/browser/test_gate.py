"""A gate whose criteria are proved from its dialog, the way back of several acts, and what can be let go again."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visitor
from tests.desk.board_world import begin

from infield.activities.models import Activity
from infield.deals.models import Deal
from infield.process.models import Process
from infield.process.yaml_file import read
from infield.web.ids import to_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROVED = """\
name: Proved
stages:
  - key: talk
    name: Talk
    about: deal
    questions:
      - {key: hurts, text: What hurts?}
    criteria:
      - {key: met, text: Met them, weight: 20, proof: {activity: meeting}}
      - {key: decides, text: Who decides, weight: 20, proof: {stakeholder: decision_maker}}
      - {key: shown, text: Proposal is there, weight: 20, proof: {document: proposal}}
      - {key: hurt, text: It hurts, weight: 10, proof: {answer: hurts}}
      - {key: worth, text: Amount is known, weight: 10, proof: {field: amount}}
      - {key: needs, text: Need is known, weight: 20, proof: {field: need}}
  - key: offer
    name: Offer
    about: deal
    sale: true
"""


@pytest.fixture
def deal(transactional_db: None) -> Deal:
    world = begin()
    process = read(PROVED).process
    version = Process.objects.begin(process, world.people.anna).current()
    return Deal.objects.begin("Harbour Paper", "Line 3", version, world.people.dan)


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, visitor: Visitor, deal: Deal) -> Page:
    visitor.sign_in(deal.owner.email)
    width, height = request.param
    visitor.page.set_viewport_size({"width": width, "height": height})
    return visitor.open(f"/deals/{to_text(deal.pk)}")


def still_open(page: Page, criteria: int) -> None:
    noun = "exit criterion is" if criteria == 1 else "exit criteria are"
    expect(page.get_by_role("dialog", name=f"{criteria} {noun} still open")).to_be_visible()


def begin_the_move(page: Page) -> None:
    page.keyboard.press("m")
    expect(page.get_by_role("dialog", name="Move to")).to_be_visible()
    page.keyboard.press("2")
    still_open(page, 6)


def prove(page: Page, link: str, button: str) -> None:
    page.get_by_role("dialog").get_by_role("link", name=link).click()
    expect(page.get_by_role("dialog").get_by_role("button", name=button, exact=True)).to_be_visible()


def test_each_criterion_is_proved_from_the_gate_and_the_gate_comes_back(page: Page, deal: Deal) -> None:
    begin_the_move(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Evidence: It hurts").fill("They said so")

    prove(page, "Finish", "Log it")
    expect(dialog.get_by_role("radio", name="Meeting")).to_be_checked()
    dialog.get_by_role("radio", name="Reached", exact=True).check(force=True)
    dialog.get_by_label("What is to be done").fill("Send the proposal")
    dialog.get_by_role("button", name="Log it").click()
    still_open(page, 5)
    expect(dialog.get_by_role("textbox", name="Evidence: It hurts")).to_have_value("They said so")

    prove(page, "Add a person", "Add to the decision")
    expect(dialog.get_by_label("Part in the decision")).to_have_value("decision_maker")
    dialog.get_by_label("Family name").fill("Brook")
    dialog.get_by_role("button", name="Add to the decision").click()
    still_open(page, 4)

    prove(page, "Add a document", "Add the document")
    dialog.get_by_label("Name").fill("Proposal of May")
    dialog.get_by_label("Link").fill("https://example.com/p")
    dialog.get_by_role("button", name="Add the document").click()
    still_open(page, 3)

    prove(page, "Note the answer", "Note the answers")
    page.keyboard.press("Escape")  # not now: the gate comes back all the same
    still_open(page, 3)
    prove(page, "Note the answer", "Note the answers")
    dialog.get_by_role("radio", name="Yes", exact=True).check()
    dialog.get_by_role("button", name="Note the answers").click()
    still_open(page, 2)

    prove(page, "Fill in: amount", "Save")
    dialog.get_by_label("Amount").fill("5000")
    dialog.get_by_role("button", name="Save").click()
    still_open(page, 1)

    prove(page, "Fill in: need", "Save")
    dialog.get_by_role("textbox").first.fill("Less waste")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog", name="Nothing is open any more")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_have_text("Moved to Offer.")
    assert Deal.objects.get().stage == "offer"


def test_a_gate_that_is_left_for_good_does_not_come_back(page: Page, deal: Deal) -> None:
    begin_the_move(page)
    prove(page, "Finish", "Log it")
    page.keyboard.press("Escape")
    still_open(page, 6)
    page.keyboard.press("Escape")
    expect(page.locator("#slot dialog, dialog[open]")).to_have_count(0)
    page.keyboard.press("a")
    expect(page.get_by_role("dialog", name="What is the next step?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#slot dialog, dialog[open]")).to_have_count(0)
    page.wait_for_timeout(300)
    expect(page.locator("#slot dialog, dialog[open]")).to_have_count(0)


def test_a_move_can_be_taken_back_after_its_next_step_was_set(page: Page, deal: Deal) -> None:
    begin_the_move(page)
    page.get_by_text("Move anyway", exact=True).click()
    page.get_by_label("Reason, which your manager will see").fill("The fair is tomorrow")
    page.get_by_role("button", name="Move to Offer anyway").click()
    page.get_by_label("What is to be done").fill("Call Maria")
    page.get_by_role("dialog").get_by_role("button", name="Set the next step").click()
    expect(page.locator(".toast")).to_have_text(["Moved to Offer.Undo", "Next step set.Undo"])
    page.keyboard.press("Control+z")
    expect(page.locator("#live")).to_have_text("Undone.")
    assert Deal.objects.get().next_step == ""
    assert Deal.objects.get().stage == "offer"
    expect(page.locator(".toast")).to_have_text(["Moved to Offer.Undo", "Undone."])
    page.keyboard.press("Control+z")
    expect(page.locator(".toast")).to_have_text(["Undone.", "Undone."])
    assert Deal.objects.get().stage == "talk"


def take_back_what_is_typed(page: Page, field: Locator) -> None:
    """Press Ctrl Z until the field is empty, and not once more: the next one would undo the move. A browser takes
    back as much as was typed in one go, some time after the key."""
    while written := field.input_value():
        page.keyboard.press("Control+z")
        expect(field).not_to_have_value(written)


def moved_anyway(page: Page) -> Locator:
    """Move the deal, and give the first field of the dialog that asks for the next step."""
    begin_the_move(page)
    page.get_by_text("Move anyway", exact=True).click()
    page.get_by_label("Reason, which your manager will see").fill("The fair is tomorrow")
    page.get_by_role("button", name="Move to Offer anyway").click()
    expect(page.get_by_role("dialog", name="What is the next step?")).to_be_visible()
    what = page.get_by_label("What is to be done")
    what.focus()
    expect(what).to_be_focused()
    return what


def test_ctrl_z_belongs_to_what_is_typed_and_else_takes_back_what_was_done(page: Page, deal: Deal) -> None:
    what = moved_anyway(page)
    page.keyboard.type("Call")
    take_back_what_is_typed(page, what)
    assert Deal.objects.get().stage == "offer"
    page.keyboard.press("Control+z")
    expect(page.locator("#live")).to_have_text("Undone.")
    expect(page.locator("#slot dialog, dialog[open]")).to_have_count(0)
    assert Deal.objects.get().stage == "talk"


def test_ctrl_z_loses_nothing_that_is_written_in_a_dialog(page: Page, deal: Deal) -> None:
    what = moved_anyway(page)
    page.keyboard.type("Visit")
    expect(what).to_have_value("Visit")
    page.get_by_role("radio", name="Park").focus()
    page.keyboard.press("Control+z")
    page.wait_for_timeout(200)
    assert Deal.objects.get().stage == "offer"


def test_what_was_chosen_by_mistake_is_let_go_by_mouse_and_by_keys(page: Page, deal: Deal) -> None:
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    keen, none = dialog.get_by_role("radio", name="Keen"), dialog.get_by_role("radio", name="Not noted")
    keen.click()
    expect(keen).to_be_checked()
    expect(none).to_have_count(1)
    keen.click()
    expect(keen).not_to_be_checked()
    expect(none).to_have_count(0)
    keen.press("Space")
    expect(keen).to_be_checked()
    keen.press("Space")
    expect(keen).not_to_be_checked()
    reached = dialog.get_by_role("radio", name="Reached", exact=True)
    reached.click()
    reached.press("ArrowLeft")  # round to the last: nothing noted
    expect(none).to_be_checked()
    dialog.get_by_label("What is to be done").fill("Call again")
    dialog.get_by_role("button", name="Log it").click()
    expect(page.locator("#slot dialog, dialog[open]")).to_have_count(0)
    row = Activity.objects.get()
    assert (row.outcome, row.mood) == ("", "")
