"""The name of a deal at its door, whom it is with, and how they are reached."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.deals.world import World, begin, everything
from tests.desk.test_acts import IN_DIALOG, at, now, toast
from tests.desk.test_board import HTMX, signed_in
from tests.process.clean_map import CLEAN

from infield.deals.models import Deal
from infield.people.contacts.models import Consent
from infield.people.models import Contact, Organization
from infield.process.models import Process
from infield.process.yaml_file import read
from infield.web.ids import to_text

NEW = {"organization": "Bergs Bryggeri", "title": "Line 9", "currency": "EUR"}


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def deal(world: World) -> Deal:
    return world.deal()


@pytest.fixture
def dan(world: World) -> Client:
    return signed_in(world.people.dan)


def test_a_deal_is_renamed_in_a_dialog_told_in_its_timeline_and_taken_back(dan: Client, deal: Deal) -> None:
    dialog = dan.get(at(deal, "edit/name"), headers=IN_DIALOG).text
    assert ('value="Aalto Foods"' in dialog, 'value="Line 3"' in dialog) == (True, True)
    sent = {"organization": "Bergs Bryggeri", "title": "Line 4 <b>", "lock": deal.lock}
    answer = dan.post(at(deal, "edit/name"), sent, headers=IN_DIALOG)
    assert "What it is about: Line 4 &lt;b&gt;" in answer.text
    assert "Organization: Bergs Bryggeri" in answer.text
    assert (now(deal).organization.name, now(deal).title) == ("Bergs Bryggeri", "Line 4 <b>")
    dan.post(toast(answer)["undo"], headers=IN_DIALOG)
    assert (now(deal).organization.name, now(deal).title) == ("Aalto Foods", "Line 3")


@pytest.mark.parametrize("sent", [{"title": ""}, {"organization": " "}, {"title": "x" * 301}, {"lock": 99}])
def test_a_name_that_is_no_name_is_refused_and_nothing_is_written(
    dan: Client, deal: Deal, sent: dict[str, str]
) -> None:
    before = everything()
    said = {"organization": "Bergs Bryggeri", "title": "Line 4", "lock": deal.lock, **sent}
    assert dan.post(at(deal, "edit/name"), said, headers=IN_DIALOG).status_code == 422
    assert everything() == before


def test_known_organizations_are_offered_by_half_a_name(dan: Client, world: World) -> None:
    for name in ("株式会社山田製作所", "Aalto & Sons", "Bergs Bryggeri"):
        Organization.objects.named(name, world.people.dan)
    for typed, name in (("山田", "株式会社山田製作所"), ("aalt", "Aalto &amp; Sons")):
        offered = dan.get("/organizations/alike", {"pick": "id_organization", "organization": typed}).text
        assert f'data-pick="id_organization" data-value="{name}"' in offered
        assert "Bergs" not in offered
    assert "data-pick" not in dan.get("/organizations/alike", {"pick": "x", "organization": ""}).text


def test_a_new_deal_is_begun_from_a_card_with_its_organization_filled_in(dan: Client, world: World) -> None:
    organization = Organization.objects.named("Aalto & Sons", world.people.dan)
    card = dan.get(f"/organizations/{to_text(organization.pk)}").text
    assert 'href="/deals/new?organization=Aalto%20%26%20Sons"' in card
    form = dan.get("/deals/new", {"organization": "Aalto & Sons"}).text
    assert 'value="Aalto &amp; Sons"' in form
    reads = signed_in(world.people.rut).get(f"/organizations/{to_text(organization.pk)}").text
    assert "/deals/new" not in reads


def test_a_new_deal_runs_on_the_map_that_is_chosen(dan: Client, world: World) -> None:
    assert 'name="map"' not in dan.get("/deals/new").text
    other = Process.objects.begin(read(CLEAN.replace("packing", "other")).process, world.people.anna)
    assert 'name="map"' in dan.get("/deals/new").text
    assert dan.post("/deals/new", {**NEW, "map": "nothing"}, headers=HTMX).status_code == 422
    dan.post("/deals/new", {**NEW, "map": to_text(other.pk)}, headers=HTMX)
    dan.post("/deals/new", {**NEW, "title": "Line 10"}, headers=HTMX)
    assert {one.title: one.version for one in Deal.objects.all()} == {
        "Line 9": other.current(),
        "Line 10": world.version,
    }


def test_the_page_of_a_deal_leads_to_its_buyer_and_to_people_as_they_may_be_reached(
    dan: Client, deal: Deal, world: World
) -> None:
    said = {
        "phones": [{"label": "work", "value": "+358 9 123"}],
        "emails": [{"label": "work", "value": "e@k.example"}],
    }
    eeva = Contact(family="Kuusinen", given="Eeva", culture="fi", organization=deal.organization, **said)
    eeva.begin(world.people.dan)
    deal.set_stakeholder(eeva, "champion", world.people.dan)
    text = dan.get(f"/deals/{to_text(deal.pk)}").text
    assert f'href="/organizations/{to_text(deal.organization_id)}"' in text
    assert f'href="/contacts/{to_text(eeva.pk)}"' in text
    assert ('href="tel:+358 9 123"' in text, 'href="mailto:e@k.example"' in text) == (True, True)
    for channel, given in (("phone", False), ("email", False), ("email", True)):
        Consent.objects.create(
            contact=eeva, channel=channel, given=given, source="mail", on=timezone.localdate()
        )
    text = dan.get(f"/deals/{to_text(deal.pk)}").text
    assert ("tel:" in text, "consent withdrawn" in text, "mailto:" in text) == (False, True, True)
