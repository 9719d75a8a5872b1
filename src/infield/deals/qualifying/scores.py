"""Qualification: the questions of BANT and GPCT, and what their answers add up to.

"Unknown" is an answer of its own: it lowers how much is known, never the score of what is known. A question that
nobody has answered yet counts as unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

Value = Literal["yes", "partly", "no", "unknown"]
ANSWERS: tuple[Value, ...] = get_args(Value)
POINTS: Mapping[str, Decimal] = {"yes": Decimal(1), "partly": Decimal("0.5"), "no": Decimal(0)}
LONGEST_ANSWER = 5_000
LONGEST_QUESTION = 130

FORMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "bant": {
        "budget": ("bant:means", "bant:worth"),
        "authority": ("bant:approver", "bant:reached"),
        "need": ("bant:pain", "bant:consequence"),
        "timeline": ("bant:frame", "bant:event"),
    },
    "gpct": {
        "goals": ("gpct:goal", "gpct:figure"),
        "plans": ("gpct:plan", "gpct:gap"),
        "challenges": ("gpct:obstacle", "gpct:alone"),
        "timing": ("gpct:deadline", "gpct:capacity"),
    },
}
"""By form and part: the keys of its questions, which wording.QUESTIONS asks in words."""

QUESTIONS = frozenset(
    question for parts in FORMS.values() for questions in parts.values() for question in questions
)


@dataclass(frozen=True, slots=True)
class Score:
    """`points` of the `known` answers out of `asked` questions."""

    points: Decimal
    known: int
    asked: int

    @property
    def share(self) -> float | None:
        """How well what is known speaks for the deal, 0 to 1; None while nothing is known.

        >>> Score(Decimal("1.5"), 2, 8).share
        0.75
        """
        return float(self.points / self.known) if self.known else None

    @property
    def known_share(self) -> float:
        """How much is known, 0 to 1."""
        return self.known / self.asked if self.asked else 0.0


def score(form: str, answers: Mapping[str, str]) -> Score:
    """Give the score of a form; `answers`: the value by question, of any forms. KeyError: no such form.

    >>> score("bant", {"bant:means": "yes", "bant:pain": "partly", "bant:event": "unknown"})
    Score(points=Decimal('1.5'), known=2, asked=8)
    """
    questions = [question for part in FORMS[form].values() for question in part]
    known = [POINTS[answers[one]] for one in questions if answers.get(one) in POINTS]
    return Score(sum(known, Decimal(0)), len(known), len(questions))


def of_map(stage: str, question: str) -> str:
    """Give the key of a question of the map: its own is unique within the stage only."""
    return f"{stage}:{question}"
