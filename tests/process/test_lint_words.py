"""The checker on words: work of ours as a name, vague words, opinions, in the language they are written in."""

from decimal import Decimal

import pytest
from tests.process.checked import codes, process
from tests.process.clean_map import CLEAN
from tests.process.planted_mistakes import SEEN, criterion

from infield.process.lint.check import check
from infield.process.values import Criterion, ProcessMap, Stage


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ja", "見積書の送付"),
        ("ja", "テレアポ"),
        ("fi", "Lähetä tarjous"),
        ("th", "ส่งใบเสนอราคา"),
        ("en", "Cold calling"),
    ],
)
def test_names_of_our_work_are_found_in_four_languages(language: str, name: str) -> None:
    one = ProcessMap(name="x", language=language, stages=(Stage(key="a", name=name),))
    assert "seller-only-name" in codes(one)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "必要に応じて上司に確認した"),
        ("fi", "Tarjous on lähetetty tarvittaessa"),
        ("th", "ติดต่อกลับตามความเหมาะสม"),
    ],
)
def test_vague_words_are_found_in_the_language_they_are_written_in(language: str, text: str) -> None:
    ask = Criterion(key="c", text={"en": "The board has agreed", language: text}, weight=Decimal(100))
    one = ProcessMap(name="x", stages=(Stage(key="a", name="Agreed", sale=True, criteria=(ask,)),))
    places = [found.place for found in check(one) if found.code == "vague-words"]
    assert places == [("stages", 0, "criteria", 0, "text", language)]


@pytest.mark.parametrize(
    "name", ["Proposal under review", "Closing", "Follow-up", "Demo", "Negotiation", "Prospecting"]
)
def test_names_that_say_where_a_deal_stands_pass(name: str) -> None:
    assert codes(process(CLEAN.replace("name: Machine on trial", f"name: {name}", 1))) == []


@pytest.mark.parametrize("text", ["TBD", "Follow up with the customer", "The price is fixed, etc."])
def test_a_vague_criterion_is_told_as_vague_only(text: str) -> None:
    assert codes(process(CLEAN.replace(SEEN, f'text: "{text}",'))) == ["vague-words"]


@pytest.mark.parametrize(
    "text", ["The buyer is very interested", "A good meeting was had", "It looks promising to us"]
)
def test_a_criterion_of_feelings_is_told_as_opinion_only(text: str) -> None:
    assert codes(process(CLEAN.replace(SEEN, criterion(text)))) == ["opinion-criterion"]


@pytest.mark.parametrize(
    "text",
    [
        "Contact details of the board are known",
        "Offer accepted in writing",
        "Present supplier is named",
        "Call with the board took place",
    ],
)
def test_a_fact_that_begins_with_a_word_of_work_is_no_task(text: str) -> None:
    assert "task-criterion" not in codes(process(CLEAN.replace(SEEN, criterion(text))))
