"""The ready-made maps are complete and hold together."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from infield.process import flow, values
from infield.process.in_languages import with_texts
from infield.process.lint.check import check
from infield.process.starter_maps import STARTERS, starter_map, starter_text, starter_text_in
from infield.process.texts import LANGUAGES, Text, in_language
from infield.process.values import ABOUTS, ProcessMap
from infield.process.yaml_file import read

NAMES = {
    "seven-steps": "Prospecting|Preparation|Approach|Presentation|Handling objections|Closing|Follow-up",
    "diamond": "To first base|To second base|To third base|Conclude|Score",
    "fourteen-stages": "Brand awareness|Brand engagement|Marketing-qualified lead|Sales interaction"
    "|Sales-qualified lead|Discovery / needs analysis|Demo / solution presentation|Proposal / quote"
    "|Verbal agreement|Contract signed|Implementation|Live|New client|Existing client",
    "six-stage-funnel": "Awareness|Interest|Action|Engage|Opportunity|Customer",
}
WEIGHTS = {
    "seven-steps": [10, 10, 15, 25, 20, 20, 0],
    "diamond": [30, 40, 30, 0, 0],
    "fourteen-stages": [2, 3, 5, 15, 5, 20, 15, 20, 15, 0, 0, 0, 0, 0],
    "six-stage-funnel": [2, 5, 10, 20, 30, 33],
}
SALES = {
    "seven-steps": "closing",
    "diamond": "score",
    "fourteen-stages": "verbal_agreement",
    "six-stage-funnel": "customer",
    "empty": "agreement",
}
TEXTS = "name|text|goals|challenges|unit|entry|details|buyer_needs|buyer_gets|needs|when"
COMPLETE = pytest.mark.parametrize("name", NAMES)
EVERY = pytest.mark.parametrize("name", STARTERS)


@cache
def adapter() -> TypeAdapter[ProcessMap]:
    return TypeAdapter(ProcessMap)


@cache
def starter(name: str) -> ProcessMap:
    return adapter().validate_python(yaml.safe_load(starter_text(name)))


def texts_of(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """Go through every text that is set anywhere in a value of a map, with its place."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_of(item, (*place, index))
    if not dataclasses.is_dataclass(value):
        return
    for field, annotation in get_type_hints(type(value)).items():
        inner = getattr(value, field)
        if inner is not None and annotation in (Text, Text | None):
            yield (*place, field), inner
        yield from texts_of(inner, (*place, field))


def put(data: Any, place: tuple[str | int, ...], text: object) -> None:
    for step in place[:-1]:
        data = data[step]
    data[place[-1]] = text


def test_the_files_are_the_listed_ones() -> None:
    folder = Path(values.__file__).with_name("starters")
    assert {path.stem for path in folder.glob("*.yaml")} == set(STARTERS)


def test_an_unknown_starter_is_refused() -> None:
    with pytest.raises(KeyError, match="eight-steps"):
        starter_text("eight-steps")


@COMPLETE
def test_stages_have_the_known_names_in_order(name: str) -> None:
    assert [stage.name for stage in starter(name).stages] == NAMES[name].split("|")


@COMPLETE
def test_each_stage_carries_its_known_weight(name: str) -> None:
    assert [stage.weight for stage in starter(name).stages] == WEIGHTS[name]


@EVERY
def test_weights_up_to_the_sale_are_exactly_100_and_none_comes_after(name: str) -> None:
    process = starter(name)
    sale = [stage.sale for stage in process.stages].index(True)
    assert sum(stage.weight for stage in process.stages[: sale + 1]) == Decimal(100)
    assert not any(stage.weight for stage in process.stages[sale + 1 :])


@EVERY
def test_one_stage_is_marked_as_the_sale(name: str) -> None:
    process = starter(name)
    assert [stage.key for stage in process.stages if stage.sale] == [SALES[name]]
    assert flow.sale_stage(process).key == SALES[name]


def test_eight_criteria_of_the_diamond_carry_the_whole_sale() -> None:
    weighted = [(stage.key, c.weight) for stage, c in starter("diamond").criteria() if c.weight]
    assert Counter(key for key, _ in weighted) == {
        "to_first_base": 3,
        "to_second_base": 3,
        "to_third_base": 2,
    }
    assert sum(weight for _, weight in weighted) == 100


