"""The frame around every page."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from tests.people import People

from infield.accounts.models import User
from infield.web.choices import currencies, zones
from infield.web.rail import PLACES

WEB = Path(__file__).parent.parent.parent / "src" / "infield"
with_places = override_settings(ROOT_URLCONF="tests.web.places")


def shown(client: Client, path: str) -> list[tuple[str, str]]:
    page = client.get(path).content.decode()
    rail = page[page.index('<nav class="rail"') : page.index("</nav>")]
    return re.findall(r'<a href="(/[^"]*)" data-key="(\w)"', rail)


@pytest.mark.django_db
def test_the_rail_shows_only_places_that_exist(client: Client, people: People) -> None:
    client.force_login(people.anna)
    with with_places:
        assert shown(client, "/pipeline") == [
            ("/pipeline", "p"), ("/contacts", "c"), ("/map", "m"), ("/playbook", "b"),
            ("/funnel", "f"), ("/import", "i"), ("/profile", "y"),
        ]  # fmt: skip


@pytest.mark.django_db
def test_the_rail_leaves_out_what_the_role_may_not_open(client: Client, people: People) -> None:
    client.force_login(people.dan)
    with with_places:
        assert ("/import", "i") not in shown(client, "/pipeline")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "here"), [("/pipeline", "/pipeline"), ("/map", "/map"), ("/map/history", "/map")]
)
def test_the_place_one_is_in_is_marked(client: Client, people: People, path: str, here: str) -> None:
    client.force_login(people.anna)
    with with_places:
        page = client.get(path).content.decode()
    assert re.findall(r'href="([^"]+)"[^>]* aria-current="page"', page) == [here]


@pytest.mark.django_db
def test_home_leads_to_the_first_place_of_the_rail(client: Client, people: People) -> None:
    client.force_login(people.anna)
    with with_places:
        assert client.get("/")["Location"] == "/pipeline"


def test_every_place_has_its_own_key_and_an_icon_that_exists() -> None:
    icons = (WEB / "web/templates/web/icons.html").read_text("utf-8")
    assert len({place.key for place in PLACES} | {"y"}) == len(PLACES) + 1
    for place in PLACES:
        assert f'id="i-{place.icon}"' in icons


def test_every_icon_a_template_names_exists() -> None:
    icons = (WEB / "web/templates/web/icons.html").read_text("utf-8")
    for template in WEB.rglob("*.html"):
        for name in re.findall(r'{% icon "([\w-]+)" %}', template.read_text("utf-8")):
            assert f'id="i-{name}"' in icons, f"{template.name}: {name}"


def test_no_template_has_a_style_or_a_script_of_its_own() -> None:
    # the report is one file that is sent about; the app does not serve it
    served = [template for template in WEB.rglob("templates/**/*.html") if template.name != "report.html"]
    assert len(served) > 10
    for template in served:
        text = template.read_text("utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on|\bjs:|javascript:", text), template.name
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), template.name


@pytest.mark.django_db
def test_every_answer_tells_the_browser_what_it_may_do(client: Client, people: People) -> None:
    client.force_login(people.anna)
    for path in ("/profile", "/sign-in", "/nothing-here"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_name_is_shown_as_text(client: Client, people: People) -> None:
    User.objects.filter(id=people.anna.id).update(name="<script>alert(1)</script>")
    client.force_login(people.anna)
    page = client.get("/profile").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.django_db
def test_an_address_with_another_host_is_refused(client: Client, people: People) -> None:
    assert client.get("/sign-in", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_pages_travel_compressed_and_their_length_tells_nothing(client: Client, people: People) -> None:
    client.force_login(people.anna)
    answers = [client.get("/profile", headers={"accept-encoding": "gzip"}) for _ in range(8)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert "Accept-Encoding" in answers[0]["Vary"]
    assert b"Anna" in gzip.decompress(answers[0].content)
    # random bytes: who makes a browser ask and counts what comes cannot guess the page letter by letter
    assert len({len(answer.content) for answer in answers}) > 1
    assert "Content-Encoding" not in client.get("/profile").headers


def test_zones_and_currencies_of_today_can_be_chosen() -> None:
    assert {"UTC", "Asia/Tokyo", "Europe/Helsinki", "Asia/Bangkok"} <= {zone for zone, _ in zones()}
    codes = {code for code, _ in currencies("en")}
    assert {"EUR", "JPY", "THB", "USD", "BHD"} <= codes
    assert not {"DEM", "FIM", "XXX"} & codes
    assert dict(currencies("fi"))["EUR"] == "EUR · euro"
