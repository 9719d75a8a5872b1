"""How names of four cultures are split, shown and compared, and which records look alike."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infield.people.cultures import CULTURES, PersonName, culture_of
from infield.people.doubles.likeness import Named, candidates, compared, likely
from infield.people.ideal.rules import Facts, Rule, fit, judged
from infield.people.names import core, domain_of, split_person
from infield.people.reach import phone_key, tidy


def named(number: int, name: str, *keys: tuple[str, str]) -> Named:
    return Named(UUID(int=number), core(name), frozenset(keys))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("株式会社ヤマダ製作所", "(株)やまだ製作所"),
        ("㈱ﾔﾏﾀﾞ製作所", "株式会社 ヤマダ製作所"),
        ("Aalto Foods Oy", "AALTO FOODS oyj"),
        ("Müller Maschinen GmbH", "Muller Maschinen"),
        ("บริษัท สยามทอง จำกัด (มหาชน)", "สยามทอง"),
    ],
)
def test_legal_form_width_case_and_kana_make_no_other_company(one: str, other: str) -> None:
    assert core(one) == core(other)
    alike = compared(named(1, one), named(2, other))
    assert alike
    assert (alike.score, list(alike.why)) == (100, ["same_name"])


@pytest.mark.parametrize(
    ("one", "other"), [("Hyvä Oy", "Hyva Oy"), ("Aalto Foods", "Aalto Paper"), ("山田", "山本")]
)
def test_names_that_differ_in_earnest_are_two(one: str, other: str) -> None:
    assert compared(named(1, one), named(2, other)) is None


def test_a_shared_phone_or_domain_is_a_reason_and_free_mail_is_none() -> None:
    phone, domain, free = ("phone", "+81355500001"), ("domain", "aalto.example"), ("domain", "gmail.com")
    pairs = likely([named(1, "Aalto", phone), named(2, "Berg", phone, free), named(3, "Cole", free, domain)])
    assert [(one.first.int, one.second.int, dict(one.why)) for one in pairs] == [
        (1, 2, {"phone": "+81355500001"})
    ]


@given(st.lists(st.text("abcde ", min_size=6, max_size=14), min_size=2, max_size=12, unique=True))
def test_the_search_finds_every_pair_of_equal_names_and_nothing_that_is_not_alike(names: list[str]) -> None:
    records = [named(place, name) for place, name in enumerate(names, 1)]
    found = {(one.first, one.second) for one in likely(records)}
    everything = {
        (one.id, other.id)
        for one in records
        for other in records
        if one.id < other.id and compared(one, other)
    }
    same = {
        (one.id, other.id)
        for one in records
        for other in records
        if one.id < other.id and one.name == other.name != ""
    }
    assert same <= found <= everything


@pytest.mark.slow
def test_the_work_grows_with_the_records_and_not_with_their_square() -> None:
    def work(size: int) -> int:
        return len(
            list(
                candidates([named(number, f"{number * 7919 % 99991:05d} works") for number in range(1, size)])
            )
        )

    assert work(4_000) < 3 * work(2_000)


@pytest.mark.parametrize("culture", CULTURES)
def test_splitting_a_full_name_gives_its_parts_again(culture: str) -> None:
    name = PersonName("Koski", "Aino", culture)
    assert split_person(name.full, culture) == ("Koski", "Aino")


@pytest.mark.parametrize(
    ("culture", "full", "called", "addressed"),
    [
        ("ja", "山田 太郎", "山田さん", "山田 太郎 様"),
        ("th", "太郎 山田", "คุณ 太郎", "คุณ 太郎 山田"),
        ("fi", "太郎 山田", "太郎 山田", "太郎 山田"),
    ],
)
def test_order_and_courtesy_are_those_of_the_person(
    culture: str, full: str, called: str, addressed: str
) -> None:
    name = PersonName("山田", "太郎", culture)
    assert (name.full, name.called, name.addressed) == (full, called, addressed)


def test_letters_tell_the_culture_where_they_can() -> None:
    assert [culture_of(name) for name in ("สมชาย", "やまだ", "Aino")] == ["th", "ja", "en"]


@pytest.mark.parametrize(
    ("typed", "country", "key"),
    [
        ("03-5550-1234", "JP", "+81355501234"),
        ("+81 (0)3 5550 1234", "", "+81355501234"),
        ("02 555 4400", "TH", "+6625554400"),
        ("０９ １２３ ４５６７", "FI", "+35891234567"),
        ("call me", "FI", ""),
    ],
)
def test_a_phone_number_has_one_form_however_it_is_typed(typed: str, country: str, key: str) -> None:
    assert phone_key(typed, country) == key


def test_ways_are_kept_once_and_empty_ones_not() -> None:
    ways = [
        {"label": "work", "value": " a@b.example "},
        {"value": "A@B.example"},
        {"label": "home", "value": " "},
    ]
    assert tidy(ways) == [{"label": "work", "value": "a@b.example"}]


def test_a_domain_is_read_from_what_people_paste() -> None:
    assert [domain_of(one) for one in ("HTTP://www.Aalto.example:80/x", "a@b.example", "no")] == [
        "aalto.example",
        "b.example",
        "",
    ]


def rules() -> list[Rule]:
    return [
        Rule(id=UUID(int=1), kind="place", among=frozenset({"FI", "JP"})),
        Rule(id=UUID(int=2), kind="size", least=20, most=500),
        Rule(id=UUID(int=3), kind="industry", among=frozenset({"food"})),
        Rule(id=UUID(int=4), kind="own"),
    ]


@pytest.mark.parametrize(
    ("facts", "verdicts", "whole"),
    [
        (Facts(), ["unknown"] * 4, "unknown"),
        (Facts(country="FI", size=20, industry="food", answers={UUID(int=4): True}), ["met"] * 4, "met"),
        (Facts(country="SE", size=500), ["unmet", "met", "unknown", "unknown"], "unmet"),
        (Facts(country="JP", size=501, industry="food"), ["met", "unmet", "met", "unknown"], "unmet"),
        (Facts(country="JP", size=30, industry="food"), ["met", "met", "met", "unknown"], "unknown"),
    ],
)
def test_rules_are_met_unmet_or_unknown(facts: Facts, verdicts: list[str], whole: str) -> None:
    found = [verdict for _rule, verdict in judged(rules(), facts)]
    assert (found, fit(found)) == (verdicts, whole)
