"""What comes with Infield is whole in every language."""

import re

import pytest

from infield.playbook.glossary import find, glossary
from infield.playbook.guidance import pieces
from infield.playbook.shipped import (
    ADVICE,
    OBJECTIONS,
    QUESTIONS,
    advice,
    advice_name,
    objection,
    prepared,
    question,
    read,
)
from infield.playbook.topics import ABOUTS, LEVELS, TOPICS
from infield.process.starter_maps import STARTERS, starter_text
from infield.process.texts import LANGUAGES
from infield.process.yaml_file import read as read_map

OF_ITS_SCRIPT = {"en": r"[A-Za-z]", "fi": r"[A-Za-zäö]", "ja": r"[぀-ヿ一-鿿]", "th": r"[฀-๿]"}
WORDS_USED_EVERYWHERE = {
    "lead", "contact", "organization", "deal", "pipeline", "stage", "substage", "criterion", "milestone", "gate",
    "activity", "next_step", "owner", "stakeholder", "objection", "playbook", "quote", "product", "quota", "forecast",
    "win_rate", "conversion_rate", "cycle_length", "velocity", "cohort", "funnel", "leak", "variant", "conformance",
}  # fmt: skip
BINDING = {
    "ja": {"deal": "案件", "prospect": "見込み客", "gate": "ゲート", "criterion": "通過条件", "quota": "売上目標",
           "next_step": "次のアクション", "decision_maker": "決裁者", "objection": "懸念・反論", "leak": "離脱"},
    "fi": {"deal": "Myyntimahdollisuus", "prospect": "Asiakasehdokas", "gate": "Portti", "quota": "Myyntitavoite",
           "pipeline": "Myyntiputki", "funnel": "Myyntisuppilo", "referral": "Suosittelu", "churn": "Asiakaspoistuma"},
    "th": {"deal": "ดีล", "prospect": "ผู้มุ่งหวัง", "funnel": "กรวยการขาย", "leak": "จุดรั่ว", "quota": "เป้ายอดขาย",
           "gate": "จุดตรวจผ่านขั้น", "champion": "ผู้ผลักดันภายใน", "objection": "ข้อโต้แย้ง"},
}  # fmt: skip


def in_its_language(text: str, language: str) -> bool:
    return bool(re.search(OF_ITS_SCRIPT[language], text))


def test_there_are_fifteen_questions_six_five_and_four() -> None:
    assert [len(QUESTIONS[level]) for level in ("top", "middle", "bottom")] == [6, 5, 4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_asked_in_every_language(language: str) -> None:
    asked = [question(key)[language] for keys in QUESTIONS.values() for key in keys]
    assert len(set(asked)) == 15
    assert all(in_its_language(text, language) for text in asked)
    assert set(read("guidance", language)["questions"]) == {
        key for keys in QUESTIONS.values() for key in keys
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_of_advice_has_its_name_and_text_in_every_language(language: str) -> None:
    assert set(read("guidance", language)["advice"]) == {one.key for one in ADVICE}
    for one in ADVICE:
        assert in_its_language(advice(one.key)[language], language), one.key
        assert advice_name(one.key)[language].strip(), one.key
        assert one.topic in TOPICS
        assert set(one.levels) <= set(LEVELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_objection_has_answers_in_every_language(language: str) -> None:
    assert set(read("objections", language)) == set(OBJECTIONS)
    for key, about in OBJECTIONS.items():
        assert in_its_language(objection(key)[language], language), key
        answers = [texts[language] for texts in prepared(key).values()]
        assert len(set(answers)) == len(answers) >= 2, key
        assert all(in_its_language(text, language) for text in answers), key
        assert set(read("objections", language)[key]["answers"]) == set(prepared(key))
        assert about in ABOUTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_trade_is_explained_in_every_language(language: str) -> None:
    words = glossary(language)
    assert set(words) == set(glossary("en")) >= WORDS_USED_EVERYWHERE
    for key, word in words.items():
        assert word.term.strip(), key
        assert len(word.meaning) > 15, key
        assert in_its_language(word.meaning, language), key
    assert len({word.term for word in words.values()}) == len(words)


@pytest.mark.parametrize("language", BINDING)
def test_the_words_are_those_that_sellers_use(language: str) -> None:
    assert {key: glossary(language)[key].term for key in BINDING[language]} == BINDING[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_funnel_and_pipeline_each_say_what_the_other_is(language: str) -> None:
    pipeline, funnel = glossary(language)["pipeline"], glossary(language)["funnel"]
    assert pipeline.term.casefold() in funnel.meaning
    assert funnel.term.casefold() in pipeline.meaning


@pytest.mark.parametrize(
    ("language", "wish", "key"),
    [
        ("fi", "prospektit", "prospect"),
        ("en", "Opportunity", "deal"),
        ("ja", "りーど", "lead"),
        ("ja", "ノルマ", "quota"),
        ("th", "ท่อ", None),
        ("th", "ฟันเนล", "funnel"),
        ("fi", "opportunity", "deal"),
    ],
)
def test_a_word_is_found_by_what_people_call_it(language: str, wish: str, key: str | None) -> None:
    assert (key in {term.key for term in find(language, wish)}) == (key is not None)


@pytest.mark.parametrize("starter", [name for name in STARTERS if name != "empty"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_of_every_starter_has_all_fifteen_and_nothing_twice(starter: str, language: str) -> None:
    mapped = read_map(starter_text(starter)).process
    for stage in mapped.stages:
        said = pieces(stage, mapped, language, ())
        texts = [one.text for one in said]
        assert len(set(texts)) == len(texts), stage.key
        asked = {one.key for one in said if one.topic == "question"}
        missing = {key for keys in QUESTIONS.values() for key in keys} - asked
        # one that the map asks under a key of its own
        assert len(missing) <= 1, stage.key
        names = [(one.topic, one.name) for one in said if one.name]
        assert len(set(names)) == len(names), stage.key
