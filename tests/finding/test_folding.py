"""What makes no difference to who looks for a name, and what does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infield.finding.folding import bigrams, fold, runs, searchable, words_of

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("イトウ", "いとう"),
        ("ｲﾄｳ", "いとう"),
        ("ガス", "がす"),
        ("ｶﾞｽ", "がす"),
        ("ＡＢＣ株式会社", "abc株式会社"),
        ("Straße", "STRASSE"),
        ("José", "jose"),
        ("HÄMÄLÄINEN", "hämäläinen"),
        ("㈱山田", "(株)山田"),
        ("  a　 b ", "a b"),
    ],
)
def test_these_are_one_to_who_looks_for_them(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Äijälä", "Aijala"), ("か", "が"), ("น้ำ", "นำ"), ("山田", "山口")]
)
def test_these_are_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(TEXTS)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_a_word_is_led_by_its_first_character_and_cut_into_as_many_pairs_as_it_has_gaps(text: str) -> None:
    assert len(bigrams(text)) == sum(len(word) for word in words_of(text))


@given(TEXTS, st.integers(0, 30), st.integers(2, 9))
def test_every_part_of_a_word_is_a_run_of_its_pairs(text: str, start: int, length: int) -> None:
    for word in words_of(text):
        part = word[start : start + length]
        if len(part) < 2 or part.isdecimal():
            continue
        kept = "\0".join(bigrams(word))
        for run in runs(part):
            assert "\0".join(run) in kept


def test_a_run_does_not_cross_from_one_word_into_the_next() -> None:
    assert "\0".join(runs("abc")[0]) not in "\0".join(bigrams("xab bcy"))


def test_a_phone_number_is_found_with_and_without_its_gaps() -> None:
    assert runs("040-123 456") == runs("040123456")
    kept = searchable(["040-123 456"]).split()
    assert {"040", "123", "456", "040123456"} == set(kept)
