"""What the page of a deal shows: its facts, its way through the map, and what proves each criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from infield.deals.lateness import days_between, is_late
from infield.deals.models import Deal, MetCriterion
from infield.deals.timeline.queries import names_of
from infield.deals.wording import stage_name
from infield.process.flow import on_the_way
from infield.process.gate import checklist
from infield.process.models import scale_of
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Stage
from infield.web.compiled import compiled
from infield.web.money import Money


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A criterion on a deal's page, and what shows that it is met; `event` is to be undone by."""

    key: str
    text: str
    weight: Decimal
    is_required: bool
    is_milestone: bool
    proof: str
    is_met: bool
    evidence: str = ""
    by: str = ""
    at: datetime | None = None
    event: UUID | None = None


@dataclass(frozen=True, slots=True)
class PathStage:
    """A stage on a deal's way: its share of a sale, how much of that is met, and its checklist."""

    key: str
    name: str
    weight: Decimal
    met_weight: Decimal
    is_current: bool
    is_before: bool
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class DealPage:
    """The facts of one deal and its way through the map."""

    id: UUID
    lock: int
    organization: str
    title: str
    money: Money | None
    owner_id: UUID
    owner: str
    process: str
    version: int
    stage: str
    stage_name: str
    days_in_stage: int
    created_at: datetime
    expected_close: date | None
    outcome: str | None
    closed_at: datetime | None
    lost_reason: str
    next_step: str
    next_step_on: date | None
    is_late: bool
    progress: Decimal
    path: tuple[PathStage, ...]

    @property
    def checklist(self) -> tuple[CheckLine, ...]:
        return next((stage.lines for stage in self.path if stage.is_current), ())


def met_of(deal: Deal) -> list[MetCriterion]:
    """Give the criteria that are met, with their events and words. Two queries."""
    return _met(deal.pk)


@compiled
def _met(deal: UUID) -> QuerySet[MetCriterion]:
    found = MetCriterion.objects.filter(deal=deal)
    return found.select_related("event").prefetch_related("event__words")


def deal_page(deal: Deal, met: Sequence[MetCriterion], language: str, now: datetime) -> DealPage:
    """Give what the page of a deal shows, `met` from `met_of`; found with
    `select_related("organization", "owner", "version__process")` it costs one query more."""
    process = deal.map()
    proofs = _proofs(met)
    return DealPage(
        id=deal.pk,
        lock=deal.lock,
        organization=deal.organization.name,
        title=deal.title,
        money=deal.money,
        owner_id=deal.owner_id,
        owner=str(deal.owner),
        process=in_language(process.name, language, process.language),
        version=process.version,
        stage=deal.stage,
        stage_name=stage_name(deal.stage, process, language),
        days_in_stage=days_between(deal.stage_entered_at, deal.closed_at or now),
        created_at=deal.created_at,
        expected_close=deal.expected_close,
        outcome=deal.outcome,
        closed_at=deal.closed_at,
        lost_reason=deal.lost_reason,
        next_step=deal.next_step,
        next_step_on=deal.next_step_on,
        is_late=deal.outcome is None and is_late(deal.next_step_on, now.date()),
        progress=scale_of(deal.version_id).progress(proofs),
        path=_path(process, deal.stage, proofs, language),
    )


def _path(
    process: ProcessMap, current: str, proofs: Mapping[str, "_Proof"], language: str
) -> tuple[PathStage, ...]:
    carrying = on_the_way(process) | {current}
    keys = [stage.key for stage in process.stages]
    return tuple(
        PathStage(
            key=stage.key,
            name=in_language(stage.name, language, process.language),
            weight=stage.weight,
            met_weight=sum((one.weight for one in stage.criteria if one.key in proofs), Decimal(0)),
            is_current=stage.key == current,
            is_before=keys.index(stage.key) < keys.index(current),
            lines=_lines(stage, proofs, process, language),
        )
        for stage in process.stages
        if stage.key in carrying
    )


def _lines(
    stage: Stage, proofs: Mapping[str, "_Proof"], process: ProcessMap, language: str
) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            one.criterion.key,
            in_language(one.criterion.text, language, process.language),
            one.criterion.weight,
            one.criterion.required,
            one.criterion.milestone,
            one.criterion.proof.kind,
            one.is_met,
            *proofs.get(one.criterion.key, ()),
        )
        for one in checklist(stage, proofs)
    )


class _Proof(NamedTuple):
    evidence: str
    by: str
    at: datetime
    event: UUID


def _proofs(met: Sequence[MetCriterion]) -> dict[str, _Proof]:
    names = names_of([one.event for one in met])
    return {
        one.criterion: _Proof(
            next((words.text for words in one.event.words.all() if words.name == "evidence"), ""),
            names.get(one.event.by, "") if one.event.by else "",
            one.event.at,
            one.event.pk,
        )
        for one in met
    }
