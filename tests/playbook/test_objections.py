"""Objections on the page of a deal: noted with one tap, answered, resolved or not, taken back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.deals.world import World, everything, kinds

from infield.deals.models import Deal
from infield.deals.refusals import Refusal
from infield.history.models import Event
from infield.people.models import Contact
from infield.playbook.models import GivenAnswer, Objection, PreparedAnswer, RaisedObjection
from infield.playbook.talks.actions import answer_objection, raise_objection, undo_objection
from infield.playbook.talks.queries import known, objections_of, tallies
from infield.web.ids import to_text


def at(deal: Deal, way: str) -> str:
    return f"/deals/{to_text(deal.pk)}/{way}"


def rows() -> tuple[Any, ...]:
    return (
        list(RaisedObjection.objects.order_by("id").values()),
        list(GivenAnswer.objects.order_by("id").values()),
        everything(),
    )


def raised_on(deal: Deal) -> RaisedObjection:
    return RaisedObjection.objects.get(deal=deal)


def test_one_tap_notes_an_objection(world: World, dan: Client) -> None:
    deal = world.deal()
    page = dan.get(at(deal, "")[:-1]).content.decode()
    assert 'name="objection" value="too_expensive"' in page
    answer = dan.post(
        at(deal, "objections/note"), {"objection": "too_expensive"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "Objection noted." in answer["HX-Trigger"]
    row = raised_on(deal)
    assert (row.objection, row.stage, row.person, row.resolved) == ("too_expensive", "need", None, None)
    event = Event.objects.get(kind="objection_raised")
    assert (row.raised_id, event.data) == (event.pk, {"objection": "too_expensive"})
    page = answer.content.decode()
    assert "It is too expensive" in page
    assert "not tried yet" in page


def test_who_said_it_and_how_is_noted_with_it(world: World, dan: Client) -> None:
    deal = world.deal()
    maria = Contact.objects.create(given="Maria", family="Aalto", organization=deal.organization)
    form = {"objection": "no_budget", "person": str(maria.pk), "words": "Nothing left until spring"}
    assert dan.post(at(deal, "objections/note"), form).status_code == 302
    row = raised_on(deal)
    assert row.person == maria
    assert {one.name: one.text for one in row.raised.words.all()} == {
        "objection": "There is no budget for it",
        "said": "Nothing left until spring",
        "person": "Maria Aalto",
    }
    assert "Nothing left until spring" in dan.get(at(deal, "")[:-1]).content.decode()


def test_a_person_of_another_company_said_nothing_here(world: World, dan: Client) -> None:
    deal, other = world.deal(), world.deal(organization="Other Oy")
    stranger = Contact.objects.create(given="Eve", organization=other.organization)
    before = rows()
    form = {"objection": "no_budget", "person": str(stranger.pk)}
    assert dan.post(at(deal, "objections/note"), form).status_code == 422
    with pytest.raises(Refusal) as refused:
        raise_objection(deal, world.people.dan, "no_budget", person=stranger)
    assert refused.value.code == "not_at_the_buyer"
    assert rows() == before


def test_a_prepared_answer_that_does_not_convince_leaves_it_standing(world: World, dan: Client) -> None:
    deal = world.deal()
    raise_objection(deal, world.people.dan, "too_expensive")
    raised = raised_on(deal)
    way = at(deal, f"objections/{to_text(raised.pk)}/answer")
    assert dan.post(way, {"answer": "whole_cost", "resolved": ""}).status_code == 302
    assert dan.post(way, {"answer": "smaller_start", "resolved": "1"}).status_code == 302
    assert kinds(deal)[-3:] == ["objection_raised", "objection_answered", "objection_resolved"]
    given = [(one.answer, one.event.kind) for one in raised.answers.order_by("event__position")]
    assert given == [("whole_cost", "objection_answered"), ("smaller_start", "objection_resolved")]
    raised.refresh_from_db()
    assert raised.resolved
    before = rows()
    assert dan.post(way, {"answer": "whole_cost", "resolved": "1"}).status_code == 422
    assert rows() == before


def test_an_answer_of_ones_own_is_kept_in_its_words(world: World, dan: Client) -> None:
    deal = world.deal()
    raise_objection(deal, world.people.dan, "no_time")
    way = at(deal, f"objections/{to_text(raised_on(deal).pk)}/answer")
    dan.post(way, {"answer": "our_work", "words": "We send two people", "resolved": "1"})
    (one,) = objections_of(deal, known(world.people.dan, "en"), "en")
    assert [(given.text, given.is_own, given.by) for given in one.given] == [
        ("We send two people", True, "Dan Wood")
    ]
    assert GivenAnswer.objects.get().answer == ""


def test_it_may_go_away_by_itself_but_not_stand_without_an_answer(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    raise_objection(deal, dan, "no_need")
    before = rows()
    with pytest.raises(Refusal) as refused:
        answer_objection(raised_on(deal), dan, is_resolved=False)
    assert refused.value.code == "answer_missing"
    assert rows() == before
    answer_objection(raised_on(deal), dan, is_resolved=True)
    assert raised_on(deal).resolved
    assert not GivenAnswer.objects.exists()


@pytest.mark.parametrize(
    ("objection", "answer", "code"),
    [("nobody_says_so", "", "unknown_objection"), ("no_need", "cost_of_problem", "unknown_answer")],
)
def test_what_the_library_does_not_have_is_refused(
    world: World, objection: str, answer: str, code: str
) -> None:
    deal, before = world.deal(), rows()
    before = rows()
    with pytest.raises(Refusal) as refused:
        raise_objection(deal, world.people.dan, objection, answer=answer)
    assert refused.value.code == code
    assert rows() == before


def test_noted_with_its_answer_in_one_act_and_taken_back_in_one(world: World, dan: Client) -> None:
    deal = world.deal()
    before = rows()[:2]
    done = raise_objection(
        deal, world.people.dan, "too_expensive", answer="cost_of_problem", is_resolved=True
    )
    assert done.what == "objection_resolved"
    assert [event.kind for event in done.events] == ["objection_raised", "objection_resolved"]
    assert done.event
    assert dan.post(at(deal, f"objections/undo/{to_text(done.event.pk)}")).status_code == 302
    assert rows()[:2] == before
    assert kinds(deal) == ["created", "stage_entered"]
    assert undo_objection(deal, done.event.pk, world.people.dan).what == "unchanged"


def test_the_latest_is_taken_back_first(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    raised = raise_objection(deal, dan, "too_expensive")
    answered = answer_objection(raised_on(deal), dan, answer="whole_cost", is_resolved=False)
    resolved = answer_objection(raised_on(deal), dan, answer="smaller_start", is_resolved=True)
    assert raised.event
    assert answered.event
    assert resolved.event
    before = rows()
    for event in (raised.event, answered.event):
        with pytest.raises(Refusal) as refused:
            undo_objection(deal, event.pk, dan)
        assert refused.value.code == "not_latest"
    assert rows() == before
    undo_objection(deal, resolved.event.pk, dan)
    assert raised_on(deal).resolved is None
    undo_objection(deal, answered.event.pk, dan)
    assert not GivenAnswer.objects.exists()
    undo_objection(deal, raised.event.pk, dan)
    assert not RaisedObjection.objects.exists()


def test_another_event_of_the_deal_is_not_undone_here(world: World) -> None:
    deal = world.deal()
    event = Event.objects.get(kind="created")
    with pytest.raises(Refusal) as refused:
        undo_objection(deal, event.pk, world.people.dan)
    assert refused.value.code == "cannot_undo"


def test_a_lost_deal_takes_no_objection(world: World, dan: Client) -> None:
    deal = world.deal()
    deal.lose("price", world.people.dan, "Too dear")
    before = rows()
    assert dan.post(at(deal, "objections/note"), {"objection": "no_need"}).status_code == 422
    assert rows() == before


def test_objections_are_numbered_within_their_deal(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    raise_objection(world.deal(title="Another"), dan, "no_need")
    for key in ("too_expensive", "no_time", "too_expensive"):
        raise_objection(deal, dan, key)
    shown = objections_of(deal, known(dan, "en"), "en")
    assert [(one.key, one.number) for one in shown] == [
        ("too_expensive", 3),
        ("no_time", 2),
        ("too_expensive", 1),
    ]


def test_an_answer_led_onward_where_the_next_move_was_forward_or_the_sale(world: World) -> None:
    """Six deals hear the same answer: forward, won, back, lost, nothing yet, and forward before it was said."""
    dan = world.people.dan

    def heard(stage: str = "need") -> Deal:
        deal = world.deal(stage=stage)
        raise_objection(deal, dan, "too_expensive", answer="whole_cost")
        return Deal.objects.get(pk=deal.pk)

    heard().move_to("pilot", dan, forced_because="Now")
    heard().win(dan, forced_because="Signed")
    heard("offer").move_to("need", dan, back_because="Two lines now")
    heard().lose("price", dan, "Too dear")
    heard()
    moved = world.deal()
    moved.move_to("pilot", dan, forced_because="Now")
    raise_objection(Deal.objects.get(pk=moved.pk), dan, "too_expensive", answer="whole_cost")
    tally = tallies(dan)["too_expensive", "whole_cost"]
    assert (tally.given, tally.decided, tally.onward, tally.is_few) == (6, 4, 2, True)


def test_an_undone_move_decides_nothing(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    raise_objection(deal, dan, "too_expensive", answer="whole_cost")
    moved = Deal.objects.get(pk=deal.pk).move_to("pilot", dan, forced_because="Now")
    assert moved.event
    Deal.objects.get(pk=deal.pk).undo(moved.event.pk, dan)
    tally = tallies(dan)["too_expensive", "whole_cost"]
    assert (tally.given, tally.decided) == (1, 0)


def test_answers_are_ranked_by_how_often_they_led_onward_in_deals_one_may_open(world: World) -> None:
    people = world.people
    for _ in range(3):
        deal = world.deal(owner=people.bo)
        raise_objection(deal, people.anna, "too_expensive", answer="smaller_start")
        Deal.objects.get(pk=deal.pk).move_to("pilot", people.anna, forced_because="Now")

    def ranked(user: Any) -> list[str]:
        one = next(one for one in known(user, "en") if one.key == "too_expensive")
        return [answer.key for answer in one.answers]

    assert ranked(people.anna)[0] == "smaller_start"
    assert ranked(people.dan)[0] == "cost_of_problem"  # Bo's deals are not Dan's to count
    assert tallies(people.dan) == {}


def test_the_page_costs_the_same_however_many_were_raised_and_answered(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    deal, dan = world.deal(), world.people.dan
    for _ in range(2):
        for key in ("too_expensive", "no_time", "no_need"):
            raise_objection(deal, dan, key)
        for raised in RaisedObjection.objects.filter(resolved=None):
            answer_objection(raised, dan, words="Said so", is_resolved=True)
        with django_assert_max_num_queries(11):
            objections_of(deal, known(dan, "en"), "en")


def test_a_stranger_and_a_reader_note_nothing(world: World) -> None:
    deal = world.deal()
    before = rows()
    for name, status in (("bo", 404), ("rut", 403)):
        client = Client()
        client.force_login(getattr(world.people, name))
        assert client.post(at(deal, "objections/note"), {"objection": "no_need"}).status_code == status
    assert rows() == before


def test_a_question_is_answered_where_it_stands_and_proves_its_criterion(world: World, dan: Client) -> None:
    deal = world.deal()
    page = dan.get(at(deal, "")[:-1]).content.decode()
    assert 'value="need:cost"' in page
    answer = dan.post(
        at(deal, "questions/answer"),
        {"question": "need:cost", "text": "4,000 euros an hour"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "4,000 euros an hour" in answer.content.decode()
    assert deal.met.filter(criterion="priced").exists()
    assert deal.answers.get().value == "yes"


def test_a_question_of_the_playbook_is_kept_with_its_words(world: World, dan: Client) -> None:
    deal = world.deal()
    form = {"question": "need:magic_wand", "text": "The scrap rate"}
    assert dan.post(at(deal, "questions/answer"), form).status_code == 302
    page = dan.get(at(deal, "")[:-1]).content.decode()
    assert "Which of your key figures would you improve" in page
    assert page.count("The scrap rate") == 3  # beside the question, in its field, in the timeline


@pytest.mark.parametrize(
    ("form", "status"),
    [({"question": "need:nobody_asks", "text": "Yes"}, 422), ({"question": "need:cost", "text": " "}, 422)],
)
def test_a_question_that_nobody_asks_and_an_empty_answer_are_refused(
    world: World, dan: Client, form: dict[str, str], status: int
) -> None:
    deal = world.deal()
    before = rows()
    assert dan.post(at(deal, "questions/answer"), form).status_code == status
    assert rows() == before


def test_the_teams_own_objection_is_noted_like_the_shipped_ones(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    own = Objection(about="trust", texts={"en": "You are too far away"})
    own.key = str(own.pk)
    own.save(force_insert=True)
    PreparedAnswer.objects.create(objection=own.key, key="near", texts={"en": "Two hours by train"})
    raise_objection(deal, dan, own.key, answer="near", is_resolved=True)
    (one,) = objections_of(deal, known(dan, "fi"), "fi")
    assert (one.text, one.given[0].text, one.about) == ("You are too far away", "Two hours by train", "trust")
    assert one.at <= datetime.now(UTC)


def test_an_answer_that_worked_is_put_into_the_library_from_the_deal(
    world: World, anna: Client, dan: Client
) -> None:
    deal = world.deal()
    raise_objection(deal, world.people.dan, "too_expensive")
    answer_objection(raised_on(deal), world.people.dan, words="Leasing over five years", is_resolved=True)
    given = to_text(GivenAnswer.objects.get().pk)
    manager, rep = anna, dan
    path = at(deal, "")[:-1]
    link = f"/playbook/objections/words?objection=too_expensive&amp;new=1&amp;said={given}"
    assert link in manager.get(path).content.decode()
    assert link not in rep.get(path).content.decode()
    address = link.replace("&amp;", "&")
    assert rep.get(address).status_code == 403
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{path}"}
    assert "Leasing over five years</textarea>" in manager.get(address, headers=here).content.decode()
    added = manager.post(address, {"text": "Leasing over five years"}, headers=here)
    assert (added.status_code, added.content) == (200, b"")
    assert "undo" in added["HX-Trigger"]
    assert PreparedAnswer.objects.get().objection == "too_expensive"
    assert link not in manager.get(path).content.decode()


@pytest.mark.parametrize("said", ["", "nonsense", "1111111111111111111111"])
def test_words_that_nobody_said_begin_nothing(said: str, anna: Client) -> None:
    page = anna.get(f"/playbook/objections/words?objection=too_expensive&new=1&said={said}")
    assert page.status_code == 200
    assert "Leasing" not in page.content.decode()


def test_what_was_said_on_the_deal_of_a_stranger_is_not_told(world: World, anna: Client) -> None:
    deal = world.deal()
    raise_objection(deal, world.people.dan, "too_expensive")
    answer_objection(raised_on(deal), world.people.dan, words="Leasing over five years", is_resolved=True)
    given = to_text(GivenAnswer.objects.get().pk)
    Deal.objects.update(owner=world.people.emil)
    page = anna.get(f"/playbook/objections/words?objection=too_expensive&new=1&said={given}")
    assert "Leasing" not in page.content.decode()
