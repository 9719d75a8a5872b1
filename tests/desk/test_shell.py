"""What makes the app installable, and what is kept for the time without a network."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from tests.people import People

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", "/", "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in told["icons"])


def test_the_worker_keeps_what_the_shell_needs_and_is_asked_for_anew(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    text = answer.content.decode()
    files = re.findall(r'"(/static/[^"]+)"', text)
    assert {"/static/web/css/base.css", "/static/web/js/app.js", "/static/desk/css/board.css"} <= set(files)
    assert all(finders.find(file.removeprefix("/static/")) for file in files)
    assert '"/board"' in text


def test_every_page_of_who_is_signed_in_says_when_it_was_made(client: Client, people: People) -> None:
    client.force_login(people.anna)
    page = client.get("/profile").content.decode()
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    assert re.search(r'data-copy="You are offline; this is from \w+ \d+, \d{4} ', page)
