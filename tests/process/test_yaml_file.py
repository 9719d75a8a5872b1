"""Map files: read with the line of everything, refused with a reason, written and rewritten without loss."""

import json
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given, settings
from tests.process.strategies import maps, renamed

from infield.process.schema import map_schema
from infield.process.values import Criterion, ProcessMap, Proof, Stage
from infield.process.yaml_file import MapFileError, Problem, adapter, read
from infield.process.yaml_output import plain, rewrite, write

SMALL = """\
# how we sell
name: Our sale  # for everyone
stages:
  - key: need
    name: {en: Need, ja: 必要}
    criteria:
      # asked on the phone
      - key: pain
        text: "They named a problem"
        weight: 62.50
      - {key: budget, text: There is money, weight: 37.5, proof: {field: budget}, required: false}
"""


def as_json(value: object) -> object:
    """Give a number of YAML as a number of JSON, and a day as text."""
    return float(value) if isinstance(value, Decimal) else str(value)


def problems(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(MapFileError) as refused:
        read(text)
    return [(p.code, p.line, "/".join(map(str, p.place))) for p in refused.value.problems]


def test_a_small_file_gives_its_values() -> None:
    text = SMALL
    pain = Criterion(key="pain", text="They named a problem", weight=Decimal("62.50"))
    budget = Criterion(
        key="budget",
        text="There is money",
        weight=Decimal("37.5"),
        required=False,
        proof=Proof(field="budget"),
    )
    need = Stage(key="need", name={"en": "Need", "ja": "必要"}, criteria=(pain, budget))
    assert read(text).process == ProcessMap(name="Our sale", stages=(need,))


def test_no_is_no_where_yes_or_no_is_asked_and_text_elsewhere() -> None:
    process = read(
        SMALL.replace("name: Our sale", "name: no").replace("required: false", "required: no")
    ).process
    assert process.name == "no"
    assert process.stages[0].criteria[1].required is False


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "empty": ("", [("empty-file", 1, "")]),
        "only a comment": ("# nothing\n", [("empty-file", 2, "")]),
        "a list": ("- a\n", [("not-a-map", 1, "")]),
        "unclosed bracket": ("name: x\nstages: [\n", [("not-yaml", 3, "")]),
        "tab for indentation": ("name: x\nstages:\n\t- key: a\n", [("not-yaml", 3, "")]),
        "control character": ("name: a\nowner: \x07\n", [("bad-character", 2, "")]),
        "no stages": ("name: x\n", [("missing", 1, "stages")]),
        "empty stages": ("name: x\nstages: []\n", [("empty-list", 2, "stages")]),
        "stages without end": (
            "name: x\nstages:\n" + "".join(f"- {{key: s{n}, name: A}}\n" for n in range(501)),
            [("too-long", 2, "stages")],
        ),
        "stages no list": ("name: x\nstages: 3\n", [("not-a-list", 2, "stages")]),
        "field twice": ("name: x\nname: y\nstages: [{key: a, name: A}]\n", [("repeated-name", 2, "name")]),
        "unknown field": (
            "name: x\nstages: [{key: a, name: A}]\nstagse: 3\n",
            [("unknown-field", 3, "stagse")],
        ),
        "two documents": ("name: x\n---\nname: y\n", [("two-documents", 2, "")]),
        "unknown alias": ("name: *x\n", [("unknown-alias", 1, "")]),
        "list as a name": ("[a]: x\n", [("name-not-text", 1, "")]),
        "unknown tag": ("name: !!python/object:os.system x\n", [("missing", 1, "stages")]),
        "number for a text": ("name: 12\nstages: [{key: a, name: A}]\n", [("not-a-text", 1, "name")]),
    }.values(),
    ids=str,
)
def test_what_is_no_map_is_refused_with_its_line(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("62.50", "abc", ("not-a-number", 10, "stages/0/criteria/0/weight")),
        ("62.50", "-1", ("too-small", 10, "stages/0/criteria/0/weight")),
        ("62.50", "101", ("too-large", 10, "stages/0/criteria/0/weight")),
        ("62.50", ".nan", ("not-a-number", 10, "stages/0/criteria/0/weight")),
        ("62.50", "1e400", ("too-large", 10, "stages/0/criteria/0/weight")),
        ("key: pain", "kay: pain", ("missing", 8, "stages/0/criteria/0/key")),
        ("{field: budget}", "{field: budget, tick: true}", ("one-proof", 11, "stages/0/criteria/1/proof")),
        ("{field: budget}", "{}", ("one-proof", 11, "stages/0/criteria/1/proof")),
        ("{field: budget}", "tick", ("not-a-mapping", 11, "stages/0/criteria/1/proof")),
        ("{en: Need, ja: 必要}", "{en: 3}", ("not-a-text", 5, "stages/0/name")),
        ("key: need", 'key: ""', ("empty", 4, "stages/0/key")),
        ("required: false", "required: maybe", ("not-yes-or-no", 11, "stages/0/criteria/1/required")),
    ],
)
def test_a_mistake_is_named_with_its_line_and_place(
    old: str, new: str, expected: tuple[str, int, str]
) -> None:
    assert expected in problems(SMALL.replace(old, new))


