"""Every dialog has an address of its own: opened there it is a page, and what is refused stays one.

Each address of the app is opened as a page. Where that shows the sheet of a dialog, its forms are sent as they came
and with nonsense in every field, as a browser sends them.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from lxml import html
from tests.addresses import EVERY, filled, taken_back
from tests.deals.world import World, begin
from tests.people import proved
from tests.things import QUERIES, thing_of

PAGES = tuple(route for route, _view in EVERY if "." not in route.rsplit("/", 1)[-1])
KNOWN = (
    "deals/new",
    "deals/keep",
    "deals/<id:key>/lose",
    "deals/<id:key>/propose",
    "log/deals/<id:key>",
    "contacts/new",
    "contacts/<id:key>/consent",
    "leads/<id:key>/disqualify",
    "organizations/<id:key>/edit/<slug:what>",
    "playbook/proposals/<id:key>",
)
"""Some that must be among those that are found."""
OF_A_SLOT = "[@hx-target='#slot' or @hx-target='closest dd' or @hx-target='#card']"


@pytest.fixture
def world(db: None) -> World:
    return begin()


def readers(world: World) -> Iterator[Client]:
    """Browsers of those who may do different things, the one of most dialogs first."""
    for name in ("dan", "anna", "olga", "ada"):
        yield proved(Client(), getattr(world.people, name))


def opened(route: str, world: World) -> tuple[Client, str, Any] | None:
    """Open an address as a page; gives who could, its path, and the sheet on it, None where there is none."""
    make = thing_of(route) if "<" in route else None
    if "<" in route and make is None:
        return None
    path = filled(route, make(world).values if make else {}) + QUERIES.get(route, "")
    for client in readers(world):
        answer = client.get(path)
        sheet = sheet_of(answer)
        if sheet is not None:
            return client, path, sheet
    return None


def sheet_of(answer: Any) -> Any:
    """Give the sheet on a whole page, None where there is none."""
    is_page = answer.get("Content-Type", "").startswith("text/html") and answer.status_code in (200, 422)
    if not is_page or "</html>" not in (text := answer.content.decode()):
        return None
    divisions = html.fromstring(text).iter("div")
    return next((one for one in divisions if "sheet" in one.get("class", "").split()), None)


def sent_as_it_came(form: Any) -> dict[str, Any]:
    return dict(form.form_values())


def nonsense(form: Any) -> dict[str, Any]:
    return dict.fromkeys(filter(None, form.fields), "?")


@pytest.mark.parametrize("route", PAGES, ids=[route or "home" for route in PAGES])
def test_what_is_refused_on_a_page_stays_a_page(route: str, world: World) -> None:
    found = opened(route, world)
    assert found is not None or route not in KNOWN
    if found is None:
        return
    client, path, sheet = found
    assert sheet.xpath(f".//*{OF_A_SLOT}") == []
    for form in sheet.xpath(".//form[@method='post']"):
        for fill in (sent_as_it_came, nonsense):
            with taken_back():
                address = form.get("action") or path
                answer = client.post(address, fill(form))
                assert answer.status_code in (200, 302, 422), (address, fill.__name__)
                if answer.status_code == 422:
                    again = sheet_of(answer)
                    assert again is not None, (address, fill.__name__)
                    assert again.xpath(f".//*{OF_A_SLOT}") == []


def test_most_dialogs_are_found() -> None:
    assert set(KNOWN) <= set(PAGES)
