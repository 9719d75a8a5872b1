"""What the buyers of the sample company object, and what its people answer: added to each story where they talked.

Some answers work better than others, so that the library has something to show: `WORKS` says which are given more
often before a deal goes on. Nothing is said that the story does not leave time for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from infield.desk.sample_company.story import Happening, Story
from infield.desk.sample_company.truth import sample_map
from infield.playbook.shipped import objection, prepared

RAISED = {
    "approach": (0.22, {"no_time": 3, "send_something": 3, "happy_supplier": 3, "do_not_know_you": 2, "no_need": 1}),
    "presentation": (0.3, {"too_much_change": 3, "others_decide": 3, "happy_supplier": 2, "too_expensive": 2}),
    "handling_objections": (0.62, {"too_expensive": 6, "no_budget": 4, "not_now": 4, "cheaper_elsewhere": 4,
                                   "too_much_change": 2, "think_it_over": 2}),
    "closing": (0.28, {"think_it_over": 4, "others_decide": 3, "no_budget": 2, "too_expensive": 2}),
}  # fmt: skip
"""By stage: how often a talk brings an objection, and which, by weight."""

WORKS = frozenset(
    {"cost_of_problem", "next_budget", "count_back", "same_scope", "meet_together", "side_by_side", "trial"}
    | {"who_helps", "what_exactly", "which_question", "our_work", "handled_now"}
)
"""The answers after which deals go on more often."""

IN_THEIR_WORDS = {
    "too_expensive": ("The board will never sign that figure.", "Twice what we thought.", ""),
    "no_budget": ("The budget is spent until spring.", "Nothing left in this year's plan.", ""),
    "not_now": ("After the summer stop, perhaps.", "First the new hall, then this.", ""),
    "cheaper_elsewhere": ("We have an offer that is a fifth lower.", "", ""),
    "too_much_change": ("The night shift has only just learned the old one.", "", ""),
    "others_decide": ("Finance has to agree.", "The plant manager signs, not I.", ""),
    "happy_supplier": ("It has run for eight years.", "", ""),
    "think_it_over": ("Give us two weeks.", "", ""),
}
OWN_ANSWERS = (
    "Showed them the figures of their own second shift.",
    "Took them to see the line at Aalto Foods.",
    "Split the order in two halves.",
)
ONWARD, ENDS = "onward", "ends"


def with_objections(story: Story, seed: int) -> Story:
    """Give the story with what was objected and answered in it; the same seed gives the same."""
    rng = Random(f"{seed} objections {story.number}")  # noqa: S311
    told = list(story.happenings)
    added = [said for place in range(len(told)) for said in _in_talk(told, place, rng)]
    return replace(story, happenings=tuple(sorted((*told, *added), key=lambda one: one.at)))


def _in_talk(told: Sequence[Happening], place: int, rng: Random) -> Iterator[Happening]:
    talk = told[place]
    chance, weights = RAISED.get(talk.stage, (0.0, {}))
    room = told[place + 1].at - talk.at if place + 1 < len(told) else timedelta(0)
    if talk.kind != "activity_done" or room < timedelta(minutes=3) or rng.random() >= chance:
        return
    key = rng.choices(list(weights), list(weights.values()))[0]
    words = {"objection": objection(key)["en"], "said": rng.choice(IN_THEIR_WORDS.get(key, ("",)))}
    yield _told(talk, "objection_raised", 1, {"objection": key}, words)
    if rng.random() < 0.12:  # nobody had an answer
        return
    onward = _next_move(told, place) == ONWARD
    resolved = rng.random() < (0.82 if onward else 0.4)
    kind = "objection_resolved" if resolved else "objection_answered"
    if rng.random() < 0.08:
        yield _told(talk, kind, 2, {"objection": key}, {"answer": rng.choice(OWN_ANSWERS)})
        return
    answer = _answer(key, rng, is_onward=onward)
    yield _told(talk, kind, 2, {"objection": key, "answer": answer}, {"answer": prepared(key)[answer]["en"]})


def _answer(key: str, rng: Random, *, is_onward: bool) -> str:
    answers = list(prepared(key))
    return rng.choices(answers, [(5 if is_onward else 2) if one in WORKS else 3 for one in answers])[0]


def _next_move(told: Sequence[Happening], place: int) -> str:
    order = {stage.key: number for number, stage in enumerate(sample_map().stages)}
    for one in told[place + 1 :]:
        if one.kind == "won" or (one.kind == "stage_entered" and order[one.stage] > order[told[place].stage]):
            return ONWARD
        if one.kind in ("lost", "stage_entered"):
            break
    return ENDS


def _told(talk: Happening, kind: str, minutes: int, data: dict[str, str], words: dict[str, str]) -> Happening:
    said = {name: text for name, text in words.items() if text}
    return Happening(kind, talk.at + timedelta(minutes=minutes), talk.by, talk.stage, data, said)
