"""The sentences about findings: exact words, names in the reader's language, plain percents."""

from decimal import Decimal

import pytest
from tests.process.clean_map import CLEAN

from infield.process.lint.check import check
from infield.process.wording import Said, finding_sentences, percent, short
from infield.process.yaml_file import read


def said(old: str, new: str, language: str = "en") -> Said:
    assert old in CLEAN
    process = read(CLEAN.replace(old, new, 1)).process
    (finding,) = check(process)
    return finding_sentences(finding, process, language)


def test_a_wrong_sum_is_told_with_the_way_it_was_counted_on() -> None:
    assert said("weight: 12.5", "weight: 12.25") == Said(
        "The weights up to the sale add up to 99.75%, not to 100%. Counted on the way Problem noticed → "
        "Need understood → Machine on trial → Proposal under review → Contract signed.",
        "The weights are shares of a sale: a deal's progress is wrong when they do not make up 100%.",
        "Change the weights of the criteria on this way until they add up to 100%.",
    )


def test_an_uneven_fork_is_told_with_the_share_of_each_way_and_the_sum_of_the_odd_one() -> None:
    what = said("with the client, weight: 20", "with the client, weight: 15").what
    assert what == (
        "The ways on from “Need understood” carry different weights: Machine on trial 60%, "
        "Visit to a client 55%. By “Visit to a client” the sum is 95%."
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "target: offer}",
            "target: ofer}",
            "There is no stage with the key “ofer”.",
        ),
        (
            "both sides, weight: 25",
            "both sides, weight: 25, required: no",
            "Every criterion of the sale, “Contract signed”, is optional.",
        ),
        (
            "name: Waiting for a budget",
            "name: Waiting for a budget\n    about: lead",
            "The stage “Waiting for a budget” is about the lead, which does not fit its place in the map.",
        ),
        (
            "The board has confirmed the figures",
            "The board seems keen",
            "The criterion “The board seems keen” of “Proposal under review” asks for an opinion (“seems”).",
        ),
    ],
)
def test_a_finding_names_the_stage_by_its_name(old: str, new: str, what: str) -> None:
    assert said(old, new).what == what


def test_a_stage_is_named_in_the_language_asked_for() -> None:
    name = "name: Machine on trial"
    what = said(
        f"- key: pilot\n    {name}", "- key: pilot\n    name: {en: Send a machine, ja: 試用}", "ja"
    ).what
    assert what == "The name “試用” tells only what we do."


def test_braces_in_a_text_are_left_as_they_are() -> None:
    what = said("The board has confirmed the figures", '"{stage} seems {fine}"').what
    assert what.startswith("The criterion “{stage} seems {fine}” of “Proposal under review”")


@pytest.mark.parametrize(
    ("value", "words"),
    [("100", "100%"), ("1E+2", "100%"), ("12.500", "12.5%"), ("0", "0%"), ("0.05", "0.05%")],
)
def test_percents_are_plain(value: str, words: str) -> None:
    assert percent(Decimal(value)) == words


def test_a_long_text_is_quoted_in_sixty_letters_on_one_line() -> None:
    quoted = short("one\ntwo " + "x" * 80)
    assert len(quoted) == 60
    assert quoted.startswith("one two xx")
    assert quoted.endswith("x…")


def test_a_map_in_japanese_is_named_by_its_own_texts() -> None:
    process = read("name: 営業\nlanguage: ja\nstages:\n  - {key: a, name: ヒアリング}\n").process
    told = [finding_sentences(found, process, "fi").what for found in check(process)]
    assert "The stage “ヒアリング” has no exit criteria." in told
