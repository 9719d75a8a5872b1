"""Who may act on a deal, and who sees it."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.deals.acts import ACTS, ready
from tests.deals.world import CALL, TODAY, World, day, everything

from infield.accounts.models import User
from infield.deals.models import Deal


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(
    ("who", "may"),
    [("dan", True), ("cleo", True), ("anna", True), ("bo", False), ("emil", False), ("rut", False)],
)
def test_the_owner_and_who_leads_them_act_and_nobody_else(
    world: World, name: str, who: str, may: bool
) -> None:
    deal, by = ready(world), getattr(world.people, who)
    before = everything()
    if may:
        assert ACTS[name](deal, by).event
        return
    with pytest.raises(PermissionDenied):
        ACTS[name](deal, by)
    assert everything() == before


def test_somebody_who_left_acts_no_more(world: World) -> None:
    deal = ready(world)
    User.objects.filter(pk=world.people.dan.pk).update(active=False)
    with pytest.raises(PermissionDenied):
        deal.lose("price", User.objects.get(pk=world.people.dan.pk))


def test_a_reader_begins_no_deal(world: World) -> None:
    before = everything()
    with pytest.raises(PermissionDenied):
        world.deal(world.people.rut)
    assert everything() == before


def test_the_lists_are_of_open_deals_only(world: World) -> None:
    people = world.people
    plain, late, lost, old = (world.deal(title=title) for title in ("plain", "late", "lost", "old"))
    late.set_next_step(CALL, people.dan)
    Deal.objects.filter(pk=late.pk).update(next_step_on=day(-1))
    lost.lose("price", people.dan)
    Deal.objects.filter(pk=old.pk).update(history_only=True)
    assert set(Deal.objects.open()) == {plain, late}
    assert set(Deal.objects.without_next_step()) == {plain}
    assert set(Deal.objects.late(TODAY)) == {late}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("anna", {"Bo", "Dan"}),
        ("bo", {"Bo"}),
        ("cleo", {"Dan"}),
        ("dan", {"Dan"}),
        ("emil", set()),
        ("rut", {"Bo", "Dan"}),
    ],
)
def test_a_deal_is_seen_by_its_owner_by_who_leads_them_and_by_readers(
    world: World, who: str, seen: set[str]
) -> None:
    world.deal(world.people.bo, title="Bo")
    world.deal(world.people.dan, title="Dan")
    found = Deal.objects.visible_to(getattr(world.people, who))
    assert {deal.title for deal in found} == seen


def test_a_deal_handed_over_is_seen_by_its_new_owner_only(world: World) -> None:
    deal = world.deal()
    deal.change_owner(world.people.bo, world.people.dan)
    assert list(Deal.objects.visible_to(world.people.dan)) == []
    assert list(Deal.objects.visible_to(world.people.bo)) == [deal]
