"""What makes a lead fit the ideal client: place, size, industry, and what the company asks itself.

In: the facts of a lead and the rules. Out: for each rule met, unmet or unknown, and what follows for the lead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

KINDS = ("place", "size", "industry", "own")
MET, UNMET, UNKNOWN = "met", "unmet", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: `among` are the countries or industries it names, `least` and `most` the employees (None: no end).

    `own`: a question that people answer for each lead.
    """

    id: UUID
    kind: str
    among: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a lead; "" and None: unknown. `answers`: what was found for own rules."""

    country: str = ""
    industry: str = ""
    size: int | None = None
    answers: Mapping[UUID, bool] = field(default_factory=dict)


def judged(rules: Iterable[Rule], facts: Facts) -> list[tuple[Rule, str]]:
    """Give each rule with whether the lead meets it."""
    return [(rule, _JUDGES[rule.kind](rule, facts)) for rule in rules]


def fit(verdicts: Sequence[str]) -> str:
    """Give what the rules together say: unmet where one is unmet, unknown where one is, met where all are.

    Without rules nothing is known.

    >>> fit(["met", "unknown"]), fit(["met", "unmet", "unknown"]), fit(["met"]), fit([])
    ('unknown', 'unmet', 'met', 'unknown')
    """
    if UNMET in verdicts:
        return UNMET
    return MET if verdicts and UNKNOWN not in verdicts else UNKNOWN


def _place(rule: Rule, facts: Facts) -> str:
    return _among(facts.country, rule.among)


def _industry(rule: Rule, facts: Facts) -> str:
    return _among(facts.industry, rule.among)


def _size(rule: Rule, facts: Facts) -> str:
    if facts.size is None:
        return UNKNOWN
    is_large_enough = rule.least is None or facts.size >= rule.least
    return MET if is_large_enough and (rule.most is None or facts.size <= rule.most) else UNMET


def _own(rule: Rule, facts: Facts) -> str:
    answer = facts.answers.get(rule.id)
    return UNKNOWN if answer is None else (MET if answer else UNMET)


def _among(value: str, among: frozenset[str]) -> str:
    if not value:
        return UNKNOWN
    return MET if value in among else UNMET


_JUDGES = {"place": _place, "size": _size, "industry": _industry, "own": _own}
