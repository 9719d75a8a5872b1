"""The first start."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.people import People

from infield.accounts.models import User
from infield.desk.set_up.actions import AlreadySetUpError, FirstStart, set_up
from infield.process.models import Process
from infield.process.starter_maps import STARTERS, starter_map
from infield.process.texts import LANGUAGES, in_language
from infield.web.company import Company, the_company
from infield.web.place import drop_set_up_key, make_set_up_key, set_up_key

pytestmark = pytest.mark.django_db
ANSWERS = {
    "name": "Anna Lindqvist",
    "email": "Anna@Northwind.example",
    "password": "a calm sea at dawn",
    "company": "Northwind Bearings",
    "zone": "Europe/Helsinki",
    "currency": "EUR",
    "starter": "diamond",
}


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key that the server prints; tests of other processes have a home of their own."""
    monkeypatch.setenv("INFIELD_HOME", str(tmp_path))
    return make_set_up_key()


@pytest.fixture
def opened(client: Client, key: str) -> Client:
    assert client.get(f"/set-up?key={key}")["Location"] == "/set-up"
    return client


def test_a_new_installation_leads_to_set_up(client: Client, key: str) -> None:
    assert client.get("/")["Location"] == "/set-up"
    assert client.get("/set-up").status_code == 200
    assert the_company() is None


@pytest.mark.parametrize("wrong", ["", "x", "wrong" * 8, "ключ"])
def test_without_the_key_a_stranger_sets_up_nothing(client: Client, key: str, wrong: str) -> None:
    page = client.get("/set-up", {"key": wrong})
    assert page.status_code == (403 if wrong else 200)
    assert 'name="password"' not in page.content.decode()
    assert 'name="password"' not in client.post("/set-up", ANSWERS | {"key": wrong}).content.decode()
    assert not User.objects.exists()
    assert the_company() is None


def test_where_no_key_was_made_no_key_opens(client: Client, key: str) -> None:
    drop_set_up_key()
    assert client.get("/set-up", {"key": key}).status_code == 403
    assert client.post("/set-up", ANSWERS | {"key": ""}).status_code == 200
    assert not User.objects.exists()


def test_the_key_can_be_typed_and_is_gone_after_set_up(
    client: Client, key: str, django_capture_on_commit_callbacks: Any
) -> None:
    assert client.post("/set-up", {"key": f" {key} "}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/set-up", ANSWERS).status_code == 302
    assert set_up_key() == ""


def test_set_up_makes_the_company_and_its_first_administrator_and_signs_them_in(opened: Client) -> None:
    client = opened
    assert client.post("/set-up", ANSWERS).status_code == 302
    company, anna = Company.objects.get(), User.objects.get()
    assert (company.name, company.zone, company.currency) == ("Northwind Bearings", "Europe/Helsinki", "EUR")
    assert (anna.email, anna.role, anna.zone) == ("anna@northwind.example", "admin", "Europe/Helsinki")
    assert anna.check_password(ANSWERS["password"])
    assert client.get("/profile").status_code == 200


@pytest.mark.parametrize("starter", list(STARTERS))
def test_set_up_puts_the_chosen_map_to_use_in_the_currency_of_the_company(
    opened: Client, starter: str
) -> None:
    client = opened
    assert client.post("/set-up", ANSWERS | {"starter": starter, "currency": "THB"}).status_code == 302
    version = Process.objects.get().current()
    assert version.number == 1
    assert version.map().currency == "THB"
    assert version.map().stages == starter_map(starter).stages


def test_a_map_begun_in_one_language_reads_in_four(opened: Client) -> None:
    opened.post("/set-up", ANSWERS | {"starter": "seven-steps"}, headers={"Accept-Language": "ja"})
    process = Process.objects.get().current().map()
    assert process.language == "ja"
    named = [in_language(process.stages[5].name, language, "en") for language in LANGUAGES]
    assert named == ["Closing", "クロージング", "Kaupan päättäminen", "การปิดการขาย"]
    assert in_language(process.stages[5].name, "sv", process.language) == "クロージング"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "nobody"},
        {"password": "short"},
        {"password": "anna lindqvist"},
        {"zone": "Mars/North"},
        {"currency": "XXX"},
        {"starter": "../secret"},
    ],
    ids=lambda wrong: next(iter(wrong.items()))[0],
)
def test_what_does_not_fit_is_refused_and_makes_nothing(opened: Client, wrong: dict[str, str]) -> None:
    client = opened
    page = client.post("/set-up", ANSWERS | wrong)
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode() or "errorlist" in page.content.decode()
    assert not User.objects.exists()
    assert the_company() is None


def test_set_up_is_gone_as_soon_as_anybody_is_there(client: Client, people: People) -> None:
    before = set(User.objects.values_list("id", flat=True))
    assert client.get("/set-up").status_code == 404
    assert client.post("/set-up", ANSWERS).status_code == 404
    assert set(User.objects.values_list("id", flat=True)) == before
    assert the_company() is None
    assert not Process.objects.exists()


def test_of_two_first_starts_the_second_is_refused(people: People) -> None:
    with pytest.raises(AlreadySetUpError):
        set_up(FirstStart(**ANSWERS, language="en"))
    assert the_company() is None
