"""Names in the order in which a phone book, a dictionary, a class list has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infield.finding.collation import sort_key

FINNISH = [
    "Aalto",
    "Aho",
    "Hakala",
    "Hämäläinen",
    "Koskinen",
    "Virtanen",
    "Zitting",
    "Åkerman",
    "Äijälä",
    "Öhman",
]
THAI = [
    "กมล",
    "กา",
    "กำธร",
    "เกษม",
    "แก้ว",
    "ขวัญ",
    "จันทร์",
    "ชัย",
    "เชิด",
    "ใจ",
    "นา",
    "น้ำ",
    "ไพศาล",
    "มานะ",
    "สมชาย",
    "เอก",
]
THAI_IN_ORDER = [
    "กมล",
    "กา",
    "กำธร",
    "เกษม",
    "แก้ว",
    "ขวัญ",
    "จันทร์",
    "ใจ",
    "ชัย",
    "เชิด",
    "นา",
    "น้ำ",
    "ไพศาล",
    "มานะ",
    "สมชาย",
    "เอก",
]
JAPANESE = [
    ("阿部", "あべ"),
    ("伊藤", "イトウ"),
    ("上野", "うえの"),
    ("大野", "おおの"),
    ("加藤", "カトウ"),
    ("後藤", "ごとう"),
    ("小林", "こばやし"),
    ("佐藤", "さとう"),
    ("鈴木", "すずき"),
    ("田中", "たなか"),
    ("服部", "はっとり"),
    ("渡辺", "わたなべ"),
]


def backwards[Name](names: list[Name]) -> list[Name]:
    return names[::-1]


def test_finns_have_their_own_letters_last() -> None:
    assert sorted(backwards(FINNISH), key=sort_key) == FINNISH


def test_thai_reads_a_vowel_after_the_consonant_it_is_written_before() -> None:
    assert sorted(THAI, key=sort_key) == THAI_IN_ORDER


def test_japanese_go_by_their_reading_in_either_kana() -> None:
    assert sorted(backwards(JAPANESE), key=lambda name: sort_key(*name)) == JAPANESE


@pytest.mark.parametrize(
    "in_order",
    [
        ["はは", "はば", "ばば", "ぱぱ", "はひ"],  # voicing decides last
        ["かあど", "カード", "かえで"],  # a long vowel is that vowel
        ["きょ", "きよ", "きょう"],  # small kana too
        ["muller", "Müller", "mullers"],
        ["3M", "Aalto", "ก่อ", "いとう", "山田"],
    ],
)
def test_what_decides_last(in_order: list[str]) -> None:
    assert sorted(backwards(in_order), key=sort_key) == in_order


@given(st.text(max_size=60))
def test_a_key_is_plain_letters_and_digits_that_every_database_sorts_alike(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdef")
