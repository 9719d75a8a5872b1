"""Finding what people look for, in the database the suite runs on."""

import pytest
from tests.people import People

from infield.accounts.models import User
from infield.finding.actions import rebuild
from infield.finding.models import Searched
from infield.people.models import Organization

NAMES = (
    "山田製作所",
    "鈴木商店",
    "サイトウ工業",
    "สยามซีเมนต์",
    "Hämäläinen & Pojat Oy",
    "Hamalainen Trading",
    "Müller Werkzeugbau",
    "C++ Guild",
    "株式会社 東京 山口",
)


@pytest.fixture
def by(people: People) -> User:
    for name in NAMES:
        Organization.objects.named(name, people.anna)
    return people.anna


def found(query: str) -> set[str]:
    return {one.name for one in Searched.objects.matching(Organization.objects.all(), query)}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("山田", {"山田製作所"}),
        ("製作所", {"山田製作所"}),
        ("さいとう", {"サイトウ工業"}),
        ("ｻｲﾄｳ", {"サイトウ工業"}),
        ("ซีเมนต์", {"สยามซีเมนต์"}),
        ("สยาม", {"สยามซีเมนต์"}),
        ("HÄMÄ", {"Hämäläinen & Pojat Oy"}),
        ("hama", {"Hamalainen Trading"}),
        ("muller", {"Müller Werkzeugbau"}),
        ("werk mül", {"Müller Werkzeugbau"}),
        ("山", {"山田製作所", "株式会社 東京 山口"}),
        ("田", set()),  # one character: where a word begins
        ("京山", set()),  # not across two words
        ("' OR 1=1 --", set()),
        ('"*', set(NAMES)),  # no word in it: no wish
        ("", set(NAMES)),
    ],
)
def test_names_are_found_by_their_parts(by: User, query: str, names: set[str]) -> None:
    assert found(query) == names


def test_what_is_put_again_is_found_by_its_new_name_alone(by: User) -> None:
    one = Organization.objects.get(name="鈴木商店")
    Searched.objects.put(one, "すずき")
    assert found("鈴木") == set()
    assert found("スズキ") == {"鈴木商店"}
    Searched.objects.drop(one)
    assert found("すずき") == set()
    assert Searched.objects.filter(object_id=one.pk).count() == 0


def test_the_index_can_be_made_anew_from_what_there_is(by: User) -> None:
    Searched.objects.clear()
    assert found("山田") == set()
    assert rebuild() == len(NAMES)
    assert found("山田") == {"山田製作所"}


def test_other_kinds_of_things_are_not_found(by: User) -> None:
    assert not Searched.objects.matching(User.objects.all(), "山田").exists()


def test_of_what_too_many_match_those_that_came_last_are_looked_through(by: User) -> None:
    asked = Searched.objects.matching(Organization.objects.all(), "山", newest=1)
    assert [one.name for one in asked] == ["株式会社 東京 山口"]
    asked = Searched.objects.matching(Organization.objects.exclude(name__startswith="株式"), "山", newest=1)
    assert [one.name for one in asked] == []
    assert found("山") == {"山田製作所", "株式会社 東京 山口"}
