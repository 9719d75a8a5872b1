"""One stage of a map as it is shown below the picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from infield.process.flow import ways
from infield.process.texts import Text, in_language

if TYPE_CHECKING:
    from infield.process.values import ProcessMap, Stage


@dataclass(frozen=True, slots=True)
class ShownCriterion:
    text: str
    weight: Decimal
    required: bool


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage in the reader's language; empty texts are not written on the map."""

    key: str
    number: int
    name: str
    entry: str
    details: str
    buyer_gets: str
    criteria: tuple[ShownCriterion, ...]
    weight: Decimal
    next: tuple[str, ...]


def stage_shown(process: "ProcessMap", key: str, language: str) -> StageShown:
    """Give the stage with this key, else the first one with criteria."""
    stages = {stage.key: stage for stage in process.stages}
    with_criteria = [stage for stage in process.stages if stage.criteria]
    stage = stages.get(key) or (with_criteria or list(process.stages))[0]
    return StageShown(
        key=stage.key,
        number=process.stages.index(stage) + 1,
        name=in_language(stage.name, language, process.language),
        entry=_said(stage.entry, language, process),
        details=_said(stage.details, language, process),
        buyer_gets=_said(stage.buyer_gets, language, process),
        criteria=tuple(
            ShownCriterion(_said(one.text, language, process), one.weight, one.required)
            for one in stage.criteria
        ),
        weight=stage.weight,
        next=tuple(_next(process, stage, language)),
    )


def _next(process: "ProcessMap", stage: "Stage", language: str) -> Iterator[str]:
    for way in ways(process):
        if way.source == stage.key:
            yield _said(process.stage(way.target).name, language, process)


def _said(text: Text | None, language: str, process: "ProcessMap") -> str:
    return in_language(text, language, process.language) if text else ""
