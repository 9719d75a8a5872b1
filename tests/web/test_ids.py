"""Ids in addresses."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infield.web.ids import ALPHABET, IdConverter, from_text, new_id, to_text


@given(st.uuids())
def test_an_id_reads_back_from_its_22_characters(value: UUID) -> None:
    text = to_text(value)
    assert len(text) == 22
    assert set(text) <= set(ALPHABET)
    assert from_text(text) == value


@given(st.uuids(), st.uuids())
def test_texts_sort_as_their_ids_do(one: UUID, other: UUID) -> None:
    assert (to_text(one) < to_text(other)) == (one < other)


def test_the_largest_id_still_has_22_characters() -> None:
    assert to_text(UUID(int=2**128 - 1)) == "YcVfxkQb6JRzqk5kF2tNLv"


@pytest.mark.parametrize(
    "text", ["", "1", "1" * 21, "1" * 23, "0" * 22, "1" * 21 + "I", "z" * 22, "1" * 21 + "é"]
)
def test_any_other_text_is_no_id(text: str) -> None:
    with pytest.raises(ValueError, match=r"id|int"):
        IdConverter().to_python(text)


def test_ids_are_of_version_7_and_sort_by_the_time_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert {value.version for value in made} == {7}
    assert len(set(made)) == 1000
    assert made == sorted(made)
