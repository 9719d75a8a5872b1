"""Every problem of a map file is said in words."""

import pytest

from infield.process.file_wording import SENTENCES, place_words, problem_sentence
from infield.process.yaml_file import CODES, MapFileError, read


def said(text: str) -> list[str]:
    with pytest.raises(MapFileError) as refused:
        read(text)
    return [problem_sentence(problem) for problem in refused.value.problems]


def test_every_code_has_a_sentence() -> None:
    assert set(CODES.values()) <= set(SENTENCES)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("stages: [{key: a}]", "name is missing here. Add a line name: with its value."),
        (
            "stages: [{key: a, name: A, criteria: [{key: b, text: c, proof: {tick: false}}]}]",
            '"false" is not allowed. Write true.',
        ),
        (
            "name: x\nstages: [{key: a, name: A, about: dael}]",
            "\"dael\" is not allowed. Write 'audience', 'lead', 'deal' or 'client'.",
        ),
        (
            "name: x\nstages: [{key: a, name: A, criteria: [{key: b, text: c, wieght: 3}]}]",
            (
                "wieght is not known here (did you mean weight?). "
                "Allowed are: key, milestone, proof, required, text, weight."
            ),
        ),
        (
            "name: x\nstages: [{key: a, name: A, criteria: [{key: b, text: c, weight: 10%}]}]",
            '"10%" is not a number. Write one such as 12 or 7.5, without a percent sign.',
        ),
        (
            "name: x\nstages: [{key: a, name: A, criteria: [{key: b, text: c, weight: 101}]}]",
            '"101" is too large: 100 is the most.',
        ),
        ("name: {}\nstages: {}", "A list is expected here: one item a line, each beginning with a dash (-)."),
        (
            "name: x\nobjective: {text: a, by: soon}\nstages: [{key: a, name: A}]",
            '"soon" is not a date. Write it as year-month-day, such as 2027-03-31.',
        ),
        (
            "name: x\nversion: 1.5\nstages: [{key: a, name: A}]",
            '"1.5" is not a whole number. Write one such as 3.',
        ),
    ],
)
def test_a_problem_says_what_is_allowed(text: str, sentence: str) -> None:
    assert sentence in said(text)


def test_a_place_is_named_as_a_person_looks_for_it() -> None:
    data = {"stages": [{"key": "a", "name": {"en": "Demo"}, "criteria": [{"key": "c"}, {}]}]}
    assert (
        place_words(("stages", 0, "criteria", 0, "weight"), data) == "stages → Demo → criteria → c → weight"
    )
    assert place_words(("stages", 0, "criteria", 1), data) == "stages → Demo → criteria → 2"
    assert place_words(("stages", 3), None) == "stages → 4"