def test_the_fourteen_stages_have_their_substages() -> None:
    parts = {s.key: [part.name for part in s.substages] for s in starter("fourteen-stages").stages}
    assert {key: names for key, names in parts.items() if names} == {
        "sales_interaction": [
            "Social network",
            "Mail",
            "Networking",
            "Telephone",
            "Visits",
            "Cold calls",
        ],
        "implementation": [
            "Information gathering",
            "System test",
            "Training",
            "Beta",
            "Side by side",
            "Audit",
        ],
        "existing_client": ["Retention", "Upsell", "Asking for referrals"],
    }


def test_commission_and_quota_relief_of_the_fourteen_stages_count_when_the_client_is_live() -> None:
    points = {p.counts: (p.stage, p.at) for p in starter("fourteen-stages").points_that_count}
    assert points == {
        "win": ("verbal_agreement", "exit"),
        "revenue": ("contract_signed", "entry"),
        "commission": ("live", "entry"),
        "quota_relief": ("live", "entry"),
    }


def test_the_funnel_permits_the_way_back_and_the_rare_purchase_at_once() -> None:
    ways = {(way.source, way.target): way for way in starter("six-stage-funnel").transitions}
    assert ways["engage", "interest"].kind == "way_back"
    assert not ways["engage", "interest"].rare
    assert ways["awareness", "customer"].kind == "jump"
    assert ways["awareness", "customer"].rare


@EVERY
def test_every_field_of_the_map_is_filled(name: str) -> None:
    process = starter(name)
    assert [f.name for f in dataclasses.fields(process) if not getattr(process, f.name)] == []
    assert process.objective is not None
    assert process.objective.target
    assert all(measure.target and measure.unit for measure in process.measures)


@EVERY
def test_every_stage_is_complete(name: str) -> None:
    optional = {"sale", "participants", "substages"}
    empty = [
        (stage.key, field.name)
        for stage in starter(name).stages
        for field in dataclasses.fields(stage)
        if field.name not in optional and not getattr(stage, field.name)
    ]
    assert empty == []


@EVERY
def test_stages_go_from_audience_to_client(name: str) -> None:
    order = [ABOUTS.index(stage.about) for stage in starter(name).stages]
    assert order == sorted(order)


@EVERY
def test_every_stage_asks_for_one_required_criterion_at_least(name: str) -> None:
    assert all(any(c.required for c in stage.criteria) for stage in starter(name).stages)


@EVERY
def test_keys_of_criteria_and_questions_are_unique(name: str) -> None:
    process = starter(name)
    criteria = Counter(criterion.key for _, criterion in process.criteria())
    questions = Counter((stage.key, question.key) for stage in process.stages for question in stage.questions)
    assert [key for key, count in (criteria + Counter()).items() if count > 1] == []
    assert [key for key, count in questions.items() if count > 1] == []


@EVERY
def test_answers_that_prove_are_answers_to_questions_of_the_stage(name: str) -> None:
    asked = [
        (criterion.key, criterion.proof.answer, {question.key for question in stage.questions})
        for stage, criterion in starter(name).criteria()
        if criterion.proof.answer
    ]
    assert asked
    assert [key for key, answer, questions in asked if answer not in questions] == []


@EVERY
def test_no_proof_but_a_tick_meets_two_criteria(name: str) -> None:
    stages = {criterion.key: stage.key for stage, criterion in starter(name).criteria()}
    proofs = Counter(
        (criterion.proof, stages[criterion.key] if criterion.proof.answer else "")
        for _, criterion in starter(name).criteria()
        if not criterion.proof.tick
    )
    assert [proof for proof, count in proofs.items() if count > 1] == []


def test_the_starters_show_every_kind_of_proof() -> None:
    kinds = {criterion.proof.kind for name in NAMES for _, criterion in starter(name).criteria()}
    assert kinds == {field.name for field in dataclasses.fields(values.Proof)}


