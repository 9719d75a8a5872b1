"""Which question of a stage helps to meet a criterion: the one that proves it, else one about the same subject."""

from collections.abc import Collection

from infield.process.values import Proof, Stage

ABOUT: dict[str, tuple[str, ...]] = {
    "budget": ("means",),
    "compelling_reason": ("nothing_done", "solved_means"),
    "competitors": ("judging_suppliers",),
    "cost_of_problem": ("magic_wand", "nothing_done"),
    "decision_maker": ("approver", "who_attends"),
    "decision_process": ("approver", "approval_to_contract", "bears_on_decision"),
    "goals": ("hoped_outcome", "magic_wand"),
    "need": ("unsolved_pain", "missing_today", "hoped_outcome"),
    "objections": ("in_the_way", "failed_so_far"),
    "pain_points": ("unsolved_pain", "main_problem", "first_topic"),
    "proposal": ("needed_from_us",),
    "requirements": ("missing_today",),
    "timeline": ("time_frame", "must_be_reached"),
}
"""By what a proof asks for: the keys of questions that bring it to light, the nearest first."""


def question_for_each(stage: Stage) -> dict[str, str]:
    """Give the key of the question that helps to meet a criterion, by the criterion's key; no question stands twice.

    A criterion that no question of the stage is about has none.
    """
    left = {one.key for one in stage.questions}
    found: dict[str, str] = {}
    for one in stage.criteria:
        if one.proof.answer in left:
            found[one.key] = str(one.proof.answer)
    left -= set(found.values())
    for one in stage.criteria:
        if one.key not in found and (key := _about(one.proof, left)):
            found[one.key] = key
            left.discard(key)
    return found


def _about(proof: Proof, questions: Collection[str]) -> str:
    subject = str(proof.named()[0][1])
    return next((key for key in ABOUT.get(subject, ()) if key in questions), "")
