"""Whose language a page is in, and how years are counted."""

from datetime import date

import pytest
from django.test import Client
from tests.people import People

from infield.accounts.models import User
from infield.web.dates import counting_years, day
from infield.web.forms import DayField

pytestmark = pytest.mark.django_db
TITLES = {"en": "Sign in", "ja": "ログイン", "fi": "Kirjaudu sisään", "th": "เข้าสู่ระบบ"}


def title(client: Client, **headers: str) -> str:
    page = client.get("/sign-in", headers=headers).content.decode()
    return page[page.index("<h1>") + 4 : page.index("</h1>")]


@pytest.mark.parametrize(
    ("asked", "given"), [("fi-FI,fi;q=0.9", "fi"), ("th", "th"), ("ja", "ja"), ("sv", "en")]
)
def test_who_is_not_signed_in_reads_what_their_browser_asks_for(
    client: Client, people: People, asked: str, given: str
) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": asked})
    assert f'<html lang="{given}"' in page.content.decode()
    assert title(client, **{"Accept-Language": asked}) == TITLES[given]


def test_a_language_chosen_on_the_sign_in_page_stays(client: Client, people: People) -> None:
    answer = client.post("/language", {"language": "ja", "next": "/sign-in"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")
    assert title(client, **{"Accept-Language": "fi"}) == TITLES["ja"]


def test_a_choice_leads_to_no_other_site_and_to_no_other_language(client: Client, people: People) -> None:
    answer = client.post("/language", {"language": "tlh", "next": "https://elsewhere.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert title(client) == TITLES["en"]


def test_a_profile_goes_before_the_browser_and_the_cookie(client: Client, people: People) -> None:
    User.objects.filter(id=people.anna.id).update(language="th")
    client.force_login(people.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post("/language", {"language": "ja", "next": "/"})
    page = client.get("/profile", headers={"Accept-Language": "fi"})
    assert '<html lang="th"' in page.content.decode()
    assert page["Content-Language"] == "th"


@pytest.mark.parametrize(
    ("language", "calendar", "written"),
    [
        ("th", "auto", "29 ก.พ. 2571"),
        ("th", "gregorian", "29 ก.พ. 2028"),
        ("en", "buddhist", "Feb 29, 2571"),
        ("fi", "buddhist", "29.2.2571"),
        ("ja", "auto", "2028/02/29"),
    ],
)
def test_years_are_counted_by_the_calendar_of_the_reader(language: str, calendar: str, written: str) -> None:
    with counting_years(calendar):  # type: ignore[arg-type]  # one of its names
        assert day(date(2028, 2, 29), language) == written


@pytest.mark.parametrize(
    ("typed", "meant"), [("2571-02-29", date(2028, 2, 29)), ("2028-02-29", date(2028, 2, 29))]
)
def test_a_buddhist_year_is_read_as_the_day_it_means(typed: str, meant: date) -> None:
    assert DayField().clean(typed) == meant
