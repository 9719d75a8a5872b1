"""Finding and changing many in a browser: the palette by keys, selecting, and how the lists look."""

import pytest
from playwright.sync_api import expect
from tests.address_book.crowd import Crowd, gather
from tests.browser.conftest import Look, Visitor
from tests.deals import world as small
from tests.desk.board_world import World, begin, fill

from infield.accounts.models import User
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


def test_a_field_to_look_by_is_found_by_keys_alone(visitor: Visitor, world: World) -> None:
    visitor.sign_in(world.people.anna.email)
    page = visitor.open("/deals?amount=1..")
    page.get_by_role("link", name="Filter", exact=True).click()
    shown = page.locator("dialog [data-field] > summary:visible")
    expect(shown.filter(has_text="Amount")).to_be_visible()
    expect(page.get_by_label("Find a field or a choice")).to_be_focused()
    page.keyboard.type("ＬＯＳＴ")
    expect(shown).to_have_text(["Outcome", "Why it was lost"])
    page.keyboard.press("ArrowDown")
    expect(shown.first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    lost = page.locator("dialog input[name=outcome][value=lost]")
    expect(lost).to_be_visible()
    page.get_by_label("Find a field or a choice").fill("no field has such a name")
    expect(page.get_by_text("No field and no choice is called so.")).to_be_visible()
    page.get_by_label("Find a field or a choice").fill("")
    expect(page.locator("dialog .filter-group[open] h3")).to_have_text(["Amount and products"])
    page.get_by_label("Find a field or a choice").fill("lost")
    lost.check()
    page.keyboard.press("Enter")
    page.wait_for_url("**outcome=lost*")
    assert "amount=1.." in page.url


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


def test_a_next_step_set_in_a_list_stands_in_its_row_at_once(visitor: Visitor, crowd: Crowd) -> None:
    carl = to_text(crowd.contacts["carl"].pk)
    visitor.sign_in(crowd.world.people.dan.email)
    page = visitor.open("/contacts?step=none")
    page.locator(f"[name=ids][value='{carl}']").check()
    row = page.locator(f"tr[data-id='{carl}']")
    row.get_by_role("link", name="Set the next step").click()
    page.get_by_label("What comes next").fill("Call about the trial")
    page.get_by_label("On which day").fill("2031-03-04")
    page.locator("dialog button[type=submit]").click()
    expect(row).to_contain_text("Call about the trial")
    expect(page.locator(f"[name=ids][value='{carl}']")).to_be_checked()
    expect(page.locator("[data-count]")).to_have_text("1 selected")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("#toasts button").click()
    expect(row).to_contain_text("Set the next step")
    expect(page.locator(f"[name=ids][value='{carl}']")).to_be_checked()


LONG = "Rantakylän Konepaja ja Telakka Osakeyhtiö, Pohjois-Suomen toimipiste"


def test_the_columns_that_are_there_at_first_fit_a_desk_in_every_language(
    visitor: Visitor, world: World
) -> None:
    planned = Deal.objects.open().exclude(next_step_on=None).select_related("organization")
    first = planned.latest("created_at")
    first.organization.change(world.people.anna, name=LONG)
    Deal.objects.filter(pk=first.pk).update(title=LONG, next_step=LONG, amount_minor=123_456_789_000)
    User.objects.filter(pk=world.people.dan.pk).update(name="Wattanasiripong Kittichaicharoensuk")
    visitor.sign_in(world.people.anna.email)
    visitor.page.set_viewport_size({"width": 1440, "height": 900})
    for language in ("en", "ja", "fi", "th"):
        User.objects.filter(pk=world.people.anna.pk).update(language=language)
        for path in ("/deals", "/deals?sort=-created", "/contacts", "/organizations", "/leads"):
            frame = visitor.open(path).locator(".table-frame, .empty").first
            wide, seen = frame.evaluate("frame => [frame.scrollWidth, frame.clientWidth]")
            assert wide <= seen, (language, path)
