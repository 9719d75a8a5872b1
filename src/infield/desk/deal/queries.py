"""What the page of a deal shows beside its rows: the age, the questions and the guidance of its stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.deals.closing.models import own_names
from infield.deals.models import Answer, Deal, MetCriterion
from infield.deals.page.queries import CheckLine, DealPage, PathStage, deal_page, met_of
from infield.deals.timeline.queries import Line, timeline
from infield.deals.usual.models import usual_days
from infield.deals.wording import lost_reason
from infield.desk.board.age import Age
from infield.desk.deal.asking import question_for_each
from infield.desk.deal.drawing import infield
from infield.desk.deal.proofs.queries import Proof, own_fields_of, proofs_told, way_to_prove
from infield.desk.deal.sections.queries import sections
from infield.desk.objections.queries import talk_of
from infield.desk.wording import EVENT_ICONS, EVENT_TONES, diamond_words, due_state, due_words
from infield.fields.queries import own_rows
from infield.people.leads.models import Lead
from infield.playbook.proposals.queries import own_at
from infield.playbook.stages.queries import StageGuidance, playbook_address, stage_guidance
from infield.process.flow import sale_stage, ways
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Stage
from infield.web.compiled import compiled

LINES_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A stage of the path. `share`: its weight in whole percent, at least 1; `filled`: the percent of it met."""

    row: PathStage
    share: int
    filled: Decimal
    state: str


def page_context(user: User, deal: Deal, before: int | None = None) -> dict[str, Any]:
    """Give everything the page shows, in a constant number of queries."""
    language, now = get_language() or "en", timezone.localtime()
    mapped = deal.map()
    met = met_of(deal)
    answered = list(_answers(deal.pk))
    answers = {question: value for question, value, _words in answered}
    words = {question: text for question, _value, text in answered}
    page = deal_page(deal, met, language, now)
    can_edit = user.writes and not deal.history_only and deal.archived_at is None and deal.outcome is None
    stage = next((one for one in mapped.stages if one.key == deal.stage), None)
    usual = usual_days(deal.version.process_id).get(deal.stage, stage.expected_days if stage else None)
    return {
        "page": page,
        "own_rows": own_rows("deal", deal.pk),
        "deal": deal,
        "key": deal.pk,
        "segments": _segments(page.path, deal.outcome),
        "age": Age(page.days_in_stage, usual),
        "due": _due(page.next_step_on, now.date()),
        "due_state": due_state(_late_days(page.next_step_on, now.date())),
        "guidance": _guidance(stage, mapped, deal, language, words) if stage else None,
        "playbook_at": playbook_address(deal.version.process_id, deal.stage),
        "may_change_playbook": user.may("playbook"),
        "answer_at": reverse("desk:answer_question", args=[deal.pk]) if can_edit else "",
        "propose_at": reverse("playbook:propose", args=[deal.pk]) if user.may("deals") else "",
        "own_proposals": own_at(deal, user, language) if user.may("deals") else (),
        "talk": talk_of(user, deal, language),
        "here": next((row for row in page.path if row.is_current), None),
        "checklist": _checklist(deal, page, met, stage, mapped, language),
        "lost_because": lost_reason(page.lost_reason, mapped, language, own_names())
        if page.lost_reason
        else "",
        "next_person": str(deal.next_person) if deal.next_person else "",
        **sections(deal, language, now.date(), answers),
        "next_stage": _next_name(deal, mapped, language),
        "is_sale_stage": sale_stage(mapped).key == deal.stage,
        "timeline": lines(deal, language, before),
        "diamond": infield(mapped, page.progress, language, diamond_words(page.progress)),
        "can_write": user.writes and not deal.history_only and deal.archived_at is None,
        "can_edit": can_edit,
        "can_know": user.writes and not deal.history_only and not deal.archived_at and deal.outcome != "lost",
        "can_restore": user.writes and deal.archived_at is not None,
    }


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """A line of the timeline with its icon and the class of its colour."""

    row: Line
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of the timeline, the newest first; `before` asks for the next older ones."""

    lines: tuple[TimelineLine, ...]
    before: int | None


def lines(deal: Deal, language: str, before: int | None) -> Lines:
    """Give the next lines of a timeline, those older than the position `before`."""
    found = timeline(deal, language, before, LINES_AT_ONCE)
    shown = (
        TimelineLine(row, EVENT_ICONS.get(row.kind, "note"), EVENT_TONES.get(row.kind, ""))
        for row in found.lines
    )
    return Lines(tuple(shown), found.before)


@compiled
def _answers(deal: UUID) -> QuerySet[Answer, tuple[str, str, str]]:
    return Answer.objects.filter(deal=deal).values_list("question", "value", "text")


def _guidance(
    stage: Stage, mapped: ProcessMap, deal: Deal, language: str, words: Mapping[str, str]
) -> StageGuidance:
    process, today = deal.version.process_id, timezone.localdate()
    came_to_us = bool(_inbound(deal.case))
    return stage_guidance(process, stage, mapped, language, today, words, is_inbound=came_to_us)


@compiled
def _inbound(case: UUID) -> QuerySet[Lead, UUID]:
    return Lead.objects.filter(case=case, direction="inbound").values_list("pk", flat=True)[:1]


def _late_days(day: date | None, today: date) -> int | None:
    return (today - day).days if day else None


def _due(day: date | None, today: date) -> str:
    return due_words(_late_days(day, today), day) if day else ""


def _segments(path: tuple[PathStage, ...], outcome: str | None) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            row=row,
            share=max(1, round(row.weight)),
            filled=row.met_weight / row.weight * 100 if row.weight else Decimal(0),
            state="is-now"
            if row.is_current and outcome is None
            else "is-done"
            if row.is_before or row.is_current
            else "is-ahead",
        )
        for row in path
    )


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A line of the checklist: the question that helps to meet it, why it met itself, and how it still can."""

    line: CheckLine
    question: str
    why: str
    way: Proof


def _checklist(
    deal: Deal,
    page: DealPage,
    met: Sequence[MetCriterion],
    stage: Stage | None,
    mapped: ProcessMap,
    language: str,
) -> tuple[CheckRow, ...]:
    """Give the lines of the checklist, the open ones first."""
    if stage is None:
        return ()
    questions, told = _by_criterion(stage, mapped, language), proofs_told(met, language)
    own = own_fields_of(stage.criteria)
    ways = {one.key: way_to_prove(deal, stage.key, one, own) for one in stage.criteria}
    ordered = sorted(page.checklist, key=lambda line: line.is_met)
    return tuple(
        CheckRow(line, questions.get(line.key, ""), told.get(line.key, ""), ways[line.key])
        for line in ordered
    )


def _by_criterion(stage: Stage, mapped: ProcessMap, language: str) -> dict[str, str]:
    """Give the question that helps to meet a criterion, in words, by the criterion's key."""
    texts = {one.key: in_language(one.text, language, mapped.language) for one in stage.questions}
    return {criterion: texts[question] for criterion, question in question_for_each(stage).items()}


def _next_name(deal: Deal, mapped: ProcessMap, language: str) -> str:
    target = next(
        (
            way.target
            for way in ways(mapped)
            if way.source == deal.stage and way.kind in {"forward", "branch"}
        ),
        None,
    )
    found = next((one for one in mapped.stages if one.key == target), None)
    return in_language(found.name, language, mapped.language) if found else ""
