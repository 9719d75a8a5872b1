"""The guidance of a stage as a screen shows it, in two queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import quote
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from infield.playbook.guidance import Change, level_of, pieces
from infield.playbook.guidance import Piece as Said
from infield.playbook.models import Material, Piece
from infield.playbook.topics import LEVELS, TOPICS
from infield.playbook.wording import LEVEL_QUESTIONS, TOPIC_NAMES
from infield.process.texts import Text, in_language
from infield.process.values import ProcessMap, Stage
from infield.web.compiled import compiled
from infield.web.ids import to_text

NOT_ASKED: Mapping[str, str] = MappingProxyType({})
"""The answers where no deal is looked at."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what the buyer of a deal answered; `key` names it in the form: stage:question."""

    piece: Said
    key: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    name: str
    pieces: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownMaterial:
    id: UUID
    name: str
    address: str
    is_file: bool
    review_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class StageGuidance:
    """What stands beside the work in a stage. `asked`: the questions to begin with; `others`: of other levels."""

    stage: str
    name: str
    number: int
    level: str
    details: str
    buyer_needs: str
    buyer_gets: str
    asked: tuple[Answered, ...]
    asked_name: str
    others: tuple[tuple[str, tuple[Answered, ...]], ...]
    topics: tuple[Topic, ...]
    materials: tuple[ShownMaterial, ...]
    begins_in_middle: bool


def stage_guidance(
    process: UUID,
    stage: Stage,
    mapped: ProcessMap,
    language: str,
    today: date,
    answers: Mapping[str, str] = NOT_ASKED,
    *,
    is_inbound: bool = False,
) -> StageGuidance:
    """Give what helps in a stage. `answers`: a deal's, in words, by their questions; `is_inbound`: the buyer came to
    us, so questions begin in the middle."""

    def said(text: Text | None) -> str:
        return in_language(text, language, mapped.language) if text else ""

    shown = [
        one for one in pieces(stage, mapped, language, changes_of(process, stage.key)) if not one.is_hidden
    ]
    level = level_of(stage)
    begins = "middle" if is_inbound and level == "top" else level
    by_level = {one: _asked(shown, one, stage.key, answers) for one in LEVELS}
    return StageGuidance(
        stage=stage.key,
        name=said(stage.name),
        number=mapped.stages.index(stage) + 1,
        level=level,
        details=said(stage.details),
        buyer_needs=said(stage.buyer_needs),
        buyer_gets=said(stage.buyer_gets),
        asked=by_level[begins],
        asked_name=str(LEVEL_QUESTIONS[begins]),
        others=tuple(
            (str(LEVEL_QUESTIONS[one]), by_level[one]) for one in LEVELS if one != begins and by_level[one]
        ),
        topics=topics(one for one in shown if one.topic != "question"),
        materials=materials_of(process, stage.key, today),
        begins_in_middle=begins != level,
    )


def playbook_address(process: UUID, stage: str) -> str:
    """Give the address of a stage in the playbook."""
    return f"{reverse('playbook:stages')}?process={to_text(process)}&stage={quote(stage)}"


def changes_of(process: UUID, stage: str) -> list[Change]:
    """Give what the team made of a stage's guidance."""
    return [
        Change(row.topic, row.key, row.level, row.texts, row.names, row.hidden_at is not None)
        for row in _pieces(process, stage)
    ]


@compiled
def _pieces(process: UUID, stage: str) -> QuerySet[Piece]:
    return Piece.objects.filter(process=process, stage=stage).order_by("id")


def topics(shown: Iterable[Said]) -> tuple[Topic, ...]:
    """Give pieces by topic, without the topics that have none."""
    all_of_them = list(shown)
    found = (
        Topic(key, str(TOPIC_NAMES[key]), tuple(one for one in all_of_them if one.topic == key))
        for key in TOPICS
    )
    return tuple(topic for topic in found if topic.pieces)


def materials_of(process: UUID, stage: str, today: date) -> tuple[ShownMaterial, ...]:
    """Give what was prepared for a stage; what should have been looked at before today comes first."""
    shown = [_shown(row, today) for row in _materials(process, stage)]
    return tuple(sorted(shown, key=lambda one: not one.is_overdue))


@compiled
def _materials(process: UUID, stage: str) -> QuerySet[Material]:
    return Material.objects.filter(process=process, stage=stage, hidden_at=None).order_by("id")


def overdue(process: UUID, today: date) -> dict[str, int]:
    """Give how many materials of each stage should have been looked at before today."""
    stages = Material.objects.filter(process=process, hidden_at=None, review_on__lt=today)
    counts: dict[str, int] = {}
    for stage in stages.values_list("stage", flat=True):
        counts[stage] = counts.get(stage, 0) + 1
    return counts


def _shown(row: Material, today: date) -> ShownMaterial:
    is_overdue = row.review_on is not None and row.review_on < today
    return ShownMaterial(row.pk, row.name, row.address, bool(row.file), row.review_on, is_overdue)


def _asked(shown: Iterable[Said], level: str, stage: str, answers: Mapping[str, str]) -> tuple[Answered, ...]:
    asked = ((one, f"{stage}:{one.key}") for one in shown if (one.topic, one.level) == ("question", level))
    return tuple(Answered(one, key, answers.get(key, "")) for one, key in asked)
