"""Who sees which organization, and when two names are one."""

import pytest
from tests.deals.world import begin
from tests.people import People

from infield.people.models import NameMissing, Organization
from infield.people.names import folded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Aalto Foods", "aalto  foods", " ＡＡＬＴＯ Foods"])
def test_capitals_width_and_spaces_make_no_other_organization(people: People, name: str) -> None:
    first = Organization.objects.named("Aalto Foods", people.bo)
    assert Organization.objects.named(name, people.dan) == first
    assert (first.name, first.owner) == ("Aalto Foods", people.bo)


def test_letters_that_differ_make_another_organization(people: People) -> None:
    Organization.objects.named("Hyvä Oy", people.bo)
    Organization.objects.named("Hyva Oy", people.bo)
    assert Organization.objects.count() == 2


def test_an_organization_has_a_name(people: People) -> None:
    with pytest.raises(NameMissing):
        Organization.objects.named("  ", people.bo)
    assert not Organization.objects.exists()


def test_everybody_who_works_on_people_or_reads_everything_shares_one_address_book() -> None:
    world = begin()
    people = world.people
    shared = world.deal(people.bo, organization="Shared").organization
    alone = Organization.objects.named("Alone", people.emil)
    for name in ("anna", "bo", "cleo", "dan", "emil", "rut", "mia", "sam", "olga", "ada"):
        assert set(Organization.objects.visible_to(getattr(people, name))) == {shared, alone}, name
    people.emil.active = False
    assert not Organization.objects.visible_to(people.emil).exists()


def test_folding_twice_changes_nothing_more() -> None:
    for name in ("ＡＢＣ", "Straße", "ﬁn", "İstanbul", "ｶﾞ ｷﾞ"):
        assert folded(folded(name)) == folded(name)
