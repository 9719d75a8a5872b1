"""How many steps ten daily tasks take here, as docs/reference/steps.md says. Each is done, and asserted."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visitor
from tests.browser.hand import Hand
from tests.desk.board_world import World, begin

from infield.activities.models import Activity
from infield.deals.models import Deal, Stakeholder
from infield.people.models import Contact, Lead
from infield.playbook.models import RaisedObjection
from infield.web.ids import to_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "steps.md"
ROW = re.compile(r"^\| `(\w+)` \|[^|]*\| (\d+) \| (\d+) \|", re.MULTILINE)


def told() -> dict[str, tuple[int, int]]:
    """What the page says of each task: our steps, and Vtiger's."""
    return {key: (int(ours), int(theirs)) for key, ours, theirs in ROW.findall(PAGE.read_text("utf-8"))}


@pytest.fixture
def world(transactional_db: None) -> World:
    return begin()


@pytest.fixture
def deal(world: World) -> Deal:
    made = Deal.objects.begin("Harbour Paper", "Line 3", world.version, world.people.anna)
    Contact(family="Reyes", given="Maria", organization=made.organization).begin(world.people.anna)
    return made


@pytest.fixture
def hand(visitor: Visitor, world: World, deal: Deal) -> Hand:
    visitor.sign_in(world.people.anna.email)
    visitor.page.set_viewport_size({"width": 1440, "height": 900})
    visitor.open("/board")
    return Hand(visitor.page)


def card(page: Page, deal: Deal) -> Locator:
    return page.locator(f"#d-{to_text(deal.pk)}")


def done(page: Page) -> None:
    expect(page.locator("#slot dialog, dialog[open]")).to_have_count(0)


def log_call(hand: Hand, deal: Deal) -> None:
    card(hand.page, deal).focus()
    hand.press("n")
    hand.click(hand.page.locator("label:has(input[name=outcome][value=reached])"))
    hand.write("Demo on site", hand.page.locator("#id_what"))
    hand.press("Enter")
    done(hand.page)
    assert Activity.objects.get(outcome="reached").kind == "call"
    assert Deal.objects.get(pk=deal.pk).next_step == "Demo on site"


def move_deal(hand: Hand, deal: Deal) -> None:
    for criterion in deal.map().stages[0].criteria:
        deal.meet(criterion.key, deal.owner, "Mail")
    hand.page.reload()
    card(hand.page, deal).focus()
    hand.press("Shift+ArrowRight")
    expect(hand.page.locator(".column[data-stage=qualified] .card")).to_have_count(1)
    expect(hand.page.locator(".toast")).to_be_visible()
    assert Deal.objects.get(pk=deal.pk).stage == "qualified"


def add_contact(hand: Hand, deal: Deal) -> None:
    hand.click(card(hand.page, deal).locator(".card-name"))
    hand.click(hand.page.locator(f'a.button[href="{reverse("desk:stakeholder", args=[deal.pk])}"]'))
    hand.click(hand.page.locator(".people-found label"))
    hand.click(hand.page.locator("dialog button.is-primary"))
    done(hand.page)
    assert Stakeholder.objects.get().contact.family == "Reyes"


def find_deal(hand: Hand, deal: Deal) -> None:
    made = Deal.objects.begin("山田製作所", "Line 3", deal.version, deal.owner)
    hand.press("Control+k")
    hand.write("製作")
    expect(hand.page.locator("#palette [role=option][aria-selected=true]")).to_contain_text("山田製作所")
    hand.press("Enter")
    hand.page.wait_for_url(f"**{reverse('desk:deal', args=[made.pk])}")


def reassign(hand: Hand, deal: Deal) -> None:
    for number in range(13):
        Deal.objects.begin("Harbour Paper", f"Line {number}", deal.version, deal.owner)
    hand.page.goto(hand.page.url.replace("/board", "/deals"))
    hand.click(hand.page.locator("[data-pick-all]"))
    hand.click(hand.page.locator("#picked button[formaction$='/owner']"))
    hand.choose("Bo Ek", hand.page.locator("dialog[open] #id_owner"))
    hand.click(hand.page.locator("dialog button.is-primary"))
    expect(hand.page.locator("dialog [data-reload]").first).to_be_visible()
    assert set(Deal.objects.values_list("owner__name", flat=True)) == {"Bo Ek"}
    assert Deal.objects.count() == 14


def new_lead(hand: Hand, deal: Deal) -> None:
    hand.page.goto(hand.page.url.replace("/board", "/leads"))
    hand.press("c")
    hand.write("Maria Reyes", hand.page.locator("#id_person"))
    hand.write("Harbour Paper", hand.page.locator("#id_company"))
    hand.press("Enter")
    hand.page.wait_for_url("**/leads/*")
    assert Lead.objects.get().company == "Harbour Paper"


def convert_lead(hand: Hand, deal: Deal) -> None:
    lead = Lead(person="Eeva Kuusinen", company="Kuusinen", wanted="A new line", owner=deal.owner).begin(
        deal.owner
    )
    hand.page.goto(hand.page.url.replace("/board", "/leads"))
    hand.click(hand.page.locator(f'a[href="{reverse("people:lead", args=[lead.pk])}"]').first)
    hand.click(hand.page.locator(f'a[href="{reverse("desk:convert", args=[lead.pk])}"]'))
    hand.click(hand.page.locator("form.convert button.is-primary"))
    hand.page.wait_for_url("**/deals/*")
    assert Deal.objects.get(organization__name="Kuusinen").title == "A new line"


def next_step(hand: Hand, deal: Deal) -> None:
    hand.click(card(hand.page, deal).locator("a.step.is-missing"))
    hand.write("Demo on site", hand.page.locator("#id_what"))
    hand.press("Enter")
    done(hand.page)
    assert Deal.objects.get(pk=deal.pk).next_step == "Demo on site"


def objection(hand: Hand, deal: Deal) -> None:
    hand.click(card(hand.page, deal).locator(".card-name"))
    hand.click(hand.page.locator("#objections .talk-raise button").first)
    expect(hand.page.locator("#objections .talks > li")).to_have_count(1)
    assert RaisedObjection.objects.get().deal == deal


def lose_deal(hand: Hand, deal: Deal) -> None:
    hand.click(card(hand.page, deal).locator(".card-name"))
    hand.click(hand.page.locator(f'a[href="{reverse("desk:lose", args=[deal.pk])}"]'))
    hand.click(hand.page.locator("dialog .reasons label").first)
    hand.click(hand.page.locator("dialog button.is-primary"))
    done(hand.page)
    assert Deal.objects.get(pk=deal.pk).lost_reason


TASKS = {
    act.__name__: act
    for act in (
        log_call, move_deal, add_contact, find_deal, reassign,
        new_lead, convert_lead, next_step, objection, lose_deal,
    )
}  # fmt: skip


@pytest.mark.parametrize("task", list(TASKS))
def test_a_task_takes_as_many_steps_as_the_page_says(hand: Hand, deal: Deal, task: str) -> None:
    TASKS[task](hand, deal)
    assert len(hand.steps) == told()[task][0], hand.steps


def test_no_task_takes_more_steps_than_the_other() -> None:
    assert list(told()) == list(TASKS)
    assert [task for task, (ours, theirs) in told().items() if ours > theirs] == []
