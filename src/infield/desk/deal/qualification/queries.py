"""How a deal is qualified: the scores of the forms, and their questions with the answers that stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from infield.deals.models import Answer, Deal
from infield.deals.qualifying.scores import FORMS as QUALIFICATIONS
from infield.deals.qualifying.scores import Score, of_map, score
from infield.deals.terms.wording import FORMS, PARTS, QUESTIONS, answer_word
from infield.process.texts import in_language
from infield.web import figures


@dataclass(frozen=True, slots=True)
class FormScore:
    """How a qualification stands: `share` in percent of what is known, None while nothing is."""

    key: str
    name: str
    known: int
    asked: int
    share: str
    filled: float
    known_filled: float
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """Each part with the values of its questions, "" where nobody answered yet."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question of a form with the answer that stands; `proves`: the criterion that a full answer meets."""

    key: str
    text: str
    value: str
    words: str
    proves: str


def scores(answers: Mapping[str, str], language: str) -> list[FormScore]:
    """Give how each qualification stands. `answers`: values by their questions."""
    return [_score(form, score(form, answers), answers, language) for form in QUALIFICATIONS]


def stage_score(deal: Deal, answers: Mapping[str, str]) -> tuple[int, int]:
    """Give how many of the questions of the deal's stage have an answer, and how many there are."""
    stage = next((one for one in deal.map().stages if one.key == deal.stage), None)
    keys = [of_map(deal.stage, one.key) for one in stage.questions] if stage else []
    return sum(answers.get(key, "unknown") != "unknown" for key in keys), len(keys)


def question_lines(
    deal: Deal, form: str, language: str, stage: str = ""
) -> list[tuple[str, list[QuestionLine]]]:
    """Give the questions of a form by its parts, with the answers that stand. One query.

    `stage`: whose questions of the map, the deal's own where it is none of the map.
    """
    kept = {one.question: one for one in Answer.objects.filter(deal=deal)}
    if form == "map":
        return [("", _stage_questions(deal, stage, kept, language))]
    return [
        (_(PARTS[part]), [_line(one, _(QUESTIONS[one]), kept, "") for one in questions])
        for part, questions in QUALIFICATIONS[form].items()
    ]


def answer_choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give the answers with their words."""
    return [(value, answer_word(value)) for value in values]


def _score(form: str, found: Score, answers: Mapping[str, str], language: str) -> FormScore:
    return FormScore(
        key=form,
        name=_(FORMS[form]),
        known=found.known,
        asked=found.asked,
        share=figures.percent(found.share, language) if found.share is not None else "",
        filled=float(found.points) / found.asked * 100,
        known_filled=found.known_share * 100,
        parts=tuple(
            (_(PARTS[part]), tuple(answers.get(one, "") for one in questions))
            for part, questions in QUALIFICATIONS[form].items()
        ),
    )


def _stage_questions(
    deal: Deal, wanted: str, kept: Mapping[str, Answer], language: str
) -> list[QuestionLine]:
    mapped = deal.map()
    stages = {one.key: one for one in mapped.stages}
    stage = stages.get(wanted) or stages.get(deal.stage)
    if stage is None:
        return []
    proved = {
        one.proof.answer: in_language(one.text, language, mapped.language)
        for one in stage.criteria
        if one.proof.answer
    }
    return [
        _line(
            of_map(stage.key, one.key),
            in_language(one.text, language, mapped.language),
            kept,
            proved.get(one.key, ""),
        )
        for one in stage.questions
    ]


def _line(key: str, text: str, kept: Mapping[str, Answer], proves: str) -> QuestionLine:
    there = kept.get(key)
    return QuestionLine(key, text, there.value if there else "", there.text if there else "", proves)
