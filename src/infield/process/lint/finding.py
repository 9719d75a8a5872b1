"""A mistake in a map as a value: its code, its place, how bad it is and what the sentence about it needs.

In: what a check saw. Out: a `Finding`. Nothing here speaks a language; `wording.py` does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from infield.process import values
from infield.process.texts import Text, each_language

type Place = tuple[str | int, ...]
type Severity = Literal["error", "warning"]
type Plain = str | int | Decimal | tuple[str, ...]

SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {
        # An error: deals cannot run on this map, or its figures would be wrong.
        "duplicate-key": "error",
        "unknown-stage": "error",
        "unknown-department": "error",
        "answer-without-question": "error",
        "about-order": "error",
        "two-sales": "error",
        "client-before-sale": "error",
        "forward-loop": "error",
        "dead-end": "error",
        "no-way-to-sale": "error",
        "unreachable-stage": "error",
        "weights-not-100": "error",
        "fork-weights-differ": "error",
        "weight-after-sale": "error",
        "weight-on-side-stage": "error",
        # A warning: deals can run on it, but people or buyers are served badly.
        "no-sale": "warning",
        "no-weights": "warning",
        "sale-without-gate": "warning",
        "no-criteria": "warning",
        "short-criterion": "warning",
        "opinion-criterion": "warning",
        "task-criterion": "warning",
        "repeated-criterion": "warning",
        "repeated-transition": "warning",
        "too-many-criteria": "warning",
        "too-many-stages": "warning",
        "long-text": "warning",
        "short-details": "warning",
        "vague-words": "warning",
        "nothing-for-buyer": "warning",
        "seller-only-name": "warning",
        "no-department": "warning",
        "no-way-out": "warning",
        "no-not-now": "warning",
        "no-name": "warning",
        "no-owner": "warning",
        "no-measures": "warning",
        "no-objective": "warning",
    }
)

_CLASSES = (values.ProcessMap, values.Stage, values.Criterion, values.Transition, values.WayOut)
_ORDER = {name: rank for rank, name in enumerate(f.name for kind in _CLASSES for f in fields(kind))}


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in a map."""

    code: str
    """Which mistake, such as weights-not-100; the page docs/lint/<code>.md explains it."""
    place: Place
    """The way to it as in the file: ("stages", 3, "criteria", 0, "weight"), lists counted from 0."""
    severity: Severity
    """error: the map cannot work; warning: it works badly."""
    params: Mapping[str, Plain] = field(default_factory=dict, hash=False)
    """What the sentence names; `stage` is the key of a stage and `stages` are several."""


def finding(code: str, place: Place, /, **params: Plain) -> Finding:
    """Give the finding with the severity of its code; KeyError where there is no such code."""
    return Finding(code, place, SEVERITIES[code], params)


def in_file_order(found: Finding) -> tuple[tuple[int, int, str], ...]:
    """Give a sorting key: fields in the order in which a map is written, list items by number."""
    return tuple(
        (0, part, "") if isinstance(part, int) else (1, _ORDER.get(part, 0), part) for part in found.place
    )


def written(text: Text | None, place: Place, own: str) -> Iterator[tuple[Place, str, str]]:
    """Go through a text's languages: the place of each in the file, its language and the words."""
    if text is None:
        return
    for language, words in each_language(text, own).items():
        yield (place if isinstance(text, str) else (*place, language)), language, words
