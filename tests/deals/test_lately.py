"""Which of the latest acts on a deal its timeline offers to take back."""

from django.test import Client
from tests.deals.world import CALL, FRIDAY, World, facts
from tests.desk.test_acts import at

from infield.activities.actions import log
from infield.activities.models import Activity
from infield.activities.said import Plan, Said, Then
from infield.deals.models import Deal
from infield.deals.timeline.queries import timeline
from infield.web.money import Money


def offered(deal: Deal, before: int | None = None) -> list[str]:
    return [line.kind for line in timeline(deal, "en", before).lines if line.undoes]


def test_the_latest_act_on_each_thing_can_be_taken_back_and_never_the_beginning(world: World) -> None:
    deal, dan = world.deal(expected_close=FRIDAY), world.people.dan
    assert offered(deal) == []
    deal.change_amount(Money(1, "EUR"), dan)
    deal.set_next_step(CALL, dan)
    deal.change_amount(Money(2, "EUR"), dan)
    assert offered(deal) == ["amount_changed", "next_step_set"]
    newest = timeline(deal, "en").lines[0]
    deal.undo(newest.event, dan)
    assert offered(deal) == ["next_step_set", "amount_changed"]


def test_an_act_of_several_changes_is_offered_once_while_none_of_them_changed_since(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    deal.rename("Bergs Bryggeri", "Line 4", dan)
    assert offered(deal) == ["field_changed"]
    deal.rename("Bergs Bryggeri", "Line 5", dan)
    lines = [(line.sentence, line.undoes) for line in timeline(deal, "en").lines[:3]]
    assert lines == [
        ("What it is about: Line 5", True),
        ("What it is about: Line 4", False),
        ("Organization: Bergs Bryggeri", False),
    ]


def test_what_is_offered_of_a_talk_takes_back_the_talk_with_its_next_step(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    before = facts(deal)
    then = Then(how="step", plan=Plan(what="Send the offer", on=FRIDAY))
    log(deal, Said(kind="call", outcome="reached", notes="Friendly"), then, dan)
    lines = timeline(deal, "en").lines
    (line,) = [one for one in lines if one.undoes]
    assert line.kind == "activity_done"
    client = Client()
    client.force_login(dan)
    page = client.get(at(deal, "")[:-1]).text
    assert page.count('form="take-back"') == 1
    client.post(page.split('form="take-back" formaction="')[1].split('"')[0])
    assert facts(deal) == before
    assert not Activity.objects.done().exists()


def test_older_pages_and_who_only_reads_are_offered_nothing(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    for amount in range(60):
        deal.change_amount(Money(amount + 1, "EUR"), dan)
    assert offered(deal, timeline(deal, "en").before) == []
    reader = Client()
    reader.force_login(world.people.rut)
    page = reader.get(at(deal, "")[:-1])
    assert (page.status_code, "take-back" in page.text) == (200, False)
