"""What a deal is called and with whom it is: changed, told, found, taken back."""

import pytest
from tests.deals.world import World, everything, facts

from infield.deals.models import Deal
from infield.deals.refusals import Refusal
from infield.finding.models import Searched
from infield.history.models import Event
from infield.people.doubles.actions import merge, unmerge
from infield.people.models import Organization


def found(words: str) -> list[Deal]:
    return list(Searched.objects.matching(Deal.objects.all(), words))


def test_a_new_name_and_buyer_are_one_act_that_can_be_taken_back(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    before = facts(deal)
    done = deal.rename("  Bergs   Bryggeri ", "Line 4, bottling", dan)
    deal.refresh_from_db()
    assert (deal.organization.name, deal.title) == ("Bergs Bryggeri", "Line 4, bottling")
    assert [dict(one.data) for one in done.events] == [
        {
            "field": "deal_organization",
            "value": str(deal.organization_id),
            "organization": str(deal.organization_id),
        },
        {"field": "deal_title", "value": True},
    ]
    assert (found("bottling"), found("bergs"), found("aalto")) == ([deal], [deal], [])
    assert done.event
    deal.undo(done.event.pk, dan)
    assert facts(deal) == before
    assert (found("bottling"), found("bergs"), found("aalto")) == ([], [], [deal])


def test_what_stays_as_it_was_writes_nothing(world: World) -> None:
    deal = world.deal()
    before = everything()
    assert deal.rename("AALTO foods", "Line 3", world.people.dan).what == "unchanged"
    assert everything() == before


def test_a_closed_deal_is_renamed_too(world: World) -> None:
    deal = world.deal()
    deal.lose("price", world.people.dan)
    deal.rename("Aalto Foods", "Line 3, refit", world.people.dan)
    assert (Deal.objects.get().title, Deal.objects.get().outcome) == ("Line 3, refit", "lost")


@pytest.mark.parametrize(
    ("organization", "title", "code"),
    [
        pytest.param(" ", "Line 4", "organization_missing", id="no organization"),
        pytest.param("Bergs Bryggeri", "  ", "title_missing", id="no title"),
        pytest.param("Bergs Bryggeri", "x" * 301, "too_long", id="a long title"),
    ],
)
def test_a_refused_name_changes_nothing(world: World, organization: str, title: str, code: str) -> None:
    deal = world.deal()
    before = everything(), Organization.objects.count()
    with pytest.raises(Refusal) as refused:
        deal.rename(organization, title, world.people.dan)
    assert refused.value.code == code
    assert (everything(), Organization.objects.count()) == before


def test_a_change_of_buyer_taken_back_finds_what_the_earlier_one_became(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    first = deal.organization
    done = deal.rename("Bergs Bryggeri", "Line 3", dan)
    into = Organization.objects.named("Aalto Group", dan)
    merge(into, first, world.people.anna)
    assert done.event
    deal.undo(done.event.pk, dan)
    assert Deal.objects.get().organization == into


def test_the_name_that_a_log_does_not_tell_cannot_be_put_back(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    done = deal.rename("Aalto Foods", "Line 4", dan)
    Event.objects.get(case=deal.case, kind="created").words.all().delete()
    assert done.event
    with pytest.raises(Refusal) as refused:
        deal.undo(done.event.pk, dan)
    assert (refused.value.code, Deal.objects.get().title) == ("cannot_undo", "Line 4")


def test_a_deal_is_found_by_what_its_organization_is_called_now(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    deal.organization.change(dan, name="Bergs Bryggeri")
    assert (found("bergs"), found("aalto")) == ([deal], [])
    into = Organization.objects.named("Harbour Paper", dan)
    merged = merge(into, deal.organization, dan)
    assert (found("harbour"), found("bergs")) == ([deal], [])
    assert merged.act
    unmerge(into, merged.act, dan)
    assert (found("harbour"), found("bergs")) == ([], [deal])
