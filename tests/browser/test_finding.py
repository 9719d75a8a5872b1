"""Finding and changing many in a browser: the palette by keys, selecting, and how the lists look."""

import pytest
from playwright.sync_api import expect
from tests.address_book.crowd import Crowd, gather
from tests.browser.conftest import Look, Visitor
from tests.deals import world as small
from tests.desk.board_world import World, begin, fill

from infield.deals.models import Deal
from infield.finding.actions import rebuild
from infield.people.models import Contact
from infield.web.ids import from_text, to_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    made = begin()
    fill(made, 24)
    rebuild()
    return made


@pytest.fixture
def crowd(transactional_db: None) -> Crowd:
    return gather(small.begin())


def test_half_a_japanese_name_and_enter_open_a_deal(visitor: Visitor, world: World) -> None:
    visitor.sign_in(world.people.anna.email)
    page = visitor.open("/map")
    page.keyboard.press("Control+k")
    page.keyboard.type("製作")
    wanted = {f"/deals/{to_text(one.pk)}" for one in Deal.objects.filter(organization__name="山田製作所")}
    expect(page.locator("#palette [role=option][aria-selected=true]")).to_contain_text("山田製作所")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.removeprefix(visitor.address) in wanted)


def test_x_and_shift_select_rows_that_go_to_somebody_else_and_back(visitor: Visitor, world: World) -> None:
    visitor.sign_in(world.people.anna.email)
    page = visitor.open("/deals")
    before = dict(Deal.objects.values_list("pk", "owner"))
    page.locator("[data-open]").nth(0).focus()
    page.keyboard.press("x")
    page.locator("[name=ids]").nth(3).click(modifiers=["Shift"])
    expect(page.locator("[data-count]")).to_have_text("4 selected")
    chosen = page.locator("[name=ids]:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    hers = Deal.objects.filter(pk__in=map(from_text, chosen), owner=world.people.anna).count()
    page.locator("#picked").get_by_role("button", name="Owner").click()
    page.get_by_label("New owner").select_option(label="Anna Lindqvist")
    page.get_by_role("button", name="Change 4 deals").click()
    summary = f"{4 - hers} changed" + (f", {hers} not changed" if hers else "")
    expect(page.locator("#dialog-title")).to_have_text(summary)
    page.get_by_role("button", name="Take all of it back").click()
    expect(page.locator("#dialog-title")).to_have_text(f"{4 - hers} taken back")
    assert dict(Deal.objects.values_list("pk", "owner")) == before


@pytest.mark.looks
def test_lists_and_search_look_well(visitor: Visitor, world: World, looks: tuple[Look, ...]) -> None:
    visitor.sign_in(world.people.anna.email)
    for path in (
        "/deals?owner=me",
        "/deals/timeline",
        "/deals/calendar",
        "/deals/map",
        "/deals/filter",
        "/search?q=line",
    ):
        visitor.open(path)
        assert visitor.look(looks) == {}, path


@pytest.mark.looks
def test_the_lists_of_people_look_well(visitor: Visitor, crowd: Crowd, looks: tuple[Look, ...]) -> None:
    visitor.sign_in(crowd.world.people.anna.email)
    for path in (
        "/contacts",
        "/contacts?step=none&sort=-created&columns=name,reading,place,consent,due",
        "/organizations?country=FI",
        "/leads",
        "/leads?profile=deal",
        "/contacts/filter?step=none",
        "/organizations/columns",
    ):
        visitor.open(path)
        assert visitor.look(looks) == {}, path


def test_selected_contacts_go_to_somebody_else_and_back(visitor: Visitor, crowd: Crowd) -> None:
    anna = crowd.world.people.anna
    visitor.sign_in(anna.email)
    page = visitor.open("/contacts")
    for name in ("taro", "eeva"):
        page.locator(f"[name=ids][value='{to_text(crowd.contacts[name].pk)}']").check()
    page.locator("#picked").get_by_role("button", name="Owner").click()
    page.get_by_label("New owner").select_option(label="Anna Lindqvist")
    page.get_by_role("button", name="Change 2 contacts").click()
    expect(page.locator("#dialog-title")).to_have_text("2 changed")
    assert Contact.objects.filter(owner=anna).count() == 2
    page.get_by_role("button", name="Take all of it back").click()
    expect(page.locator("#dialog-title")).to_have_text("2 taken back")
    assert not Contact.objects.filter(owner=anna).exists()
