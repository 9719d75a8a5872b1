"""An objection is noted in the same form as the talk in which it came up."""

from django.test import Client
from tests.deals.world import World

from infield.playbook.models import RaisedObjection
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
