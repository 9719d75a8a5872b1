"""Under a criterion stands the question that helps to meet it, and none that is about something else."""

from infield.desk.deal.asking import question_for_each
from infield.process.starter_maps import starter_map


def asked(name: str, stage: str) -> dict[str, str]:
    return question_for_each(next(one for one in starter_map(name).stages if one.key == stage))


def test_a_question_stands_under_what_it_is_about() -> None:
    assert asked("seven-steps", "prospecting") == {
        "need_recorded": "unsolved_pain",
        "can_pay": "means",
    }


def test_what_proves_a_criterion_is_asked_under_it_and_nowhere_else() -> None:
    assert asked("seven-steps", "handling_objections") == {
        "objections_recorded": "failed_so_far",
        "timeline_agreed": "must_be_reached",
        "obstacles_answered": "in_the_way",
    }


def test_a_stage_whose_questions_fit_nothing_asks_nothing() -> None:
    assert asked("seven-steps", "follow_up") == {"referral_asked": "who_else"}
    assert asked("six-stage-funnel", "interest") == {}