def test_a_mistake_says_what_is_allowed() -> None:
    with pytest.raises(MapFileError) as refused:
        read("name: x\nstages:\n  - {key: a, name: A, about: dael, fanel: top}\n")
    place = ("stages", 0)
    about, unknown = refused.value.problems
    assert about.params["expected"] == "'audience', 'lead', 'deal' or 'client'"
    assert (about.line, about.column, about.place) == (3, 23, (*place, "about"))
    assert unknown.code == "unknown-field"
    assert "funnel_level" in unknown.params["fields"]


def test_aliases_cannot_blow_a_file_up() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(8)
    )
    assert [code for code, *_ in problems(bomb)] == ["too-many-values"]


def test_deep_nesting_is_refused() -> None:
    assert [code for code, *_ in problems("[" * 300 + "]" * 300)] == ["too-deep"]
    assert [code for code, *_ in problems("name: x\nstages: " + "[" * 100_000)] == ["too-deep"]


def test_the_line_of_a_place_not_written_is_that_of_its_holder() -> None:
    file = read(SMALL)
    assert file.line_of(("stages", 0, "criteria", 0, "weight")) == 10
    assert file.line_of(("stages", 0, "criteria", 0, "required")) == 8
    assert file.line_of(("owner",)) == 2


@pytest.mark.slow
@given(maps)
@settings(max_examples=150)
def test_a_map_written_and_read_is_the_same_map(process: ProcessMap) -> None:
    assert read(write(process)).process == process


@pytest.mark.slow
@given(maps)
@settings(max_examples=60)
def test_what_is_written_follows_the_published_schema(process: ProcessMap) -> None:
    data = json.loads(
        json.dumps(
            plain(process), default=lambda value: float(value) if isinstance(value, Decimal) else str(value)
        )
    )
    jsonschema.validate(data, map_schema())


@pytest.mark.slow
@given(maps, maps)
@settings(max_examples=60)
def test_rewriting_a_file_gives_the_new_map(old: ProcessMap, new: ProcessMap) -> None:
    assert read(rewrite(write(old), new)).process == new


def test_rewriting_keeps_comments_and_order() -> None:
    text = SMALL
    process = read(text).process
    assert rewrite(text, process) == text
    changed = rewrite(text, renamed(process, "Wish"))
    assert changed == text.replace("{en: Need, ja: 必要}", "Wish")


def test_the_schema_has_a_sentence_for_every_field() -> None:
    schema = map_schema()
    places = [schema, *schema["$defs"].values()]
    described = [field["description"] for part in places for field in part.get("properties", {}).values()]
    assert len(described) > 70
    assert all(sentence.endswith(".") for sentence in described)
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    bad = {
        "name": "x",
        "stages": [{"key": "a", "name": "A", "criteria": [{"key": "c", "text": "t", "proof": {}}]}],
    }
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, map_schema())
    assert adapter().validator is not None


def test_problems_are_values() -> None:
    assert Problem("missing", 1, 1) == Problem("missing", 1, 1)
