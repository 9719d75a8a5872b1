"""Two records of one person become one: their parts in deals, next steps and activities go along, and come back."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from tests.deals.world import FRIDAY, World, facts

from infield.activities.models import Activity
from infield.deals.models import Deal, NextStep, Stakeholder
from infield.history.models import Event
from infield.people.doubles.actions import merge, unmerge
from infield.people.models import Contact, Organization
from infield.web.ids import to_text


def person(world: World, given: str) -> Contact:
    return Contact(family="Berg", given=given, owner=world.people.dan).begin(world.people.dan)


def parts(deal: Deal) -> set[tuple[Any, str]]:
    return set(Stakeholder.objects.filter(deal=deal).values_list("contact", "role"))


def test_a_part_in_a_deal_goes_along_and_where_both_have_one_the_kept_ones_stays(world: World) -> None:
    dan, kept, gone = world.people.dan, person(world, "Eva"), person(world, "Eeva")
    both, one = world.deal(title="Both"), world.deal(title="One")
    both.set_stakeholder(kept, "champion", dan)
    both.set_stakeholder(gone, "user", dan)
    one.set_stakeholder(gone, "decision_maker", dan)
    one.set_next_step(NextStep("Call her", FRIDAY, person=gone.pk), dan)
    talk = Activity.objects.create(
        kind="call", contact=gone, owner=dan, made_by=dan, done_at=datetime.now(UTC), outcome="reached"
    )
    act = merge(kept, gone, dan).act
    one.refresh_from_db()
    talk.refresh_from_db()
    assert (parts(both), parts(one)) == ({(kept.pk, "champion")}, {(kept.pk, "decision_maker")})
    assert (one.next_person, talk.contact) == (kept, kept)
    told = Event.objects.filter(kind="stakeholder_set", case=one.case).order_by("position")
    assert [(event.data["person"], event.data.get("role")) for event in told] == [
        (str(gone.pk), "decision_maker"), (str(gone.pk), None), (str(kept.pk), "decision_maker"),
    ]  # fmt: skip
    assert act
    kept.refresh_from_db()
    unmerge(kept, act, dan)
    one.refresh_from_db()
    talk.refresh_from_db()
    assert parts(both) == {(kept.pk, "champion"), (gone.pk, "user")}
    assert parts(one) == {(gone.pk, "decision_maker")}
    assert (one.next_person, talk.contact) == (gone, gone)


def test_an_older_next_step_comes_back_with_the_record_that_the_person_became(world: World) -> None:
    dan, kept, gone, deal = world.people.dan, person(world, "Eva"), person(world, "Eeva"), world.deal()
    deal.set_next_step(NextStep("Call her", FRIDAY, person=gone.pk), dan)
    later = deal.set_next_step(NextStep("Visit", FRIDAY), dan).event
    merge(kept, gone, dan)
    assert later
    deal.refresh_from_db()
    deal.undo(later.pk, dan)
    assert (deal.next_step, deal.next_person) == ("Call her", kept)


def test_a_merge_of_organizations_changes_nothing_else_of_a_deal_and_is_not_undone_from_its_page(
    world: World,
) -> None:
    dan = world.people.dan
    deal = world.deal(expected_close=FRIDAY)
    kept = Organization.objects.named("Aalto Foods Oy", dan)
    merge(kept, deal.organization, dan)
    deal.refresh_from_db()
    before = facts(deal)
    assert (deal.organization, deal.expected_close) == (kept, FRIDAY)
    event = Event.objects.get(kind="field_changed", case=deal.case, data__field="organization")
    client = Client()
    client.force_login(dan)
    assert "merged with another record" in client.get(f"/deals/{to_text(deal.pk)}").text
    assert client.post(f"/deals/{to_text(deal.pk)}/undo/{to_text(event.pk)}").status_code == 422
    deal.refresh_from_db()
    assert facts(deal) == before
