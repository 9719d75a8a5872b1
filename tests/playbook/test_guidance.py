"""What a stage shows: the map's own, what comes with Infield, and what the team made of both."""

from dataclasses import replace

from tests.deals.world import CLEAN_MAP

from infield.playbook.guidance import Change, level_of, pieces
from infield.process.values import Advice

NEED = CLEAN_MAP.stage("need")


def keys(topic: str, *changes: Change) -> list[str]:
    return [one.key for one in pieces(NEED, CLEAN_MAP, "en", changes) if one.topic == topic]


def test_the_questions_of_its_own_level_come_first_the_maps_before_the_shipped() -> None:
    assert level_of(NEED) == "middle"  # the map does not say it: the stage is about a deal
    asked = keys("question")
    assert asked[:3] == ["cost", "before", "hoped_outcome"]
    assert asked[7] == "main_problem"
    assert len(asked) == 17


def test_a_question_that_the_map_asks_itself_is_not_asked_twice() -> None:
    asked = replace(NEED.questions[0], key="magic_wand")
    stage = replace(NEED, questions=(asked,))
    said = [one for one in pieces(stage, CLEAN_MAP, "en", ()) if one.key == "magic_wand"]
    assert [(one.text, one.source) for one in said] == [("What does an hour of standstill cost you?", "map")]


def test_a_technique_that_the_map_names_stands_in_place_of_the_shipped_one() -> None:
    own = Advice(kind="preparation", name="So what?", text="Ask it of all we make.")
    stage = replace(NEED, guidance=(own,))
    said = [one for one in pieces(stage, CLEAN_MAP, "en", ()) if one.topic == "preparation"]
    assert [(one.name, one.source) for one in said] == [
        ("So what?", "map"),
        ("Know them first", "shipped"),
        ("Like a counsellor", "shipped"),
    ]


def test_a_change_holds_in_its_language_alone() -> None:
    change = Change("preparation", "so_what", "", {"fi": "Kysy: mitä siitä?"}, {}, is_hidden=False)
    finnish = {one.key: one for one in pieces(NEED, CLEAN_MAP, "fi", [change])}["so_what"]
    english = {one.key: one for one in pieces(NEED, CLEAN_MAP, "en", [change])}["so_what"]
    assert (finnish.text, finnish.name, finnish.is_changed) == ("Kysy: mitä siitä?", "Entä sitten?", True)
    assert english.text.startswith("Take each feature")


def test_the_teams_own_piece_is_shown_in_whatever_language_it_has() -> None:
    own = Change("closing", "our-own", "", {"fi": "Kysy allekirjoituspäivää."}, {}, is_hidden=False)
    said = {one.key: one for one in pieces(NEED, CLEAN_MAP, "th", [own])}["our-own"]
    assert (said.text, said.source, said.is_changed) == ("Kysy allekirjoituspäivää.", "team", False)


def test_what_was_taken_back_altogether_is_gone() -> None:
    assert "our-own" not in keys("closing", Change("closing", "our-own", "", {}, {}, is_hidden=False))
