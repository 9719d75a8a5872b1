"""Users, security and the audit in a browser: how they look, and the way of a newcomer from the link to the board."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Look, Visitor
from tests.deals.world import begin
from tests.people import PASSWORD, People

from infield.accounts.models import User
from infield.accounts.users.actions import change
from infield.web.ids import to_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.looks
def test_the_pages_of_an_administrator_look_right(visitor: Visitor, looks: tuple[Look, ...]) -> None:
    world = begin()
    world.deal()
    change(world.people.bo, world.people.ada, {"role": "marketing"})
    visitor.sign_in(world.people.ada.email)
    account = f"/users/{to_text(world.people.bo.pk)}"
    for path in ("/users", "/users/invite", account, "/users/rule", "/audit", "/security", "/profile"):
        visitor.open(path)
        assert visitor.look(looks) == {}, path


@pytest.mark.looks
@pytest.mark.parametrize("path", ["/new-password", "/join/nothing", "/offline"])
def test_the_pages_of_strangers_look_right(
    visitor: Visitor, people: People, path: str, looks: tuple[Look, ...]
) -> None:
    visitor.open(path)
    assert visitor.look(looks) == {}


def test_whom_an_administrator_invites_comes_in_by_the_link(visitor: Visitor, people: People) -> None:
    visitor.sign_in(people.ada.email)
    page = visitor.open("/users")
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("E-mail").fill("kai@northwind.example")
    page.get_by_role("radio", name="Manager").check()
    page.get_by_role("button", name="Invite").click()
    link = page.get_by_label("Link", exact=True).input_value()
    visitor.open("/profile").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    page.goto(link)
    page.get_by_label("Your name").fill("Kai Moe")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(lambda url: "/join/" not in url)
    assert User.objects.get(email="kai@northwind.example").active
    page.goto(link)
    expect(page.get_by_role("heading", name="This link leads nowhere any more")).to_be_visible()


def test_a_passkey_is_added_and_lets_in_without_a_password(visitor: Visitor, people: People) -> None:
    page = visitor.page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    visitor.sign_in(people.bo.email)
    visitor.open("/security/passkeys/add")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name", exact=True).fill("My laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/security/codes")
    assert "My laptop" in visitor.open("/security").content()
    visitor.open("/profile").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    assert "Bo Ek" in visitor.open("/profile").content()
