"""The frame, the entrance and their keys, in a browser."""

import pytest
from django.test.utils import override_settings
from playwright.sync_api import expect
from tests.browser.conftest import Look, Visitor
from tests.people import PASSWORD, People

from infield.accounts.models import User
from infield.web.place import make_set_up_key

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
with_places = override_settings(ROOT_URLCONF="tests.web.places")
TOAST = """document.body.dispatchEvent(new CustomEvent("toast",
    {bubbles: true, detail: {text: "Moved to Proposal", undo: "/profile/scheme", undo_label: "Undo"}}))"""


@pytest.mark.looks
@pytest.mark.parametrize("path", ["/set-up", "/sign-in", "/nothing-here"])
def test_pages_before_signing_in_look_right(visitor: Visitor, path: str, looks: tuple[Look, ...]) -> None:
    visitor.open(path)
    assert visitor.look(looks) == {}


@pytest.mark.looks
@with_places
def test_the_frame_looks_right(visitor: Visitor, people: People, looks: tuple[Look, ...]) -> None:
    visitor.sign_in(people.anna.email)
    visitor.open("/profile")
    assert visitor.look(looks) == {}


def test_set_up_is_done_once_and_signs_in(visitor: Visitor) -> None:
    page = visitor.open("/")
    assert page.url.endswith("/set-up")
    page.get_by_label("Key").fill(make_set_up_key())
    page.get_by_role("button", name="Go on").click()
    for label, text in {
        "Your name": "Anna Lindqvist", "E-mail": "anna@northwind.example", "Password": PASSWORD,
        "Company": "Northwind Bearings",
    }.items():  # fmt: skip
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_role("radio", name="Baseball diamond").check()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/today")
    assert User.objects.get().zone == "Asia/Tokyo"
    assert "There is nothing here" in visitor.open("/set-up").content()


@with_places
def test_light_or_dark_is_kept_for_the_next_visit(visitor: Visitor, people: People) -> None:
    visitor.sign_in(people.anna.email)
    page = visitor.open("/profile")
    page.emulate_media(color_scheme="light")
    with page.expect_response("**/profile/scheme"):
        page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    assert User.objects.get(id=people.anna.id).scheme == "dark"


@with_places
def test_g_and_a_letter_goes_to_a_place_but_not_while_typing(visitor: Visitor, people: People) -> None:
    visitor.sign_in(people.anna.email)
    page = visitor.open("/profile")
    page.get_by_label("Name").press("g")
    page.get_by_label("Name").press("m")
    assert page.url.endswith("/profile")
    page.locator("main").focus()
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/map")


@with_places
def test_whoever_switched_single_keys_off_has_none(visitor: Visitor, people: People) -> None:
    User.objects.filter(id=people.anna.id).update(shortcuts=False)
    visitor.sign_in(people.anna.email)
    page = visitor.open("/profile")
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).not_to_be_visible()


@with_places
def test_the_list_of_keys_opens_and_closes(visitor: Visitor, people: People) -> None:
    visitor.sign_in(people.anna.email)
    page = visitor.open("/profile")
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.keyboard.press("?")
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog")).not_to_be_visible()


@with_places
def test_a_toast_is_said_aloud_and_its_undo_is_asked_for_by_ctrl_z(visitor: Visitor, people: People) -> None:
    visitor.sign_in(people.anna.email)
    page = visitor.open("/profile")
    page.evaluate(TOAST)
    page.wait_for_function("document.getElementById('live').textContent === 'Moved to Proposal'")
    with page.expect_request("**/profile/scheme") as asked:
        page.keyboard.press("Control+z")
    assert asked.value.method == "POST"
    assert asked.value.headers["x-csrftoken"]


@with_places
def test_a_toast_stays_while_the_pointer_is_on_it(visitor: Visitor, people: People) -> None:
    visitor.sign_in(people.anna.email)
    page = visitor.page
    page.clock.install()
    visitor.open("/profile")
    page.evaluate(TOAST)
    page.hover(".toast")
    page.clock.run_for(20_000)
    expect(page.locator(".toast")).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(8_100)
    expect(page.locator(".toast")).not_to_be_visible()


@pytest.mark.parametrize("language", ["en", "ja", "fi", "th"])
def test_every_place_of_the_rail_has_its_name_on_one_line(
    visitor: Visitor, people: People, language: str
) -> None:
    User.objects.filter(pk=people.ada.pk).update(language=language)
    visitor.sign_in(people.ada.email)
    page = visitor.open("/users")
    page.set_viewport_size({"width": 1440, "height": 1200})
    places = page.locator(".rail ul:not(.foot) a")
    assert places.count() > 8
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    assert page.locator(".rail ul:not(.foot) a span").evaluate_all(cut) == []
    high = "all => all.filter(one => one.clientHeight > 40).map(one => one.textContent.trim())"
    assert places.evaluate_all(high) == []