@EVERY
def test_departments_and_stages_that_are_named_exist(name: str) -> None:
    process = starter(name)
    departments = {department.key for department in process.departments}
    stages = {stage.key for stage in process.stages}
    named = {stage.department for stage in process.stages}.union(*(s.participants for s in process.stages))
    assert named == departments
    assert {point.stage for point in process.points_that_count} <= stages
    assert {key for way in process.transitions for key in (way.source, way.target)} == stages
    assert {key for out in process.ways_out for key in (*out.sources, *filter(None, [out.target]))} <= stages
    assert process.starting_point.stage == process.stages[0].key


@EVERY
def test_every_stage_is_reached_and_every_stage_to_the_sale_lies_on_the_way(name: str) -> None:
    process = starter(name)
    keys = [stage.key for stage in process.stages]
    assert flow.reached(process) == set(keys)
    assert flow.on_the_way(process) == set(keys[: keys.index(SALES[name]) + 1])


@EVERY
def test_ways_go_where_their_kind_says(name: str) -> None:
    process = starter(name)
    order = {stage.key: number for number, stage in enumerate(process.stages)}
    for way in process.transitions:
        laps = order[way.target] - order[way.source]
        assert (laps < 0) == (way.kind == "way_back"), way
        assert laps > 1 or way.kind != "jump", way
        assert way.when or way.kind == "forward", way


@EVERY
def test_both_noes_can_be_said_with_what_happens_then(name: str) -> None:
    process = starter(name)
    to_the_sale = [s.key for s in process.stages][: [s.sale for s in process.stages].index(True) + 1]
    meant = {key for out in process.ways_out if out.kind == "no" for key in out.sources}
    for_now = [out for out in process.ways_out if out.kind == "not_now"]
    assert all(out.details for out in process.ways_out)
    assert for_now
    assert all(out.target and out.after_days for out in for_now)
    assert {stage.key for stage in process.stages if stage.about == "deal"} - meant == set()
    assert meant <= set(to_the_sale)


@EVERY
def test_every_text_can_be_given_in_four_languages(name: str) -> None:
    found = list(texts_of(starter(name)))
    data = yaml.safe_load(starter_text(name))
    four = [{language: f"{text} ({language})" for language in LANGUAGES} for _, text in found]
    for (place, _), text in zip(found, four, strict=True):
        put(data, place, text)
    assert [text for _, text in texts_of(adapter().validate_python(data))] == four
    written = "\n".join(line.split(" #")[0] for line in starter_text(name).splitlines() if line[:1] != "#")
    assert len(found) == len(re.findall(rf"(?<![a-z_])(?:{TEXTS}): ", written))


def test_what_is_no_text_takes_no_translation() -> None:
    data = yaml.safe_load(starter_text("empty")) | {"owner": {"en": "Head of sales"}}
    with pytest.raises(ValidationError, match="owner"):
        adapter().validate_python(data)


@EVERY
def test_criteria_are_statements_and_questions_ask(name: str) -> None:
    process = starter(name)
    assert [c.key for _, c in process.criteria() if str(c.text).endswith(("?", "."))] == []
    asked = [question for stage in process.stages for question in stage.questions]
    assert [question.key for question in asked if not str(question.text).endswith("?")] == []


@EVERY
def test_lines_fit_an_editor(name: str) -> None:
    assert [line for line in starter_text(name).splitlines() if len(line) > 110] == []


# BANT, GPCT and the like are called so everywhere
SAME_EVERYWHERE = {"BANT", "GPCT", "Demo"}


@EVERY
def test_every_text_of_a_starter_is_written_in_four_languages(name: str) -> None:
    for place, text in texts_of(starter_map(name)):
        assert isinstance(text, dict), place
        assert tuple(text) == LANGUAGES, place
        assert all(text.values()), place
        if text["en"] not in SAME_EVERYWHERE:
            assert text["ja"] != text["en"] != text["th"] != text["ja"], place


@EVERY
def test_a_starter_is_without_mistakes_in_every_language(name: str) -> None:
    assert check(starter_map(name)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@EVERY
def test_a_starter_can_be_printed_in_one_language(name: str, language: str) -> None:
    printed = read(starter_text_in(name, language)).process
    assert printed.language == language
    expected = with_texts(starter_map(name), lambda text: in_language(text, language, "en"))
    assert printed == dataclasses.replace(expected, language=language)
