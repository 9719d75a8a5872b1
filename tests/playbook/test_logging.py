"""An objection is noted in the same form as the talk in which it came up."""

from django.test import Client
from tests.deals.world import World, everything

from infield.activities.models import Activity
from infield.history.models import Event
from infield.playbook.models import RaisedObjection
from infield.playbook.talks.actions import answer_objection
from infield.web.ids import to_text


def test_the_log_of_a_talk_notes_the_objection_with_it(world: World, dan: Client) -> None:
    deal = world.deal()
    way = f"/log/deals/{to_text(deal.pk)}"
    assert 'name="objection"' in dan.get(way).content.decode()
    form = {
        "kind": "call",
        "how": "step",
        "what": "Call again",
        "on": "2099-01-05",
        "objection": "too_expensive",
    }
    answer = dan.post(way, form)
    assert answer.status_code == 302, answer.content.decode()[:500]
    assert RaisedObjection.objects.get(deal=deal).objection == "too_expensive"


def test_a_refused_log_notes_no_objection(world: World, dan: Client) -> None:
    deal = world.deal()
    form = {"kind": "call", "how": "step", "what": "", "objection": "too_expensive"}
    assert dan.post(f"/log/deals/{to_text(deal.pk)}", form).status_code == 422
    assert not RaisedObjection.objects.exists()


def test_taking_the_talk_back_takes_the_objection_back_too(world: World, dan: Client) -> None:
    deal = world.deal()
    form = {"kind": "call", "how": "step", "what": "Call", "on": "2099-01-05", "objection": "too_expensive"}
    dan.post(f"/log/deals/{to_text(deal.pk)}", form)
    logged = Activity.objects.get(deal=deal, done_at__isnull=False)
    answer = dan.post(f"/activities/{to_text(logged.pk)}/take-back")
    assert answer.status_code == 302, answer.content.decode()[:500]
    assert not RaisedObjection.objects.exists()
    counting = Event.objects.filter(case=deal.case).counting()
    assert set(counting.values_list("kind", flat=True)) == {"created", "stage_entered"}
    deal.refresh_from_db()
    assert deal.next_step == ""


def test_a_talk_whose_objection_was_answered_since_is_not_taken_back(world: World, dan: Client) -> None:
    deal = world.deal()
    form = {"kind": "call", "how": "step", "what": "Call", "on": "2099-01-05", "objection": "too_expensive"}
    dan.post(f"/log/deals/{to_text(deal.pk)}", form)
    answer_objection(RaisedObjection.objects.get(), world.people.dan, words="It pays back", is_resolved=True)
    logged = Activity.objects.get(deal=deal, done_at__isnull=False)
    before = everything()
    assert dan.post(f"/activities/{to_text(logged.pk)}/take-back").status_code == 422
    assert everything() == before
    assert RaisedObjection.objects.get().resolved
