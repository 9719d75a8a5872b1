"""What somebody filled in at a gate: criteria with what shows them, and a reason for moving all the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from infield.process.gate import Gate
from infield.process.texts import Text
from infield.process.values import Criterion

EVIDENCE = "evidence-"


@dataclass(frozen=True, slots=True)
class Answers:
    """`evidence` by the key of each criterion that was ticked; `typed` by key, ticked or not."""

    evidence: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    because: str = ""
    is_anyway: bool = False

    @property
    def forced_because(self) -> str:
        """The reason for moving all the same, where that was asked for."""
        return self.because if self.is_anyway else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One open criterion in the dialog, with what was filled in before."""

    key: str
    text: str
    weight: Decimal
    is_ticked: bool
    evidence: str
    is_missing: bool
    """Ticked, but nothing shows it."""
    to_do: str = ""
    """What would meet it by itself, in words."""
    address: str = ""
    """Where that is done, "" for nowhere here."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The dialog of a gate: `met` of the `weight` of the stages left, and by stage the open lines, named."""

    met: Decimal
    weight: Decimal
    stages: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def open(self) -> int:
        return sum(len(lines) for _, lines in self.stages)


def answers_of(values: Mapping[str, str], ticked: list[str]) -> Answers:
    """Read a sent form: `values` by field, `ticked` the keys of the criteria ticked."""
    typed = {
        name.removeprefix(EVIDENCE): value.strip()
        for name, value in values.items()
        if name.startswith(EVIDENCE)
    }
    return Answers(
        evidence={key: typed.get(key, "") for key in ticked},
        typed=typed,
        because=values.get("because", "").strip(),
        is_anyway="anyway" in values,
    )


def sheet(
    gate: Gate,
    met: frozenset[str],
    answers: Answers,
    say: Callable[[Text], str],
    way: Callable[[str, Criterion], tuple[str, str]],
) -> Sheet:
    """Lay out the dialog of a closed gate.

    `say` gives a text of the map in the reader's language; `way` by stage and criterion what would meet it by itself,
    and where.
    """
    weights = [(one.key in met, one.weight) for passed in gate.passed for one in passed.stage.criteria]
    return Sheet(
        met=sum((weight for is_met, weight in weights if is_met), Decimal(0)),
        weight=sum((weight for _, weight in weights), Decimal(0)),
        stages=tuple(
            (
                say(passed.stage.name),
                tuple(_line(one, answers, say, way(passed.stage.key, one)) for one in passed.open),
            )
            for passed in gate.passed
            if passed.open
        ),
    )


def _line(criterion: Criterion, answers: Answers, say: Callable[[Text], str], way: tuple[str, str]) -> Line:
    is_ticked = criterion.key in answers.evidence
    evidence = answers.typed.get(criterion.key, "")
    return Line(
        criterion.key,
        say(criterion.text),
        criterion.weight,
        is_ticked,
        evidence,
        is_ticked and not evidence,
        *way,
    )
